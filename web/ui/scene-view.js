// One scene, live: its state, its runs, its figure and its controls, wherever it is put.

import { isRelevant } from "../state/parameters.js";
import { Player } from "../state/player.js";
import { initialState } from "../state/url.js";
import { createControls } from "./controls.js";
import { element, prose } from "./dom.js";
import { createFigure } from "./figure.js";
import { createMarkedSlider } from "./marked-slider.js";
import { createOwnData } from "./own-data.js";
import { createTransport } from "./transport.js";

/** @typedef {import("../lab.js").Parameter} Parameter */
/** @typedef {import("../lab.js").Value} Value */
/** @typedef {import("../lab.js").Issue} Issue */
/** @typedef {import("../state/url.js").SceneState} SceneState */
/** @typedef {import("../state/url.js").SceneTables} SceneTables */
/** @typedef {import("../state/player.js").Reports} Reports */
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
 * @typedef {object} Try
 * @property {string} title
 * @property {string} text what to do or look for
 * @property {Changes} set over the scene's defaults: parameters and view parameters
 * @property {number} step
 * @property {boolean} [play]
 */
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
 * @property {(state: SceneState, table: Parameter[]) => import("../state/player.js").RunPlan[]}
 *   plans
 * @property {(shown: Shown) => import("./marked-slider.js").Scale} scale
 * @property {(shown: Shown) => import("./figure.js").Panel[]} panels
 * @property {(shown: Shown) => string} readOut numbers for the line beside the buttons
 * @property {(shown: Shown) => string} summary the state of the figure in words
 * @property {(shown: Shown) => string} remark what a reader must know of this state
 * @property {(shown: Shown) => Record<string, string>} suggestions what empty entries stand for
 * @property {(before: Shown, after: Shown, changes: Changes) => Changes} adapt what else should
 *   change once these changes have been computed
 * @property {string[]} formulas MathML
 * @property {string} text prose
 * @property {Try[]} tries
 */

/**
 * @param {object} options
 * @param {Scene} options.scene
 * @param {SceneTables} options.tables
 * @param {import("../pool.js").Pool} options.pool
 * @param {() => import("../render/theme.js").Theme} options.theme
 * @param {() => void} options.onState the state changed: time to write the link
 */
export function createSceneView({ scene, tables, pool, theme, onState }) {
  const player = new Player(pool);
  player.speed = scene.speed;
  /** @type {Shown} */
  let shown = {
    state: initialState(tables),
    reports: {},
    step: 0,
    horizon: 0,
    tables,
    dataSets: pool.dataSets,
  };
  /**
   * The newest state asked for, and the changes that led to it, for the scene to adapt the rest.
   * Older requests that wait give way to it.
   * @type {{ state: SceneState, changes: Changes } | null}
   */
  let wanted = null;
  let busy = false;
  const table = [...tables.parameters, ...tables.view];

  const notice = element("div", { class: "notice", role: "alert", hidden: true });
  const figure = createFigure({ theme, onPlace: change });
  const sliderParameter = /** @type {Parameter} */ (
    tables.parameters.find(({ id }) => id === scene.slider)
  );
  const slider = createMarkedSlider(sliderParameter, (id, value) =>
    player.playing && sliderParameter.live ? setLive(id, value) : change({ [id]: value }),
  );
  const transport = createTransport({
    toggle: () => (player.playing ? player.pause() : player.play()),
    move: (by) => stop(() => player.move(by)),
    goTo: (step) => stop(() => player.goTo(step)),
    setSpeed: (speed) => {
      player.speed = speed;
    },
  });
  const controls = createControls(table, scene.controls, allValues(shown.state), (id, value) =>
    change({ [id]: value }),
  );
  const ownData = createOwnData({
    give: (csv) => pool.giveData("own", csv),
    featureCount: scene.ownFeatures ?? 2,
    onChoice: (choice) => change({ ...choice, dataset: "own" }),
  });
  const summary = element("p", { class: "summary", "aria-live": "polite" });
  const tries = scene.tries.map((step, i) =>
    element(
      "button",
      { type: "button", class: "try card", onclick: () => attempt(step) },
      element("strong", {}, `${i + 1} · ${step.title}`),
      prose("span", step.text),
    ),
  );
  const node = element(
    "article",
    { class: "scene" },
    element("h1", {}, scene.question),
    element("p", { class: "lead" }, scene.lead),
    notice,
    figure.node,
    slider.node,
    transport.node,
    controls.node,
    ownData.node,
    summary,
    element("div", { class: "tries", role: "group", "aria-label": "Try this" }, ...tries),
    element(
      "section",
      { class: "theory" },
      prose("div", scene.text, { class: "text" }),
      element(
        "ul",
        { class: "formulas", tabindex: 0, "aria-label": "formulas" },
        ...scene.formulas.map((markup) => prose("li", markup)),
      ),
    ),
  );

  player.addEventListener("change", () => {
    shown = {
      ...shown,
      state: { ...(player.state ?? shown.state), edits: player.edits, step: player.target },
      reports: player.reports,
      step: player.step,
      horizon: player.horizon,
    };
    display();
    onState();
  });

  function display() {
    const { parameters } = shown.state;
    slider.setScale(scene.scale(shown));
    slider.show(scene.sliderValue?.(shown) ?? currentValue(scene.slider));
    slider.remark(scene.remark(shown));
    controls.show(allValues(shown.state), scene.suggestions(shown));
    ownData.node.hidden = !usesOwnData(tables.parameters, shown.state.parameters);
    transport.show(player, scene.readOut(shown));
    figure.show(scene.panels(shown));
    announce(scene.summary(shown));
    node.dataset.objective = String(parameters.objective ?? "");
  }

  /**
   * @param {Parameter[]} parameters
   * @param {Record<string, Value>} values
   */
  function usesOwnData(parameters, values) {
    const dataset = parameters.find(({ id }) => id === "dataset");
    return dataset !== undefined && values.dataset === "own" && isRelevant(dataset, values);
  }

  /** A live change shows in the slider, though the parameters are those of the start.
   * @param {string} id */
  function currentValue(id) {
    const edit = shown.state.edits.findLast(
      (candidate) => candidate.parameter === id && candidate.step <= shown.step,
    );
    return edit ? edit.value : shown.state.parameters[id];
  }

  let announcing = 0;
  /** Not at every frame: a screen reader hears where the picture came to rest.
   * @param {string} text */
  function announce(text) {
    window.clearTimeout(announcing);
    announcing = window.setTimeout(() => {
      if (summary.textContent !== text) {
        summary.textContent = text;
      }
    }, 400);
  }

  /** @param {SceneState} state */
  function allValues(state) {
    return { ...state.parameters, ...state.view };
  }

  /** @param {() => void} action */
  function stop(action) {
    player.pause();
    action();
  }

  /**
   * Changes parameters from the start: the picture is computed anew, to the same step.
   * @param {Changes} changes
   */
  function change(changes) {
    if (changes.dataset === "own" && !pool.hasData("own")) {
      ownData.node.hidden = false; // the table must come first
      return;
    }
    const base = wanted?.state ?? shown.state;
    const step = wanted ? wanted.state.step : player.target;
    ask({ ...withChanges(base, changes), edits: [], step }, changes);
  }

  /**
   * @param {SceneState} state
   * @param {Changes} changes
   * @returns {SceneState}
   */
  function withChanges(state, changes) {
    const next = { ...state, parameters: { ...state.parameters }, view: { ...state.view } };
    for (const [id, value] of Object.entries(changes)) {
      const part = id in next.view ? next.view : next.parameters;
      part[id] = value;
    }
    return next;
  }

  /**
   * @param {string} id
   * @param {Value} value
   */
  async function setLive(id, value) {
    try {
      await player.set(id, value);
      accept();
    } catch (error) {
      refuse(error);
    }
  }

  /** @param {Try} step */
  function attempt(step) {
    player.pause();
    const state = withChanges(initialState(tables), step.set);
    ask({ ...state, step: step.step }, {}).then(() => step.play && player.play());
    node.querySelector(".figure")?.scrollIntoView({ block: "nearest" });
  }

  /**
   * @param {SceneState} state
   * @param {Changes} changes
   * @returns {Promise<void>}
   */
  async function ask(state, changes) {
    wanted = { state, changes: { ...wanted?.changes, ...changes } };
    if (busy) {
      return;
    }
    busy = true;
    while (wanted) {
      const next = /** @type {NonNullable<typeof wanted>} */ (wanted);
      const before = shown;
      try {
        await start(next.state);
        accept();
        const adapted = scene.adapt(before, shown, next.changes);
        if (wanted === next && Object.keys(adapted).length > 0) {
          await start(withChanges(next.state, adapted));
        }
      } catch (error) {
        refuse(error);
      }
      wanted = wanted === next ? null : wanted;
    }
    busy = false;
  }

  /** @param {SceneState} state */
  function start(state) {
    return player.restart(state, scene.plans(state, tables.parameters));
  }

  /** What was asked for is shown: nothing is left to complain of. */
  function accept() {
    slider.complain("");
    controls.complain([]);
    tell([]);
  }

  /** @param {unknown} error */
  function refuse(error) {
    const failure = /** @type {import("../pool.js").SimulationError} */ (error);
    const issues = failure.issues?.length
      ? failure.issues
      : [{ parameter: "", message: failure.message }];
    if (!failure.issues?.length) {
      display(); // nothing is wrong with a value: the controls show what holds
    }
    const inSlider = issues.filter(({ parameter }) => parameter === scene.slider);
    slider.complain(inSlider.map(({ message }) => message).join(" "));
    const elsewhere = issues.filter((issue) => !inSlider.includes(issue));
    tell(controls.complain(elsewhere).map(({ message }) => message));
  }

  /** @param {string[]} messages */
  function tell(messages) {
    notice.hidden = messages.length === 0;
    notice.replaceChildren(...messages.map((message) => element("p", {}, message)));
  }

  /**
   * Shows a state from outside. What the core refuses falls back to its default, and is named.
   * @param {SceneState} state
   * @param {string[]} problems already found in it
   */
  async function open(state, problems) {
    player.pause();
    accept();
    const messages = [...problems];
    let next = state;
    for (let attempts = 0; attempts <= table.length; ++attempts) {
      try {
        await start(next);
        break;
      } catch (error) {
        const { issues, message } = /** @type {import("../pool.js").SimulationError} */ (error);
        if (!issues?.length) {
          messages.push(message);
          break;
        }
        messages.push(...issues.map((issue) => issue.message));
        next = withoutRefused(next, issues);
      }
    }
    tell(messages);
  }

  /**
   * @param {SceneState} state
   * @param {Issue[]} issues
   */
  function withoutRefused(state, issues) {
    const refused = new Set(issues.map(({ parameter }) => parameter));
    const initial = allValues(initialState(tables));
    /** @type {Changes} */
    const back = {};
    for (const id of refused) {
      if (id in initial) {
        back[id] = initial[id];
      }
    }
    const edits = state.edits.filter(({ parameter }) => !refused.has(parameter));
    return { ...withChanges(state, back), edits };
  }

  return {
    id: scene.id,
    scene,
    tables,
    node,
    player,
    open,
    get shown() {
      return shown;
    },
    redraw: figure.redraw,
    dispose: () => player.dispose(),
  };
}
