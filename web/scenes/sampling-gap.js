// E f − f* of the four orders over the epochs.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { directLabels } from "../render/label.js";
import { line } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { scatter } from "../render/points.js";
import { nearestIndex } from "../render/read-out.js";
import {
  columnOf,
  decadesAround,
  errorBand,
  forNames,
  rowsUpTo,
  sparse,
  withError,
} from "./ensemble.js";
import { epochsOf, main, orderStyles } from "./sampling-runs.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

const leastEpochs = 12;
// A floor lower than this share of the start is not followed.
const lowest = 1e-9;

/** @param {Shown} shown @returns {Panel} */
export function gapPanel(shown) {
  return {
    id: "gap",
    label:
      "E f(x) − f* over the epochs for four orders, on a logarithmic axis, with the exact values",
    grow: 1.15,
    aspect: 1.25,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/**
 * @param {Shown} shown
 * @param {import("../render/theme.js").Theme} theme
 */
function seriesOf(shown, theme) {
  const { gap, gapStandardError, predictedGap, predictionExact } = shown.reports[main].channels;
  return orderStyles(shown, theme).map(({ label, style, diverged }, k) => {
    const rows = rowsUpTo(diverged ? lastRise(columnOf(gap, k)) : gap.shape[0]);
    const exact = columnOf(predictionExact, k, rows);
    return {
      label,
      style,
      y: columnOf(gap, k, rows),
      error: columnOf(gapStandardError, k, rows),
      exact: columnOf(predictedGap, k, rows).map((value, i) => (exact[i] === 1 ? value : NaN)),
    };
  });
}

/** What has diverged repeats its last value. @param {Float64Array} values */
function lastRise(values) {
  let rows = values.length;
  while (rows > 1 && values[rows - 1] === values[rows - 2]) {
    rows -= 1;
  }
  return rows;
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width } = surface;
  const series = seriesOf(shown, theme);
  const isExact = series.some(({ exact }) => exact.length > 0);
  const height = withLegend(ctx, surface, [
    ...series.map(({ label, style }) => ({ label, style, kind: /** @type {const} */ ("path") })),
    ...(isExact ? [{ label: "exact", style: theme.theory }] : []),
    { label: "± 1 standard error", style: theme.measured, kind: /** @type {const} */ ("band") },
  ]);
  const start = series[0].y[0];
  const epochs = shown.horizon / shown.reports[main].channels.epochLength.data[0];
  const place = frame({
    width,
    height,
    xDomain: [0, Math.max(leastEpochs, Math.ceil(epochs))],
    yDomain: decadesAround(
      series.map(({ y }) => y),
      lowest * start,
    ),
    yScale: "log",
  });
  axes(ctx, place, { x: { label: "epochs" }, y: { label: "E f(x) − f*" } }, theme);
  for (const { y, error, style } of series) {
    errorBand(ctx, place, { y, error }, style, 0.25);
    line(ctx, place, { y }, style);
    scatter(ctx, place, sparse({ y }), style, { radius: 3 });
  }
  for (const { exact } of series) {
    line(ctx, place, { y: exact }, theme.theory);
  }
  directLabels(ctx, place, series.map(forNames), theme);
  return {
    hover: (/** @type {number} */ px) => {
      const at = nearestIndex(place, { y: series[0].y }, px);
      const epoch = at < 0 ? at : Math.min(at, epochsOf(shown));
      const rows = series
        .filter(({ y }) => epoch < y.length)
        .map(({ label, y, error, exact }) => {
          const known = exact[epoch] >= 0 ? `, exact ${format(exact[epoch])}` : "";
          return `${label}: ${withError(y[epoch], error[epoch])}${known}`;
        });
      return epoch < 0 ? "" : [`epoch ${formatStep(epoch)}`, ...rows].join("\n");
    },
  };
}
