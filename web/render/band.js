// A band between two series: quantiles, or a standard error about a mean.

import { insidePlot, pixel, toPixels } from "./polyline.js";

/** @typedef {{ x?: ArrayLike<number>, lower: ArrayLike<number>, upper: ArrayLike<number> }} Band */

/**
 * @param {import("./types.js").DrawContext} ctx
 * @param {import("./types.js").Frame} frame
 * @param {Band} band on a log axis a lower end of zero or less reaches down to the border
 * @param {{ colour: string }} style
 * @param {number} [opacity]
 */
export function band(ctx, frame, { x, lower, upper }, style, opacity = 0.18) {
  const tops = toPixels(frame, { x, y: upper });
  const bottoms = Array.from(lower, (value) => lowerPixel(frame, value));
  insidePlot(ctx, frame, () => {
    ctx.fillStyle = style.colour;
    ctx.globalAlpha = opacity;
    for (const [start, end] of runs(tops, bottoms)) {
      const top = outermost(frame, tops.x, tops.y, start, end, Math.min);
      const bottom = outermost(frame, tops.x, bottoms, start, end, Math.max).reverse();
      ctx.beginPath();
      [...top, ...bottom].forEach(([px, py], index) => {
        if (index === 0) {
          ctx.moveTo(px, py);
        } else {
          ctx.lineTo(px, py);
        }
      });
      ctx.closePath();
      ctx.fill();
    }
  });
}

/** @param {import("./types.js").Frame} frame @param {number} value */
function lowerPixel(frame, value) {
  const below = value === -Infinity || (frame.yScale === "log" && value <= 0);
  return below ? frame.plot.bottom + 1 : pixel(frame.y, frame.yScale, value);
}

/**
 * Stretches where both sides are defined.
 * @param {import("./polyline.js").Polyline} tops
 * @param {number[]} bottoms
 * @returns {[number, number][]} first index and the index after the last
 */
function runs(tops, bottoms) {
  /** @type {[number, number][]} */
  const found = [];
  const count = Math.min(tops.x.length, bottoms.length);
  let start = -1;
  for (let i = 0; i <= count; i += 1) {
    const defined = i < count && !Number.isNaN(tops.x[i] + tops.y[i] + bottoms[i]);
    if (defined && start < 0) {
      start = i;
    }
    if (!defined && start >= 0) {
      if (i - start > 1) {
        found.push([start, i]);
      }
      start = -1;
    }
  }
  return found;
}

/**
 * One side of the band; of several points in one pixel column the outermost stays. The two ends
 * keep their place.
 * @param {import("./types.js").Frame} frame
 * @param {number[]} x
 * @param {number[]} y
 * @param {number} start
 * @param {number} end
 * @param {(a: number, b: number) => number} outer
 * @returns {[number, number][]}
 */
function outermost(frame, x, y, start, end, outer) {
  const { top, bottom } = frame.plot;
  /** @type {[number, number][]} */
  const points = [];
  for (let i = start; i < end; i += 1) {
    const py = Math.max(top - 10, Math.min(bottom + 10, y[i]));
    const last = points[points.length - 1];
    const inside = i > start && i < end - 1;
    if (inside && last && Math.floor(last[0]) === Math.floor(x[i])) {
      last[1] = outer(last[1], py);
    } else {
      points.push([x[i], py]);
    }
  }
  return points;
}
