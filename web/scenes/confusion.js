// Section 1, Example 2: the region of confusion.

import { format, formatStep } from "../render/numbers.js";
import { relevantValues } from "../state/parameters.js";
import { texBlock } from "../ui/formula.js";
import { measureOf, measures, momentsPanel } from "./confusion-moments.js";
import { linePanel } from "./confusion-panels.js";
import { stepSizeOf, withError } from "./ensemble.js";
import { stepSizeScale } from "./step-size-scale.js";
import { viewChoice } from "./view-parameters.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/scene-view.js").Scene} Scene */

const everyStep = [
  "path",
  "meanError",
  "meanErrorStandardError",
  "secondMoment",
  "secondMomentStandardError",
  "excess",
  "excessStandardError",
  "insideShare",
  "gradientEvaluations",
  "predictedMeanError",
  "predictedSecondMoment",
  "predictedBias",
  "predictedVariance",
  "predictedExcess",
  "predictionIsExact",
  "density",
  "constants",
  "stepSizeMarks",
];
const ofTheData = ["terms", "leastOfTerms", "region", "minimizer", "window", "densityEdges"];
// What changes neither the terms nor the window.
const ofTheRun = ["alpha", "batch", "sampling", "replicates", "seed"];

/** @type {Scene["view"]} */
function view() {
  return [viewChoice("measure", "on the right", "what the right picture follows", measures)];
}

/** @type {Scene["plans"]} */
function plans(state, table) {
  const parameters = relevantValues(table, state.parameters);
  const ofTheTerms = Object.entries(parameters).filter(([id]) => !ofTheRun.includes(id));
  return [
    {
      key: "run",
      experiment: "confusion",
      parameters,
      channels: everyStep,
      fixed: ofTheData,
      fixedKey: JSON.stringify(ofTheTerms),
    },
  ];
}

/** @type {Scene["scale"]} */
function scale(shown) {
  const [absorbing, limit, meanLimit] = shown.reports.run.channels.stepSizeMarks.data;
  const alpha = stepSizeOf(shown);
  const low = Math.min(absorbing / 50, alpha);
  const high = Math.max(meanLimit * 1.5, alpha);
  const calm = Math.min(absorbing, limit);
  return stepSizeScale(
    { low, calm, limit, high },
    [
      { value: absorbing, label: "1/max aᵢ²" },
      { value: limit, label: "variance limit" },
      { value: meanLimit, label: "2/A" },
    ].filter(({ value }, i) => i !== 1 || value < 0.99 * meanLimit),
  );
}

/** @type {Scene["readOut"]} */
function readOut(shown) {
  const { name, mean, error } = measureOf(shown);
  const [value, spread] = [mean.at(-1) ?? 0, error.at(-1) ?? 0];
  return `step ${formatStep(shown.step)} · ${name} = ${withError(value, spread)}`;
}

/** @param {Shown} shown */
function regionInWords({ reports }) {
  const [low, high] = reports.run.channels.region.data;
  return `[${format(low)}, ${format(high)}]`;
}

/** @param {Shown} shown */
function hasRidge({ reports }) {
  return reports.run.channels.leastOfTerms.data.some((least) => least > 0);
}

/** @type {NonNullable<Scene["warning"]>} */
function warning(shown) {
  const { channels, status } = shown.reports.run;
  const [, limit, meanLimit] = channels.stepSizeMarks.data;
  const alpha = stepSizeOf(shown);
  if (alpha < limit) {
    return "";
  }
  const { batch, sampling } = shown.state.parameters;
  const isIndependent = ["replacement", "distinct"].includes(String(sampling));
  const single = Number(batch) === 1 && isIndependent ? "2A/E a⁴" : "for a finite variance";
  const condition = limit === meanLimit ? "2/A" : single;
  const broken = `α = ${format(alpha)} breaks the condition α < ${format(limit)} (${condition})`;
  if (status.state === "diverged") {
    return `Diverged at step ${status.step}: ${broken}.`;
  }
  return alpha < meanLimit && isIndependent
    ? `${broken}: E (x − x*)² grows without end, on ever rarer runs, while E x converges.`
    : `${broken}: E (x − x*)² grows without end.`;
}

/** @type {Scene["remark"]} */
function remark(shown) {
  const { minimizer, predictionIsExact, stepSizeMarks } = shown.reports.run.channels;
  const [absorbing, limit] = stepSizeMarks.data;
  const alpha = stepSizeOf(shown);
  const unknown = predictionIsExact.data.at(-1) === 0 ? " No exact moments at this step." : "";
  const ridge = hasRidge(shown) ? " With the ridge, aᵢ² + ridge stands for aᵢ²." : "";
  const where = `x* = ${format(minimizer.data[0])}, region of confusion ${regionInWords(shown)}.${ridge}${unknown}`;
  if (alpha >= limit) {
    return where;
  }
  if (alpha <= absorbing) {
    return `α ≤ 1/max aᵢ²: a run that enters the region never leaves it. ${where}`;
  }
  return Number(shown.state.parameters.batch) === 1
    ? `α > 1/max aᵢ²: the steepest term overshoots its own minimiser, and runs may leave the region. ${where}`
    : `α > 1/max aᵢ²: the steepest term alone would overshoot its minimiser; a batch, whose curvature is a mean, may not. ${where}`;
}

/** @type {Scene["summary"]} */
function summary(shown) {
  const { channels, status } = shown.reports.run;
  const { name, mean, error, exact } = measureOf(shown);
  const share = channels.insideShare.data.at(-1) ?? 0;
  const state = status.state === "diverged" ? ", diverged" : "";
  const known = channels.predictionIsExact.data.at(-1) === 1;
  return [
    `Step ${shown.step}${state}, step size ${format(stepSizeOf(shown))}:`,
    `${name} is ${withError(mean.at(-1) ?? 0, error.at(-1) ?? 0)}`,
    known ? `(exact ${format(exact.at(-1) ?? 0)});` : ";",
    `${format(100 * share)} % of the runs are inside the region ${regionInWords(shown)}.`,
  ].join(" ");
}

/** @type {Scene["suggestions"]} */
function suggestions({ state, dataSets }) {
  const info = dataSets.find(({ id }) => id === state.parameters.dataset);
  return {
    features: info?.pair.split(",")[0] ?? "the first column",
    targetColumn: "the last column",
  };
}

/** @type {Scene} */
export const confusion = {
  id: "confusion",
  question: "Why does SGD stop getting closer?",
  lead: "Press play. Outside the tinted region every term pulls the same way; inside they fight. Then drag a minimiser.",
  step: 0,
  speed: 10,
  slider: "alpha",
  ownFeatures: 1,
  controls: [
    "sampling",
    "batch",
    "replicates",
    "dataset",
    "a",
    "b",
    "features",
    "targetColumn",
    "ridge",
    "x0",
    "measure",
  ],
  view,
  plans,
  scale,
  panels: (shown) => [linePanel(shown), momentsPanel(shown)],
  readOut,
  warning,
  remark,
  summary,
  suggestions,
  adapt: () => ({}),
  formulas: [
    texBlock`f(x) = \frac1{2n}\sum_i (a_i x - b_i)^2,\quad A = \mathrm E\,a^2`,
    texBlock`\min_i b_i/a_i \le x \le \max_i b_i/a_i`,
    texBlock`e_{t+1} = (1-\alpha a^2)\,e_t + \alpha r,\quad r = a\,(b - a x^*)`,
    texBlock`V = \frac{\alpha\,\mathrm E\,r^2}{2A - \alpha\,\mathrm E\,a^4},\quad \alpha < \frac{2A}{\mathrm E\,a^4}`,
    texBlock`\mathrm E f(x) - f^* = \tfrac12 A V`,
  ],
  text: `<p>Each term has a minimiser of its own, bᵢ/aᵢ. To the right of them all every term pulls left,
    and whichever is drawn, the step helps: far out, SGD is as fast as gradient descent at a fraction
    of its cost. Between the outermost minimisers some pull left and some right, and a step helps only
    on average. The cloud stops shrinking when the pull to x* and the scatter of the draws balance: at
    a variance V proportional to α, for small α.</p>
    <p>The dashed bell has the exact mean and variance, and nothing more is claimed for it. The notes
    take SGD's law for Gibbs's, here a bell; that needs Gaussian noise that does not depend on x, and
    the two terms of “No bell at all” end up uniform instead.</p>
    <p>The notes call SGD a Markov chain; that holds for draws with replacement only. Reshuffled, a
    term used up cannot come again, so the next step depends on the epoch's past, and the chain is
    Markov from epoch to epoch. Every epoch then carries a small bias, but its variance at the end of an
    epoch is of order α³ instead of α.</p>`,
  questions: async () => (await import("./confusion-questions.js")).questions,
  tries: [
    {
      title: "No bell at all",
      text: "Two terms, α = ½: x jumps half-way to −1 or to 1. The law is uniform; the bell has its variance, 1/3.",
      set: { a: "1, 1", b: "1, -1", alpha: 0.5, x0: 3 },
      step: 40,
    },
    {
      title: "Reshuffle, and pay in bias",
      text: "Each epoch uses every term once. The scatter shrinks; where does the mean settle?",
      set: { sampling: "reshuffle", alpha: 0.06, x0: 1.18, measure: "meanError" },
      step: 60,
    },
    {
      title: "All three at once",
      text: "Batches of 3 different terms out of 3 are gradient descent: 10 000 runs, one path.",
      set: { sampling: "distinct", batch: 3 },
      step: 0,
      play: true,
    },
    {
      title: "Past 2A/E a⁴",
      text: "α = 0.32 is below 2/A: the mean converges. What does E (x − x*)² do?",
      set: { alpha: 0.32, x0: 3 },
      step: 0,
      play: true,
    },
    {
      title: "Real data",
      text: "442 patients, one feature. The flattest terms have minimisers far out: x is in the region from the start.",
      set: { dataset: "diabetes", features: "bmi", alpha: 0.05, x0: 3 },
      step: 150,
    },
  ],
};
