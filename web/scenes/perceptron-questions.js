// What to predict before the weight vectors of a small perceptron are gone through.

import { format } from "../render/numbers.js";
import { runOf } from "./perceptron-runs.js";

/** C(d, k) for k = 0 … d. @param {number} d */
function binomials(d) {
  const row = [1];
  for (let k = 1; k <= d; ++k) {
    row.push((row[k - 1] * (d - k + 1)) / k);
  }
  return row;
}

/**
 * Whether a number is a sum of some of these, each taken once.
 * @param {number} total
 * @param {number[]} parts
 */
function isSumOf(total, parts) {
  let sums = new Set([0]);
  for (const part of parts) {
    sums = new Set([...sums, ...[...sums].map((sum) => sum + part)].filter((sum) => sum <= total));
  }
  return sums.has(total);
}

/** @type {import("../ui/scene.js").Question[]} */
export const questions = [
  {
    source: "Question 18",
    text: "Are there symmetries in the binary perceptron like those in deep linear networks?",
    options: [
      "Yes: exchange two weights, and the errors stay.",
      "Yes: change every sign, and E errors become n − E.",
      "None at all.",
    ],
    set: { d: 15, n: 12, seed: 7 },
    step: 40,
    verdict(shown) {
      const d = Number(shown.state.parameters.d);
      const counts = [...runOf(shown).channels.energyHistogram.data];
      const isPalindrome = counts.every((count, e) => count === counts[counts.length - 1 - e]);
      // Were the order of the weights free, all vectors with as many +1 would be solutions together.
      const mayBeFree = isSumOf(counts[0], binomials(d));
      const [low, high] = [counts.slice(0, 3), counts.slice(-3).reverse()].map((some) =>
        some.map((count) => format(count)).join(", "),
      );
      const free = mayBeFree
        ? `${counts[0]} solutions could be whole classes of equal sums`
        : `if weights could be exchanged, solutions would come in whole classes of equal sums, of 1, ${d}, ${binomials(d)[2]}, … vectors; ${counts[0]} is no sum of such numbers`;
      return {
        answer: isPalindrome ? 1 : mayBeFree ? 0 : 2,
        text: `Vectors with 0, 1, 2 errors: ${low}; with n, n − 1, n − 2: ${high}. And ${free}. Labels can be taken into the patterns besides, yx for x.`,
      };
    },
  },
  {
    source: "Section 4.2",
    text: "All solutions are perfect on the data. Do some generalise better than others?",
    options: ["No: all err alike on new data.", "Yes: their test errors are far apart."],
    set: { d: 21, n: 12, beside: "distance" },
    step: 40,
    verdict(shown) {
      const { teacherDistance, testError } = runOf(shown).channels;
      const there = [...teacherDistance.data.keys()].filter((k) => teacherDistance.data[k] > 0);
      const errors = there.map((k) => testError.data[k]);
      const [best, worst] = [Math.min(...errors), Math.max(...errors)];
      return {
        answer: worst - best > 0.1 ? 1 : 0,
        text: `The solutions are ${there[0]} to ${there[there.length - 1]} weights from the teacher and err on ${format(100 * best)} % to ${format(100 * worst)} % of new patterns.`,
      };
    },
  },
];
