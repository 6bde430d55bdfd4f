// The title of the lecture: what Entropy-SGD descends on, in one dimension and exactly.

import { format, formatStep } from "../render/numbers.js";
import { relevantValues } from "../state/parameters.js";
import { texBlock } from "../ui/formula.js";
import { columnOf } from "./ensemble.js";
import { curvesPanel } from "./local-entropy-curves.js";
import { gammaOf, hereOf, overtakingOf } from "./local-entropy-run.js";
import { trackPanel } from "./local-entropy-track.js";
import { landscapeDials, viewChoice } from "./view-parameters.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/scene.js").Scene} Scene */

const everyStep = [
  "path",
  "gammaPath",
  "smoothed",
  "gaussian",
  "density",
  "here",
  "minimizers",
  "hamiltonJacobi",
];
const ofTheObjective = [
  "grid",
  "f",
  "minima",
  "track",
  "trackGamma",
  "overtaking",
  "surface",
  "surfaceGrid",
  "window",
];
const ofTheRun = ["gamma", "gamma1", "alpha", "x0", "seed"];

/** @type {Scene["plans"]} */
function plans(state, table) {
  const parameters = relevantValues(table, state.parameters);
  const ofTheFunction = Object.entries(parameters).filter(([id]) => !ofTheRun.includes(id));
  return [
    {
      key: "run",
      experiment: "local-entropy",
      parameters,
      channels: everyStep,
      fixed: ofTheObjective,
      fixedKey: JSON.stringify(ofTheFunction),
    },
  ];
}

/** @type {Scene["scale"]} */
function scale(shown) {
  const { trackGamma } = shown.reports.run.channels;
  const high = trackGamma.data[0];
  const low = trackGamma.data[trackGamma.data.length - 1];
  const change = overtakingOf(shown);
  if (!change) {
    return { low, high, marks: [], regimes: [{ from: low, to: high, name: "safe" }] };
  }
  return {
    low,
    high,
    marks: [{ value: change.gamma, label: "the least of u jumps" }],
    regimes: [
      { from: low, to: change.gamma, name: "safe" },
      { from: change.gamma, to: high, name: "oscillate" },
    ],
  };
}

/** @type {Scene["readOut"]} */
function readOut(shown) {
  const { x, mean, force } = hereOf(shown);
  return `step ${formatStep(shown.step)} · x = ${format(x)}, ⟨x′⟩ = ${format(mean)} · force = ${format(force)}`;
}

// Relative: as deep as the deepest, to what the quadrature resolves.
const equallyDeep = 1e-9;

/** The deepest minimisers of u, in words; "" where there are none. @param {Shown} shown */
function leastInWords({ reports }) {
  const { minimizers } = reports.run.channels;
  const heights = columnOf(minimizers, 1);
  const least = Math.min(...heights);
  const places = columnOf(minimizers, 0).filter(
    (_, i) => heights[i] - least <= equallyDeep * (1 + Math.abs(least)),
  );
  return inWords(Array.from(places, (x) => format(x)));
}

/** "1", "1 and 2", "1, 2 and 3" @param {string[]} words */
function inWords(words) {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

// Where u changes less than this over t itself, differences in t are rounding.
const leastChange = 1e-8;
// The differences are right to about a millionth; kinks leave more at a great γ.
const fairResidual = 1e-3;

/** How well the curves of u solve what u is known to solve. @param {Shown} shown */
function equationInWords(shown) {
  const [residual, size] = shown.reports.run.channels.hamiltonJacobi.data;
  if (size / gammaOf(shown) < leastChange) {
    return "u changes with γ by rounding only.";
  }
  const share = residual / size;
  const words = `${format(share, 2)} of |∂u/∂t|`;
  return share < fairResidual
    ? `u solves its equation to ${words}.`
    : `u misses its equation by ${words}: do not trust these curves.`;
}

/** @type {Scene["remark"]} */
function remark(shown) {
  const gamma = gammaOf(shown);
  const { status } = shown.reports.run;
  if (status.state === "diverged") {
    return `The iterates left the picture at step ${status.step}: only step sizes below 2/γ = ${format(2 / gamma)} are safe whatever f is.`;
  }
  const least = leastInWords(shown);
  const change = overtakingOf(shown);
  const deviation = 1 / Math.sqrt(Number(shown.state.parameters.beta) * gamma);
  const where =
    least === "" ? "u has no minimum in the picture." : `The least of u is at x = ${least}.`;
  const jump = change
    ? `It jumps at γ = ${format(change.gamma)}, from x = ${format(change.before)} to ${format(change.after)}.`
    : "It does not jump at any γ.";
  return `γ = ${format(gamma)} looks about ${format(deviation, 2)} around x. ${where} ${jump} ${equationInWords(shown)}`;
}

/** @type {Scene["summary"]} */
function summary(shown) {
  const { x, mean, force, variance } = hereOf(shown);
  const least = leastInWords(shown);
  const count = shown.reports.run.channels.minimizers.shape[0];
  return [
    `Step ${shown.step}, coupling ${format(gammaOf(shown))}: at x = ${format(x)}`,
    `the local Gibbs law has mean ${format(mean)} and deviation ${format(Math.sqrt(variance))},`,
    `so the force is ${format(force)}.`,
    `The smoothed function has ${count} ${count === 1 ? "minimum" : "minima"}${least === "" ? "" : `, the least at ${least}`}.`,
  ].join(" ");
}

/** @type {Scene} */
export const localEntropy = {
  id: "local-entropy",
  question: "What does a wide valley look like from afar?",
  lead: "Pull γ down from the right: f turns into u, and at one γ the wide valley becomes the deeper one. Then drag x.",
  step: 0,
  speed: 10,
  slider: "gamma",
  controls: [
    "objective",
    "expression",
    "beta",
    "beside",
    "x0",
    "alpha",
    "gamma1",
    ...landscapeDials,
    "k",
  ],
  view: () => [
    viewChoice("beside", "beside u", "what else is drawn over f", [
      { id: "nothing", label: "nothing" },
      { id: "gaussian", label: "f itself, smoothed" },
    ]),
  ],
  plans,
  scale,
  panels: (shown) => [curvesPanel(shown), trackPanel(shown)],
  readOut,
  remark,
  summary,
  suggestions: () => ({}),
  adapt: () => ({}),
  yields: ["x0"],
  began: (shown) => ({ x0: shown.reports.run.channels.path.data[0] }),
  formulas: [
    texBlock`u(x) = -\frac1\beta \log\bigl(G_{1/\beta\gamma} * e^{-\beta f}\bigr)(x)`,
    texBlock`F(x,\gamma) = \log\int e^{-\beta f(x') - \beta\gamma |x-x'|^2/2}\, dx' = -\beta u + \tfrac12\log\tfrac{2\pi}{\beta\gamma}`,
    texBlock`-u'(x) = \gamma\,(\langle x'\rangle - x)`,
    texBlock`\partial_t u = -\tfrac12 |\partial_x u|^2 + \tfrac1{2\beta}\,\partial_x^2 u,\quad t = 1/\gamma`,
  ],
  text: `<p>Entropy-SGD does not descend on f. At each x it asks for the whole neighbourhood that a
    spring of strength γ allows: the law e^(−βf) pulled towards x. The mean ⟨x′⟩ of that local Gibbs
    law says where the good points are, and the force γ(⟨x′⟩ − x) towards them is minus the slope of u.</p>
    <p>A deep but narrow valley holds little of the law, a wide one much; so as γ falls the wide one
    wins, and, unless β is large, below a certain γ it is the deeper of the two. What is smoothed is e^(−βf), not f: by
    the choice “f itself, smoothed” you see that the two are not alike.</p>
    <p>Read t = 1/γ as time and u flows by a viscous Hamilton–Jacobi equation from f at t = 0: the
    right picture is its solution, with every minimiser followed through it.</p>`,
  tries: [
    {
      title: "Nearly raw",
      text: "γ = 2000: u lies on f. The sharp valley on the left is the deeper one.",
      set: { gamma: 2000 },
      step: 0,
    },
    {
      title: "The wide one overtakes",
      text: "γ = 10: the narrow valley has filled up, and the least of u has jumped to the right.",
      set: { gamma: 10 },
      step: 0,
    },
    {
      title: "Nearly flat",
      text: "γ = 0.3: one valley is left, over the mean of the whole Gibbs law.",
      set: { gamma: 0.3 },
      step: 0,
    },
    {
      title: "Smooth f instead",
      text: "The same Gaussian over f itself keeps f's walls and loses its mass: where are its minima?",
      set: { gamma: 3, beside: "gaussian" },
      step: 0,
    },
    {
      title: "Scoping",
      text: "From the sharp valley with γ = 1, growing by 5 % a step: x rolls out, then u becomes f again around it.",
      set: { gamma: 1, gamma1: 0.05, alpha: 0.4, x0: -1.2 },
      step: 0,
      play: true,
    },
    {
      title: "Colder",
      text: "β = 20: only the bottoms count, and the sharp valley’s is the lower. It stays the deeper one at every γ.",
      set: { beta: 20, gamma: 3 },
      step: 0,
    },
  ],
};
