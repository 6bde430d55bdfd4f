// Where the four orders end up about x*: the mean and the deviation of one weight over the runs.

import { xAxis } from "../render/axes.js";
import { axisMargins, frame } from "../render/frame.js";
import { haloText } from "../render/label.js";
import { line, rules } from "../render/line.js";
import { format } from "../render/numbers.js";
import { crosses, scatter } from "../render/points.js";
import { withError } from "./ensemble.js";
import { main, orderStyles } from "./sampling-runs.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

/** @param {Shown} shown @returns {Panel} */
export function spreadPanel(shown) {
  return {
    id: "spread",
    label: "mean and deviation of x − x* for each order, with the exact ones after many epochs",
    grow: 0.95,
    aspect: 1.1,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/**
 * @param {Shown} shown
 * @param {import("../render/theme.js").Theme} theme
 */
function rowsOf(shown, theme) {
  const { bias, biasStandardError, variance, floorBias, floorVariance, floorExact } =
    shown.reports[main].channels;
  const last = bias.data.length - bias.shape[1];
  return orderStyles(shown, theme).map((order, k) => ({
    ...order,
    y: k,
    mean: bias.data[last + k],
    error: biasStandardError.data[last + k],
    deviation: Math.sqrt(variance.data[last + k]),
    exact: floorExact.data[k] === 1,
    exactMean: floorBias.data[k],
    exactDeviation: Math.sqrt(floorVariance.data[k]),
  }));
}

/** @typedef {ReturnType<typeof rowsOf>[number]} Row */

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width } = surface;
  const rows = rowsOf(shown, theme);
  const height = withLegend(ctx, surface, [
    { label: "mean ± deviation of the runs", style: theme.measured, kind: "path" },
    { label: "exact, after many epochs", style: theme.theory },
  ]);
  const reach = Math.max(
    ...rows.filter(({ diverged }) => !diverged).map((row) => Math.abs(row.mean) + row.deviation),
    ...rows.map(({ exactMean, exactDeviation }) => Math.abs(exactMean) + exactDeviation),
    1e-12,
  );
  const place = frame({
    width,
    height,
    xDomain: [-1.15 * reach, 1.15 * reach],
    yDomain: [-0.5, 3.6],
    margins: { ...axisMargins, left: 14, top: 4 },
  });
  xAxis(ctx, place, { label: "E x − x*" }, theme);
  rules(ctx, place, { x: [0] }, { ...theme.bound, dash: [], width: 1 });
  for (const row of rows) {
    drawRow(ctx, place, row, theme);
  }
  return {
    hover: (/** @type {number} */ _, /** @type {number} */ py) => {
      const at = Math.round(3 - Number(place.y.invert(py)));
      const row = rows[at];
      return row ? inWords(row) : "";
    },
  };
}

/**
 * @param {DrawContext} ctx
 * @param {import("../render/types.js").Frame} place
 * @param {Row} row
 * @param {import("../render/theme.js").Theme} theme
 */
function drawRow(ctx, place, row, theme) {
  const y = 3 - row.y;
  const { mean, deviation, style } = row;
  if (!row.diverged) {
    const ends = [mean - deviation, mean + deviation];
    line(ctx, place, { x: ends, y: [y, y] }, { ...style, dash: [], width: 2.5 });
    scatter(ctx, place, { x: [mean], y: [y] }, style, { radius: 4.5 });
  }
  if (row.exact) {
    const low = y - 0.2;
    const ends = [row.exactMean - row.exactDeviation, row.exactMean + row.exactDeviation];
    line(ctx, place, { x: ends, y: [low, low] }, theme.theory);
    crosses(ctx, place, { x: [row.exactMean], y: [low] }, { colour: theme.colours.theory });
  }
  writeRow(ctx, place, row, theme);
}

/**
 * The name of a row with its numbers above it, as many as there is room for.
 * @param {DrawContext} ctx
 * @param {import("../render/types.js").Frame} place
 * @param {Row} row
 * @param {import("../render/theme.js").Theme} theme
 */
function writeRow(ctx, place, row, theme) {
  const left = place.plot.left + 2;
  const baseline = Number(place.y(3 - row.y)) - 10;
  const exact = row.exact ? `(${format(row.exactMean)})` : "";
  ctx.save();
  ctx.font = theme.fonts.label;
  /** @param {string} text */
  const fits = (text) => ctx.measureText(`${text} ${exact}`).width <= place.width - left;
  const measured = headlines(row).find(fits) ?? row.label;
  haloText(ctx, measured, left, baseline, theme, { colour: row.style.colour });
  if (fits(measured)) {
    const after = left + ctx.measureText(`${measured} `).width;
    haloText(ctx, exact, after, baseline, theme, { colour: theme.colours.theory });
  }
  ctx.restore();
}

/** From the fullest to the shortest. @param {Row} row */
function headlines({ label, mean, error, diverged }) {
  return diverged
    ? [`${label}: diverged`]
    : [`${label}: ${withError(mean, error)}`, `${label}: ${format(mean)}`];
}

/** @param {Row} row */
function inWords(row) {
  const lines = [
    row.label,
    row.diverged ? "diverged" : `bias ${withError(row.mean, row.error)}`,
    row.diverged ? "" : `deviation ${format(row.deviation)}`,
    row.exact ? `exact: ${format(row.exactMean)}, ${format(row.exactDeviation)}` : "",
  ];
  return lines.filter((text) => text !== "").join("\n");
}
