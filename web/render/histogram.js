// Bars of a density.

import { insidePlot, pixel } from "./polyline.js";

/**
 * @param {import("./types.js").DrawContext} ctx
 * @param {import("./types.js").Frame} frame
 * @param {{ edges: ArrayLike<number>, heights: ArrayLike<number> }} bars k heights, k + 1 ascending
 *   edges
 * @param {{ colour: string }} style
 * @param {number} [opacity]
 */
export function histogram(ctx, frame, { edges, heights }, style, opacity = 0.42) {
  const { plot } = frame;
  insidePlot(ctx, frame, () => {
    ctx.fillStyle = style.colour;
    ctx.globalAlpha = opacity;
    for (let i = 0; i < heights.length; i += 1) {
      const left = pixel(frame.x, frame.xScale, edges[i]);
      const right = pixel(frame.x, frame.xScale, edges[i + 1]);
      const top = Math.max(plot.top - 1, pixel(frame.y, frame.yScale, heights[i]));
      if (Number.isNaN(left + right + top) || top >= plot.bottom) {
        continue;
      }
      // A gap between bars that are wide enough to spare it.
      const gap = right - left > 5 ? 1 : 0;
      ctx.fillRect(left + gap / 2, top, right - left - gap, plot.bottom - top);
    }
  });
}
