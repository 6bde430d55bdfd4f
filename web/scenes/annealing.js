// Section 3.3, Remark 16: annealing, and how long it takes to equilibrate.

import { format, formatStep } from "../render/numbers.js";
import { relevantValues } from "../state/parameters.js";
import { texBlock } from "../ui/formula.js";
import { ladderPanel } from "./annealing-ladder.js";
import { landscapePanel } from "./annealing-landscape.js";
import {
  barrierOf,
  channelsOf,
  hasTwoWells,
  pictures,
  shareInWords,
  shareOf,
  stageOf,
  testInWords,
} from "./annealing-runs.js";
import { budgetKey, budgetPanel, racedSchedules, successInWords } from "./annealing-success.js";
import { waitingInWords, waitingKey, waitingPanel } from "./annealing-waiting.js";
import { stepSizeScale } from "./step-size-scale.js";
import { viewChoice } from "./view-parameters.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/scene-view.js").Scene} Scene */
/** @typedef {import("../simulation/scene-runs.js").RunPlan} RunPlan */

// αf″ from where on the law of the chain is visibly another one than Gibbs's.
const stiffEnough = 0.3;
const everyStep = [
  "sampledSteps",
  "stage",
  "temperature",
  "globalFraction",
  "globalFractionStandardError",
  "predictedGlobalFraction",
  "relaxedGlobalFraction",
  "stageIndex",
  "stageEnd",
  "stageGlobalFraction",
  "stageEquilibrated",
  "scaleReduction",
  "density",
  "gibbs",
];
const ofTheLadder = [
  "ladder",
  "stepSizes",
  "notesPrediction",
  "field",
  "grid",
  "window",
  "criticalPoints",
  "marks",
  "edges",
];
// What changes neither the landscape nor the ladder.
const ofTheRun = ["schedule", "depth", "stageSteps", "tolerance", "x0", "replicates", "seed"];
const ofTheBudgets = ["budgets", "success", "successStandardError", "predictedSuccess", "limit"];
const ofTheWaiting = [
  "beta",
  "stepSizes",
  "passage",
  "passageStandardError",
  "arrived",
  "exactPassage",
  "kramersPassage",
  "relaxation",
  "relaxationStandardError",
  "predictedRelaxation",
];

/** @type {Scene["view"]} */
function view() {
  return [
    viewChoice("picture", "on the right", "what the right picture shows", pictures),
    viewChoice(
      "claims",
      "theory",
      "what is drawn beside the measurements",
      [
        { id: "right", label: "as it is" },
        { id: "notes", label: "and the notes: α/b" },
      ],
      [{ parameter: "picture", values: ["ladder"] }],
    ),
  ];
}

/**
 * @param {Record<string, import("../lab.js").Value>} parameters
 * @param {string[]} without
 */
function otherThan(parameters, without) {
  return Object.fromEntries(Object.entries(parameters).filter(([id]) => !without.includes(id)));
}

/** @type {Scene["plans"]} */
function plans(state, table) {
  const parameters = relevantValues(table, state.parameters);
  const isPlane = parameters.objective === "double-well";
  /** @type {RunPlan} */
  const run = {
    key: "run",
    experiment: "annealing",
    parameters,
    channels: isPlane ? [...everyStep, "cloud"] : everyStep,
    fixed: ofTheLadder,
    fixedKey: JSON.stringify(otherThan(parameters, ofTheRun)),
  };
  switch (state.view.picture) {
    case "budget":
      return [run, ...racedSchedules(state).map((schedule) => budgetPlan(state, table, schedule))];
    case "waiting":
      return [
        run,
        {
          key: waitingKey,
          experiment: "equilibration",
          parameters: {
            ...otherThan(parameters, ofTheRun),
            replicates: parameters.replicates,
            seed: parameters.seed,
          },
          channels: ofTheWaiting,
          fixed: [],
          fixedKey: "",
        },
      ];
    default:
      return [run];
  }
}

/**
 * @param {import("../state/url.js").SceneState} state
 * @param {import("../lab.js").Parameter[]} table
 * @param {string} schedule
 * @returns {RunPlan}
 */
function budgetPlan(state, table, schedule) {
  const parameters = relevantValues(table, { ...state.parameters, schedule });
  return {
    key: budgetKey(schedule),
    experiment: "annealing-budget",
    parameters: otherThan(parameters, ["stageSteps", "tolerance"]),
    channels: ofTheBudgets,
    fixed: [],
    fixedKey: "",
  };
}

/** @type {Scene["scale"]} */
function scale(shown) {
  const alpha = Number(shown.state.parameters.alpha);
  const [barrier, stiff, returning] = channelsOf(shown).marks.data;
  const low = Math.min(barrier > 0 ? barrier / 6 : stiff / 60, alpha);
  const high = Math.max(stiff * 1.4, alpha);
  const ends = { low, calm: Math.min(stiff / 2, returning), limit: returning, high };
  return stepSizeScale(ends, [
    ...(barrier > 0 ? [{ value: barrier, label: "T₀ = barrier" }] : []),
    ...(returning < 0.99 * stiff ? [{ value: returning, label: "walkers leave" }] : []),
    { value: stiff, label: "2/f″" },
  ]);
}

/** @type {Scene["panels"]} */
function panels(shown) {
  const right = {
    ladder: ladderPanel,
    budget: budgetPanel,
    waiting: waitingPanel,
  }[String(shown.state.view.picture)];
  return [landscapePanel(shown), (right ?? ladderPanel)(shown)];
}

/** @type {Scene["readOut"]} */
function readOut(shown) {
  const { temperature } = stageOf(shown);
  const { share, error } = shareOf(shown);
  return `step ${formatStep(shown.step)} · T = ${format(temperature)} · global well ${shareInWords(share, error)}`;
}

/** @type {NonNullable<Scene["warning"]>} */
function warning(shown) {
  const { state, step } = shown.reports.run.status;
  const alpha = format(Number(shown.state.parameters.alpha));
  return state === "diverged"
    ? `Diverged at step ${formatStep(step)}: α₀ = ${alpha} is too long a step for a walker that comes so far out.`
    : "";
}

/** @type {Scene["remark"]} */
function remark(shown) {
  const { number, count, temperature, stepSize } = stageOf(shown);
  const { predicted } = shareOf(shown);
  const barrier = hasTwoWells(shown)
    ? `, the barrier is ${format(barrierOf(shown) / temperature)} T`
    : "";
  const stiffness = (2 * stepSize) / channelsOf(shown).marks.data[1];
  const bias =
    stiffness > stiffEnough
      ? `, but for steps as long as αf″ = ${format(stiffness)} the chain has a law of its own`
      : "";
  return `Stage ${number} of ${count}, α = ${format(stepSize)}: ${testInWords(shown)}. T = αs²/(2b) = ${format(temperature)}${barrier}; Gibbs says ${format(predicted)}${bias}.`;
}

/** @type {Scene["summary"]} */
function summary(shown) {
  const { number, count, temperature } = stageOf(shown);
  const { share, error, predicted } = shareOf(shown);
  const { state } = shown.reports.run.status;
  const rest = {
    budget: successInWords,
    waiting: waitingInWords,
  }[String(shown.state.view.picture)];
  return [
    `Step ${formatStep(shown.step)}${state === "running" ? "" : `, ${state}`}:`,
    `stage ${number} of ${count}, temperature ${format(temperature)}, ${testInWords(shown)};`,
    `share in the global well ${shareInWords(share, error)}, by the Gibbs law ${format(predicted)}.`,
    rest ? rest(shown) : "",
  ].join(" ");
}

/** @type {Scene} */
export const annealing = {
  id: "annealing",
  question: "Can SGD find the global minimum?",
  lead: "Press play: all walkers start at one point. Whenever they have equilibrated, α is lowered, and T with it. Then cool faster.",
  step: 3000,
  speed: 1000,
  slider: "alpha",
  controls: [
    "picture",
    "schedule",
    "stageSteps",
    "depth",
    "tolerance",
    "objective",
    "expression",
    "tilt",
    "weights",
    "means",
    "deviations",
    "k",
    "cooling",
    "stages",
    "batch",
    "variance",
    "replicates",
    "claims",
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
  adapt: () => ({}),
  formulas: [
    texBlock`T = \beta^{-1} = \frac{\alpha s^2}{2b},\quad \rho(x) = \frac1Z e^{-f(x)/T}`,
    texBlock`\hat R^2 = \frac{n-1}{n} + \frac{\operatorname{Var}(\text{means of half runs})}{\text{mean variance within}}`,
    texBlock`\mathrm E\,t \approx \frac{2\pi}{\alpha\sqrt{f''(x_{\min})\,|f''(x_{\max})|}}\; e^{\Delta f/T}`,
    texBlock`T_t \ge \frac{c}{\log t},\quad c \ge \text{barrier}`,
  ],
  text: `<p>Once SGD with a fixed α has equilibrated, the deeper well is the likelier, the more so the
    colder. So equilibrate, lower α, repeat. Whether a stage has equilibrated is tested, not assumed: R̂
    cuts a window of every walker’s run into halves and compares how far the halves lie apart with how
    far each roams. At a tolerance of 0.2 it passes when a half is worth about three independent draws;
    until then the window
    is doubled. No test sees a well that no walker has visited.</p>
    <p><em>How long does it take to equilibrate for a convex loss?</em> About 1/(αm) steps, whatever the
    temperature: the mean comes e times nearer in −1/log(1 − αm). Check by simulation: “A convex bowl”.
    Between two wells the time is exponential in barrier/T instead: that is where annealing waits.</p>
    <p>The notes have T = α/b in one place; α/(2b) is right, times the variance s² of a gradient
    that is Gaussian and the same everywhere, as the walkers’ is. They say that the algorithm will
    converge; it does if T falls no faster than c/log t with c at least the barrier. And α is the time
    step too: a colder stage is slower twice.</p>`,
  questions: async () => (await import("./annealing-questions.js")).questions,
  tries: [
    {
      title: "Cooled too fast",
      text: "100 steps a stage, eight stages. Gibbs goes to 0.999; the walkers freeze on the way. Hollow: not equilibrated.",
      set: { schedule: "geometric", stages: 8, tilt: 0.3 },
      step: 800,
    },
    {
      title: "What a budget buys",
      text: "1000 runs for each budget and schedule. Which wins with 300 steps, and which with 5000? Play.",
      set: { picture: "budget" },
      step: 0,
      play: true,
    },
    {
      title: "How long is long enough?",
      text: "Each stage takes e^(barrier/T) longer: Kramers. Thin: what it would take if α did not shrink as well.",
      set: { picture: "waiting", stages: 6 },
      step: 4000,
    },
    {
      title: "A convex bowl",
      text: "No barrier: 1/(αk) steps at every temperature. Raise s²: T changes, the steps do not.",
      set: { picture: "waiting", objective: "quadratic-1d", k: 2, stages: 6 },
      step: 300,
    },
    {
      title: "c below the barrier",
      text: "T = c/log t with c = 0.2, barrier 0.548: frozen at half. Then set the depth c to 0.6.",
      set: { schedule: "logarithmic", depth: 0.2, stageSteps: 10, stages: 6 },
      step: 392,
    },
    {
      title: "α/b or α/(2b)?",
      text: "Dotted: the share if T were αs²/b. The walkers equilibrate, and decide for half of it.",
      set: { claims: "notes", stages: 4 },
      step: 18000,
    },
  ],
};
