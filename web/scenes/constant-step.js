// Section 2, Theorem 7: SGD with a constant step size.

import { format, formatStep } from "../render/numbers.js";
import { relevantValues } from "../state/parameters.js";
import { texBlock } from "../ui/formula.js";
import { boundLostAt, gapPanel } from "./constant-step-gap.js";
import { histogramPanel } from "./constant-step-histogram.js";
import { adaptStepSize, stepSizeOf, suggestAllColumns, withError } from "./ensemble.js";
import { stepSizeScale } from "./step-size-scale.js";
import { viewChoice } from "./view-parameters.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/scene-view.js").Scene} Scene */

const channels = [
  "gap",
  "gapStandardError",
  "quantiles",
  "bound",
  "boundHolds",
  "floor",
  "floors",
  "constants",
  "stepSizeMarks",
  "conditionHolds",
  "predictedGap",
  "predictedExcess",
  "gradientEvaluations",
  "gapEdges",
  "gapShare",
];

/** @type {Scene["view"]} */
function view() {
  return [
    viewChoice(
      "exponent",
      "exponent",
      "Theorem 7 counts the updates made; the notes are one short",
      [
        { id: "updates", label: "updates made" },
        { id: "notes", label: "and the notes’ t" },
      ],
      [{ parameter: "objective", values: ["scalar"] }],
    ),
  ];
}

/** @type {Scene["plans"]} */
function plans(state, table) {
  const parameters = relevantValues(table, state.parameters);
  return [
    { key: "run", experiment: "constant-step", parameters, channels, fixed: [], fixedKey: "" },
  ];
}

/** To the digits that a mark sets, and not beyond the condition it names. @param {number} value */
function notAbove(value) {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 5);
  return Math.floor(value / unit) * unit;
}

/** @type {Scene["scale"]} */
function scale(shown) {
  const [largest, smooth, limit] = shown.reports.run.channels.stepSizeMarks.data;
  const alpha = stepSizeOf(shown);
  const low = Math.min(largest / 30, alpha);
  const high = Math.max(limit * 3, alpha);
  const marks =
    largest < smooth * 0.999
      ? [
          { value: notAbove(largest), label: "1/(Lσ)" },
          { value: smooth, label: "1/L" },
        ]
      : [{ value: notAbove(smooth), label: "1/(Lσ) = 1/L" }];
  return stepSizeScale({ low, calm: largest, limit, high }, [
    ...marks,
    { value: limit, label: "2/L" },
  ]);
}

/** @type {Scene["readOut"]} */
function readOut(shown) {
  const { gap, gapStandardError, gradientEvaluations } = shown.reports.run.channels;
  const [mean, error] = [gap.data.at(-1) ?? 0, gapStandardError.data.at(-1) ?? 0];
  const work = format(gradientEvaluations.data.at(-1) ?? 0);
  return `step ${formatStep(shown.step)} · ${work} gradients · ${withError(mean, error)}`;
}

/** Why Theorem 7 is silent, "" where it speaks. @param {Shown} shown */
function silence(shown) {
  const { stepSizeMarks, constants } = shown.reports.run.channels;
  const alpha = stepSizeOf(shown);
  const [largest] = stepSizeMarks.data;
  if (shown.state.parameters.method !== "sgd") {
    return "Theorem 7 speaks of plain SGD only; what it promises is not claimed of this method.";
  }
  if (constants.data[1] <= 0) {
    return "Theorem 7 does not apply: it needs strong convexity, and m = 0 here. A ridge gives it.";
  }
  if (alpha > largest) {
    return `Theorem 7 does not apply: α = ${format(alpha)} is above 1/(Lσ) = ${format(largest)}.`;
  }
  return boundLostAt(shown) < 0
    ? ""
    : `α ≤ 1/(Lσ) again, but it was above at step ${boundLostAt(shown)}: the bound is lost since.`;
}

/** @type {NonNullable<Scene["warning"]>} */
function warning(shown) {
  const { status } = shown.reports.run;
  const gone = status.state === "diverged" ? `Diverged at step ${formatStep(status.step)}.` : "";
  return [gone, silence(shown)].filter(Boolean).join(" ");
}

/** @type {Scene["remark"]} */
function remark(shown) {
  const [smoothness, strongConvexity, , sigma0, sigma] = shown.reports.run.channels.constants.data;
  return `L = ${format(smoothness)}, m = ${format(strongConvexity)}, σ₀ = ${format(sigma0)}, σ = ${format(sigma)}.`;
}

/** @type {Scene["summary"]} */
function summary(shown) {
  const { channels: measured, status } = shown.reports.run;
  const mean = measured.gap.data.at(-1) ?? 0;
  const bound = measured.bound.data.at(-1) ?? 0;
  const promised = boundLostAt(shown) < 0 ? `the bound is ${format(bound)}` : "no bound holds";
  const state = status.state === "diverged" ? ", diverged" : "";
  return `Step ${formatStep(shown.step)}${state}, step size ${format(stepSizeOf(shown))}: f − f* is ${format(mean)} on average; ${promised}.`;
}

/** The largest step for which Theorem 7 speaks. @param {Shown} shown */
function limitOf(shown) {
  return shown.reports.run.channels.stepSizeMarks.data[0];
}

/** @type {Scene} */
export const constantStep = {
  id: "constant-step",
  question: "Where does a constant step stop?",
  lead: "Drag the step size: a longer step falls faster and stops higher. Blue is measured, dashed is exact, dotted is what Theorem 7 promises.",
  step: 60,
  speed: 20,
  slider: "alpha",
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
    "method",
    "momentum",
    "averagingStart",
    "replicates",
    "x0",
    "startScale",
    "seed",
    "exponent",
  ],
  view,
  plans,
  scale,
  panels: (shown) => [gapPanel(shown), histogramPanel(shown)],
  readOut,
  warning,
  remark,
  summary,
  suggestions: suggestAllColumns,
  adapt: (before, after, changes) => adaptStepSize(before, after, changes, limitOf),
  formulas: [
    texBlock`x_{t+1} = x_t - \alpha\,\nabla f_\omega(x_t),\quad E\|\nabla f_\omega\|^2 \le \sigma_0 + \sigma\|\nabla f\|^2`,
    texBlock`E f(x_t) - f^* \le \frac{\alpha L \sigma_0}{2m} + (1-\alpha m)^t \Big(f(x_0) - f^* - \frac{\alpha L \sigma_0}{2m}\Big)`,
    texBlock`\text{for } 0 < \alpha \le \frac{1}{L\sigma},\quad m > 0`,
  ],
  text: `<p>Far from the minimum the gradient is larger than its noise, and the mean gap falls by the
    factor 1 − αm a step, or faster. Near it the gradient vanishes and the noise does not: each step throws the iterate back by
    about α times the noise. The two balance at a floor that is proportional to α. Halve α and the floor
    halves, but the way down takes twice as long: that is the dilemma that Theorem 8's decaying steps
    resolve.</p>
    <p>The band shows single runs; the theorem speaks of their mean only, and it is a promise, not a
    prediction. On the parabolas of one weight the mean is known exactly, and lies below it.
    The notes count the exponent one short: with t updates made it is (1 − αm)ᵗ, and below the floor
    one less is false. A batch divides σ₀ by b but takes σ only to 1 + (σ − 1)/b, never below 1,
    so no batch allows a step beyond 1/L. SVRG, SAG and SAGA (under “method”) have no floor: they
    remember gradients, and the noise dies with the distance.</p>
    <p>While paused, a new α redraws the run from the start; while playing, it holds from that step on,
    and the bound goes on from where it stands.</p>`,
  questions: async () => (await import("./constant-step-questions.js")).questions,
  tries: [
    {
      title: "Halve the step",
      text: "Does the floor halve? How much longer is the way down?",
      set: { alpha: 0.025 },
      step: 120,
    },
    {
      title: "By your hand",
      text: "It plays. Each time the mean lies flat, halve α: the staircase of the next scene.",
      set: { alpha: 0.07, replicates: 2000 },
      step: 0,
      play: true,
    },
    {
      title: "One exponent too few",
      text: "From the minimum, one update: the mean is ⅛, the bound is ⅛, and with the notes’ exponent it would be 0.",
      set: { a: "1, 1", b: "1, -1", alpha: 0.5, x0: 0, exponent: "notes" },
      step: 6,
    },
    {
      title: "Past 1/(Lσ)",
      text: "No promise holds, and still it settles: the condition is enough, not needed. Now go to 0.29.",
      set: { alpha: 0.2 },
      step: 60,
    },
    {
      title: "Divide σ by b?",
      text: "b = 16 and α = 16/(Lσ), as if σ fell with the batch. How long does it last?",
      set: { batch: 16, alpha: 1.14 },
      step: 0,
      play: true,
    },
    {
      title: "Real data",
      text: "Penguins, batches of 32. How far below the promise is the truth?",
      set: {
        objective: "least-squares",
        dataset: "penguins",
        batch: 32,
        alpha: 0.1,
        replicates: 400,
      },
      step: 200,
    },
  ],
};
