// Are minima connected? Two trained networks and a path of low loss between them, found or not.

import { format, formatStep } from "../render/numbers.js";
import { tex, texBlock } from "../ui/formula.js";
import { planePanel } from "./connectivity-plane.js";
import { profilePanel } from "./connectivity-profile.js";
import {
  highestNow,
  isTraining,
  looks,
  pairShown,
  picture,
  plans,
  resultOf,
  rowsByWidth,
  showsWidths,
} from "./connectivity-runs.js";
import { barrierPanel, lengthPanel, widthsInWords } from "./connectivity-widths.js";
import { viewChoice } from "./view-parameters.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/scene.js").Scene} Scene */

const afterAll = 20_000;

/** @type {Scene["view"]} */
function view() {
  return [
    viewChoice(
      "look",
      "show",
      "one path in detail, or all pairs at five widths side by side",
      looks,
    ),
  ];
}

/** @param {Shown} shown */
function panels(shown) {
  return showsWidths(shown.state)
    ? [barrierPanel(shown), lengthPanel(shown)]
    : [planePanel(shown), profilePanel(shown)];
}

/** @param {Shown} shown */
const shownResult = (shown) => resultOf(picture(shown), pairShown(shown));

/** @type {Scene["readOut"]} */
function readOut(shown) {
  const step = `step ${formatStep(shown.step)}`;
  if (showsWidths(shown.state)) {
    const rows = rowsByWidth(shown);
    const pairs = rows.reduce((sum, row) => sum + row.pairs, 0);
    const searched = rows.reduce((sum, row) => sum + row.searched, 0);
    return `${step} · ${searched} of ${pairs} searches ended`;
  }
  const result = shownResult(shown);
  if (isTraining(shown)) {
    return `${step} · training the ends: loss ${format(result.ends[0])} and ${format(result.ends[1])}`;
  }
  return `${step} · ${result.beads} beads, length ${format(result.lengthRatio)} · highest loss ${format(highestNow(shown))}`;
}

/** What the search has shown, and what it has not. @param {Shown} shown */
function verdict(shown) {
  const result = shownResult(shown);
  const level = format(result.level);
  if (isTraining(shown)) {
    return "Both ends are being trained below the level.";
  }
  if (!result.isSearched) {
    return `Where the path rises above the level, a bead is put in and trained downhill.`;
  }
  if (result.isFound) {
    const segments = result.beads - 1;
    return `Found: at 32 points of each of ${segments} ${segments === 1 ? "segment" : "segments"} the loss is at most ${level}. The two are connected at this level.`;
  }
  if (result.isWalled) {
    return `Not found, and here none exists: det W changes sign between A and B, and where it is 0 the loss is at least ${format(result.wall)} > ${level}.`;
  }
  return `Not found with ${result.beads} beads. That proves nothing: another search may find a path.`;
}

/** @type {Scene["remark"]} */
function remark(shown) {
  if (showsWidths(shown.state)) {
    return "Points are means over the pairs; a barrier is what this search leaves, a bound from above. The slider is for the single path.";
  }
  return verdict(shown);
}

/** @type {NonNullable<Scene["warning"]>} */
function warning(shown) {
  const given = Number(shown.state.parameters.level);
  if (showsWidths(shown.state)) {
    const raised = rowsByWidth(shown).filter((row) => row.raised.length > 0);
    return raised.length > 0
      ? `At p = ${raised.map(({ width }) => width).join(", ")} training stops above ${format(given)}: some pairs are measured from just above their worse end.`
      : "";
  }
  if (!(shownResult(shown).level > given)) {
    return "";
  }
  return `Training stops above ${format(given)}: the level is set just above the worse end.`;
}

/** @type {Scene["scale"]} */
function scale({ state: { parameters } }) {
  const teacher = Number(parameters.teacher);
  const threshold = 2 * Number(parameters.dimension);
  const isQuadratic = parameters.activation === "quadratic";
  return {
    low: 1,
    high: 64,
    marks: [
      { value: teacher, label: "as wide as the teacher" },
      ...(isQuadratic ? [{ value: threshold, label: "2d" }] : []),
    ],
    regimes: [],
  };
}

/** @type {Scene["summary"]} */
function summary(shown) {
  if (showsWidths(shown.state)) {
    return widthsInWords(shown);
  }
  const { beads, chordBarrier, lengthRatio } = shownResult(shown);
  return `Step ${formatStep(shown.step)}: a path of ${beads} beads, ${format(lengthRatio)} times as long as the straight line. Its highest loss is ${format(highestNow(shown))}; the straight line rises ${format(chordBarrier)} above the level. ${verdict(shown)}`;
}

const walledOff = { width: 2, teacher: 2, seed: 10, ends: "exchanged" };

/** @type {Scene} */
export const connectivity = {
  id: "connectivity",
  question: "Are minima connected?",
  lead: "Press play. Two networks have learned the same thing from different seeds; on the straight line between them the loss is high. Watch a path grow around the hill.",
  step: 240,
  speed: 50,
  slider: "width",
  controls: [
    "look",
    "activation",
    "ends",
    "level",
    "pair",
    "pairs",
    "dimension",
    "teacher",
    "samples",
    "beads",
    "patience",
    "seed",
  ],
  view,
  plans,
  scale,
  panels,
  readOut,
  warning,
  remark,
  summary,
  suggestions: () => ({}),
  adapt: () => ({}),
  formulas: [
    texBlock`f(\theta) = \frac1n\sum_i\Bigl(\sum_{k=1}^{p} u_k\,\varphi(w_k\cdot x_i) - y_i\Bigr)^2`,
    texBlock`t^* = \arg\max_t f\bigl((1-t)\,\theta_A + t\,\theta_B\bigr)`,
    texBlock`\varepsilon \approx p^{-1/d}`,
  ],
  text: `<p>Both ends are trained until the loss, the share of the outputs’ mean square that is left
    unexplained, is below the level ${tex`L_0`}. Dynamic String Sampling then looks along the straight line,
    puts a bead at its highest point, trains the bead downhill, and does the same on both sides. A path
    found certifies that the two are connected at this level. A path not found proves nothing.</p>
    <p>Wide ReLU networks are connected nearly always; the theory bounds the barrier by about
    ${tex`p^{-1/d}`} and is far from tight here. Two units of two are the counter-example: exchanged, they
    compute the same, yet ${tex`\det(w_1, w_2)`} changes its sign, and where it is 0 both units lie on one
    line and can no longer do the work of two.</p>
    <p>The picture is a plane through A, B and the mean of the beads at rest (with none but A and B, downhill
    from the middle); the beads are projected onto it and have a loss of their own, which is on the right.</p>
    <p>“No spurious valley” is weaker than “connected”: ${tex`(1-u w^2)^2`} has two valleys, w &gt; 0 and
    w &lt; 0, and each holds a global minimum.</p>`,
  tries: [
    {
      title: "Around the hill",
      text: "p = 16, from random weights on. How many beads does it take, and how much longer is the path?",
      set: {},
      step: 0,
      play: true,
    },
    {
      title: "Width by width",
      text: "Five pairs at each width, a few seconds. From which p on does every search succeed?",
      set: { look: "widths" },
      step: afterAll,
    },
    {
      title: "Two units, exchanged",
      text: "A and B compute the same. The bead comes to rest on a ridge that every path must cross.",
      set: walledOff,
      step: afterAll,
    },
    {
      title: "Six units more",
      text: "The same data, eight units, two of them exchanged: now there is a way around.",
      set: { ...walledOff, width: 8 },
      step: afterAll,
    },
    {
      title: "Squares: p = 2d is enough",
      text: "Units z² in d = 2: below p = 4 some pairs are walled off, from there on none is.",
      set: { look: "widths", activation: "quadratic", teacher: 3 },
      step: afterAll,
    },
    {
      title: "No bad valley, yet two",
      text: "One unit u w² of one input: A and B are both perfect, and every path between passes a loss of 1.",
      set: {
        activation: "quadratic",
        width: 1,
        dimension: 1,
        teacher: 1,
        pair: 3,
      },
      step: afterAll,
    },
  ],
};
