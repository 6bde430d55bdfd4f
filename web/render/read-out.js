// Which datum the pointer means.

import { pixel } from "./polyline.js";

/** @typedef {import("./types.js").Frame} Frame */

/**
 * @param {Frame} frame
 * @param {import("./types.js").Series} series x ascending
 * @param {number} px the pointer in pixels
 * @returns {number} the index whose x lies nearest on the picture, the lower of two; −1 if there
 *   is none
 */
export function nearestIndex(frame, { x, y }, px) {
  const count = x ? Math.min(x.length, y.length) : y.length;
  let low = 0;
  let high = count - 1;
  const at = (/** @type {number} */ i) => pixel(frame.x, frame.xScale, x ? x[i] : i);
  // What has no place on a log axis lies left of everything that has.
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at(middle) > px) {
      high = middle;
    } else {
      low = middle;
    }
  }
  if (count === 0) {
    return -1;
  }
  return Math.abs(at(high) - px) < Math.abs(at(low) - px) || Number.isNaN(at(low)) ? high : low;
}

/**
 * @param {Frame} frame
 * @param {import("./types.js").Points} points
 * @param {number} px the pointer in pixels
 * @param {number} py
 * @param {number} radius in pixels
 * @returns {number} the index of the nearest point within the radius, the last of equals (the
 *   newest iterate lies on top); −1 if there is none
 */
export function nearestPoint(frame, { x, y }, px, py, radius) {
  let best = -1;
  let bestDistance = radius;
  for (let i = 0; i < Math.min(x.length, y.length); i += 1) {
    const distance = Math.hypot(
      pixel(frame.x, frame.xScale, x[i]) - px,
      pixel(frame.y, frame.yScale, y[i]) - py,
    );
    if (distance <= bestDistance) {
      best = i;
      bestDistance = distance;
    }
  }
  return best;
}
