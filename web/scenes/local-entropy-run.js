// What the pictures of the local-entropy scene read from its run.

/** @typedef {import("../ui/scene.js").Shown} Shown */

/** The coupling in force at the step shown. @param {Shown} shown */
export function gammaOf({ reports }) {
  return /** @type {number} */ (reports.run.channels.gammaPath.data.at(-1));
}

// Relative to the coupling: the quadrature does not know ⟨x′⟩ better.
const leastForce = 1e-12;

/**
 * What the local Gibbs law of x says, and the force −u′ that it makes.
 * @param {Shown} shown
 */
export function hereOf(shown) {
  const [x, mean, slope, variance, smoothed] = shown.reports.run.channels.here.data;
  return Math.abs(slope) < leastForce * gammaOf(shown)
    ? { x, mean: x, force: 0, variance, smoothed }
    : { x, mean, force: -slope, variance, smoothed };
}

/** Where the least of u jumps as γ falls; null if it only slides. @param {Shown} shown */
export function overtakingOf({ reports }) {
  const { data } = reports.run.channels.overtaking;
  return data.length === 3 ? { gamma: data[0], before: data[1], after: data[2] } : null;
}
