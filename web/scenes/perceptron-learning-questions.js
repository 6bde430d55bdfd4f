// What to predict before binary perceptrons learn.

import { format } from "../render/numbers.js";
import { reportOf } from "./perceptron-learning-runs.js";
import { algorithmLabel } from "./perceptron-runs.js";

const asked = ["clipped", "sbpi"];

/** @type {import("../ui/scene.js").Question[]} */
export const questions = [
  {
    source: "Question 17",
    text: "Can you suggest an algorithm to train a binary perceptron? Which of these learns most instances: random labels, 0.6 patterns a weight?",
    options: [
      "The perceptron’s rule on hidden integers whose signs are the weights.",
      "The same, and now and then it makes firmer what is only just right.",
      "Neither: it is a hard discrete problem.",
    ],
    set: { load: 0.6, algorithm: "sbpi", race: "clipped" },
    step: 200,
    verdict(shown) {
      const results = asked.map((id) => {
        const { solvedAt } = reportOf(shown, id).channels;
        const epochs = [...solvedAt.data].filter((epoch) => epoch >= 0).sort((a, b) => a - b);
        return { id, solved: epochs.length, all: solvedAt.data.length, epochs };
      });
      const best = Math.max(...results.map(({ solved }) => solved));
      const text = results
        .map(({ id, solved, all, epochs }) => {
          const half = epochs[Math.ceil(epochs.length / 2) - 1];
          const when = half === undefined ? "" : `, half of these within ${format(half)} epochs`;
          return `${algorithmLabel(shown, id)} learned ${solved} of ${all}${when}`;
        })
        .join("; ");
      return {
        answer: best === 0 ? asked.length : results.findIndex(({ solved }) => solved === best),
        text: `${text}.`,
      };
    },
  },
];
