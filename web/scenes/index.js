// The scenes in the order of the lecture. Each is loaded when it is first opened. Those that cannot be
// are named all the same, so that a reader sees where the lecture goes.

/** @typedef {import("../ui/scene-view.js").Scene} Scene */
/** @typedef {{ label: string, id?: string, load?: () => Promise<Scene> }} Entry */
/** @typedef {Required<Entry>} OpenEntry */

/** @type {{ heading: string, entries: Entry[] }[]} */
export const outline = [
  {
    heading: "1 · Descent and noise",
    entries: [
      {
        label: "Step size",
        id: "step-size",
        load: async () => (await import("./step-size.js")).stepSize,
      },
      {
        label: "Region of confusion",
        id: "confusion",
        load: async () => (await import("./confusion.js")).confusion,
      },
      {
        label: "With or without replacement",
        id: "sampling",
        load: async () => (await import("./sampling.js")).sampling,
      },
      {
        label: "Batch size",
        id: "batch-size",
        load: async () => (await import("./batch-size.js")).batchSize,
      },
    ],
  },
  {
    heading: "2 · Convergence",
    entries: [
      {
        label: "Gradient noise σ₀, σ",
        id: "gradient-noise",
        load: async () => (await import("./gradient-noise.js")).gradientNoise,
      },
      {
        label: "Constant step, Theorem 7",
        id: "constant-step",
        load: async () => (await import("./constant-step.js")).constantStep,
      },
      {
        label: "Decaying step, Theorem 8",
        id: "decaying-step",
        load: async () => (await import("./decaying-step.js")).decayingStep,
      },
      {
        label: "Work: GD or SGD?",
        id: "work",
        load: async () => (await import("./work.js")).work,
      },
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

/** Those that can be opened. @type {OpenEntry[]} */
export const openEntries = outline.flatMap(({ entries }) =>
  entries.flatMap(({ label, id, load }) => (id && load ? [{ label, id, load }] : [])),
);
