// What the pictures of the local-entropy scene read from its run.

/** @typedef {import("../ui/scene.js").Shown} Shown */

/** The coupling in force at the step shown. @param {Shown} shown */
export function gammaOf({ reports }) {
  return /** @type {number} */ (reports.run.channels.gammaPath.data.at(-1));
}

/** @param {Shown} shown */
export function hereOf({ reports }) {
  const [x, mean, force, variance, smoothed] = reports.run.channels.here.data;
  return { x, mean, force, variance, smoothed };
}

/** Where the least of u jumps as γ falls; null if it only slides. @param {Shown} shown */
export function overtakingOf({ reports }) {
  const { data } = reports.run.channels.overtaking;
  return data.length === 3 ? { gamma: data[0], before: data[1], after: data[2] } : null;
}
