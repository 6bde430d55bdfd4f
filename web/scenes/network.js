// The paper's headline: a network on real digits, by SGD and by Entropy-SGD.

import { format, formatStep } from "../render/numbers.js";
import { tex, texBlock } from "../ui/formula.js";
import { curvesPanel, followed } from "./network-curves.js";
import {
  finishedRuns,
  leader,
  lookOf,
  looks,
  methodRuns,
  methodsOf,
  nobody,
  plans,
  seedsShown,
} from "./network-runs.js";
import { flatnessPanel, tableInWords, tablePanel } from "./network-seeds.js";
import { slicePanels } from "./network-slice.js";
import { spectrumPanel } from "./network-spectrum.js";
import { matrixPanel, wrongPanel } from "./network-wrong.js";
import { viewChoice, viewParameter } from "./view-parameters.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/scene-view.js").Scene} Scene */

const mostSeeds = 10;

/** @type {Scene["view"]} */
function view(table) {
  return [
    viewChoice(
      "look",
      "beside the curves",
      "what the right pictures show; the Hessian and the valley once the training has ended",
      looks,
    ),
    viewParameter({
      id: "versus",
      label: "against",
      help: "a second method, from the same weights and the same batches",
      kind: "choice",
      initial: "entropy-sgd",
      choices: [{ id: nobody, label: "nobody", help: "" }, ...methodsOf(table)],
    }),
    viewChoice("curve", "curves of", "what the left picture follows", followed),
    viewParameter({
      id: "seeds",
      label: "seeds in the table",
      help: "trainings of each method, from the chosen seed on",
      kind: "integer",
      initial: 5,
      min: 1,
      max: mostSeeds,
    }),
  ];
}

/** @param {Shown} shown */
function panels(shown) {
  switch (lookOf(shown.state)) {
    case "spectrum":
      return [curvesPanel(shown), spectrumPanel(shown)];
    case "slice":
      return [curvesPanel(shown), ...slicePanels(shown)];
    case "seeds":
      return [flatnessPanel(shown), tablePanel(shown)];
    default:
      return [curvesPanel(shown), wrongPanel(shown), matrixPanel(shown)];
  }
}

/** "2.2 %" @param {import("../simulation/worker-link.js").Report} report */
function testError({ channels }) {
  return `${format(100 * (channels.testError.data.at(-1) ?? 0), 2)} %`;
}

/** @type {Scene["readOut"]} */
function readOut(shown) {
  const { budget } = leader(shown).channels;
  const step = `step ${formatStep(shown.step)} of ${formatStep(budget.data[0])}`;
  const all = methodRuns(shown);
  if (lookOf(shown.state) === "seeds") {
    const done = all.reduce((sum, { runs }) => sum + finishedRuns(runs).length, 0);
    const count = all.reduce((sum, { runs }) => sum + runs.length, 0);
    return `${step} · ${done} of ${count} trainings done`;
  }
  const errors = all.map(({ label, runs }) => `${label} ${testError(runs[0])}`);
  return `${step} · test error: ${errors.join(", ")}`;
}

/** @type {Scene["remark"]} */
function remark(shown) {
  const { weights, samples } = leader(shown).channels;
  const diverged = methodRuns(shown).flatMap(({ label, runs }) =>
    runs
      .filter(({ status }) => status.state === "diverged")
      .map(({ status }) => `${label} diverged at step ${formatStep(status.step)}.`),
  );
  const size = `${formatStep(weights.data[0])} weights, ${formatStep(samples.data[0])} digits to learn from, ${samples.data[1]} to be tested on.`;
  const { method } = shown.state.parameters;
  const isOwn = method === "sgd" || method === "momentum";
  const other = isOwn ? "" : " α is that of SGD: this method’s own step sizes are below.";
  return `${diverged[0] ?? ""} ${size}${other}`.trim();
}

/** @type {Scene["scale"]} */
function scale(shown) {
  const alpha = Number(shown.state.parameters.alpha);
  return {
    low: Math.min(0.001, alpha),
    high: Math.max(3, alpha),
    marks: [
      { value: 0.1, label: "momentum" },
      { value: 1, label: "SGD" },
    ],
    regimes: [],
  };
}

/** @type {Scene["summary"]} */
function summary(shown) {
  if (lookOf(shown.state) === "seeds") {
    return tableInWords(shown);
  }
  const parts = methodRuns(shown).map(
    ({ label, runs }) =>
      `${label} is wrong on ${testError(runs[0])} of the test digits and on ${format(100 * (runs[0].channels.trainError.data.at(-1) ?? 0), 2)} % of those it learns from`,
  );
  return `Step ${formatStep(shown.step)}, seed ${seedsShown(shown.state)[0]}: ${parts.join("; ")}.`;
}

/** @type {Scene} */
export const network = {
  id: "network",
  question: "Does a flatter valley read digits better?",
  lead: "Press play: both methods train on the same batches, from the same weights, at equal cost. Then look at the valleys they end in.",
  step: 225,
  speed: 200,
  slider: "alpha",
  controls: [
    "method",
    "versus",
    "look",
    "curve",
    "momentum",
    "adamAlpha",
    "innerSteps",
    "innerAlpha",
    "noise",
    "averaging",
    "gamma0",
    "gamma1",
    "outerAlpha",
    "schedule",
    "features",
    "hidden",
    "activation",
    "batch",
    "epochs",
    "weightDecay",
    "dropout",
    "seeds",
    "seed",
  ],
  view,
  plans,
  scale,
  panels,
  readOut,
  remark,
  summary,
  suggestions: () => ({ features: "all pixels" }),
  adapt: () => ({}),
  formulas: [
    texBlock`f(w) = \frac1n \sum_i -\log p_w(y_i \mid x_i) + \frac{\lambda}{2}\lVert W\rVert^2`,
    texBlock`x' \leftarrow x' - \eta'\bigl(\nabla f_{\text{batch}}(x') - \gamma(x - x')\bigr) + \sqrt{\eta'}\,\varepsilon\,\xi`,
    texBlock`x \leftarrow x - \eta\,(x - \mu),\quad \mu \leftarrow (1-\kappa)\,\mu + \kappa\,x'`,
    texBlock`\operatorname{tr} H = \mathrm E\, v^{\mathsf T} H v,\quad v_j = \pm 1`,
  ],
  text: `<p>Entropy-SGD descends on the local entropy, so it should prefer wide valleys. The paper’s own
    numbers: 1.37 ± 0.03 % wrong against SGD’s 1.39 ± 0.03 % (fully connected, MNIST), 7.81 ± 0.09 against
    7.71 ± 0.19 % (All-CNN-BN, CIFAR-10): about equal errors, and flatter minima.</p>
    <p>Measured here, seeds 1 to 20 at equal cost and an equal step (α = 0.1 with momentum, 1 without, η′ = 1):
    momentum 1.71 ± 0.14 % wrong and a trace of 0.94 ± 0.04; Entropy-SGD 1.76 ± 0.11 % and 0.96 ± 0.04; SGD
    1.87 ± 0.14 % and 0.95 ± 0.04; Adam 1.88 ± 0.13 % and 3.60 ± 0.12. Equal errors, as the paper says; on
    this small network no flatter valley than SGD’s.</p>
    <p>The dials shown are those of the first method: choose Entropy-SGD there to turn Λ, γ and ε.
    One step is one mini-batch gradient for every method; Entropy-SGD moves x at every Λ-th. SGD without
    momentum takes ${tex`\alpha/(1-\mu)`} beside it, to which momentum’s steps add up. The Hessian is that of the mean
    loss over ${tex`512`} training digits, without weight decay: the largest eigenvalues by Lanczos, the trace from
    16 random sign vectors, near 0 meaning within 1 % of λmax. In the slice every unit’s weights move by up
    to their own norm, and the loss doubles from line to line.</p>
    <p>Flatness is no law of nature: a ReLU unit’s weights in may be doubled and those out halved, and the
    same network has another Hessian. It compares solutions of one architecture trained alike, no more.</p>`,
  tries: [
    {
      title: "Train to the end",
      text: "60 epochs each. Which digits do both get wrong? Would you read them right?",
      set: {},
      step: 0,
      play: true,
    },
    {
      title: "How sharp is it?",
      text: "Nearly all of 4810 eigenvalues are near 0; a handful is not. Whose λmax is larger?",
      set: { look: "spectrum", curve: "loss" },
      step: 2700,
    },
    {
      title: "The valley itself",
      text: "The same colours for both. Whose walls are closer?",
      set: { look: "slice", curve: "loss" },
      step: 2700,
    },
    {
      title: "A tenth of the step",
      text: "α = 0.01: SGD ends in a valley ten times as sharp. Here the step size decides, not the method.",
      set: { look: "spectrum", curve: "loss", alpha: 0.01 },
      step: 2700,
    },
    {
      title: "Fill the table",
      text: "4 methods × 5 seeds in the background; pause or reset as you like. Equal errors? Flatter?",
      set: { look: "seeds" },
      step: 0,
      play: true,
    },
    {
      title: "Too long a step",
      text: "α = 2: SGD’s units die at once, and the loss ends at log 10 = 2.30, that of a guess. As flat as before, and useless.",
      set: { alpha: 2, curve: "loss", epochs: 10 },
      step: 450,
    },
  ],
};
