// Section 3.3: where SGD's chain ends up, and how far that is from the Gibbs law.

import { format, formatStep } from "../render/numbers.js";
import { texBlock } from "../ui/formula.js";
import { allowedValue } from "./allowed-values.js";
import { stepSizeOf, withError } from "./ensemble.js";
import { distanceOf, distancePanel, measureOf, measures } from "./gibbs-distance.js";
import { linePanel } from "./gibbs-line.js";
import { lawPanel, mapPanel } from "./gibbs-plane.js";
import { chainsOf, comparisons, isPlane, last, mainChannels, plans } from "./gibbs-runs.js";
import { allowedStepSize, plainScale } from "./step-size-scale.js";
import { viewChoice } from "./view-parameters.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/scene.js").Scene} Scene */
/** @typedef {import("../ui/figure.js").Changes} Changes */
/** @typedef {import("./gibbs-runs.js").Channels} Channels */

/** Temperatures at which the walkers show something. @type {Record<string, number>} */
const fittingBeta = {
  "quadratic-1d": 3,
  "double-well-1d": 2,
  "mixture-1d": 1,
  "cosine-1d": 2,
  scalar: 3,
  quadratic: 3,
  "double-well": 2,
  mixture: 1,
  saddle: 6,
  himmelblau: 0.03,
  rosenbrock: 1,
  beale: 2,
  expression: 5,
};
// Of 1/L: small enough for a small bias.
const fittingShare = 0.3;

/** @type {Scene["view"]} */
function view() {
  return [
    viewChoice("compare", "side by side", "which chains run at once", comparisons),
    viewChoice("measure", "distance", "what the right picture follows over the steps", measures),
    viewChoice(
      "overlay",
      "also draw",
      "a second law over the histogram",
      [
        { id: "none", label: "nothing more" },
        { id: "notes", label: "the law at temperature α/b" },
      ],
      [{ parameter: "temperature", values: ["batch"] }],
    ),
  ];
}

/** @type {Scene["scale"]} */
function scale(shown) {
  const limit = 1 / mainChannels(shown).curvature.data[0];
  const alpha = stepSizeOf(shown);
  if (!Number.isFinite(limit)) {
    return plainScale(alpha);
  }
  const low = Math.min(limit / 50, alpha);
  const high = Math.max(limit * 3, alpha);
  return {
    low,
    high,
    marks: [
      { value: limit, label: "1/L" },
      { value: 2 * limit, label: "2/L" },
    ],
    regimes: [
      { from: low, to: limit, name: "safe" },
      { from: limit, to: 2 * limit, name: "oscillate" },
      { from: 2 * limit, to: high, name: "diverge" },
    ],
  };
}

/** @type {Scene["panels"]} */
function panels(shown) {
  const chains = chainsOf(shown.state);
  if (!isPlane(shown)) {
    return [linePanel(shown), distancePanel(shown)];
  }
  return chains.length > 1
    ? chains.map((_, k) => lawPanel(shown, k))
    : [mapPanel(shown), lawPanel(shown, 0), distancePanel(shown)];
}

/** The distance now, with its error. @param {Shown} shown @param {Channels} channels */
function distanceNow(shown, channels) {
  const { measured, error } = distanceOf(shown, channels);
  return withError(last(measured), last(error));
}

/** @param {Channels} channels */
function hasLaw({ floor }) {
  return floor.data.length > 0;
}

/** @type {Scene["readOut"]} */
function readOut(shown) {
  const channels = mainChannels(shown);
  const step = `step ${formatStep(shown.step)}`;
  if (!hasLaw(channels)) {
    const [value, error] = channels.meanValue.data;
    return `${step} · mean f ${withError(value, error)}`;
  }
  return `${step} · ${measureOf(shown).symbol} ${distanceNow(shown, channels)}`;
}

/** @param {Shown} shown */
function temperatureInWords(shown) {
  const { beta, noiseVariance } = mainChannels(shown);
  const temperature = format(1 / beta.data[0]);
  if (shown.state.parameters.temperature !== "batch") {
    return `1/β = ${temperature}`;
  }
  const [variance] = noiseVariance.data;
  return variance === 1
    ? `1/β = α/(2b) = ${temperature}`
    : `1/β = αs²/(2b) = ${temperature}, s² = ${format(variance)}`;
}

/**
 * What the distance is made of: chance, the bias of the step, and what is still to fall.
 * @param {Shown} shown
 * @param {Channels} channels
 */
function reasons(shown, channels) {
  const { symbol } = measureOf(shown);
  const { bias, floor, limit } = distanceOf(shown, channels);
  const now = `${symbol} ${distanceNow(shown, channels)}`;
  const count = formatStep(Number(shown.state.parameters.replicates));
  const chance = `${format(floor)} is chance, of ${count} walkers in cells`;
  if (bias === undefined) {
    return `${now}; ${chance}. The limit at this α is not known exactly.`;
  }
  const draws = chainsOf(shown.state)[0].set.noise ?? shown.state.parameters.noise;
  const cause = draws === "sgd" ? "α and of noise that is not Gaussian" : "α";
  return limit < 1.01 * floor
    ? `${now}, in the limit ${format(limit)}: all of it chance, of ${count} walkers in cells.`
    : `${now}, in the limit ${format(limit)}: ${chance}, the rest the bias of ${cause}.`;
}

/** αL, L the curvature at the steepest minimiser. @param {Shown} shown */
function steepness(shown) {
  return `αL = ${format(stepSizeOf(shown) * mainChannels(shown).curvature.data[0])}`;
}

/** @param {Shown} shown */
function withoutLaw({ state }) {
  return state.parameters.objective === "beale"
    ? "No Gibbs law: along y = 1 − 0.99/x this f stays at 0.45 for ever, so that ∫ e^(−βf) is infinite."
    : "No Gibbs law: as far as can be seen this f does not climb fast enough on every side, so that ∫ e^(−βf) is infinite.";
}

/** Only the reader's own function can be undefined anywhere. @param {Shown} shown */
function isTyped({ state }) {
  return state.parameters.objective === "expression";
}

/** @type {NonNullable<Scene["warning"]>} */
function warning(shown) {
  const gone = chainsOf(shown.state).filter(
    ({ key }) => shown.reports[key].status.state === "diverged",
  );
  if (gone.length > 0) {
    const several = chainsOf(shown.state).length > 1;
    const names = gone.map(({ key, label }) => {
      return `${several ? label : "a walker"} at step ${shown.reports[key].status.step}`;
    });
    const why = isTyped(shown)
      ? "A walker was thrown far out, as where αf″ > 2, or to where f is no number"
      : "Where αf″ > 2 a step throws walkers ever farther out";
    return `Diverged: ${names.join(", ")}. ${why}; a smaller α or a Metropolis test holds them.`;
  }
  return hasLaw(mainChannels(shown)) ? "" : withoutLaw(shown);
}

/** @type {Scene["remark"]} */
function remark(shown) {
  const channels = mainChannels(shown);
  const head = `${temperatureInWords(shown)}, ${steepness(shown)}.`;
  return hasLaw(channels) ? `${head} ${reasons(shown, channels)}` : head;
}

/** @param {Channels} channels */
function numbersInWords(channels) {
  const parts = [];
  const { variance, varianceStandardError, predictedVariance, gibbsVariance } = channels;
  if (gibbsVariance.data.length > 0) {
    const limit =
      predictedVariance.data.length > 0 ? `limit ${format(predictedVariance.data[0])}, ` : "";
    parts.push(
      `variance of x ${withError(variance.data[0], varianceStandardError.data[0])} (${limit}Gibbs ${format(gibbsVariance.data[0])})`,
    );
  }
  const { meanValue, gibbsMeanValue } = channels;
  const exact = gibbsMeanValue.data.length > 0 ? ` (Gibbs ${format(gibbsMeanValue.data[0])})` : "";
  parts.push(`mean of f ${withError(meanValue.data[0], meanValue.data[1])}${exact}`);
  const { autocorrelationTime, predictedAutocorrelationTime, effectiveSampleSize } = channels;
  if (autocorrelationTime.data.length > 0) {
    const [time, error, closed] = autocorrelationTime.data;
    const exact =
      predictedAutocorrelationTime.data.length > 0
        ? ` (exactly ${format(predictedAutocorrelationTime.data[0])})`
        : "";
    parts.push(
      closed === 1
        ? `autocorrelation time ${withError(time, error)} steps${exact}, so that the late steps of 64 walkers are worth ${format(effectiveSampleSize.data[0])} independent points`
        : time > 0
          ? `autocorrelation time above ${format(time)} steps${exact}: longer than the run shows`
          : `autocorrelation time${exact} too short for so few steps to tell`,
    );
  }
  const { acceptance } = channels;
  if (acceptance.data.length > 0) {
    parts.push(
      `${withError(100 * acceptance.data[0], 100 * acceptance.data[1])} % of the proposals accepted`,
    );
  }
  return parts.join("; ");
}

/** @type {Scene["summary"]} */
function summary(shown) {
  const chains = chainsOf(shown.state);
  const rows = chains.map(({ key, label }) => {
    const { channels, status } = shown.reports[key];
    const name = chains.length > 1 ? `${label}: ` : "";
    const gone = status.state === "diverged" ? `diverged at step ${status.step}; ` : "";
    const distance = hasLaw(channels)
      ? `${measureOf(shown).symbol} ${distanceNow(shown, channels)}; `
      : "no Gibbs law; ";
    return `${name}${gone}${distance}${numbersInWords(channels)}.`;
  });
  return [`Step ${shown.step}, ${temperatureInWords(shown)}.`, ...rows].join(" ");
}

/** @type {Scene["adapt"]} */
function adapt(_, after, changes) {
  if (!("objective" in changes || "expression" in changes)) {
    return {};
  }
  const { suggestedStart, curvature } = mainChannels(after);
  const [x0, y0] = [...suggestedStart.data].map((value) => Number(value.toPrecision(4)));
  /** @type {Changes} */
  const adapted = {
    x0: allowedValue(after.tables.parameters, "x0", x0),
    // Where the steepest minimum is flat, or a kink, it sets no scale.
    alpha: allowedStepSize(after, fittingShare / (curvature.data[0] || 1), 2),
    beta: fittingBeta[String(after.state.parameters.objective)],
  };
  return y0 === undefined
    ? adapted
    : { ...adapted, y0: allowedValue(after.tables.parameters, "y0", y0) };
}

/** @type {NonNullable<Scene["began"]>} */
function began(shown) {
  const { data } = mainChannels(shown).startInstead;
  return Object.fromEntries(Array.from(data, (value, i) => [["x0", "y0"][i], value]));
}

/** @type {Scene} */
export const gibbs = {
  id: "gibbs",
  question: "Where does SGD end up?",
  lead: "Press play: ten thousand walkers fall into the landscape. Then change α while they walk, or drag the start.",
  step: 12,
  speed: 10,
  slider: "alpha",
  controls: [
    "objective",
    "expression",
    "k",
    "tilt",
    "condition",
    "weights",
    "means",
    "deviations",
    "amplitude",
    "omega",
    "a",
    "b",
    "temperature",
    "beta",
    "batch",
    "noise",
    "corrector",
    "compare",
    "measure",
    "overlay",
    "replicates",
    "x0",
    "y0",
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
  adapt,
  yields: ["x0", "y0"],
  began,
  idle: (shown) => (isPlane(shown) ? [] : ["y0"]),
  formulas: [
    texBlock`x_{t+1} = x_t - \alpha\nabla f(x_t) + \sqrt{2\alpha/\beta}\;\xi_t`,
    texBlock`\rho(x) = \frac{1}{Z}\,e^{-\beta f(x)},\quad Z = \int e^{-\beta f}`,
    texBlock`\beta^{-1} = \frac{\alpha s^2}{2b},\quad s^2 I = \operatorname{Var}\nabla f_\omega`,
    texBlock`f = \tfrac k2 x^2:\quad \operatorname{Var} x = \frac{1}{\beta k\,(1 - \alpha k/2)}`,
    texBlock`\mathrm{KL}(\hat p\,|\,\rho) \approx \mathrm{KL}(p\,|\,\rho) + \frac{\text{cells} - 1}{2R}`,
  ],
  text: `<p>A step goes downhill by α∇f and is then disturbed. Deep places collect walkers, and
    the noise lifts some out again. With Gaussian noise of one strength everywhere, the two balance in a
    law that knows nothing of the way there: the probability of a place is e^(−βf)/Z, and 1/β, the
    temperature, says how far up the walls walkers are found.</p>
    <p>The notes call this the exact law of their chain (4). It is one only as α goes to 0: a finite
    step overshoots, which acts like more noise where f is steepest. Dotted outlines are the law that
    this very chain settles in. A Metropolis test, which rejects some of the steps, removes the bias;
    so does averaging two noises, exactly on parabolas and up to α² elsewhere. What remains at the end
    is chance: so many walkers cannot fill their cells more evenly.</p>
    <p>SGD's temperature is α/(2b), which the notes also write as α/b, and all this needs its noise
    to be Gaussian and the same everywhere. Real draws need not be: with two terms the law is
    uniform. Nor has every f a law: try Beale's plateau.</p>`,
  tries: [
    {
      title: "Too coarse a step",
      text: "αk = ½ on a parabola. The plain chain’s variance ends a third too large and KL stops at its bias; either corrector removes it.",
      set: {
        objective: "quadratic-1d",
        k: 2,
        beta: 3,
        alpha: 0.25,
        x0: -1.5,
        compare: "corrector",
      },
      step: 0,
      play: true,
    },
    {
      title: "Twice α, twice b",
      text: "Remark 16: rows one and two share 1/β = α/(2b) and reach one law. With b alone doubled, it is narrower.",
      set: {
        objective: "quadratic-1d",
        k: 0.5,
        temperature: "batch",
        batch: 1,
        alpha: 0.1,
        x0: -1.5,
        compare: "temperature",
      },
      step: 100,
    },
    {
      title: "α/(2b), not α/b",
      text: "SGD's own draws, two of eight terms a step. The notes give both temperatures: which law do the bars follow?",
      set: {
        objective: "scalar",
        a: "1, 1, 1, 1, 1, 1, 1, 1",
        b: "-1.7, -1, -0.6, -0.2, 0.2, 0.6, 1, 1.7",
        temperature: "batch",
        batch: 2,
        noise: "sgd",
        alpha: 0.1,
        x0: 0.6,
        overlay: "notes",
      },
      step: 80,
    },
    {
      title: "Uniform, not Gibbs",
      text: "Two terms, α = ½: each step goes half-way to −1 or to 1. The same variance as Gaussian noise gives, another law.",
      set: {
        objective: "scalar",
        a: "1, 1",
        b: "1, -1",
        temperature: "batch",
        alpha: 0.5,
        x0: 0.8,
        compare: "noise",
      },
      step: 40,
    },
    {
      title: "The wide valley wins",
      text: "Gibbs keeps 35 % of the walkers in the narrow well. At αL = 1.8 a step throws them out. Then play on with α = 0.004.",
      set: { objective: "mixture-1d", beta: 1, alpha: 0.018, x0: -1 },
      step: 0,
      play: true,
    },
    {
      title: "In the plane",
      text: "Four minima, equally deep. Do 10 000 walkers find all, and how many does each get? Then lower β.",
      set: { objective: "himmelblau", beta: 0.03, alpha: 0.001, x0: -0.5, y0: -0.5 },
      step: 0,
      play: true,
    },
  ],
};
