// What the scenes about ensembles on sampled objectives have in common.

import { band } from "../render/band.js";
import { line } from "../render/line.js";
import { format } from "../render/numbers.js";
import { valueAt } from "../state/changes.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/scene-view.js").Scene} Scene */
/** @typedef {import("../state/changes.js").Changes} Changes */
/** @typedef {import("../lab.js").Channel} Channel */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Frame} Frame */
/** @typedef {import("../render/types.js").SeriesStyle} SeriesStyle */

const mostRows = 800;
const mostPieces = 40;
const mostMarkers = 9;
// What chooses other terms altogether.
const ofTheTerms = ["objective", "dataset", "features", "targetColumn"];
// Values this near to a power of ten would lie on the border of the picture.
const headroom = 1.25;

/** Parameters of the objectives that terms can be drawn from, in the order in which they are offered. */
export const objectiveControls = [
  "objective",
  "a",
  "b",
  "dataset",
  "features",
  "targetColumn",
  "ridge",
  "x0",
];

/** @param {import("../state/url.js").SceneState} state */
export function isScalar({ parameters }) {
  return parameters.objective === "scalar";
}

/**
 * Logistic loss, whose L is a bound that may be reached nowhere.
 * @param {import("../state/url.js").SceneState} state
 */
export function isLogistic({ parameters }) {
  return parameters.objective === "logistic";
}

/** Past 2/L with logistic loss. */
export const noPromise = "nothing is promised, as L is the largest curvature anywhere";

/** The step size in force: a live change shows only in the edits. @param {Shown} shown */
export function stepSizeOf({ state, step }) {
  return Number(valueAt(state, step, "alpha"));
}

/** What an empty entry stands for. @type {Scene["suggestions"]} */
export function suggestAllColumns() {
  return { features: "all columns" };
}

/**
 * Another objective calls for another step size: the same share of its limit.
 * @param {Shown} before
 * @param {Shown} after
 * @param {Changes} changes
 * @param {(shown: Shown) => number} limitOf
 * @returns {Changes}
 */
export function adaptStepSize(before, after, changes, limitOf) {
  if (!ofTheTerms.some((id) => id in changes)) {
    return {};
  }
  const share = stepSizeOf(before) / limitOf(before);
  return { alpha: Number((share * limitOf(after)).toPrecision(3)) };
}

/**
 * Column k of a row-major channel [rows, columns], at some rows.
 * @param {Channel} channel
 * @param {number} k
 * @param {ArrayLike<number>} [rows] all if not given; those beyond the channel are left out
 */
export function columnOf({ shape, data }, k, rows = rowsUpTo(shape[0])) {
  let count = rows.length;
  while (count > 0 && rows[count - 1] >= shape[0]) {
    count -= 1;
  }
  const values = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    values[i] = data[rows[i] * shape[1] + k];
  }
  return values;
}

/**
 * The rows 0 .. count − 1, or evenly spaced ones and the last when these are more than a picture
 * can tell apart.
 * @param {number} count
 */
export function rowsUpTo(count) {
  const stride = Math.max(1, Math.ceil(count / mostRows));
  const rows = new Int32Array(Math.ceil(count / stride)).map((_, i) => i * stride);
  if (rows.length > 0) {
    rows[rows.length - 1] = count - 1;
  }
  return rows;
}

/**
 * A line as names need it: without its start, where all lines lie on one another, and at a few
 * points, as a name is held against every piece of every line.
 * @template {{ x?: ArrayLike<number>, y: ArrayLike<number> }} Line
 * @param {Line} line
 * @returns {Line & { x: number[], y: number[] }}
 */
export function forNames(line) {
  const count = line.y.length;
  const from = Math.floor(count / 3);
  const stride = Math.max(1, Math.ceil((count - from) / mostPieces));
  const at = [];
  for (let i = count - 1; i >= from; i -= stride) {
    at.push(i);
  }
  at.reverse();
  return { ...line, x: at.map((i) => line.x?.[i] ?? i), y: at.map((i) => line.y[i]) };
}

/**
 * "0.0309 ± 1.6e−3"; without an error that is none, or only rounding.
 * @param {number} value
 * @param {number} error
 */
export function withError(value, error) {
  const isRounding = !(error > 1e-9 * Math.abs(value));
  return isRounding ? format(value) : `${format(value)} ± ${format(error, 2)}`;
}

/**
 * A few markers on a line, to tell it by.
 * @param {{ x?: ArrayLike<number>, y: ArrayLike<number> }} series
 */
export function sparse({ x, y }) {
  const every = Math.max(1, Math.ceil(y.length / mostMarkers));
  const at = Array.from({ length: Math.ceil(y.length / every) }, (_, i) => i * every);
  return { x: at.map((i) => x?.[i] ?? i), y: at.map((i) => y[i]) };
}

/**
 * The values give or take so many standard errors.
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {{ x?: ArrayLike<number>, y: ArrayLike<number>, error: ArrayLike<number> }} series
 * @param {SeriesStyle} style
 * @param {number} opacity
 * @param {number} [errors] how many
 */
export function errorBand(ctx, place, { x, y, error }, style, opacity, errors = 1) {
  const lower = Float64Array.from(y, (value, i) => value - errors * error[i]);
  const upper = Float64Array.from(y, (value, i) => value + errors * error[i]);
  band(ctx, place, x ? { x, lower, upper } : { lower, upper }, style, opacity);
}

/**
 * A vertical bar from one value to another at each abscissa.
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {number} x
 * @param {[number, number]} ends
 * @param {SeriesStyle} style
 */
export function errorBar(ctx, place, x, [low, high], style) {
  const lowest = place.yScale === "log" ? Math.max(low, place.yDomain[0]) : low;
  line(ctx, place, { x: [x, x], y: [lowest, high] }, { ...style, dash: [], width: 1.25 });
}

/**
 * Whole decades around the values of these series that are above `least`; of none, one decade.
 * @param {ArrayLike<number>[]} series
 * @param {number} [least] not negative
 * @returns {[number, number]}
 */
export function decadesAround(series, least = 0) {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (const values of series) {
    for (let i = 0; i < values.length; i += 1) {
      if (values[i] > least && values[i] < Number.POSITIVE_INFINITY) {
        low = Math.min(low, values[i]);
        high = Math.max(high, values[i]);
      }
    }
  }
  if (high === 0) {
    return [0.1, 1];
  }
  const bottom = Math.floor(Math.log10(low / headroom) + 1e-9);
  return [10 ** bottom, 10 ** Math.max(bottom + 1, Math.ceil(Math.log10(high) - 1e-9))];
}
