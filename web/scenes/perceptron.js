// Section 4.2: all weight vectors of a small binary perceptron, and Question 18.

import { format } from "../render/numbers.js";
import { relevantValues } from "../state/parameters.js";
import { texBlock } from "../ui/formula.js";
import { energyPanel } from "./perceptron-energies.js";
import { hasTeacher, looks, runOf, seedsShown, thresholds } from "./perceptron-runs.js";
import { solutionsPanel } from "./perceptron-solutions.js";
import { viewChoice } from "./view-parameters.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/scene.js").Scene} Scene */

const everyStep = ["energyHistogram", "done", "solutionsByPatterns", "teacherDistance"];
const expectations = [
  "expectedHistogram",
  "expectedByPatterns",
  "expectedDistance",
  "testError",
  "testErrorSampled",
];
const atEnd = ["clusters", "solutions", "learned"];
// A step goes through this many weight vectors and their opposites.
const vectorsAStep = 512 * 128;

/** @type {Scene["plans"]} */
function plans(state, table) {
  const all = relevantValues(table, state.parameters);
  return seedsShown(state).map((seed) => ({
    key: String(seed),
    experiment: "perceptron",
    parameters: { ...all, seed },
    channels: everyStep,
    fixed: expectations,
    fixedKey: JSON.stringify({ ...all, seed }),
    ...(seed === all.seed ? { atEnd } : {}),
  }));
}

/** @type {Scene["scale"]} */
function scale(shown) {
  const d = Number(shown.state.parameters.d);
  const n = Number(shown.state.parameters.n);
  return {
    low: 1,
    high: Math.max(n, Math.min(63, 2 * d)),
    marks: thresholds(shown.state).map(({ load, label }) => ({ value: load * d, label })),
    regimes: [{ from: 1, to: Math.max(n, Math.min(63, 2 * d)), name: "safe" }],
  };
}

/** @param {Shown} shown */
function counts(shown) {
  const { energyHistogram, done } = runOf(shown).channels;
  return { solutions: energyHistogram.data[0], gone: done.data[0], all: done.data[1] };
}

/** @type {Scene["readOut"]} */
function readOut(shown) {
  const { solutions, gone, all } = counts(shown);
  return gone < all
    ? `${format((100 * gone) / all)} % gone through · ${format(solutions)} solutions so far`
    : `all ${format(all)} weight vectors · ${format(solutions)} ${solutions === 1 ? "solution" : "solutions"}`;
}

/** @type {Scene["remark"]} */
function remark(shown) {
  const { channels } = runOf(shown);
  const { d, n } = shown.state.parameters;
  const expected = channels.expectedByPatterns.data.at(-1) ?? 0;
  const parts = [
    `n/d = ${format(Number(n) / Number(d))}; ${format(expected)} solutions are expected.`,
  ];
  const clusters = channels.clusters?.data;
  if (clusters && clusters.length > 0) {
    const alone = clusters.filter((size) => size === 1).length;
    parts.push(
      `Single flips connect them into ${clusters.length} ${clusters.length === 1 ? "cluster" : "clusters"}: the largest of ${clusters[0]}, ${alone} of one alone.`,
    );
  }
  if (shown.state.view.beside === "near" && !hasTeacher(shown)) {
    parts.push("Random labels can only be remembered: there is no test error.");
  }
  return parts.join(" ");
}

/** @type {Scene["summary"]} */
function summary(shown) {
  const { solutions, gone, all } = counts(shown);
  const { d, n } = shown.state.parameters;
  return `${format((100 * gone) / all)} per cent of the 2 to the ${d} weight vectors gone through: ${solutions} without an error on ${n} patterns ${hasTeacher(shown) ? "of a teacher" : "with random labels"}. As many err on E patterns as on n − E.`;
}

/** @type {Scene} */
export const perceptron = {
  id: "perceptron",
  question: "Which weights make no error, and do some of them know more?",
  lead: "Press play: every weight vector is tried. Those at E = 0 are the solutions; look at how far from the teacher they are.",
  step: 0,
  speed: 10,
  slider: "n",
  controls: ["d", "labels", "beside", "radius", "algorithm", "seed"],
  view: () => [
    viewChoice("beside", "beside the errors", "what the right-hand picture shows", looks),
  ],
  plans,
  scale,
  panels: (shown) => [energyPanel(shown), solutionsPanel(shown)],
  readOut,
  remark,
  summary,
  suggestions: () => ({}),
  adapt: () => ({}),
  formulas: [
    texBlock`E(w) = \#\{i : y_i\, w \cdot x_i < 0\},\quad E(-w) = n - E(w)`,
    texBlock`\varepsilon_k = P(|B| > |A|),\; A, B \text{ sums of } d-k \text{ and } k \text{ random signs}`,
    texBlock`E\,\#\text{solutions} = \sum_k \tbinom{d}{k} (1 - \varepsilon_k)^n \;(\text{teacher}),\quad 2^{d-n} \;(\text{random labels})`,
  ],
  text: `<p>With weights of +1 and −1 there are only 2ᵈ candidates, and for d up to 27 a computer can ask
    all of them: ${vectorsAStep.toLocaleString("en")} at each step of the picture. The lecture’s Question 18 asks for
    a symmetry of this landscape. Exchanging weights is none: for fixed patterns the order of the
    weights matters. Changing every sign is one: −w errs exactly where w is right, so as many weight
    vectors have n − E errors as have E, and the bars are a palindrome. And labels can be taken into the
    patterns, y x for x, so that random labels and random patterns are the same problem.</p>
    <p>All solutions are equally good on the patterns they were chosen by. On new ones they are not: at
    distance k from the teacher a solution errs with probability εₖ, exactly. Solutions with many
    others near them err less than isolated ones in most instances, not in all; and what SBPI
    finds has, within three flips, often twice as many neighbours as a solution drawn at random. In
    large dimensions nearly all solutions are isolated, and no known algorithm finds those. That is the hope behind
    Entropy-SGD, which looks for dense neighbourhoods on purpose.</p>`,
  questions: async () => (await import("./perceptron-questions.js")).questions,
  tries: [
    {
      title: "A palindrome",
      text: "Hover over the bars at E and n − E. Why are they equal to the last vector?",
      set: { d: 17, n: 14 },
      step: 40,
    },
    {
      title: "Which solutions generalise?",
      text: "The bars above, the test error below: most solutions are far from the teacher.",
      set: { d: 21, n: 12, beside: "distance" },
      step: 40,
    },
    {
      title: "Company is better",
      text: "Rings are what SBPI finds: hover for how many neighbours these have. Do they err less? Try other seeds.",
      set: { d: 21, n: 10, beside: "near" },
      step: 40,
    },
    {
      title: "One pattern more",
      text: "Each pattern takes some solutions away. Eight instances about the expected curve.",
      set: { d: 17, n: 26, beside: "count" },
      step: 40,
    },
    {
      title: "Nothing to learn",
      text: "Random labels: each pattern halves the solutions. Past n/d = 0.83 large perceptrons have none.",
      set: { d: 21, n: 17, labels: "storage", beside: "count" },
      step: 40,
    },
    {
      title: "33 million",
      text: "d = 25, n = 20: every one of 2²⁵ weight vectors in a few seconds, while the page stays free.",
      set: { d: 25, n: 20 },
      step: 0,
      play: true,
      speed: 200,
    },
  ],
};
