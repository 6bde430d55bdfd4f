// Clouds of points, crosses at minimisers, rings and the handle that the user drags.

import { labelPoint } from "./label.js";
import { drawMarker } from "./marker.js";
import { contains, grown, insidePlot, toPixels } from "./polyline.js";

/** @typedef {import("./types.js").DrawContext} DrawContext */
/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").Theme} Theme */
/** @typedef {import("./types.js").Points} Points */

// Half the width of the halo.
const handleHalo = 2;

/**
 * @param {DrawContext} ctx
 * @param {Frame} frame
 * @param {Points} points what is not finite is left out
 * @param {{ colour: string, marker: import("./types.js").MarkerShape }} style
 * @param {{ radius?: number, opacity?: number }} [options] in pixels; 0 to 1
 */
export function scatter(ctx, frame, points, style, { radius = 2.5, opacity = 1 } = {}) {
  const { x, y } = toPixels(frame, points);
  const box = grown(frame.plot, radius);
  insidePlot(ctx, frame, () => {
    ctx.globalAlpha = opacity;
    for (let i = 0; i < x.length; i += 1) {
      if (!contains(box, x[i], y[i])) {
        continue;
      }
      drawMarker(ctx, x[i], y[i], style.marker, radius, style.colour);
    }
  });
}

/**
 * Thin crosses: minimisers, means.
 * @param {DrawContext} ctx
 * @param {Frame} frame
 * @param {Points} points
 * @param {{ colour: string }} style
 * @param {{ radius?: number }} [options]
 */
export function crosses(ctx, frame, points, style, { radius = 5 } = {}) {
  const { x, y } = toPixels(frame, points);
  insidePlot(ctx, frame, () => {
    ctx.strokeStyle = style.colour;
    ctx.lineWidth = 1.5;
    ctx.lineCap = "butt";
    ctx.setLineDash([]);
    ctx.beginPath();
    for (let i = 0; i < x.length; i += 1) {
      if (!contains(frame.plot, x[i], y[i])) {
        continue;
      }
      ctx.moveTo(x[i] - radius, y[i]);
      ctx.lineTo(x[i] + radius, y[i]);
      ctx.moveTo(x[i], y[i] - radius);
      ctx.lineTo(x[i], y[i] + radius);
    }
    ctx.stroke();
  });
}

/**
 * Open circles: what the pointer is on, what is singled out.
 * @param {DrawContext} ctx
 * @param {Frame} frame
 * @param {Points} points
 * @param {{ colour: string }} style
 * @param {{ radius?: number, width?: number }} [options]
 */
export function rings(ctx, frame, points, style, { radius = 5, width = 1.5 } = {}) {
  const { x, y } = toPixels(frame, points);
  insidePlot(ctx, frame, () => {
    ctx.strokeStyle = style.colour;
    ctx.lineWidth = width;
    ctx.setLineDash([]);
    for (let i = 0; i < x.length; i += 1) {
      if (!contains(frame.plot, x[i], y[i])) {
        continue;
      }
      ctx.beginPath();
      ctx.arc(x[i], y[i], radius, 0, 2 * Math.PI);
      ctx.stroke();
    }
  });
}

/**
 * What the user drags: a ring in ink on a halo, with its name. A handle outside the plot is drawn
 * whole at the border, so that it can be fetched back, and its name says so.
 * @param {DrawContext} ctx
 * @param {Frame} frame
 * @param {{ x: number, y: number, label?: string }} handle in data units
 * @param {Theme} theme
 * @param {{ active?: boolean, taken?: import("./types.js").Box[] }} [options] active: held or
 *   focused
 * @returns {{ x: number, y: number } | null} where it was drawn, in pixels; null if it has no place
 */
export function handle(ctx, frame, { x, y, label }, theme, { active = false, taken } = {}) {
  const at = toPixels(frame, { x: [x], y: [y] });
  if (Number.isNaN(at.x[0] + at.y[0])) {
    return null;
  }
  const radius = active ? 8 : 6.5;
  const isInside = contains(frame.plot, at.x[0], at.y[0]);
  const { left, right, top, bottom } = grown(frame.plot, isInside ? 0 : -radius - handleHalo);
  const px = Math.max(left, Math.min(right, at.x[0]));
  const py = Math.max(top, Math.min(bottom, at.y[0]));
  ctx.save();
  ctx.setLineDash([]);
  for (const [width, colour] of /** @type {[number, string][]} */ ([
    [2 * handleHalo, theme.colours.surface],
    [active ? 2.25 : 1.75, theme.colours.handle],
  ])) {
    ctx.lineWidth = width;
    ctx.strokeStyle = colour;
    ctx.globalAlpha = colour === theme.colours.handle ? 1 : 0.7;
    ctx.beginPath();
    ctx.arc(px, py, radius, 0, 2 * Math.PI);
    ctx.stroke();
  }
  ctx.restore();
  if (label) {
    const name = isInside ? label : `${label}, outside`;
    labelPoint(ctx, frame, name, px, py, theme, { taken, distance: radius + 3.5 });
  }
  return { x: px, y: py };
}
