// The scenes in the order of the lecture. Each is loaded when it is first opened. Those that cannot be
// are named all the same, so that a reader sees where the lecture goes.

import { experiments } from "virtual:lecture";

/** @typedef {import("../ui/scene-view.js").Scene} Scene */
/** @typedef {{ label: string, id: string, chapter: number, load: () => Promise<Scene> }} OpenEntry */
/** @typedef {{ label: string } & Partial<OpenEntry>} Entry */

/** @type {{ heading: string, scenes: Record<string, () => Promise<Scene>>, toCome?: string[] }[]} */
const chapters = [
  {
    heading: "Descent and noise",
    scenes: {
      "step-size": async () => (await import("./step-size.js")).stepSize,
      confusion: async () => (await import("./confusion.js")).confusion,
      sampling: async () => (await import("./sampling.js")).sampling,
      "batch-size": async () => (await import("./batch-size.js")).batchSize,
    },
  },
  {
    heading: "Convergence",
    scenes: {
      "gradient-noise": async () => (await import("./gradient-noise.js")).gradientNoise,
      "constant-step": async () => (await import("./constant-step.js")).constantStep,
      "decaying-step": async () => (await import("./decaying-step.js")).decayingStep,
      work: async () => (await import("./work.js")).work,
    },
  },
  {
    heading: "Markov and Gibbs",
    scenes: {
      markov: async () => (await import("./markov.js")).markov,
      gibbs: async () => (await import("./gibbs.js")).gibbs,
      annealing: async () => (await import("./annealing.js")).annealing,
    },
  },
  {
    heading: "Landscapes",
    scenes: {
      landscape: async () => (await import("./landscape.js")).landscape,
      connectivity: async () => (await import("./connectivity.js")).connectivity,
      perceptron: async () => (await import("./perceptron.js")).perceptron,
      "perceptron-learning": async () =>
        (await import("./perceptron-learning.js")).perceptronLearning,
    },
  },
  {
    heading: "Entropy-SGD",
    scenes: {
      "local-entropy": async () => (await import("./local-entropy.js")).localEntropy,
      "entropy-sgd": async () => (await import("./entropy-sgd.js")).entropySgd,
      network: async () => (await import("./network.js")).network,
    },
  },
];

/**
 * @param {string} id
 * @param {() => Promise<Scene>} load
 * @returns {OpenEntry}
 */
function openEntry(id, load) {
  const experiment = experiments.find((candidate) => candidate.id === id);
  if (!experiment) {
    throw new Error(`The scene “${id}” has no experiment.`);
  }
  return { label: experiment.title, id, chapter: experiment.chapter, load };
}

/** @type {{ heading: string, entries: Entry[] }[]} */
export const outline = chapters.map(({ heading, scenes, toCome = [] }, i) => ({
  heading: `${i + 1} · ${heading}`,
  entries: [
    ...Object.entries(scenes).map(([id, load]) => openEntry(id, load)),
    ...toCome.map((label) => ({ label })),
  ],
}));

/** Those that can be opened. */
export const openEntries = /** @type {OpenEntry[]} */ (
  outline.flatMap(({ entries }) => entries.filter(({ id }) => id))
);
