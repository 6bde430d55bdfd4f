// What the notes have otherwise than the simulator, and why.

import { tex } from "../ui/formula.js";

/**
 * @typedef {object} Erratum
 * @property {string} where in the notes
 * @property {string} notes what they say
 * @property {string} right markup
 * @property {import("./lecture.js").Place[]} places
 */

/** Numbered from 1, in this order. @type {Erratum[]} */
export const errata = [
  {
    where: "Theorem 7",
    notes: `The gap after t + 1 updates is bounded with ${tex`(1 - \alpha m)^t`}.`,
    right: `The exponent is the number of updates made. Counted from the minimum of ½x² with unit noise and α = ½, one update has a mean gap of 0.125: the exponent 1 gives exactly that, the exponent 0 gives 0.`,
    places: [{ scene: "constant-step", attempt: "One exponent too few" }],
  },
  {
    where: "Remark 9",
    notes: "σ and σ₀ both fall by b.",
    right: `Only the variance falls: ${tex`\sigma_0 \to \sigma_0/b`}, ${tex`\sigma \to 1 + (\sigma - 1)/b`}. Dividing σ would allow steps past 2/L, where every batch is lost.`,
    places: [
      { scene: "gradient-noise", attempt: "Does σ fall with b?" },
      { scene: "batch-size", attempt: "σ does not fall by b" },
      { scene: "constant-step", attempt: "Divide σ by b?" },
    ],
  },
  {
    where: "Remark 9",
    notes: "Single-sample SGD with the step α/b contracts by 1 − α/(mb).",
    right: "By 1 − αm/b.",
    places: [{ scene: "batch-size", attempt: "The rate is 1 − αm/b" }],
  },
  {
    where: "Section 3.3",
    notes: "The temperature is α/(2b) in one place and α/b in another.",
    right: `α/(2b) for gradients of unit variance; ${tex`\alpha s^2/(2b)`} where the variance is s².`,
    places: [
      { scene: "gibbs", attempt: "α/(2b), not α/b" },
      { scene: "annealing", attempt: "α/b or α/(2b)?" },
    ],
  },
  {
    where: "After Theorem 7",
    notes: "With σ = σ₀ = 0 it is the result of gradient descent.",
    right:
      "Gradient descent is σ₀ = 0, σ = 1. The mean of a square is at least the square of the mean, so σ ≥ 1 wherever ‖∇f‖ is unbounded.",
    places: [{ scene: "gradient-noise", attempt: "Gradient descent" }],
  },
  {
    where: "Theorem 8",
    notes: "The gap is O(1/(t + t₀)).",
    right: `With its constant (Bottou, Curtis, Nocedal 2018, Theorem 4.7): at most ${tex`\nu/(t_0 + t)`} with ${tex`\nu = \max\{\alpha_0^2 L \sigma_0 / (2(\alpha_0 m - 1)),\; (t_0 + 1)(f(x_1) - f^*)\}`}. The first is least at α₀ = 2/m.`,
    places: [
      { scene: "decaying-step", label: "the bound over the mean gap" },
      { scene: "decaying-step", attempt: "From the minimiser" },
    ],
  },
  {
    where: "Remark 11",
    notes: "For errors less than O(1/n), SGD.",
    right: `The other way round: SGD wins where the error asked for is larger than ε*, with ${tex`1/\varepsilon^* = n \log(1/\varepsilon^*)`}.`,
    places: [
      { scene: "work", attempt: "Accurate, few data" },
      { scene: "work", attempt: "Modest, many data" },
    ],
  },
  {
    where: "Formula (4)",
    notes: "The law of the chain is the Gibbs law.",
    right:
      "Only as α → 0, or with a correction; at any α the parabola’s variance is too large by 1/(1 − αk/2). And ρ(x) is a density, not a probability of the point x.",
    places: [{ scene: "gibbs", attempt: "Too coarse a step" }],
  },
  {
    where: "Section 3.3",
    notes: "SGD has the Gibbs law.",
    right:
      "It needs noise that is Gaussian, the same in all directions and the same everywhere. Example 2 with a = 1, b = ±1, α = ½ ends uniform on [−1, 1].",
    places: [
      { scene: "gibbs", attempt: "Uniform, not Gibbs" },
      { scene: "confusion", attempt: "No bell at all" },
    ],
  },
  {
    where: "Remark 16",
    notes: "Lowering α again and again converges to the global minimum.",
    right: `If it is slow enough: ${tex`T_t \ge c/\log t`} with c at least the critical barrier. And α is the step of time as well as the temperature.`,
    places: [
      { scene: "annealing", attempt: "c below the barrier" },
      { scene: "annealing", attempt: "Cooled too fast" },
    ],
  },
  {
    where: "Section 3.2",
    notes: "SGD is a Markov chain.",
    right: "With replacement. Without, it is one from epoch to epoch only.",
    places: [{ scene: "markov", attempt: "The past matters" }],
  },
  {
    where: "Section 4.1",
    notes: "Linear networks have a unique valley.",
    right: `If a hidden layer is wider than the smaller of input and output. ${tex`(1 - w_1 w_2)^2`} has two lakes below 1, ${tex`(1 - w_1 w_2 w_3)^2`} four, ${tex`(1 - u \cdot v)^2`} in two dimensions each one.`,
    places: [
      { scene: "landscape", attempt: "Two lakes meet" },
      { scene: "landscape", attempt: "Three layers" },
      { scene: "landscape", attempt: "One more unit" },
    ],
  },
  {
    where: "Section 4.1",
    notes: "No spurious valley is the same as connected.",
    right: `It is less: ${tex`(1 - u w^2)^2`} has two lakes, each with a global minimum in it.`,
    places: [{ scene: "connectivity", attempt: "No bad valley, yet two" }],
  },
  {
    where: "Section 4.2",
    notes: "sign(x) is +1 above 0 and −1 below.",
    right: "At 0 it has no value. In an odd dimension w · x is never 0.",
    places: [{ scene: "perceptron", label: "d goes in odd steps" }],
  },
];
