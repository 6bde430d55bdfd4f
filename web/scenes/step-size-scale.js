// The tints of a step size's slider.

import { allowedValue } from "./allowed-values.js";

/** @typedef {import("../ui/marked-slider.js").Scale} Scale */

/**
 * Safe up to `calm`, hopping and still converging up to `limit`, leaving beyond.
 * @param {{ low: number, calm: number, limit: number, high: number }} ends
 * @param {Scale["marks"]} marks
 * @returns {Scale}
 */
export function stepSizeScale({ low, calm, limit, high }, marks) {
  return {
    low,
    high,
    marks,
    regimes: [
      { from: low, to: calm, name: "safe" },
      { from: calm, to: limit, name: "oscillate" },
      { from: limit, to: high, name: "diverge" },
    ],
  };
}

/**
 * Around a step size of which nothing is known.
 * @param {number} alpha
 * @returns {Scale}
 */
export function plainScale(alpha) {
  return { low: alpha / 100, high: alpha * 100, marks: [], regimes: [] };
}

/**
 * The step size nearest to one, of those that the table allows.
 * @param {import("../ui/scene-view.js").Shown} shown
 * @param {number} alpha
 * @param {number} digits that are kept
 */
export function allowedStepSize({ tables }, alpha, digits) {
  return Number(allowedValue(tables.parameters, "alpha", alpha).toPrecision(digits));
}
