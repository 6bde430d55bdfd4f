// The scenes in the order of the lecture. Those without a `scene` are named, so that a reader sees
// where the lecture goes, and cannot be opened yet.

import { confusion } from "./confusion.js";
import { constantStep } from "./constant-step.js";
import { gradientNoise } from "./gradient-noise.js";
import { stepSize } from "./step-size.js";

/** @typedef {import("../ui/scene-view.js").Scene} Scene */
/** @typedef {{ label: string, scene?: Scene }} Entry */

/** @type {{ heading: string, entries: Entry[] }[]} */
export const outline = [
  {
    heading: "1 · Descent and noise",
    entries: [
      { label: "Step size", scene: stepSize },
      { label: "Region of confusion", scene: confusion },
      { label: "With or without replacement" },
      { label: "Batch size" },
    ],
  },
  {
    heading: "2 · Convergence",
    entries: [
      { label: "Gradient noise σ₀, σ", scene: gradientNoise },
      { label: "Constant step, Theorem 7", scene: constantStep },
      { label: "Decaying step, Theorem 8" },
      { label: "Work: GD or SGD?" },
    ],
  },
  {
    heading: "3 · Markov and Gibbs",
    entries: [
      { label: "One step as a Markov chain" },
      { label: "The Gibbs law" },
      { label: "Annealing" },
    ],
  },
  {
    heading: "4 · Landscapes",
    entries: [
      { label: "Valleys and lakes" },
      { label: "Are minima connected?" },
      { label: "Binary perceptron" },
    ],
  },
  {
    heading: "5 · Entropy-SGD",
    entries: [
      { label: "Local entropy" },
      { label: "Into the wide valley" },
      { label: "A network on real digits" },
    ],
  },
];

/** @type {Scene[]} */
export const scenes = outline.flatMap(({ entries }) =>
  entries.flatMap(({ scene }) => (scene ? [scene] : [])),
);
