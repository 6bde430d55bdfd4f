// Section 1, Remark 3: with or without replacement, and in which order.

import { format, formatStep } from "../render/numbers.js";
import { relevantValues } from "../state/parameters.js";
import { texBlock } from "../ui/formula.js";
import {
  adaptStepSize,
  isLogistic,
  isScalar,
  noPromise,
  objectiveControls,
  stepSizeOf,
  suggestAllColumns,
  withError,
} from "./ensemble.js";
import { floorPanel } from "./sampling-floor.js";
import { gapPanel } from "./sampling-gap.js";
import { epochsOf, main, orders, reshuffling, shares } from "./sampling-runs.js";
import { spreadPanel } from "./sampling-spread.js";
import { stepSizeScale } from "./step-size-scale.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/scene-view.js").Scene} Scene */

const everyStep = [
  "gap",
  "gapStandardError",
  "bias",
  "biasStandardError",
  "variance",
  "predictedGap",
  "predictedBias",
  "predictionExact",
  "floor",
  "floorBias",
  "floorVariance",
  "floorExact",
  "stepLimit",
  "diverged",
  "constants",
  "epochLength",
];
// Of the runs at smaller steps only the end counts.
const everySmallerStep = ["gap", "gapStandardError", "diverged", "constants", "epochLength"];
const ofTheTerms = ["floorAlpha", "floorCurve"];
// What does not change the terms.
const ofTheRun = ["alpha", "share", "x0", "epochs", "replicates", "seed"];

/** @type {Scene["plans"]} */
function plans(state, table) {
  const all = relevantValues(table, state.parameters);
  const terms = Object.entries(all).filter(([id]) => !ofTheRun.includes(id));
  return shares.map(({ key, share }) => ({
    key,
    experiment: "sampling",
    parameters: { ...all, share },
    channels: key === main ? everyStep : everySmallerStep,
    fixed: key === main ? ofTheTerms : [],
    fixedKey: JSON.stringify(terms),
    companion: key !== main,
  }));
}

/**
 * The step size past which SGD with replacement is lost: exact for one weight; for more, where even
 * gradient descent is.
 * @param {Shown} shown
 */
function limitOf({ reports }) {
  const { stepLimit, constants } = reports[main].channels;
  return stepLimit.data[0] ?? 2 / constants.data[0];
}

/** @type {Scene["scale"]} */
function scale(shown) {
  const alpha = stepSizeOf(shown);
  const limit = limitOf(shown);
  const calm = calmLimit(shown);
  const low = Math.min(calm / 30, alpha);
  const high = Math.max(limit * 2, alpha);
  const ends = isScalar(shown.state) ? "2A/E a⁴" : "2/L";
  return stepSizeScale({ low, calm: Math.min(calm, limit), limit, high }, [
    { value: calm, label: "1/(Lσ)" },
    { value: limit, label: ends },
  ]);
}

/** What was measured of the bias of reshuffling, and what is exact. @param {Shown} shown */
function biasOf({ reports }) {
  const { bias, biasStandardError, predictedBias, predictionExact } = reports[main].channels;
  const at = bias.data.length - orders.length + reshuffling;
  return {
    measured: withError(bias.data[at], biasStandardError.data[at]),
    exact: predictionExact.data[at] === 1 ? `, exactly ${format(predictedBias.data[at])}` : "",
  };
}

/** @type {Scene["readOut"]} */
function readOut(shown) {
  return `epoch ${formatStep(epochsOf(shown))} · reshuffled bias ${biasOf(shown).measured}`;
}

/** @type {NonNullable<Scene["warning"]>} */
function warning(shown) {
  const { diverged } = shown.reports[main].channels;
  const gone = orders.filter((_, k) => diverged.data[k] === 1).map(({ label }) => label);
  const parts = gone.length > 0 ? [`Diverged, E f grew a hundredfold: ${gone.join(", ")}.`] : [];
  const limit = limitOf(shown);
  if (stepSizeOf(shown) >= limit) {
    const condition = isScalar(shown.state) ? "α < 2A/E a⁴" : "α < 2/L";
    const outcome = isLogistic(shown.state) ? noPromise : "with replacement E f has no limit";
    parts.push(`${condition} = ${format(limit)} fails: ${outcome}.`);
  }
  return parts.join(" ");
}

/** @type {Scene["remark"]} */
function remark(shown) {
  const { constants, epochLength } = shown.reports[main].channels;
  const [smoothness, strongConvexity] = constants.data;
  return `One epoch is ${formatStep(epochLength.data[0])} updates; L = ${format(smoothness)}, m = ${format(strongConvexity)}.`;
}

/** @type {Scene["summary"]} */
function summary(shown) {
  const { gap } = shown.reports[main].channels;
  const last = gap.data.slice(-orders.length);
  const { measured, exact } = biasOf(shown);
  const gaps = orders.map(({ label }, k) => `${label} ${format(last[k])}`).join(", ");
  return `Epoch ${epochsOf(shown)}, step size ${format(stepSizeOf(shown))}. Above the minimum: ${gaps}. Bias of reshuffling ${measured}${exact}.`;
}

/** @type {Scene["panels"]} */
function panels(shown) {
  const list = [gapPanel(shown), floorPanel(shown)];
  return isScalar(shown.state) ? [...list, spreadPanel(shown)] : list;
}

/** @type {Scene["adapt"]} */
function adapt(before, after, changes) {
  const adapted = adaptStepSize(before, after, changes, calmLimit);
  return isScalar(before.state) === isScalar(after.state)
    ? adapted
    : { ...adapted, replicates: isScalar(after.state) ? 1000 : 100 };
}

/** 1/(Lσ). @param {Shown} shown */
function calmLimit(shown) {
  const [smoothness, , , , sigma] = shown.reports[main].channels.constants.data;
  return 1 / (smoothness * sigma);
}

/** @type {Scene} */
export const sampling = {
  id: "sampling",
  question: "Does it matter in which order the data come?",
  lead: "Halve α, or drag it in the middle picture: one floor falls to a half, three to a quarter or less.",
  step: 180,
  speed: 50,
  slider: "alpha",
  controls: [...objectiveControls, "replicates", "seed", "epochs"],
  view: () => [],
  plans,
  scale,
  panels,
  readOut,
  warning,
  remark,
  summary,
  suggestions: suggestAllColumns,
  adapt,
  formulas: [
    texBlock`\text{with replacement:}\quad \mathbb{E} f - f^* \to \frac{A}{2}\cdot\frac{\alpha\,\mathbb{E} r^2}{2A - \alpha\,\mathbb{E} a^4} = O(\alpha)`,
    texBlock`\text{one epoch in order } \pi:\quad e \to P e + q_\pi,\quad P = \textstyle\prod_i (1 - \alpha a_i^2)`,
    texBlock`\text{reshuffled:}\quad \mathbb{E} e \to \frac{\mathbb{E} q}{1-P},\quad \operatorname{Var} e \to \frac{\operatorname{Var} q}{1-P^2}`,
    texBlock`\text{shuffled once:}\quad \operatorname{Var} e \to \frac{\operatorname{Var} q}{(1-P)^2}`,
  ],
  text: `<p>Drawn with replacement, each update is noise of its own: on parabolas it has no bias, and its
    variance, of order α, stays. Visit every term once per epoch and the noise nearly cancels: the pushes
    of an epoch sum to the full gradient, up to corrections of order α. What is left over in
    f − f* is of order α².</p>
    <p>The price is a bias. Terms are no longer independent, the mean settles beside x*, by an
    amount of order α, and no averaging over runs removes it. Cyclic order is all bias and no
    spread; an order shuffled once keeps its luck for ever. Because an order is remembered within
    its epoch, the iterates form a Markov chain from epoch to epoch, not from step to step.</p>
    <p>Dashed lines are exact; the runs at α/2 and α/4 in the middle picture are open circles while
    still on their way down. A new α holds from the next epoch on.</p>`,
  tries: [
    {
      title: "Watch the floors part",
      text: "From the start, play. Which order stops first, and how far do the others go on?",
      set: {},
      step: 0,
      play: true,
    },
    {
      title: "Halve the step",
      text: "α = 0.01 instead of 0.02: by what does each floor shrink? Slopes 1 and 2 give it away.",
      set: { alpha: 0.01 },
      step: 360,
    },
    {
      title: "The price is a bias",
      text: "10 000 runs at α = 0.12: the mean of the reshuffled runs misses x* by many standard errors.",
      set: { alpha: 0.12, replicates: 10000 },
      step: 60,
    },
    {
      title: "Stable only without replacement",
      text: "α = 0.32 is past 2A/E a⁴ = 0.286. Who diverges, and who does not?",
      set: { alpha: 0.32 },
      step: 0,
      play: true,
    },
    {
      title: "Terms that agree",
      text: "b = a: one x minimises every term. No noise, no floor, in any order.",
      set: { b: "1, 2, 3" },
      step: 180,
    },
    {
      title: "Real data",
      text: "342 penguins, sorted by species. Slopes near 1 and 2 again, and the order of the file is the worst.",
      set: { objective: "least-squares", alpha: 0.004, replicates: 100 },
      step: 342 * 25,
    },
  ],
};
