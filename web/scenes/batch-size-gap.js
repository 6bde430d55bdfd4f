// E f − f* of every batch size, over steps, epochs or gradient evaluations.

import { axes } from "../render/axes.js";
import { band } from "../render/band.js";
import { frame } from "../render/frame.js";
import { directLabels } from "../render/label.js";
import { line } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { scatter } from "../render/points.js";
import { axisOf, lanesOf, reports } from "./batch-size-runs.js";
import { columnOf, decadesAround } from "./ensemble.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

const leastSteps = 30;
const mostMarkers = 9;
// A gap lower than this share of the start is not followed.
const lowest = 1e-8;

/** @param {Shown} shown @returns {Panel} */
export function gapPanel(shown) {
  return {
    id: "gap",
    label: `E f(x) − f* for each batch size over ${axisOf(shown).unit}, on a logarithmic axis`,
    grow: 1.5,
    aspect: 1.25,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/**
 * @param {Shown} shown
 * @param {import("../render/theme.js").Theme} theme
 */
function seriesOf(shown, theme) {
  const { gap, gapStandardError, predictedGap, predictionExact, bound, boundHolds } =
    reports(shown);
  const { cost } = axisOf(shown);
  return lanesOf(shown).map(({ batch, diverged, divergedStep }, k) => {
    const rows = diverged ? divergedStep + 1 : gap.shape[0];
    const exact = columnOf(predictionExact, k, rows);
    return {
      label: `b = ${batch}${diverged ? ", diverged" : ""}`,
      style: theme.series[k % theme.series.length],
      cost: cost[k],
      x: Float64Array.from({ length: rows }, (_, t) => t * cost[k]),
      y: columnOf(gap, k, rows),
      error: columnOf(gapStandardError, k, rows),
      exact: columnOf(predictedGap, k, rows).map((value, t) => (exact[t] === 1 ? value : NaN)),
      bound: boundHolds.data[k] === 1 ? columnOf(bound, k, rows) : new Float64Array(),
    };
  });
}

/** @typedef {ReturnType<typeof seriesOf>[number]} Series */

/**
 * As far as the cheapest batch has come, so that all are seen at equal cost.
 * @param {Shown} shown
 * @returns {[number, number]}
 */
function reach(shown) {
  const { cost } = axisOf(shown);
  return [0, Math.max(leastSteps, shown.horizon) * Math.min(...cost)];
}

/**
 * What the notes say of single terms: the floor of Theorem 7 approached at 1 − α/m a step.
 * @param {Shown} shown
 * @param {Series[]} series
 * @param {import("../render/theme.js").Theme} theme
 */
function slip(shown, series, theme) {
  const [, strongConvexity] = reports(shown).constants.data;
  const [{ alpha }] = lanesOf(shown);
  const rate = Math.abs(1 - alpha / strongConvexity);
  const [{ x, y }] = series;
  return shown.state.view.claims === "notes" && rate < 1
    ? [{ x, y: y.map((_, t) => y[0] * rate ** t), label: "the notes' rate", style: theme.bound }]
    : [];
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width } = surface;
  const series = seriesOf(shown, theme);
  const slips = slip(shown, series, theme);
  const isExact = series.some(({ exact }) => exact.length > 0);
  const showsBounds = !isExact && slips.length === 0;
  const bounds = showsBounds ? series.filter(({ bound }) => bound.length > 0) : [];
  const height = withLegend(ctx, surface, [
    ...series.map(({ label, style }) => ({ label, style })),
    ...(isExact ? [{ label: "exact", style: theme.theory }] : []),
    ...(bounds.length > 0 ? [{ label: "bounds of Theorem 7", style: theme.bound }] : []),
    ...slips.map(({ label, style }) => ({ label, style })),
    { label: "± 1 standard error", style: theme.measured, kind: /** @type {const} */ ("band") },
  ]);
  const least = lowest * series[0].y[0];
  const place = frame({
    width,
    height,
    xDomain: reach(shown),
    yDomain: decadesAround(series.flatMap(({ y }) => [...y]).filter((gap) => gap > least)),
    yScale: "log",
  });
  axes(ctx, place, { x: axisOf(shown).name, y: { label: "E f(x) − f*" } }, theme);
  for (const { x, bound } of bounds) {
    line(ctx, place, { x, y: bound }, theme.bound);
  }
  for (const { x, y, error, style } of series) {
    const ends = {
      lower: y.map((gap, t) => gap - error[t]),
      upper: y.map((gap, t) => gap + error[t]),
    };
    band(ctx, place, { x, ...ends }, style, 0.25);
    line(ctx, place, { x, y }, style);
    scatter(ctx, place, sparse({ x, y }, place.xDomain[1]), style, { radius: 3 });
  }
  for (const { x, exact } of series) {
    line(ctx, place, { x, y: exact }, theme.theory);
  }
  for (const each of slips) {
    line(ctx, place, each, each.style);
  }
  directLabels(ctx, place, [...series, ...slips].map(whereApart), theme);
  return {
    hover: (/** @type {number} */ px) => readOut(shown, series, Number(place.x.invert(px))),
  };
}

/**
 * @param {Shown} shown
 * @param {Series[]} series
 * @param {number} at on the axis in use
 */
function readOut(shown, series, at) {
  const rows = series.flatMap(({ label, cost, y, error, exact }) => {
    const t = Math.round(at / cost);
    const known = exact[t] >= 0 ? `, exact ${format(exact[t])}` : "";
    return t >= 0 && t < y.length
      ? [`${label}: ${format(y[t])} ± ${format(error[t], 2)}${known}`]
      : [];
  });
  const { unit } = axisOf(shown);
  const where = unit === "epochs" ? format(at) : formatStep(at);
  return rows.length > 0 ? [`${where} ${unit}`, ...rows].join("\n") : "";
}

/**
 * A line without its start, where all lie on one another: names stand where they tell lines apart.
 * @template {{ x: Float64Array, y: Float64Array }} Line
 * @param {Line} line
 * @returns {Line}
 */
function whereApart(line) {
  const from = Math.floor(line.x.length / 3);
  return { ...line, x: line.x.subarray(from), y: line.y.subarray(from) };
}

/**
 * A few markers on a line, to tell it by, within the picture.
 * @param {{ x: Float64Array, y: Float64Array }} series
 * @param {number} end
 */
function sparse({ x, y }, end) {
  const inside = x.filter((value) => value <= end).length;
  const every = Math.max(1, Math.ceil(inside / mostMarkers));
  const at = Array.from({ length: Math.ceil(inside / every) }, (_, i) => i * every);
  return { x: at.map((t) => x[t]), y: at.map((t) => y[t]) };
}
