// What a scene is: the types that scenes and the page agree on.

/** @typedef {import("../lab.js").Parameter} Parameter */
/** @typedef {import("../state/url.js").SceneState} SceneState */
/** @typedef {import("../state/url.js").SceneTables} SceneTables */
/** @typedef {import("../simulation/scene-runs.js").Reports} Reports */
/** @typedef {import("./figure.js").Changes} Changes */
/**
 * What is on screen: the reports belong to this state at this step.
 * @typedef {object} Shown
 * @property {SceneState} state
 * @property {Reports} reports
 * @property {number} step
 * @property {number} horizon
 * @property {SceneTables} tables
 * @property {import("../lab.js").DataSetInfo[]} dataSets
 */
/**
 * @typedef {object} SetState
 * @property {Changes} set over the scene's defaults: parameters and view parameters
 * @property {number} step
 * @property {boolean} [play]
 * @property {number} [speed] steps per second from then on, where it should not stay as it is
 */
/**
 * @typedef {object} TryText
 * @property {string} title
 * @property {string} text what to do or look for
 */
/** @typedef {SetState & TryText} Try */
/**
 * A question to answer before it is run; the run answers it.
 * @typedef {object} QuestionText
 * @property {string} source where the lecture asks it
 * @property {string} text plain
 * @property {string[]} options plain
 * @property {(shown: Shown) => { answer: number, text: string }} verdict from what was measured: the
 *   number of the option that holds, and why, in numbers
 */
/** @typedef {SetState & QuestionText} Question */
/**
 * @typedef {object} Scene
 * @property {string} id of the scene and of its experiment
 * @property {string} question the title
 * @property {string} lead what to do first, in a sentence or two
 * @property {(table: Parameter[]) => Parameter[]} view parameters of the picture, not of the
 *   simulation
 * @property {number} step shown at first
 * @property {string} slider the parameter on the marked slider
 * @property {(shown: Shown) => number} [sliderValue] what the slider shows, where that is not the
 *   parameter itself: a value that stands for "as recommended" has no place on a scale
 * @property {number} speed steps per second at first
 * @property {number} [ownFeatures] how many columns of the reader's own table are features at first,
 *   two if not given
 * @property {string[]} controls the other parameters to offer, in order
 * @property {(state: SceneState, table: Parameter[]) => import("../simulation/scene-runs.js").RunPlan[]}
 *   plans
 * @property {(shown: Shown) => import("./marked-slider.js").Scale} scale
 * @property {(shown: Shown) => import("./figure.js").Panel[]} panels
 * @property {(shown: Shown) => string} readOut numbers for the line beside the buttons
 * @property {(shown: Shown) => string} summary the state of the figure in words
 * @property {(shown: Shown) => string} [warning] the condition that fails in this state, "" for none
 * @property {(shown: Shown) => string} remark what a reader must know of this state
 * @property {(shown: Shown) => Record<string, string>} suggestions what empty entries stand for
 * @property {(before: Shown, after: Shown, changes: Changes) => Changes} adapt what else should
 *   change once these changes have been computed
 * @property {string[]} [yields] what rather gives way than stands in the way of a change of something
 *   else: it falls back to its default, for which the core finds what is allowed
 * @property {(shown: Shown) => Changes} [began] the values that the runs began with, where the core
 *   may have found others than those asked for
 * @property {(shown: Shown) => string[]} [idle] parameters that change nothing in this state, beside
 *   those of which the table says so
 * @property {string[]} formulas MathML
 * @property {string} text prose
 * @property {Try[]} tries
 * @property {() => Promise<Question[]>} [questions]
 */

export {};
