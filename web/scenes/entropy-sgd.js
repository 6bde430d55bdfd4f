// The title of the lecture: a race into the wide valley at equal numbers of gradients.

import { format, formatStep } from "../render/numbers.js";
import { valueAt } from "../state/changes.js";
import { texBlock } from "../ui/formula.js";
import { withError } from "./ensemble.js";
import {
  largeStepId,
  plans,
  raceLabel,
  startInWords,
  targetInWords,
  valleysOf,
} from "./entropy-sgd-runs.js";
import { percent, sharePanel } from "./entropy-sgd-share.js";
import { valleysPanel } from "./entropy-sgd-valleys.js";
import { leader, racedMethods } from "./step-size-runs.js";
import { landscapeDials, viewParameter } from "./view-parameters.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/scene.js").Scene} Scene */

/** @type {Scene["view"]} */
function view(table) {
  const methods = table.find(({ id }) => id === "method")?.choices ?? [];
  return [
    viewParameter({
      id: "race",
      label: "raced against",
      help: "other methods from the same starts, at as many gradients",
      kind: "set",
      initial: `sgd,${largeStepId},momentum,adam,langevin`,
      choices: [
        ...methods,
        {
          id: largeStepId,
          label: "SGD, larger step",
          help: "SGD with a multiple of its step size",
        },
      ],
    }),
    viewParameter({
      id: "largeStep",
      label: "larger step",
      symbol: "×α",
      help: "how many times the step size of SGD",
      kind: "real",
      initial: 4,
      min: 1,
      max: 100,
      scale: "logarithmic",
    }),
  ];
}

/** @type {Scene["scale"]} */
function scale(shown) {
  const gamma = Number(valueAt(shown.state, shown.step, "gamma0"));
  const { sharp } = valleysOf(shown);
  const sharpness = sharp.sharpness ** (1 / leader(shown).channels.path.shape[1]);
  const low = Math.min(gamma, 0.01);
  const high = Math.max(gamma, 1000);
  return {
    low,
    high,
    marks: [
      {
        value: sharpness,
        label: sharp.isAlone ? "f″ of the sharp valley" : `f″ at ${sharp.place}`,
      },
    ],
    regimes: [
      { from: low, to: Math.min(high, Math.max(low, sharpness / 10)), name: "safe" },
      { from: Math.min(high, Math.max(low, sharpness / 10)), to: high, name: "oscillate" },
    ],
  };
}

/** @param {Shown} shown @param {string} method @returns {[number, number]} */
function shareOf({ reports }, method) {
  const { basinFraction, basinFractionStandardError } = reports[method].channels;
  return [basinFraction.data.at(-1) ?? 0, basinFractionStandardError.data.at(-1) ?? 0];
}

/** @type {Scene["readOut"]} */
function readOut(shown) {
  const [method] = racedMethods(shown.state);
  const work = leader(shown).channels.gradientEvaluations.data.at(-1) ?? 0;
  return `${formatStep(work)} gradients · ${raceLabel(shown, method)}: ${withError(...shareOf(shown, method))}`;
}

/** @param {Shown} shown */
function lost(shown) {
  return racedMethods(shown.state).filter(
    (method) => shown.reports[method].status.state === "diverged",
  );
}

/** @type {Scene["remark"]} */
function remark(shown) {
  const gamma = leader(shown).channels.gammaPath.data.at(-1) ?? 0;
  const inner = Number(valueAt(shown.state, shown.step, "innerSteps"));
  const range = gamma > 0 ? `γ is ${format(gamma)} now. ` : "";
  return `${startInWords(shown)} ${range}One outer step costs Λ = ${inner} gradients; every other method makes ${inner} updates meanwhile.`;
}

/** @type {NonNullable<Scene["warning"]>} */
function warning(shown) {
  const gone = lost(shown).map((method) => raceLabel(shown, method));
  return gone.length > 0 ? `Diverged: ${gone.join(", ")}.` : "";
}

/** @type {Scene["summary"]} */
function summary(shown) {
  const work = leader(shown).channels.gradientEvaluations.data.at(-1) ?? 0;
  const shares = racedMethods(shown.state).map((method) => {
    return `${raceLabel(shown, method)} ${percent(shareOf(shown, method)[0])}`;
  });
  return `After ${formatStep(work)} gradients the share of the runs in ${targetInWords(shown)} is: ${shares.join(", ")}.`;
}

/** @type {Scene} */
export const entropySgd = {
  id: "entropy-sgd",
  question: "Who finds the wide valley?",
  lead: "Press play: who leaves a sharp valley for a wide one? Each method spends as many gradients as the others.",
  step: 0,
  speed: 20,
  slider: "gamma0",
  controls: [
    "objective",
    "expression",
    "method",
    "race",
    "start",
    "innerSteps",
    "innerAlpha",
    "noise",
    "averaging",
    "gamma1",
    "outerAlpha",
    "outer",
    "replicas",
    "elasticity",
    "alpha",
    "largeStep",
    "momentum",
    "beta",
    "gradientNoise",
    "replicates",
    ...landscapeDials,
  ],
  view,
  plans,
  scale,
  panels: (shown) => [valleysPanel(shown), sharePanel(shown)],
  readOut,
  warning,
  remark,
  summary,
  suggestions: () => ({}),
  adapt: () => ({}),
  formulas: [
    texBlock`x' \leftarrow x' - \eta'\bigl(g(x') - \gamma(x - x')\bigr) + \sqrt{\eta'}\,\varepsilon\,\xi`,
    texBlock`\mu \leftarrow (1-\kappa)\,\mu + \kappa\,x'`,
    texBlock`x \leftarrow x - \eta\,(x - \mu)`,
    texBlock`\gamma_t = \gamma_0\,(1+\gamma_1)^t`,
  ],
  text: `<p>One step of Entropy-SGD is a loop of Λ noisy steps x′ around x, held by a spring of
    strength γ. Their running mean μ leans to where the neighbourhood is wide, and x follows it. The
    runs leave the sharp valley although it is the deeper one.</p>
    <p>Langevin noise leaves it too, and comes back: its runs settle near the Gibbs law’s share, beside it by the bias of
    their step size. A
    larger step of SGD leaves because the sharp valley’s curvature makes it unstable there. Compare
    all at the same number of gradients, as here; per outer step Entropy-SGD would look Λ times
    better than it is.</p>
    <p>It is no magic. A stiff spring sees only the valley that it is in, and so does the noiseless
    inner loop of the paper’s ε, which is a proximal step.</p>`,
  tries: [
    {
      title: "The race",
      text: "1000 runs of each method from the sharp valley. Which lines rise, and which stay?",
      set: {},
      step: 0,
      play: true,
    },
    {
      title: "In the plane",
      text: "The same two valleys with one dimension more. Watch the loop of x′ around one run.",
      set: { objective: "mixture" },
      step: 0,
      play: true,
    },
    {
      title: "Where it fails",
      text: "γ = 30 from the start: a spring too stiff to look out of the valley. Langevin leaves it, and so does the larger step of SGD.",
      set: { gamma0: 30, gamma1: 0 },
      step: 0,
      play: true,
    },
    {
      title: "The paper’s noise",
      text: "ε = 10⁻⁴ and no gradient noise: a proximal step, which stays where it is.",
      set: { noise: 0.0001, gradientNoise: 0 },
      step: 0,
      play: true,
    },
    {
      title: "Replicas",
      text: "Parle: four replicas pull each other along, at four times the cost per group.",
      set: { method: "parle", race: "entropy-sgd,langevin" },
      step: 0,
      play: true,
    },
    {
      title: "From everywhere",
      text: "Uniform starts: most runs begin in the wide valley. Who keeps them there?",
      set: { start: "everywhere" },
      step: 0,
      play: true,
    },
  ],
};
