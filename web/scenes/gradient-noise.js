// Section 2, Lemmas 5 and 6: how noisy sampled gradients are.

import { format, formatStep } from "../render/numbers.js";
import { relevantValues } from "../state/parameters.js";
import { texBlock } from "../ui/formula.js";
import { adaptStepSize, suggestAllColumns } from "./ensemble.js";
import { descentPanel } from "./gradient-noise-descent.js";
import { aboveNotesLine, pointsPanel, showsNotes } from "./gradient-noise-points.js";
import { viewChoice } from "./view-parameters.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/scene-view.js").Scene} Scene */

const channels = [
  "points",
  "iterates",
  "sigma0",
  "sigma",
  "termConstants",
  "leastSigma",
  "recommendedSigma",
  "sigmaHolds",
  "isTight",
  "touch",
  "varianceFactor",
  "bias",
  "startGradientNorm",
  "gap",
  "descentMeasured",
  "descentStandardError",
  "descentBound",
  "constants",
  "stepSizeMarks",
];

/** @type {Scene["view"]} */
function view() {
  return [
    viewChoice("axes", "axes", "of the left picture", [
      { id: "linear", label: "linear" },
      { id: "log", label: "log" },
    ]),
    viewChoice("rule", "rule for b", "how σ₀ and σ change with the batch size", [
      { id: "variance", label: "variance/b", help: "σ₀/b and 1 + (σ − 1)/b" },
      { id: "notes", label: "also σ/b", help: "the notes: σ₀/b and σ/b" },
    ]),
  ];
}

/** @type {Scene["plans"]} */
function plans(state, table) {
  const parameters = relevantValues(table, state.parameters);
  return [
    { key: "run", experiment: "gradient-noise", parameters, channels, fixed: [], fixedKey: "" },
  ];
}

/** @param {Shown} shown */
function termSigma(shown) {
  return shown.reports.run.channels.termConstants.data[1];
}

/** @type {Scene["scale"]} */
function scale(shown) {
  const { leastSigma, recommendedSigma } = shown.reports.run.channels;
  const [least] = leastSigma.data;
  const [recommended] = recommendedSigma.data;
  const low = Math.min(1, termSigma(shown));
  const high = Math.max(2 * recommended, termSigma(shown));
  return {
    low,
    high,
    marks: [
      { value: least, label: "least σ" },
      { value: recommended, label: "recommended" },
    ],
    regimes: [
      { from: low, to: least, name: "diverge" },
      { from: least, to: high, name: "safe" },
    ],
  };
}

/** @type {Scene["readOut"]} */
function readOut(shown) {
  const { bias, startGradientNorm } = shown.reports.run.channels;
  if (startGradientNorm.data[0] === 0) {
    return `step ${formatStep(shown.step)} · ∇f = 0 at the start, drawn ${format(bias.data[1], 2)} ± ${format(bias.data[2], 2)}`;
  }
  const [exact, drawn, error] = bias.data.map((share) => 100 * share);
  return `step ${formatStep(shown.step)} · bias ${format(drawn, 2)} ± ${format(error, 2)} % drawn, ${format(exact, 1)} exact`;
}

/** @param {Shown} shown */
function biasInWords(shown) {
  const { bias, startGradientNorm } = shown.reports.run.channels;
  const [exact, drawn, error, draws] = bias.data;
  if (startGradientNorm.data[0] === 0) {
    return `∇f is 0 at the start; the mean of ${formatStep(draws)} drawn gradients is ${format(drawn, 2)} ± ${format(error, 2)} off it`;
  }
  return `the mean of ${formatStep(draws)} drawn gradients is ${format(100 * drawn, 2)} ± ${format(100 * error, 2)} % off ∇f, that of all terms ${format(100 * exact, 1)} %`;
}

/** @type {NonNullable<Scene["warning"]>} */
function warning(shown) {
  const { status, channels: measured } = shown.reports.run;
  const gone =
    status.state === "diverged" ? `The run diverged at step ${formatStep(status.step)}.` : "";
  const flat =
    measured.varianceFactor.data[0] === 0 || measured.sigmaHolds.data[0] === 1
      ? ""
      : `σ = ${format(termSigma(shown))} is below the least, ${format(measured.leastSigma.data[0])}: far enough out the points rise above every such line, so no σ₀ is enough.`;
  return [flat, gone].filter(Boolean).join(" ");
}

/** @param {Shown} shown */
function lineInWords(shown) {
  const { sigma0, sigma, sigmaHolds, isTight, varianceFactor } = shown.reports.run.channels;
  if (varianceFactor.data[0] === 0) {
    return "A batch of all terms is gradient descent: no noise, σ₀ = 0 and σ = 1.";
  }
  if (sigmaHolds.data[0] !== 1) {
    return "";
  }
  const batch = Number(shown.state.parameters.batch);
  const which = batch > 1 ? `Batches of ${batch}: ` : "";
  const how = isTight.data[0] === 1 ? "the least possible σ₀" : "a proved σ₀, not the least";
  return `${which}σ₀ = ${format(sigma0.data[0])}, σ = ${format(sigma.data[0])}; ${how}.`;
}

/** @type {Scene["remark"]} */
function remark(shown) {
  const { above, all } = showsNotes(shown) ? aboveNotesLine(shown) : { above: 0, all: 0 };
  const notes = above > 0 ? `${above} of ${all} points lie above the notes’ line.` : "";
  return [lineInWords(shown), notes].filter(Boolean).join(" ");
}

/** @type {Scene["summary"]} */
function summary(shown) {
  const change = shown.reports.run.channels.descentMeasured.data.at(-1) ?? 0;
  const direction = change <= 0 ? "falls" : "rises";
  return `${warning(shown) || lineInWords(shown)} In step ${formatStep(shown.step)} f ${direction} by ${format(Math.abs(change))} on average; ${biasInWords(shown)}.`;
}

/** @type {Scene["adapt"]} */
function adapt(before, after, changes) {
  const adapted = adaptStepSize(before, after, changes, smoothLimit);
  return Object.keys(adapted).length > 0 ? { ...adapted, sigma: 0 } : {};
}

/** 1/L. @param {Shown} shown */
function smoothLimit(shown) {
  return shown.reports.run.channels.stepSizeMarks.data[0];
}

/** @type {Scene} */
export const gradientNoise = {
  id: "gradient-noise",
  question: "How loud is the noise?",
  lead: "Turn the line: it stays as low as it can be above every point. Too flat, and nothing holds it up.",
  step: 40,
  speed: 10,
  slider: "sigma",
  sliderValue: (shown) => Number(termSigma(shown).toPrecision(4)),
  controls: [
    "objective",
    "a",
    "b",
    "dataset",
    "features",
    "targetColumn",
    "ridge",
    "batch",
    "sampling",
    "alpha",
    "x0",
    "startScale",
    "axes",
    "rule",
  ],
  view,
  plans,
  scale,
  panels: (shown) => [pointsPanel(shown), descentPanel(shown)],
  readOut,
  warning,
  remark,
  summary,
  suggestions: suggestAllColumns,
  adapt,
  formulas: [
    texBlock`E\,\nabla f_\omega = \nabla f,\quad E\|\nabla f_\omega\|^2 \le \sigma_0 + \sigma\,\|\nabla f\|^2`,
    texBlock`\text{5:}\;\; E f(x_{t+1}) - f(x_t) \le -\alpha\|\nabla f\|^2 + \tfrac{1}{2}\alpha^2 L\,E\|\nabla f_\omega\|^2`,
    texBlock`\text{6:}\;\; \dots \le -\alpha\big(1-\tfrac{1}{2}\alpha L\sigma\big)\|\nabla f\|^2 + \tfrac{1}{2}\alpha^2 L\,\sigma_0`,
    texBlock`\text{batch } b:\;\; \sigma_0 \to c\,\sigma_0,\;\; \sigma \to 1 + c\,(\sigma-1),\;\; c = \tfrac{1}{b}`,
  ],
  text: `<p>Each point is one x: across, how large the gradient is; up, how large the gradient of a randomly
    drawn term is on average. At the minimum the first is 0 and the second is not, and that height is why
    SGD with a constant step never rests. The noise is unbiased: the mean of drawn gradients
    approaches ∇f as one over the root of their number (the line beside the buttons counts).</p>
    <p>On the right, Lemma 5 bounds the next step by what L allows and Lemma 6 replaces the noise by the
    line. Far out both promise descent; near the minimum both sides are positive, and f rises on average:
    the step that helps far out hurts near the floor. (For parabolas of one weight Lemma 5 is an
    equality.)</p>
    <p>Two slips of the notes: σ = σ₀ = 0 is not gradient descent, which has σ = 1, the dotted line,
    and no choice of terms lies below it; and a batch divides the variance, not σ.</p>`,
  tries: [
    {
      title: "Too flat",
      text: "σ = 1.3 is below the least. Where, far out, would the points cross the line?",
      set: { sigma: 1.3, axes: "log" },
      step: 40,
    },
    {
      title: "Near the floor it goes up",
      text: "Started close to the minimum: is the next step expected to raise f?",
      set: { x0: 1.3 },
      step: 40,
    },
    {
      title: "Does σ fall with b?",
      text: "Batches of 16. With σ/b the points far out are above the line; with 1 + (σ − 1)/b none is.",
      set: { batch: 16, rule: "notes" },
      step: 40,
    },
    {
      title: "Gradient descent",
      text: "All three terms, each once: every point falls on σ₀ = 0, σ = 1, not on 0 and 0.",
      set: { batch: 3, sampling: "distinct" },
      step: 40,
    },
    {
      title: "Real data",
      text: "Diabetes, ten weights. How much steeper must the line be than for one weight?",
      set: { objective: "least-squares", dataset: "diabetes", alpha: 0.02, axes: "log" },
      step: 60,
    },
    {
      title: "A classifier",
      text: "Logistic regression: how much room does the proved line leave?",
      set: { objective: "logistic", dataset: "breast-cancer", alpha: 0.05, axes: "log" },
      step: 20,
    },
  ],
};
