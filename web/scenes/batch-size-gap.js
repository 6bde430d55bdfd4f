// E f − f* of every batch size, over steps, epochs or gradient evaluations.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { directLabels } from "../render/label.js";
import { line } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { scatter } from "../render/points.js";
import { axisOf, lanesOf, reports } from "./batch-size-runs.js";
import {
  columnOf,
  decadesAround,
  errorBand,
  forNames,
  rowsUpTo,
  sparse,
  withError,
} from "./ensemble.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

const leastSteps = 30;
// A gap lower than this share of the start is not followed.
const lowest = 1e-8;
// What the notes claim is followed down to this share of the start.
const followed = 0.01;

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
 * What is inside the picture of each batch.
 * @param {Shown} shown
 * @param {import("../render/theme.js").Theme} theme
 */
function seriesOf(shown, theme) {
  const { gap, gapStandardError, predictedGap, predictionExact, bound, boundHolds } =
    reports(shown);
  const { cost } = axisOf(shown);
  const [, end] = reach(shown);
  return lanesOf(shown).map(({ batch, diverged, divergedStep }, k) => {
    const seen = Math.min(gap.shape[0], Math.ceil(end / cost[k]) + 1);
    const rows = rowsUpTo(diverged ? Math.min(seen, divergedStep + 1) : seen);
    const exact = columnOf(predictionExact, k, rows);
    return {
      k,
      label: `b = ${batch}${diverged ? ", diverged" : ""}`,
      style: theme.series[k % theme.series.length],
      cost: cost[k],
      lastRow: rows[rows.length - 1],
      x: Float64Array.from(rows, (t) => t * cost[k]),
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
 * What the notes say of single terms: a contraction of 1 − α/m a step.
 * @param {Shown} shown
 * @param {Series[]} series
 * @param {import("../render/theme.js").Theme} theme
 */
function slip(shown, series, theme) {
  const [, strongConvexity] = reports(shown).constants.data;
  const [{ alpha }] = lanesOf(shown);
  const rate = Math.abs(1 - alpha / strongConvexity);
  const [{ x, y, cost }] = series;
  return shown.state.view.claims === "rate" && rate < 1
    ? [
        {
          x,
          y: x.map((at) => y[0] * rate ** (at / cost)),
          label: "the notes: (1 − α/m)ᵗ",
          style: theme.bound,
        },
      ]
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
  const start = series[0].y[0];
  const place = frame({
    width,
    height,
    xDomain: reach(shown),
    yDomain: decadesAround(
      [...series.map(({ y }) => y), slips.length > 0 ? [start * followed] : []],
      lowest * start,
    ),
    yScale: "log",
  });
  axes(ctx, place, { x: axisOf(shown).name, y: { label: "E f(x) − f*" } }, theme);
  for (const { x, bound } of bounds) {
    line(ctx, place, { x, y: bound }, theme.bound);
  }
  for (const { x, y, error, style } of series) {
    errorBand(ctx, place, { x, y, error }, style, 0.25);
    line(ctx, place, { x, y }, style);
    scatter(ctx, place, sparse({ x, y }), style, { radius: 3 });
  }
  for (const { x, exact } of series) {
    line(ctx, place, { x, y: exact }, theme.theory);
  }
  for (const each of slips) {
    line(ctx, place, each, each.style);
  }
  const unnamed = bounds.map(({ x, bound }) => ({ x, y: bound, label: "", style: theme.bound }));
  directLabels(ctx, place, [...series, ...slips, ...unnamed].map(forNames), theme);
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
  const { gap, gapStandardError, predictedGap, predictionExact } = reports(shown);
  const rows = series.flatMap(({ k, label, cost, lastRow }) => {
    const t = Math.round(at / cost);
    const entry = t * gap.shape[1] + k;
    const known = predictionExact.data[entry] === 1;
    const exact = known ? `, exact ${format(predictedGap.data[entry])}` : "";
    return t >= 0 && t <= lastRow
      ? [`${label}: ${withError(gap.data[entry], gapStandardError.data[entry])}${exact}`]
      : [];
  });
  const { unit } = axisOf(shown);
  const where = unit === "epochs" ? format(at) : formatStep(at);
  return rows.length > 0 ? [`${where} ${unit}`, ...rows].join("\n") : "";
}
