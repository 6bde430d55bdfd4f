// Where data lie on the picture: a plot rectangle and two scales to CSS pixels.

import { scaleOf } from "./scale.js";

/** @typedef {import("./scale.js").ScaleKind} ScaleKind */
/** @typedef {{ left: number, top: number, right: number, bottom: number }} Margins */
/**
 * @typedef {object} Frame
 * @property {number} width of the picture
 * @property {number} height of the picture
 * @property {import("./scale.js").Scale} x data to pixels
 * @property {import("./scale.js").Scale} y
 * @property {ScaleKind} xScale
 * @property {ScaleKind} yScale
 * @property {number} unit of "symlog" scales
 * @property {[number, number]} xDomain the domain in use, ascending
 * @property {[number, number]} yDomain
 * @property {{ left: number, top: number, right: number, bottom: number, width: number,
 *   height: number }} plot
 * @property {(px: number, py: number) => [number, number]} invert pixels to data
 */

/** Room for axes with tick labels of up to seven characters. @type {Margins} */
export const axisMargins = { left: 56, top: 26, right: 16, bottom: 38 };

/** A picture whose axes are named inside it. @type {Margins} */
export const noMargins = { left: 0, top: 0, right: 0, bottom: 0 };

/**
 * @param {object} options
 * @param {number} options.width of the picture in CSS pixels
 * @param {number} options.height
 * @param {[number, number]} options.xDomain an empty, infinite or, on a log scale, non-positive
 *   domain is replaced by the nearest usable one
 * @param {[number, number]} options.yDomain
 * @param {ScaleKind} [options.xScale]
 * @param {ScaleKind} [options.yScale]
 * @param {number} [options.unit] of "symlog" scales: what is smaller counts as near 0
 * @param {Margins} [options.margins]
 * @param {boolean} [options.equalUnits] widen one domain so that a unit has the same length on
 *   both (linear) axes
 * @returns {Frame}
 */
export function frame({
  width,
  height,
  xDomain,
  yDomain,
  xScale = "linear",
  yScale = "linear",
  unit = 1,
  margins = axisMargins,
  equalUnits = false,
}) {
  const right = Math.max(margins.left + 1, width - margins.right);
  const bottom = Math.max(margins.top + 1, height - margins.bottom);
  const plot = {
    left: margins.left,
    top: margins.top,
    right,
    bottom,
    width: right - margins.left,
    height: bottom - margins.top,
  };
  let xUsed = usableDomain(xDomain, xScale);
  let yUsed = usableDomain(yDomain, yScale);
  if (equalUnits) {
    const unit = Math.max((xUsed[1] - xUsed[0]) / plot.width, (yUsed[1] - yUsed[0]) / plot.height);
    xUsed = centred(xUsed, unit * plot.width);
    yUsed = centred(yUsed, unit * plot.height);
  }
  const x = scaleOf(xScale, xUsed, [plot.left, plot.right], unit);
  const y = scaleOf(yScale, yUsed, [plot.bottom, plot.top], unit);
  return {
    width,
    height,
    x,
    y,
    xScale,
    yScale,
    unit,
    xDomain: xUsed,
    yDomain: yUsed,
    plot,
    invert: (px, py) => [x.invert(px), y.invert(py)],
  };
}

/**
 * The grid that a field should have to be drawn in this frame: two pixels a cell, so that contours
 * of a narrow valley do not break into beads.
 * @param {Frame} frame
 * @returns {{ cols: number, rows: number }}
 */
export function fieldSize(frame) {
  return { cols: Math.ceil(frame.plot.width / 2) + 1, rows: Math.ceil(frame.plot.height / 2) + 1 };
}

/** @param {[number, number]} domain @param {number} span @returns {[number, number]} */
function centred([low, high], span) {
  const middle = (low + high) / 2;
  return [middle - span / 2, middle + span / 2];
}

/**
 * @param {[number, number]} domain
 * @param {ScaleKind} kind
 * @returns {[number, number]}
 */
function usableDomain(domain, kind) {
  const low = Math.min(...domain);
  const high = Math.max(...domain);
  return kind === "log" ? usableLogDomain(low, high) : usableLinearDomain(low, high);
}

/** @param {number} low @param {number} high @returns {[number, number]} */
function usableLinearDomain(low, high) {
  if (!Number.isFinite(high - low)) {
    return [0, 1];
  }
  const least = 1e-12 * Math.max(Math.abs(low), Math.abs(high), 1e-280);
  const middle = (low + high) / 2;
  return high - low > least ? [low, high] : centred([low, high], Math.abs(middle) || 1);
}

/** @param {number} low @param {number} high @returns {[number, number]} */
function usableLogDomain(low, high) {
  if (!(high > 0 && Number.isFinite(high))) {
    return [0.1, 1];
  }
  const positive = low > 0 ? low : high * 1e-6;
  return high > positive * 1.001 ? [positive, high] : [positive / 3, high * 3];
}
