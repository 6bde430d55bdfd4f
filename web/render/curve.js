// A function of one variable, and iterates that hop along its graph.

import { line } from "./line.js";
import { scatter } from "./points.js";

/**
 * @param {import("./types.js").DrawContext} ctx
 * @param {import("./types.js").Frame} frame
 * @param {(x: number) => number} f sampled once a pixel; where it is not finite the graph breaks
 * @param {import("./types.js").SeriesStyle} style
 */
export function curve(ctx, frame, f, style) {
  const { left, width } = frame.plot;
  const count = Math.ceil(width) + 1;
  const x = Array.from({ length: count }, (_, k) => {
    return Number(frame.x.invert(left + (width * k) / (count - 1)));
  });
  line(ctx, frame, { x, y: x.map(f) }, style);
}

/**
 * Iterates on a graph: from (x_t, f(x_t)) level to x_{t+1}, then up or down to the graph.
 * @param {import("./types.js").DrawContext} ctx
 * @param {import("./types.js").Frame} frame
 * @param {import("./types.js").Points} iterates x_t and f(x_t)
 * @param {import("./types.js").SeriesStyle} style
 */
export function hops(ctx, frame, iterates, style) {
  const x = [];
  const y = [];
  for (let t = 0; t < Math.min(iterates.x.length, iterates.y.length); t += 1) {
    x.push(iterates.x[t], iterates.x[t + 1]);
    y.push(iterates.y[t], iterates.y[t]);
  }
  // The last iterate has not moved yet.
  const staircase = { x: x.slice(0, -1), y: y.slice(0, -1) };
  line(ctx, frame, staircase, { ...style, width: 0.75 * style.width });
  scatter(ctx, frame, iterates, style, { radius: 3 });
}
