// Section 1, Example 1: play with the step size.

import { format } from "../render/numbers.js";
import { valueAt } from "../state/changes.js";
import { relevantValues } from "../state/parameters.js";
import { texBlock } from "../ui/formula.js";
import { isLogistic, noPromise } from "./ensemble.js";
import { dataPanel } from "./step-size-fit.js";
import { gapPanel } from "./step-size-gap.js";
import { landscapePanel } from "./step-size-landscape.js";
import {
  heightOf,
  isOnData,
  leader,
  methodLabel,
  minimumIsKnown,
  racedMethods,
} from "./step-size-runs.js";
import { allowedStepSize, plainScale, stepSizeScale } from "./step-size-scale.js";
import { viewParameter } from "./view-parameters.js";

/** @typedef {import("../lab.js").Parameter} Parameter */
/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/scene-view.js").Scene} Scene */
/** @typedef {import("../ui/figure.js").Changes} Changes */

const everyStep = [
  "path",
  "f",
  "gap",
  "gradientNorm",
  "stepTaken",
  "gradientEvaluations",
  "bound",
  "rate",
  "theoryHolds",
  "minimumIsOpen",
  "divergence",
  "constants",
  "constantsAreGlobal",
  "stepSizeMarks",
  "stepSizeRange",
  "minimizer",
  "start",
];
const everyObjective = ["window", "minimizers", "field", "grid", "gridY", "data"];
// What makes another objective.
const ofTheObjective = ["objective", "expression", "dataset", "features"];
// What does not change the objective.
const ofTheRun = ["method", "alpha", "momentum", "x0", "y0", "seed"];

/** @type {Scene["view"]} */
function view(table) {
  const methods = table.find(({ id }) => id === "method")?.choices ?? [];
  return [
    viewParameter({
      id: "race",
      label: "raced against",
      help: "other methods from the same start, with the same step size",
      kind: "set",
      initial: "heavy-ball",
      choices: methods,
    }),
  ];
}

/** @type {Scene["plans"]} */
function plans(state, table) {
  const methods = racedMethods(state);
  const all = relevantValues(table, { ...state.parameters, method: methods.join(",") });
  const rest = Object.entries(all).filter(([id]) => !ofTheRun.includes(id));
  return methods.map((method, i) => ({
    key: method,
    experiment: "step-size",
    parameters: { ...all, method },
    channels: everyStep,
    fixed: i === 0 ? everyObjective : [],
    fixedKey: JSON.stringify(rest),
  }));
}

/** @type {Scene["scale"]} */
function scale(shown) {
  const { stepSizeMarks, stepSizeRange, minimizer } = leader(shown).channels;
  const [safest, fastest, descent] = stepSizeMarks.data;
  const alpha = Number(shown.state.parameters.alpha);
  if (minimizer.data.length === 0 || !(descent > 0 && Number.isFinite(descent))) {
    return plainScale(alpha);
  }
  const [calm, limit = descent] = stepSizeRange.data;
  const low = Math.min((calm ?? safest) / 25, alpha);
  const high = Math.max(descent * 2, limit * 1.2, alpha);
  const ofDescent = [
    { value: safest, label: "1/L" },
    { value: fastest, label: "2/(m+L)" },
    { value: descent, label: "2/L" },
  ];
  if (calm === undefined) {
    return { low, high, marks: ofDescent, regimes: [] };
  }
  const names = endsWithMomentum[String(shown.state.parameters.method)];
  const marks = names
    ? [
        { value: calm, label: names.calm },
        { value: limit, label: names.limit },
      ]
    : ofDescent;
  return stepSizeScale({ low, calm, limit, high }, marks);
}

/** The ends of the channel `stepSizeRange`. @type {Record<string, { calm: string, limit: string }>} */
const endsWithMomentum = {
  "heavy-ball": { calm: "(1−√μ)²/L", limit: "2(1+μ)/L" },
  nesterov: { calm: "(1−μ)²/((1+μ)²L)", limit: "2(1+μ)/((1+2μ)L)" },
};

/** What the scale does not say of its marks. @param {Shown} shown */
function limitInWords(shown) {
  const { stepSizeMarks, stepSizeRange } = leader(shown).channels;
  const limit = stepSizeMarks.data[2];
  if (!(limit > 0 && Number.isFinite(limit))) {
    return [];
  }
  if (stepSizeRange.data.length === 0) {
    const label = methodLabel(shown, String(shown.state.parameters.method));
    return [`The marks are gradient descent’s; ${label} sets the length of its steps itself.`];
  }
  return isLogistic(shown.state) ? [`Past 2/L ${noPromise}.`] : [];
}

/** What L and m are, and where they hold. @param {Shown} shown */
function constantsInWords(shown) {
  const { constants, constantsAreGlobal, minimizer } = leader(shown).channels;
  const [smoothness, strongConvexity] = constants.data;
  if (smoothness === Number.POSITIVE_INFINITY) {
    return "f has a kink at the minimiser nearest the start: no L bounds its curvature there, a fixed step hops across it for ever, and the scale has no regimes";
  }
  const known = `L = ${format(smoothness)}, m = ${format(strongConvexity)}`;
  if (constantsAreGlobal.data[0] === 1) {
    return `${known} everywhere`;
  }
  if (minimizer.data.length === 0) {
    return `${format(smoothness)} is the largest |curvature| at the start; no minimum of f was found, so that there is no f* and the scale has no regimes`;
  }
  if (smoothness === 0) {
    return "f is flat at the minimiser nearest the start, L = 0 there: farther off it is steeper, and the scale has no regimes";
  }
  const local = `${known} at the minimiser nearest the start`;
  if (!minimumIsKnown(shown)) {
    return `${local}; elsewhere f falls below it, so that there is no f*`;
  }
  return shown.state.parameters.objective === "expression"
    ? `${local}; of a typed function nothing is known farther off, so no rate holds from afar`
    : `${local}; f is not convex, so no rate holds from afar`;
}

/** @type {Scene["readOut"]} */
function readOut(shown) {
  const { channels } = leader(shown);
  const work = channels.gradientEvaluations.data.at(-1) ?? 0;
  const { name, of } = heightOf(shown);
  return `step ${shown.step} · ${format(work)} gradients · ${name} = ${format(of(channels).at(-1) ?? 0)}`;
}

/** In words, by the channel `divergence`, which counts from 1. */
const divergences = [
  "f − f* grew a hundredfold",
  "f falls without end, as far as can be seen",
  "its next step leads to where f, or its slope, is no finite number",
];

/** @param {Shown} shown */
function diverged(shown) {
  return racedMethods(shown.state)
    .map((method) => ({ method, ...shown.reports[method] }))
    .filter(({ status }) => status?.state === "diverged");
}

/** @param {string} text */
function capitalised(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** @type {Scene["remark"]} */
function remark(shown) {
  const gone = diverged(shown).map(({ method, status, channels }) => {
    const how = divergences[channels.divergence.data[0] - 1];
    return `${capitalised(methodLabel(shown, method))} diverged at step ${status.step}: ${how}.`;
  });
  return [...gone, `${constantsInWords(shown)}.`, ...limitInWords(shown)].join(" ");
}

/** @type {Scene["summary"]} */
function summary(shown) {
  const known = minimumIsKnown(shown);
  const parts = racedMethods(shown.state).map((method) => {
    const { status, channels } = shown.reports[method];
    const name = methodLabel(shown, method);
    const gap = channels.gap.data.at(-1) ?? 0;
    if (status.state === "diverged") {
      return `${name} diverged at step ${status.step}`;
    }
    return known
      ? `${name} is ${format(gap)} above the minimum at step ${status.step}`
      : `${name} is at f = ${format(channels.f.data.at(-1) ?? 0)} at step ${status.step}`;
  });
  const alpha = Number(valueAt(shown.state, shown.step, "alpha"));
  return `${shown.state.parameters.objective}, step size ${format(alpha)}: ${parts.join("; ")}.`;
}

/** @type {Scene["panels"]} */
function panels(shown) {
  const list = [landscapePanel(shown)];
  if (isOnData(shown.state.parameters)) {
    list.push(dataPanel(shown));
  }
  list.push(gapPanel(shown));
  return list;
}

/** @type {Scene["suggestions"]} */
function suggestions({ state, dataSets }) {
  const info = dataSets.find(({ id }) => id === state.parameters.dataset);
  return { features: info?.pair ?? "" };
}

/** @type {Scene["adapt"]} */
function adapt(before, after, changes) {
  if (!ofTheObjective.some((id) => id in changes)) {
    return {};
  }
  const [, , oldLimit] = leader(before).channels.stepSizeMarks.data;
  const { stepSizeMarks, start } = leader(after).channels;
  const alpha = (Number(before.state.parameters.alpha) / oldLimit) * stepSizeMarks.data[2];
  // A flat minimum sets no limit.
  /** @type {Changes} */
  const adapted =
    Number.isFinite(alpha) && alpha > 0 ? { alpha: allowedStepSize(after, alpha, 3) } : {};
  adapted.x0 = Number(start.data[0].toPrecision(3));
  if (start.data.length > 1) {
    adapted.y0 = Number(start.data[1].toPrecision(3));
  }
  return adapted;
}

/** @type {NonNullable<Scene["began"]>} */
function began(shown) {
  const { path } = leader(shown).channels;
  const [x0, y0] = path.data;
  return path.shape[1] === 2 ? { x0, y0 } : { x0 };
}

/** @type {Scene} */
export const stepSize = {
  id: "step-size",
  question: "How large a step can you take?",
  lead: "Drag the start, then the step size. Past 1/L gradient descent hops across the valley; past 2/L it cannot stay.",
  step: 22,
  speed: 10,
  slider: "alpha",
  controls: [
    "objective",
    "expression",
    "dataset",
    "features",
    "ridge",
    "condition",
    "k",
    "tilt",
    "weights",
    "means",
    "deviations",
    "amplitude",
    "omega",
    "method",
    "race",
    "momentum",
    "x0",
    "y0",
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
  yields: ["x0", "y0"],
  began,
  idle: (shown) => ("y0" in began(shown) ? [] : ["y0"]),
  formulas: [
    texBlock`x_{t+1} = x_t - \alpha \nabla f(x_t)`,
    texBlock`m\,I \preceq \nabla^2 f \preceq L\,I`,
    texBlock`f(x_t) - f^* \le \rho^{2t}\,(f(x_0) - f^*) \text{ for } \alpha < 2/L`,
    texBlock`\rho = \max(|1-\alpha m|,\, |1-\alpha L|)`,
    texBlock`f(x_t) - f^* \le (1-\alpha m)^t\,(f(x_0) - f^*) \text{ for } \alpha \le 2/(m+L)`,
  ],
  text: `<p>On a quadratic, along the steepest direction of the valley, whose curvature is L, one step of
    gradient descent multiplies the distance to the floor by 1 − αL. Up to 1/L that factor is positive
    and the path slides down; beyond
    it the sign flips at every step and the path hops from wall to wall; beyond 2/L its size exceeds 1
    and each hop is longer than the last. Along the flattest direction, of curvature m, the factor is
    1 − αm: a small step that is safe for L is slow for m, and the ratio κ = L/m is the price.</p>
    <p>Other functions bend differently farther out: with L the curvature at the minimiser, no path
    comes to rest there beyond 2/L, but it may be held and swing for ever. With momentum the scale has
    the ends of that method: the heavy ball comes to rest up to 2(1 + μ)/L, Nesterov’s method only up
    to 2(1 + μ)/((1 + 2μ)L), and both swing much earlier.</p>
    <p>The dashed line is the worst case over all functions with this m and L; no start on any of them
    does worse. The negative gradient is the steepest way down only for the step that vanishes: it is
    at right angles to the contour, and seldom points at the minimum.</p>
    <p>While paused, a new α redraws the whole path from the start; while playing, it holds from that
    step on, and the link keeps the change.</p>`,
  tries: [
    {
      title: "Find the edge",
      text: "Raise α until the height stops shrinking. Where on the scale are you?",
      set: { alpha: 0.19, race: "" },
      step: 40,
    },
    {
      title: "One step too far",
      text: "5 % past 2/L. How many steps until it is a hundred times higher than it began?",
      set: { alpha: 0.21, race: "", x0: -2, y0: 0.2 },
      step: 0,
      play: true,
    },
    {
      title: "Make it long and narrow",
      text: "κ = 100. Which direction limits α, and which one is slow?",
      set: { condition: 100, alpha: 0.0185, race: "heavy-ball,nesterov", y0: 0.6, momentum: 0.9 },
      step: 60,
    },
    {
      title: "Real data",
      text: "Two columns of the diabetes set: the same picture, with L and m computed from the data.",
      set: {
        objective: "least-squares",
        dataset: "diabetes",
        alpha: 1.2,
        race: "",
        x0: -0.1,
        y0: 0.1,
      },
      step: 8,
    },
    {
      title: "A banana and six methods",
      text: "Rosenbrock's valley: who turns the corner first, and at what cost per step?",
      set: {
        objective: "rosenbrock",
        alpha: 0.0012,
        momentum: 0.9,
        race: "heavy-ball,nesterov,adagrad,rmsprop,adam",
        x0: -1.2,
        y0: 1,
      },
      step: 0,
      play: true,
    },
  ],
};
