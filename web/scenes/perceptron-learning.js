// Question 17: can weights of +1 and −1 be learned at all?

import { counted, format } from "../render/numbers.js";
import { texBlock } from "../ui/formula.js";
import { errorsPanel, loadsPanel } from "./perceptron-learning-pictures.js";
import {
  algorithmsOf,
  highestLoad,
  loadsLeftOut,
  plans,
  reportOf,
} from "./perceptron-learning-runs.js";
import { algorithmLabel, hasTeacher, thresholds } from "./perceptron-runs.js";
import { viewParameter } from "./view-parameters.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/scene.js").Scene} Scene */

/** @type {Scene["view"]} */
function view(table) {
  const algorithms = table.find(({ id }) => id === "algorithm")?.choices ?? [];
  return [
    viewParameter({
      id: "race",
      label: "raced against",
      help: "other algorithms on the same patterns",
      kind: "set",
      initial: "clipped",
      choices: algorithms,
    }),
  ];
}

/** @type {Scene["scale"]} */
function scale(shown) {
  const load = Number(shown.state.parameters.load);
  const low = Math.min(load, 0.02);
  const high = Math.max(load, highestLoad(shown.state));
  return {
    low,
    high,
    marks: thresholds(shown.state).map(({ load: value, label }) => ({ value, label })),
    regimes: [{ from: low, to: high, name: "safe" }],
  };
}

/** @param {Shown} shown @param {string} id */
function outcome(shown, id) {
  const { solvedAt } = reportOf(shown, id).channels;
  const solved = solvedAt.data.filter((epoch) => epoch >= 0).length;
  return `${algorithmLabel(shown, id)} ${solved} of ${solvedAt.data.length}`;
}

/** @type {Scene["readOut"]} */
function readOut(shown) {
  const results = algorithmsOf(shown.state).map((id) => outcome(shown, id));
  return `${counted(shown.step, "epoch")} · solved: ${results.join(", ")}`;
}

/** @type {Scene["remark"]} */
function remark(shown) {
  const { d, load, algorithm } = shown.state.parameters;
  const n = Math.max(1, Math.round(Number(load) * Number(d)));
  const parts = [`${counted(n, "pattern")} for ${d} weights.`];
  if (hasTeacher(shown)) {
    const { overlap } = reportOf(shown, String(algorithm)).channels;
    const runs = overlap.shape[1];
    const last = overlap.data.subarray(-runs);
    const mean = last.reduce((sum, value) => sum + value, 0) / runs;
    const error = Math.acos(Math.max(-1, Math.min(1, mean))) / Math.PI;
    parts.push(
      `Overlap with the teacher R = ${format(mean)} on average: a test error of ${format(100 * error)} %.`,
    );
  }
  const leftOut = loadsLeftOut(shown);
  if (leftOut.length > 0) {
    parts.push(
      `From load ${leftOut[0]} on there is no room for the patterns of every algorithm: some do not run there.`,
    );
  }
  return parts.join(" ");
}

/** @type {Scene["summary"]} */
function summary(shown) {
  const results = algorithmsOf(shown.state).map((id) => outcome(shown, id));
  return `After ${counted(shown.step, "epoch")} at load ${format(Number(shown.state.parameters.load))} these have no error left: ${results.join("; ")}.`;
}

/** @type {Scene} */
export const perceptronLearning = {
  id: "perceptron-learning",
  question: "Can weights of +1 and −1 be learned?",
  lead: "Press play: every algorithm runs at nine loads. Then click a load, or drag the slider to see its runs.",
  step: 0,
  speed: 10,
  slider: "load",
  controls: [
    "algorithm",
    "race",
    "labels",
    "d",
    "cautious",
    "cooling",
    "coupling",
    "pairs",
    "reinforcement",
    "epochs",
    "replicates",
    "seed",
  ],
  view,
  plans,
  scale,
  panels: (shown) => [errorsPanel(shown), loadsPanel(shown)],
  readOut,
  remark,
  summary,
  suggestions: () => ({}),
  adapt: () => ({}),
  formulas: [
    texBlock`\Delta = y\, w \cdot x,\; w = \mathrm{sign}\, h:\quad \Delta < 0 \Rightarrow h_j \leftarrow h_j + 2 y x_j`,
    texBlock`\text{SBPI: } 0 < \Delta \le 1 \Rightarrow \text{with probability } p:\; h_j \leftarrow h_j + 2 y x_j \text{ where } y w_j x_j = 1`,
    texBlock`\text{replicas: } \beta \sum_a E(W^a) - \sum_j \log 2\cosh\Bigl(\gamma \sum_a W^a_j\Bigr)`,
  ],
  text: `<p>Finding weights of +1 and −1 is hard in the worst case, and the obvious rule, the perceptron’s
    own on hidden integers whose signs are the weights, gives up at small loads. The lecture’s Question
    17 asks whether anything works. SBPI adds one thing: where a pattern is only just right, it
    sometimes makes the agreeing weights firmer. That is enough for loads of 0.6 and more, with hundreds
    or thousands of weights, in tens of epochs.</p>
    <p>Random labels stop having solutions at n/d = 0.833, and a teacher is the only solution past
    1.245, found with ease past 1.493 where no other valley is left to be stuck in (replica theory, for
    many weights). Below these, nearly all solutions are isolated and no known algorithm finds one: what
    is found lies where solutions are dense. Replicated annealing looks for such places on purpose, by
    coupling several copies: the discrete twin of Entropy-SGD’s local entropy. A pass of n patterns, and
    one of d single flips for each replica, cost about as much.</p>`,
  questions: async () => (await import("./perceptron-learning-questions.js")).questions,
  tries: [
    {
      title: "The obvious rule",
      text: "Clipped perceptron against SBPI at load 0.4: one takes up to 110 epochs, the other at most 24. And at 0.5?",
      set: { load: 0.4, algorithm: "sbpi", race: "clipped" },
      step: 0,
      play: true,
    },
    {
      title: "How far does it go?",
      text: "More weights, 601: where does SBPI's success end, and where is the limit of what exists?",
      set: { d: 601, load: 0.7, race: "" },
      step: 0,
      play: true,
    },
    {
      title: "Find the teacher",
      text: "A teacher's labels at load 2: no error left means R = 1, the teacher itself.",
      set: { labels: "teacher", load: 2, race: "clipped" },
      step: 0,
      play: true,
    },
    {
      title: "Cooling alone",
      text: "Simulated annealing gets stuck; faster or slower cooling? Watch the errors.",
      set: { algorithm: "annealing", race: "sbpi", d: 101, load: 0.4 },
      step: 0,
      play: true,
    },
    {
      title: "Replicas together",
      text: "Three copies that attract each other against one alone, at the same cooling.",
      set: { algorithm: "replicated", race: "annealing", d: 101, load: 0.4 },
      step: 0,
      play: true,
    },
    {
      title: "Messages",
      text: "Belief propagation is there in about ten epochs, each of which costs more. Hold to beliefs ten times more slowly, ρ = 0.01: does it help?",
      set: {
        algorithm: "belief-propagation",
        reinforcement: 0.1,
        race: "sbpi",
        d: 101,
        load: 0.5,
        replicates: 3,
      },
      step: 0,
      play: true,
    },
  ],
};
