// Section 3.2: SGD as a Markov process.

import { format, formatStep } from "../render/numbers.js";
import { relevantValues } from "../state/parameters.js";
import { texBlock } from "../ui/formula.js";
import { withError } from "./ensemble.js";
import { lawPanel, shapeInWords } from "./markov-law.js";
import { linePanel } from "./markov-line.js";
import { mapPanel } from "./markov-map.js";
import { matrixPanel } from "./markov-matrix.js";
import { batchInWords, isOnLine, isReshuffled, showsGrid, usedInWords } from "./markov-runs.js";
import { distancePanel, sharesPanel } from "./markov-shares.js";
import { variancePanel } from "./markov-variance.js";
import { stepSizeScale } from "./step-size-scale.js";
import { viewChoice } from "./view-parameters.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/scene-view.js").Scene} Scene */
/** @typedef {import("../ui/figure.js").Changes} Changes */
/** @typedef {import("../lab.js").Parameter} Parameter */

const ofTheStep = [
  "path",
  "sample",
  "mean",
  "meanStandardError",
  "covariance",
  "covarianceStandardError",
  "predictedMean",
  "predictedCovariance",
  "modelSample",
  "modelMean",
  "modelCovariance",
  "atoms",
  "available",
  "scale",
  "density",
  "modelDensity",
  "shape",
  "shapeStandardError",
  "predictedShape",
  "varianceByStepSize",
  "varianceByBatch",
  "varianceFactor",
];
const ofTheChains = ["path", "shares", "modelShares", "law", "totalVariation", "sharesDistance"];
const ofTheObjective = ["window", "minimizer", "start", "constants", "stepSizeMarks", "termCount"];
const ofTheMap = ["field", "densityEdges"];
const ofTheMatrix = ["grid", "transition", "stationary", "secondEigenvalue", "transitionIsExact"];
// What changes neither the objective nor, but for the start of one weight, the window.
const ofTheRun = ["alpha", "batch", "sampling", "seed", "grid", "replicates", "model", "y0"];
// What of this does not change the matrix either.
const ofTheEnsemble = ["replicates", "model"];

/** @type {Scene["view"]} */
function view() {
  const inThePlane = [{ parameter: "objective", values: ["least-squares"] }];
  return [
    viewChoice(
      "picture",
      "picture",
      "one step, or many on a grid",
      [
        { id: "step", label: "one step" },
        { id: "grid", label: "the chain on a grid" },
      ],
      [{ parameter: "objective", values: ["scalar"] }],
    ),
    viewChoice(
      "points",
      "points of",
      "whose next points are drawn on the map",
      [
        { id: "sgd", label: "SGD" },
        { id: "model", label: "model (3)" },
        { id: "both", label: "both" },
      ],
      inThePlane,
    ),
    viewChoice(
      "closeUp",
      "map",
      "how much of it",
      [
        { id: "whole", label: "whole" },
        { id: "close", label: "close-up" },
      ],
      inThePlane,
    ),
  ];
}

/** @type {Scene["plans"]} */
function plans(state, table) {
  const parameters = relevantValues(table, state.parameters);
  const grid = showsGrid(state);
  const unseen = grid ? ofTheEnsemble : [...ofTheRun, ...(isOnLine(state) ? [] : ["x0"])];
  const ofTheGround = Object.entries(parameters).filter(([id]) => !unseen.includes(id));
  return [
    {
      key: "run",
      experiment: "markov",
      parameters,
      channels: grid ? ofTheChains : ofTheStep,
      fixed: [...ofTheObjective, ...(grid ? ofTheMatrix : ofTheMap)],
      fixedKey: JSON.stringify([grid, ...ofTheGround]),
    },
  ];
}

/** @type {Scene["scale"]} */
function scale(shown) {
  const [monotone, , limit] = shown.reports.run.channels.stepSizeMarks.data;
  const alpha = Number(shown.state.parameters.alpha);
  const low = Math.min(limit / 100, alpha);
  const high = Math.max(1.5 * limit, alpha);
  return stepSizeScale({ low, calm: monotone, limit, high }, [
    { value: monotone, label: "1/L" },
    { value: limit, label: "2/L" },
  ]);
}

/** The trace of a covariance and the error of it. @param {Shown} shown */
function spreadOf({ reports }) {
  const { covariance, covarianceStandardError, predictedCovariance } = reports.run.channels;
  const diagonal = covariance.data.length === 4 ? [0, 3] : [0];
  /** @param {Float64Array} data */
  const trace = (data) => diagonal.reduce((sum, k) => sum + data[k], 0);
  return {
    measured: trace(covariance.data),
    error: Math.hypot(...diagonal.map((k) => covarianceStandardError.data[k])),
    exact: trace(predictedCovariance.data),
  };
}

/** @type {Scene["readOut"]} */
function readOut(shown) {
  const step = `step ${formatStep(shown.step)}`;
  if (showsGrid(shown.state)) {
    const { totalVariation, secondEigenvalue } = shown.reports.run.channels;
    const distance = totalVariation.data.at(-1);
    return distance === undefined
      ? step
      : `${step} · ${format(distance)} from π · gap 1 − |λ₂| = ${format(1 - secondEigenvalue.data[0])}`;
  }
  const { measured, error, exact } = spreadOf(shown);
  return `${step} · variance ${withError(measured, error)}, exact ${format(exact)}`;
}

/** @param {Shown} shown */
function lawInWords(shown) {
  const { varianceFactor, termCount } = shown.reports.run.channels;
  const c = format(varianceFactor.data[0]);
  const n = formatStep(termCount.data[0]);
  return shown.state.parameters.sampling === "replacement"
    ? `c = 1/b = ${c}`
    : `c = (n − b)/((n − 1)b) = ${c} with n = ${n}`;
}

/** @param {Shown} shown */
function pastInWords(shown) {
  const { available, termCount, predictedMean, modelMean } = shown.reports.run.channels;
  const left = available.data.length;
  if (!isReshuffled(shown.state) || left === termCount.data[0]) {
    return "";
  }
  const means = [modelMean, predictedMean].map(({ data }) => format(data[0]));
  const law = left <= Number(shown.state.parameters.batch) ? "The next step is certain: " : "";
  return `${usedInWords(shown)} terms of the epoch are used. ${law}E xₜ₊₁ = ${means[1]}, not the ${means[0]} that x alone would give.`;
}

/** @type {Scene["remark"]} */
function remark(shown) {
  const { status, channels } = shown.reports.run;
  const gone =
    status.state === "diverged" ? `The chains diverged at step ${formatStep(status.step)}.` : "";
  if (showsGrid(shown.state)) {
    const drawn = channels.transitionIsExact.data[0] === 0;
    const matrix = drawn ? "Too many batches to list: P has 3000 drawn ones." : "";
    const what = isReshuffled(shown.state)
      ? "Reshuffled, SGD is Markov from epoch to epoch only: no matrix of a step."
      : "A cell’s chains are taken to fill it evenly; what would leave stays in the end cells.";
    return [gone, what, matrix].filter(Boolean).join(" ");
  }
  return [gone, pastInWords(shown) || `${lawInWords(shown)}.`].filter(Boolean).join(" ");
}

/** @type {Scene["summary"]} */
function summary(shown) {
  const step = `Step ${formatStep(shown.step)}, step size ${format(Number(shown.state.parameters.alpha))}, ${batchInWords(shown)} a batch`;
  if (showsGrid(shown.state)) {
    const { totalVariation, sharesDistance } = shown.reports.run.channels;
    return totalVariation.data.length === 0
      ? `${step}: no matrix.`
      : `${step}: the law is ${format(totalVariation.data.at(-1) ?? 0)} from the stationary one in total variation; the chains are ${format(sharesDistance.data[0])} from the matrix’s law, ${format(sharesDistance.data[1])} by chance alone.`;
  }
  const { measured, error, exact } = spreadOf(shown);
  const shape = shapeInWords(shown.reports.run.channels).join(", ");
  return `${step}: the next points have variance ${withError(measured, error)}, exact ${format(exact)}${shape ? `; ${shape}` : ""}. ${pastInWords(shown)}`;
}

/** @type {Scene["suggestions"]} */
function suggestions({ state, dataSets }) {
  const info = dataSets.find(({ id }) => id === state.parameters.dataset);
  return { features: info?.pair ?? "", targetColumn: "the last column" };
}

/** @type {Scene["adapt"]} */
function adapt(before, after, changes) {
  if (!("objective" in changes || "dataset" in changes || "features" in changes)) {
    return {};
  }
  const limitOf = (/** @type {Shown} */ shown) => shown.reports.run.channels.stepSizeMarks.data[2];
  const share = Number(before.state.parameters.alpha) / limitOf(before);
  const { start, minimizer } = after.reports.run.channels;
  // Half-way out, where the cloud is in the picture.
  const half = start.data.map((value, j) => (value + minimizer.data[j]) / 2);
  /** @type {Changes} */
  const adapted = { alpha: Number((share * limitOf(after)).toPrecision(3)) };
  adapted.x0 = Number(half[0].toPrecision(3));
  if (half.length > 1) {
    adapted.y0 = Number(half[1].toPrecision(3));
  }
  return adapted;
}

/** @type {Scene["panels"]} */
function panels(shown) {
  if (showsGrid(shown.state)) {
    return [matrixPanel(shown), sharesPanel(shown), distancePanel(shown)];
  }
  const where = isOnLine(shown.state) ? linePanel(shown) : mapPanel(shown);
  return [where, lawPanel(shown), variancePanel(shown)];
}

/** @type {Scene} */
export const markov = {
  id: "markov",
  question: "Where does one step lead?",
  lead: "Drag the point: every dot is one next step from there. Blue is measured, dashed is the law of the lecture. Play follows one chain.",
  step: 0,
  speed: 5,
  slider: "alpha",
  controls: [
    "objective",
    "picture",
    "a",
    "b",
    "dataset",
    "features",
    "targetColumn",
    "sampling",
    "batch",
    "model",
    "points",
    "closeUp",
    "grid",
    "replicates",
  ],
  view,
  plans,
  scale,
  panels,
  readOut,
  remark,
  summary,
  suggestions,
  adapt,
  formulas: [
    texBlock`\mathrm E[x_{t+1}\mid x_t] = x_t - \alpha \nabla f(x_t)`,
    texBlock`\mathrm{Var}(x_{t+1}\mid x_t) = \alpha^2 c\,\mathrm{Var}\,\nabla f_\omega(x_t)`,
    texBlock`c = \frac1b \;\text{ or }\; \frac{n-b}{(n-1)\,b} \text{ without replacement}`,
    texBlock`\text{(3):}\;\; x_{t+1} = x_t - \alpha\nabla f(x_t) + \sqrt{\alpha/b}\;\zeta_t,\quad \zeta_t\sim N(0,\alpha I)`,
    texBlock`p_{t+1} = p_t P,\quad \pi = \pi P,\quad \|p_t-\pi\| \sim |\lambda_2|^t`,
  ],
  text: `<p>What is the transition kernel? From x there are only as many next points as there are
    batches. Their mean is gradient descent; their spread is α times that of the batch gradients, so
    the variance goes with α² and, for independent draws, with 1/b. Without replacement a batch of all
    n terms leaves nothing.</p>
    <p>The model replaces the points by a bell, first by one of the same mean and covariance. The
    middle picture shows what is lost: gaps for b = 1, skewness, heavy tails. All fade as b grows, like
    1/√b and 1/b. Formula (3) goes further, by Assumption 14, to a covariance that is the identity
    everywhere, near the minimum and far.</p>
    <p>A slip of the notes: SGD is a Markov chain with replacement only. Reshuffled, the next step
    depends on what the epoch has used; it is Markov from epoch to epoch.</p>
    <p>And if the step never decreases? On a grid the chain is a matrix P. Its powers forget the start
    at the rate |λ₂|, and what is left is the stationary law π: SGD bounces around for ever.</p>`,
  tries: [
    {
      title: "Sixteen instead of one",
      text: "b = 16: is the variance a sixteenth? What happens to the tails of the middle picture?",
      set: { batch: 16, closeUp: "close" },
      step: 0,
    },
    {
      title: "Half of all, without replacement",
      text: "b = 221 of 442. By 1/b the variance would be twice as large: where does the line bend?",
      set: { sampling: "distinct", batch: 221, closeUp: "close" },
      step: 0,
    },
    {
      title: "The identity, everywhere",
      text: "Assumption 14’s green circle is too wide at the minimum. Drag the point outwards: when is it too narrow?",
      set: { model: "identity", x0: 0.39, y0: 0.36 },
      step: 0,
    },
    {
      title: "Three places to go",
      text: "Example 2, one term a step: three next points, and a bell that says otherwise.",
      set: { objective: "scalar", alpha: 0.1, x0: 1.9 },
      step: 0,
    },
    {
      title: "The past matters",
      text: "Reshuffled, two of three terms are used: the third step is certain. Press Step: is x all that counts?",
      set: { objective: "scalar", alpha: 0.1, x0: 1.9, sampling: "reshuffle" },
      step: 2,
    },
    {
      title: "A chain as a matrix",
      text: "Two terms, α = ½. The powers settle on the uniform law at the rate ½; the model (green) on a bell of the same variance.",
      set: {
        objective: "scalar",
        picture: "grid",
        a: "1, 1",
        b: "1, -1",
        alpha: 0.5,
        x0: 1.5,
        grid: 40,
        replicates: 20000,
      },
      step: 0,
      play: true,
    },
  ],
};
