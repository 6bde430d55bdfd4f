// Section 1, Remark 4, and section 2, Remarks 9 and 10: batches of several sizes.

import { format, formatStep } from "../render/numbers.js";
import { relevantValues } from "../state/parameters.js";
import { texBlock } from "../ui/formula.js";
import { gapPanel } from "./batch-size-gap.js";
import {
  axisChoices,
  formatCost,
  isLinear,
  key,
  lanesOf,
  reachedAt,
  reports,
} from "./batch-size-runs.js";
import { stepPanel } from "./batch-size-step.js";
import { variancePanel } from "./batch-size-variance.js";
import {
  adaptStepSize,
  isLogistic,
  noPromise,
  objectiveControls,
  stepSizeOf,
  suggestAllColumns,
} from "./ensemble.js";
import { stepSizeScale } from "./step-size-scale.js";
import { viewChoice } from "./view-parameters.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/scene-view.js").Scene} Scene */

const everyStep = [
  "gap",
  "gapStandardError",
  "bound",
  "boundHolds",
  "predictedGap",
  "predictionExact",
  "batches",
  "alphas",
  "stepLimit",
  "batchSigma",
  "diverged",
  "divergedStep",
  "constants",
];
const ofTheBatches = [
  "gradientVariance",
  "gradientVarianceStandardError",
  "predictedVariance",
  "varianceCurveBatch",
  "varianceCurve",
  "stepLimitCurve",
];
// What changes neither the terms nor how they are drawn.
const ofTheRun = ["alpha", "scale", "x0", "replicates"];

/** @type {Scene["view"]} */
function view() {
  return [
    viewChoice("axis", "over", "what the left picture counts", axisChoices),
    viewChoice("claims", "theory", "what is drawn beside the measurements", [
      { id: "right", label: "as it is" },
      { id: "sigma", label: "the notes: σ/b" },
      { id: "rate", label: "the notes: 1 − α/(mb)" },
    ]),
  ];
}

/** @type {Scene["plans"]} */
function plans(state, table) {
  const parameters = relevantValues(table, state.parameters);
  const batches = Object.entries(parameters).filter(([id]) => !ofTheRun.includes(id));
  return [
    {
      key,
      experiment: "batch-size",
      parameters,
      channels: everyStep,
      fixed: ofTheBatches,
      fixedKey: JSON.stringify(batches),
    },
  ];
}

/**
 * The α at which the first batch leaves Theorem 7, and the one at which the first leaves 2/L.
 * @param {Shown} shown
 */
function limitsOf(shown) {
  const lanes = lanesOf(shown);
  const [smoothness] = reports(shown).constants.data;
  /** @param {number} batch */
  const factor = (batch) => (isLinear(shown.state) ? batch : 1);
  const first = lanes.reduce((least, lane) =>
    lane.limit / factor(lane.batch) < least.limit / factor(least.batch) ? lane : least,
  );
  const largest = Math.max(...lanes.map(({ batch }) => batch));
  return {
    first: first.batch,
    theorem: first.limit / factor(first.batch),
    largest,
    descent: 2 / smoothness / factor(largest),
  };
}

/** @type {Scene["scale"]} */
function scale(shown) {
  const alpha = stepSizeOf(shown);
  const { first, theorem, largest, descent } = limitsOf(shown);
  const low = Math.min(theorem / 30, alpha);
  const high = Math.max(descent * 3, alpha);
  return stepSizeScale({ low, calm: theorem, limit: descent, high }, [
    { value: theorem, label: `Theorem 7, b = ${first}` },
    { value: descent, label: isLinear(shown.state) ? `2/L, b = ${largest}` : "2/L" },
  ]);
}

/** @type {Scene["readOut"]} */
function readOut(shown) {
  const { unit, values } = reachedAt(shown);
  const reached = values.map((at) => (at === null ? "–" : formatCost(at)));
  return `step ${formatStep(shown.step)} · 5 % after ${reached.join(" · ")} ${unit}`;
}

/** @type {NonNullable<Scene["warning"]>} */
function warning(shown) {
  const [smoothness] = reports(shown).constants.data;
  const lanes = lanesOf(shown);
  const past = lanes.filter(({ alpha }) => alpha >= 2 / smoothness);
  const loose = lanes.filter(({ alpha, limit }) => alpha > limit && alpha < 2 / smoothness);
  const parts = [
    ...named(past, `α ≥ 2/L = ${format(2 / smoothness)}, ${pastLimit(shown)}.`),
    ...named(loose, "α > 1/(Lσ) with this batch's σ, Theorem 7 promises nothing."),
    ...named(
      lanes.filter(({ diverged }) => diverged),
      "E f grew a hundredfold.",
    ),
  ];
  return parts.join(" ");
}

/** @param {Shown} shown */
function pastLimit({ state }) {
  return isLogistic(state) ? noPromise : "even gradient descent diverges";
}

/** @type {Scene["remark"]} */
function remark(shown) {
  return warning(shown) === ""
    ? "α ≤ 1/(Lσ) for every batch, with its own σ: Theorem 7 holds."
    : "";
}

/**
 * @param {{ batch: number }[]} lanes
 * @param {string} text
 */
function named(lanes, text) {
  return lanes.length > 0 ? [`b = ${lanes.map(({ batch }) => batch).join(", ")}: ${text}`] : [];
}

/** @type {Scene["summary"]} */
function summary(shown) {
  const lanes = lanesOf(shown).map(({ batch, gap, diverged, divergedStep }) =>
    diverged
      ? `batch ${batch} diverged at step ${divergedStep}`
      : `batch ${batch} is ${format(gap)} above the minimum`,
  );
  return `Step ${shown.step}, step size ${format(stepSizeOf(shown))}: ${lanes.join("; ")}.`;
}

// The lecture's Example 2 at a tenth of its size: m = 0.047, far from 1/m.
const flat = { objective: "scalar", a: "0.1, 0.2, 0.3", b: "0.1, 0.1, 0.45", x0: 5 };

/** @type {Scene} */
export const batchSize = {
  id: "batch-size",
  question: "What does a larger batch buy?",
  lead: "The same α for every batch: all fall at one rate, each to a floor of its own. Now count gradient evaluations instead of steps.",
  step: 400,
  speed: 50,
  slider: "alpha",
  controls: [
    "axis",
    "scale",
    "batches",
    "replacement",
    ...objectiveControls,
    "replicates",
    "seed",
    "claims",
  ],
  view,
  plans,
  scale,
  panels: (shown) => [gapPanel(shown), variancePanel(shown), stepPanel(shown)],
  readOut,
  warning,
  remark,
  summary,
  suggestions: suggestAllColumns,
  adapt: (before, after, changes) =>
    adaptStepSize(before, after, changes, (shown) => limitsOf(shown).theorem),
  formulas: [
    texBlock`x_{t+1} = x_t - \frac{\alpha}{b} \sum_{k=1}^{b} \nabla \ell_{\omega_t^k}(x_t)`,
    texBlock`\operatorname{Var} \nabla f_b = c(b)\, \operatorname{Var} \nabla \ell_i,\quad c(b) = \tfrac1b \text{ or } \tfrac{n-b}{(n-1)\,b}`,
    texBlock`\sigma_0 \to c\,\sigma_0,\quad \sigma \to 1 + c\,(\sigma - 1)`,
    texBlock`\alpha \le \frac{1}{L \sigma_b}:\quad \mathbb{E} f - f^* \le \frac{\alpha L \sigma_0}{2 m b} + (1-\alpha m)^t\,(\ldots)`,
  ],
  text: `<p>A batch of b has 1/b of the variance, so its floor is b times lower, or its step may be b times
    longer for the same floor. The longer step makes each update go b times as far, and cost b times
    as much: counted in gradients, the curves coincide and nothing is gained.</p>
    <p><em>Then why use mini-batches?</em> Because b gradients of one batch need not wait for each other: a
    machine that computes them together pays in steps, not in gradients. Check: with steps in
    proportion to b, the line under the pictures counts how many it takes to fall to 5 % of the start.</p>
    <p>It ends at α<sub>b</sub> = 1/(Lσ<sub>b</sub>), which tends to 1/L and no further. The notes divide σ
    by b too; only the variance falls, and σ stays at least 1. They also write the rate of single
    terms as 1 − α/(mb); it is 1 − αm/b.</p>`,
  questions: async () => (await import("./batch-size-questions.js")).questions,
  tries: [
    {
      title: "Pay by the gradient",
      text: "Steps in proportion to b, over evaluations: four curves fall as one. Nothing is gained.",
      set: { axis: "evaluations", scale: "linear", alpha: 0.005 },
      step: 800,
    },
    {
      title: "Then why mini-batches?",
      text: "The same runs over steps: if a batch takes no longer than one term, b = 64 is far ahead.",
      set: { scale: "linear", alpha: 0.005 },
      step: 400,
    },
    {
      title: "Too long a step",
      text: "Twice that and more: b = 64 would take steps of 1.28, past 2/L = 0.95. Play.",
      set: { scale: "linear", alpha: 0.02 },
      step: 0,
      play: true,
    },
    {
      title: "All n at once",
      text: "Without replacement b = n is gradient descent: no variance, no floor.",
      set: { replacement: "without", batches: "1, 16, 171, 342", alpha: 0.03, replicates: 50 },
      step: 800,
    },
    {
      title: "σ does not fall by b",
      text: "Were it σ/b, b = 64 could step 4.6 far. At 0.45, just past 2/L, every batch is lost.",
      set: { objective: "scalar", batches: "8, 64, 512", alpha: 0.45, claims: "sigma" },
      step: 20,
    },
    {
      title: "The rate is 1 − αm/b",
      text: "m = 0.047: by the notes' 1 − α/(mb) single terms would be at 1 % after 105 steps.",
      set: { ...flat, batches: "1, 16", alpha: 0.002, claims: "rate" },
      step: 800,
    },
  ],
};
