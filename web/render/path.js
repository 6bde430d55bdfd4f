// The way of an iterate through the plane, and a mark where it left the picture.

import { labelPoint } from "./label.js";
import { drawMarker } from "./marker.js";
import { formatStep } from "./numbers.js";
import {
  applyStroke,
  clipSegment,
  contains,
  insidePlot,
  thinPath,
  toPixels,
  trace,
} from "./polyline.js";

/** @typedef {import("./types.js").DrawContext} DrawContext */
/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").Theme} Theme */
/** @typedef {import("./types.js").SeriesStyle} SeriesStyle */
/** @typedef {import("./polyline.js").Polyline} Polyline */

/** Of a path that are drawn: where it is longer its extremes stay. */
export const mostPathPoints = 1200;
// Markers nearer than this to the one before are left out: the line is there already.
const markerGap = 6;
// And so is one in the same square of this side as another: they would cover each other.
const markerSquare = 2;

/**
 * One column of a row-major table, as the channels bring paths: [t + 1, d].
 * @param {ArrayLike<number>} data
 * @param {number} columns
 * @param {number} column
 * @returns {Float64Array}
 */
export function column(data, columns, column) {
  return Float64Array.from(
    { length: Math.floor(data.length / columns) },
    (_, row) => data[row * columns + column],
  );
}

/**
 * @typedef {object} Departure
 * @property {number} step the first step outside the picture for good
 * @property {number} x where the path crossed the border (or its last finite point), in pixels
 * @property {number} y
 * @property {number} dx direction of travel, length 1; 0, 0 if it stopped being finite inside
 * @property {number} dy
 */

/**
 * Draws points 0 to `until`. A path whose end lies outside, or that is no longer finite, gets an
 * arrow at the border where it left (a cross where it became infinite inside) and the step.
 * @param {DrawContext} ctx
 * @param {Frame} frame
 * @param {import("./types.js").Points} points index is the step
 * @param {SeriesStyle} style
 * @param {Theme} theme
 * @param {{ markers?: boolean, until?: number, taken?: import("./types.js").Box[] }} [options]
 *   without markers the line has the style's dash
 * @returns {Departure | null} null while the path is in the picture
 */
export function path(ctx, frame, points, style, theme, { markers = true, until, taken } = {}) {
  const pixels = upTo(toPixels(frame, points), until);
  const left = departure(frame, pixels);
  // Once it has left for good it may still jump across the picture; the arrow says enough.
  const thin = thinPath(left ? upTo(pixels, left.step) : pixels, mostPathPoints);
  const stroke = { ...style, width: theme.widths.path, dash: markers ? [] : style.dash };
  insidePlot(ctx, frame, () => {
    applyStroke(ctx, stroke);
    ctx.beginPath();
    trace(ctx, frame, thin);
    ctx.stroke();
    if (markers) {
      drawMarkers(ctx, frame, thin, style);
    }
  });
  if (left) {
    drawDeparture(ctx, frame, left, style, theme, taken);
  }
  return left;
}

/**
 * Nothing after the first point that is not finite counts.
 * @param {Polyline} polyline @param {number | undefined} until @returns {Polyline}
 */
function upTo({ x, y }, until = Infinity) {
  const broken = x.findIndex((_, i) => Number.isNaN(x[i] + y[i]));
  const count = Math.min(broken < 0 ? x.length : broken + 1, until + 1);
  return { x: x.slice(0, count), y: y.slice(0, count) };
}

/** @param {DrawContext} ctx @param {Frame} frame @param {Polyline} polyline
 * @param {SeriesStyle} style */
function drawMarkers(ctx, frame, { x, y }, style) {
  /** @type {Set<string>} */
  const taken = new Set();
  let [lastX, lastY] = [Infinity, Infinity];
  for (let i = 0; i < x.length; i += 1) {
    const square = `${Math.floor(x[i] / markerSquare)} ${Math.floor(y[i] / markerSquare)}`;
    const near = Math.hypot(x[i] - lastX, y[i] - lastY) < markerGap || taken.has(square);
    if ((near && i < x.length - 1) || !contains(frame.plot, x[i], y[i])) {
      continue;
    }
    taken.add(square);
    drawMarker(ctx, x[i], y[i], style.marker, 2.5, style.colour);
    [lastX, lastY] = [x[i], y[i]];
  }
}

/**
 * @param {Frame} frame
 * @param {Polyline} polyline in pixels, not thinned
 * @returns {Departure | null} also null for a path that never was in the picture
 */
export function departure(frame, { x, y }) {
  const last = x.length - 1;
  if (last < 0 || contains(frame.plot, x[last], y[last])) {
    return null;
  }
  let seen = last - 1;
  while (seen >= 0 && !contains(frame.plot, x[seen], y[seen])) {
    seen -= 1;
  }
  if (seen < 0) {
    return null;
  }
  const [fromX, fromY, toX, toY] = [x[seen], y[seen], x[seen + 1], y[seen + 1]];
  if (Number.isNaN(toX + toY)) {
    return { step: seen + 1, x: fromX, y: fromY, dx: 0, dy: 0 };
  }
  const [, leave] = clipSegment(frame.plot, fromX, fromY, toX, toY) ?? [0, 0];
  const length = Math.hypot(toX - fromX, toY - fromY);
  return {
    step: seen + 1,
    x: fromX + leave * (toX - fromX),
    y: fromY + leave * (toY - fromY),
    dx: (toX - fromX) / length,
    dy: (toY - fromY) / length,
  };
}

/** @param {DrawContext} ctx @param {Frame} frame @param {Departure} left
 * @param {SeriesStyle} style @param {Theme} theme @param {import("./types.js").Box[]} [taken] */
function drawDeparture(ctx, frame, left, style, theme, taken) {
  const { x, y, dx, dy } = left;
  ctx.save();
  if (dx === 0 && dy === 0) {
    drawMarker(ctx, x, y, "cross", 5, style.colour);
  } else {
    ctx.fillStyle = style.colour;
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x - 10 * dx - 4.5 * dy, y - 10 * dy + 4.5 * dx);
    ctx.lineTo(x - 10 * dx + 4.5 * dy, y - 10 * dy - 4.5 * dx);
    ctx.closePath();
    ctx.fill();
  }
  ctx.restore();
  const text = `left the picture at step ${formatStep(left.step)}`;
  labelPoint(ctx, frame, text, x - 6 * dx, y - 6 * dy, theme, { colour: style.colour, taken });
}
