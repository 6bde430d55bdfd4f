// A series over steps: on a log axis what is zero or negative leaves a gap.

import { applyStroke, insidePlot, thinColumns, toPixels, trace } from "./polyline.js";

/**
 * @param {import("./types.js").DrawContext} ctx
 * @param {import("./types.js").Frame} frame
 * @param {import("./types.js").Series} series x ascending
 * @param {import("./types.js").SeriesStyle} style
 */
export function line(ctx, frame, series, style) {
  insidePlot(ctx, frame, () => {
    applyStroke(ctx, style);
    ctx.beginPath();
    trace(ctx, frame, thinColumns(toPixels(frame, series)));
    ctx.stroke();
  });
}

/**
 * Straight lines across the plot at given values: a floor, a threshold, a mark on an axis.
 * @param {import("./types.js").DrawContext} ctx
 * @param {import("./types.js").Frame} frame
 * @param {{ x?: number[], y?: number[] }} at
 * @param {import("./types.js").SeriesStyle} style
 */
export function rules(ctx, frame, { x = [], y = [] }, style) {
  for (const value of x) {
    line(ctx, frame, { x: [value, value], y: frame.yDomain }, style);
  }
  for (const value of y) {
    line(ctx, frame, { x: frame.xDomain, y: [value, value] }, style);
  }
}
