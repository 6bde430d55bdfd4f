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
  return `step ${formatStep(shown.step)} · x = ${format(x)}, ⟨x′⟩ = ${format(mean)} · γ(x − ⟨x′⟩) = ${format(force)}`;
}

/** The minimiser of u that is the least of all. @param {Shown} shown */
function leastOf({ reports }) {
  const { minimizers } = reports.run.channels;
  const heights = columnOf(minimizers, 1);
  const least = heights.indexOf(Math.min(...heights));
  return least < 0 ? null : minimizers.data[3 * least];
}

/** @type {Scene["remark"]} */
function remark(shown) {
  const gamma = gammaOf(shown);
  const { status, channels } = shown.reports.run;
  const [residual, size] = channels.hamiltonJacobi.data;
  const equation = `u solves its equation to ${format(residual / (size || 1), 2)} of |∂u/∂t|.`;
  if (status.state === "diverged") {
    return `The iterates left the picture at step ${status.step}: no step size above 2/γ = ${format(2 / gamma)} is safe everywhere.`;
  }
  const least = leastOf(shown);
  const change = overtakingOf(shown);
  const where = least === null ? "" : `The least of u is at x = ${format(least)}.`;
  const jump = change
    ? `It jumps at γ = ${format(change.gamma)}, from x = ${format(change.before)} to ${format(change.after)}.`
    : "It does not jump at any γ.";
  return `γ = ${format(gamma)} looks about ${format(1 / Math.sqrt(gamma), 2)} around x. ${where} ${jump} ${equation}`;
}

/** @type {Scene["summary"]} */
function summary(shown) {
  const { x, mean, force, variance } = hereOf(shown);
  const least = leastOf(shown);
  const count = shown.reports.run.channels.minimizers.shape[0];
  return [
    `Step ${shown.step}, coupling ${format(gammaOf(shown))}: at x = ${format(x)}`,
    `the local Gibbs law has mean ${format(mean)} and deviation ${format(Math.sqrt(variance))},`,
    `so the force is ${format(force)}.`,
    `The smoothed function has ${count} ${count === 1 ? "minimum" : "minima"}${least === null ? "" : `, the least at ${format(least)}`}.`,
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
  formulas: [
    texBlock`u(x) = -\frac1\beta \log\bigl(G_{1/\beta\gamma} * e^{-\beta f}\bigr)(x)`,
    texBlock`F(x,\gamma) = \log\int e^{-f(x') - \gamma |x-x'|^2/2}\, dx' = -u + \tfrac12\log\tfrac{2\pi}{\gamma}`,
    texBlock`u'(x) = \gamma\,(x - \langle x'\rangle)`,
    texBlock`\partial_t u = -\tfrac12 |\partial_x u|^2 + \tfrac1{2\beta}\,\partial_x^2 u,\quad t = 1/\gamma`,
  ],
  text: `<p>Entropy-SGD does not descend on f. At each x it asks for the whole neighbourhood that a
    spring of strength γ allows: the law e^(−βf) pulled towards x. The mean ⟨x′⟩ of that local Gibbs
    law says where the good points are, and the force γ(x − ⟨x′⟩) is the slope of u.</p>
    <p>A deep but narrow valley holds little of the law, a wide one much; so as γ falls the wide one
    wins, and below a certain γ it is the deeper of the two. What is smoothed is e^(−βf), not f: by
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
      text: "β = 20: only the bottoms count. The wide valley must wait for a smaller γ.",
      set: { beta: 20, gamma: 3 },
      step: 0,
    },
  ],
};
