// What the scenes about ensembles on sampled objectives have in common.

import { line } from "../render/line.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../lab.js").Channel} Channel */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Frame} Frame */
/** @typedef {import("../render/types.js").SeriesStyle} SeriesStyle */

/** Parameters of the objectives that terms can be drawn from, in the order in which they are offered. */
export const objectiveControls = [
  "objective",
  "a",
  "b",
  "dataset",
  "features",
  "target",
  "ridge",
  "x0",
];

/** @param {import("../state/url.js").SceneState} state */
export function isScalar({ parameters }) {
  return parameters.objective === "scalar";
}

/** The step size in force: a live change shows only in the edits. @param {Shown} shown */
export function stepSizeOf({ state, step }) {
  const edit = state.edits.findLast((each) => each.parameter === "alpha" && each.step <= step);
  return Number(edit ? edit.value : state.parameters.alpha);
}

/**
 * Column k of a row-major channel [rows, columns].
 * @param {Channel} channel
 * @param {number} k
 * @param {number} [rows] as many as this, all if not given
 */
export function columnOf({ shape, data }, k, rows = shape[0]) {
  const columns = shape[1];
  return Float64Array.from({ length: Math.min(rows, shape[0]) }, (_, i) => data[i * columns + k]);
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
 * Whole decades around the positive ones of these values; none of them, one decade.
 * @param {number[]} values
 * @returns {[number, number]}
 */
export function decadesAround(values) {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  if (positive.length === 0) {
    return [0.1, 1];
  }
  const low = Math.min(...positive);
  const high = Math.max(...positive);
  const bottom = Math.floor(Math.log10(low) + 1e-9);
  return [10 ** bottom, 10 ** Math.max(bottom + 1, Math.ceil(Math.log10(high) - 1e-9))];
}
