// Section 2, Remark 11: gradient descent or SGD?

import { format, formatStep } from "../render/numbers.js";
import { relevantValues } from "../state/parameters.js";
import { tex, texBlock } from "../ui/formula.js";
import { suggestAllColumns } from "./ensemble.js";
import { viewParameter } from "./view-parameters.js";
import {
  cells,
  measuredCrossing,
  measuredWinner,
  methods,
  ruleHolds,
  run,
  sizeShown,
  spent,
} from "./work-methods.js";
import { runsPanel } from "./work-runs.js";
import { sizesPanel } from "./work-sizes.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/scene-view.js").Scene} Scene */

const channels = [
  "n",
  "evaluations",
  "standardError",
  "reached",
  "predicted",
  "crossover",
  "crossoverSize",
  "problems",
  "trace",
  "target",
  "budget",
  "cells",
];

/** @type {Scene["view"]} */
function view() {
  return [
    viewParameter({
      id: "at",
      label: "runs shown at n =",
      help: "the size whose runs the second picture shows; the nearest one at hand is taken",
      kind: "integer",
      initial: 1000,
      min: 1,
      max: 100_000,
    }),
  ];
}

/** @type {Scene["plans"]} */
function plans(state, table) {
  return [
    {
      key: "run",
      experiment: "work",
      parameters: relevantValues(table, state.parameters),
      channels,
      fixed: [],
      fixedKey: "",
    },
  ];
}

/** @type {Scene["scale"]} */
function scale(shown) {
  const { n, crossover } = run(shown).channels;
  const target = Number(shown.state.parameters.target);
  const marks = Array.from(n.data, (size, i) => ({
    value: crossover.data[i],
    label: `ε* of n = ${formatStep(size)}`,
  }))
    .filter(({ value }) => ruleHolds(shown) && value < 0.1 && value >= 1e-10)
    .reverse();
  const values = [target, ...marks.map(({ value }) => value)];
  return {
    low: Math.max(1e-10, Math.min(...values) / 10),
    high: Math.min(0.1, Math.max(...values) * 4),
    marks,
    regimes: [],
  };
}

/** @type {Scene["readOut"]} */
function readOut(shown) {
  const { cells: done, evaluations } = run(shown).channels;
  const all = evaluations.data.length;
  const finished = done.data[0];
  const more = finished < all ? ": play on" : "";
  return `step ${shown.step} · ${finished} of ${all} counts made${more}`;
}

/** @param {Shown} shown */
function measuredInWords(shown) {
  const crossing = measuredCrossing(shown);
  if (crossing) {
    return ` Measured, the lines cross near n = ${format(crossing, 2)}.`;
  }
  const winner = measuredWinner(shown);
  return winner ? ` Measured, ${winner} is cheaper at n = ${formatStep(sizeShown(shown))}.` : "";
}

/** The side in words: by the rule, and as measured. @type {Scene["remark"]} */
function remark(shown) {
  const { crossoverSize, target } = run(shown).channels;
  const at = sizeShown(shown);
  const cross = crossoverSize.data[0];
  const side =
    at > cross
      ? `n = ${formatStep(at)} lies beyond it: SGD’s side`
      : `n = ${formatStep(at)} lies below it: gradient descent’s side`;
  const found = measuredInWords(shown);
  if (!ruleHolds(shown)) {
    return `ε = ${format(target.data[0])}. Without noise in the labels all terms agree at the minimum, and SGD is not bound to 1/ε: no rule of n against ε here.${found}`;
  }
  return `ε = ${format(target.data[0])}: the rule, without constants, puts the crossover at n* = ${formatStep(cross)}; ${side}.${found}`;
}

/** @type {Scene["summary"]} */
function summary(shown) {
  const at = sizeShown(shown);
  const budget = run(shown).channels.budget.data[0];
  const parts = methods.map((label, method) => {
    const cell = cells(shown, method).find(({ n }) => n === at);
    return `${label} ${cell ? spent(cell, budget, formatStep) : "not yet"}`;
  });
  return `Term gradients to the target at n = ${formatStep(at)}: ${parts.join("; ")}.`;
}

/** @type {Scene} */
export const work = {
  id: "work",
  question: "Gradient descent or SGD: which is cheaper?",
  lead: "Drag the target ε. Left of ε* of your n the rule says gradient descent, right of it SGD: accuracy costs SGD more, data cost it nothing.",
  step: 60,
  speed: 5,
  slider: "target",
  controls: [
    "dataset",
    "objective",
    "features",
    "targetColumn",
    "a",
    "b",
    "ridge",
    "condition",
    "dimension",
    "noise",
    "n",
    "at",
    "budget",
    "replicates",
    "seed",
  ],
  view,
  plans,
  scale,
  panels: (shown) => [sizesPanel(shown), runsPanel(shown)],
  readOut,
  remark,
  summary,
  suggestions: suggestAllColumns,
  adapt: () => ({}),
  formulas: [
    texBlock`\text{GD: } n\,\frac{L}{m}\log\frac1\varepsilon`,
    texBlock`\text{SGD: } \frac{C}{\varepsilon},\quad C \propto \sigma_0`,
    texBlock`\text{SVRG, SAGA: } \Bigl(n + \frac{\max_i L_i}{m}\Bigr) \log\frac1\varepsilon`,
    texBlock`\frac{1}{\varepsilon^*} = n \log \frac{1}{\varepsilon^*}`,
  ],
  text: `<p>One step of gradient descent reads all n terms, one of SGD reads a single one. But SGD’s error
    falls only like 1/t, so ten times the accuracy costs ten times the work, while gradient descent pays
    n for every factor. So SGD wins when the data are many or the target is modest. The rule for n* and
    ε* leaves all constants out; that of SGD is proportional to σ₀, so that noisier labels move the crossing to more
    data.</p>
    <p>The notes have it the wrong way round: “sub-optimality less than O(1/n): use SGD”. It is for
    targets <em>larger</em> than ε* that SGD is cheaper; try 2 and 3 are the counter-example. SVRG and
    SAGA remember gradients and get both: n only once, and a logarithm of ε.</p>
    <p>Rules in use, all from the origin: gradient descent ${tex`\alpha = 2/(m+L)`}; SGD
    ${tex`\alpha_t = (2/m)/(t_0+t)`} with ${tex`\alpha_1 = 1/(2\max_i L_i)`}; SVRG
    ${tex`1/(4 \max_i L_i)`}, a new anchor every n steps; SAGA ${tex`1/(3 \max_i L_i)`}. A count is what
    is spent while the mean gap of the replicates is above the target (with logistic loss to 1 %, as a
    look is dear), so that a mean which dips below it by chance does not end it; bars are what a
    standard error more or less of that mean makes of it. Dashed: gradient descent’s worst
    case, SGD’s expected gap, and the order of SVRG and SAGA.</p>`,
  tries: [
    {
      title: "More data",
      text: "From n = 30 to 10 000. Whose line is flat, and whose has slope 1?",
      set: { n: "30, 100, 300, 1000, 3000, 10000", budget: 300_000, at: 10_000 },
      step: 0,
      play: true,
    },
    {
      title: "Accurate, few data",
      text: "ε = 10⁻⁶, far less than 1/n. The notes say SGD. Where is it?",
      set: { target: 1e-6, n: "30, 100, 300", at: 100 },
      step: 300,
    },
    {
      title: "Modest, many data",
      text: "ε = 10⁻², more than 1/n: who wins now, and by how much?",
      set: { target: 1e-2, n: "300, 1000, 3000, 10000", at: 3000 },
      step: 300,
    },
    {
      title: "A long valley",
      text: "κ = 100: everybody pays. Who pays in proportion to κ, who to n + κ?",
      set: { condition: 100, target: 1e-4, budget: 1e6 },
      step: 0,
      play: true,
    },
    {
      title: "No noise in the labels",
      text: "All terms agree at the minimum: SGD is no longer bound to 1/ε.",
      set: { noise: 0, target: 1e-5 },
      step: 300,
    },
    {
      title: "Real data",
      text: "Rows of the diabetes set, with a ridge: another L and m at every n, the same picture.",
      set: { dataset: "diabetes", n: "30, 100, 300, 442", target: 3e-3, ridge: 0.1, at: 442 },
      step: 300,
    },
  ],
};
