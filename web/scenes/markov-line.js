// One step from one point on the line: where each term leads, and how often.

import { xAxis, yAxis } from "../render/axes.js";
import { curve } from "../render/curve.js";
import { frame } from "../render/frame.js";
import { histogram } from "../render/histogram.js";
import { haloText } from "../render/label.js";
import { legend, legendLayout } from "../render/legend.js";
import { line } from "../render/line.js";
import { format } from "../render/numbers.js";
import { crosses, handle, rings, scatter } from "../render/points.js";
import { withError } from "./ensemble.js";
import { lineMoves } from "./landscape-field.js";
import { modelDiffers, modelName, usedInWords } from "./markov-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Theme} Theme */
/** @typedef {import("../render/frame.js").Frame} Frame */
/** @typedef {import("../render/legend.js").LegendItem} LegendItem */
/** @typedef {Record<string, import("../lab.js").Channel>} Channels */

const margins = { left: 56, top: 26, right: 16, bottom: 38 };
const rowGap = 34;
const legendGap = 6;
// Ticks of single hits below the bars.
const atomHeight = 7;

/** @param {Shown} shown @returns {Panel} */
export function linePanel(shown) {
  return {
    id: "line",
    label: "f with the point on it and where each term leads, over the share of the next points",
    hint: "Click or drag to set the point; arrow keys move it.",
    grow: 1.2,
    aspect: 1.1,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/** f by its minimum, minimiser and curvature. @param {Channels} channels */
function lossOf({ constants, minimizer }) {
  const [curvature, , minimum] = constants.data;
  return (/** @type {number} */ x) => minimum + (curvature / 2) * (x - minimizer.data[0]) ** 2;
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width, height } = surface;
  const { channels } = shown.reports.run;
  const [low, high] = channels.window.data;
  const items = legendItems(shown, theme);
  const tall = legendLayout(ctx, items, width, theme).height;
  legend(ctx, items, { x: 0, y: height - tall, width }, theme);
  const bottom = height - tall - legendGap - margins.bottom;
  const middle = margins.top + 0.52 * (bottom - margins.top - rowGap);
  const bars = barsOf(channels);
  const loss = lossOf(channels);
  /** @param {number} from @param {number} to @param {[number, number]} yDomain */
  const row = (from, to, yDomain) =>
    frame({
      width,
      height,
      xDomain: [low, high],
      yDomain,
      margins: { ...margins, top: from, bottom: height - to },
    });
  const top = Math.max(loss(low), loss(high)) || 1;
  const above = row(margins.top, middle, [0, top]);
  const below = row(middle + rowGap, bottom, [0, 1.12 * Math.max(...bars.heights, 1e-9)]);
  paintLoss(ctx, above, shown, theme);
  paintShares(ctx, below, shown, bars, theme);
  xAxis(ctx, below, { label: "x, and xₜ₊₁" }, theme);
  const x0 = Number(shown.state.parameters.x0);
  return {
    hover: () => numbers(channels),
    ...lineMoves(above, [low, high], x0),
  };
}

/** @param {Shown} shown @param {Theme} theme @returns {LegendItem[]} */
function legendItems(shown, theme) {
  /** @type {LegendItem[]} */
  const items = [
    { label: "next points, mean ± deviation", style: theme.measured, kind: "band" },
    { label: "theory: x − α∇f ± α√(c Var ∇f_ω)", style: theme.theory },
  ];
  if (modelDiffers(shown)) {
    items.push({ label: modelName(shown), style: theme.second });
  }
  return items;
}

/** Shares of the cloud over x, in per cent. @param {Channels} channels */
function barsOf({ density, densityEdges, modelMean, scale }) {
  const unit = scale.data[0];
  const binWidth = densityEdges.data[1] - densityEdges.data[0];
  return {
    edges: densityEdges.data.map((u) => modelMean.data[0] + unit * u),
    heights: density.data.map((value) => 100 * value * binWidth),
  };
}

/**
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Shown} shown
 * @param {Theme} theme
 */
function paintLoss(ctx, place, shown, theme) {
  const { channels } = shown.reports.run;
  const loss = lossOf(channels);
  yAxis(ctx, place, { label: "f(x)" }, theme);
  const ink = { ...theme.measured, colour: theme.colours.text };
  curve(ctx, place, loss, ink);
  const [x] = channels.path.data.slice(-1);
  const y = loss(x);
  for (const to of channels.atoms.data) {
    line(ctx, place, { x: [x, to], y: [y, y] }, { ...theme.measured, width: 1 });
    scatter(ctx, place, { x: [to], y: [y] }, theme.measured, { radius: 3 });
  }
  const [mean] = channels.predictedMean.data;
  crosses(ctx, place, { x: [mean], y: [y] }, theme.theory, { radius: 6 });
  const used = usedInWords(shown);
  if (used) {
    ctx.save();
    ctx.font = theme.fonts.label;
    const text = `${used} terms of the epoch used`;
    haloText(ctx, text, place.plot.right - 2, place.plot.top - 9, theme, { align: "right" });
    ctx.restore();
  }
  const moved = channels.path.data.length > 1;
  if (moved) {
    rings(ctx, place, { x: [x], y: [y] }, ink, { radius: 5 });
  }
  const x0 = Number(shown.state.parameters.x0);
  const label = moved ? "start" : "x";
  handle(ctx, place, { x: x0, y: moved ? 0 : y, label }, theme);
}

/**
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Shown} shown
 * @param {{ edges: Float64Array, heights: Float64Array }} bars
 * @param {Theme} theme
 */
function paintShares(ctx, place, shown, bars, theme) {
  const { channels } = shown.reports.run;
  yAxis(ctx, place, { label: "share of the next points", unit: "%" }, theme);
  histogram(ctx, place, bars, theme.measured, 0.7);
  const { mean, covariance, predictedMean, predictedCovariance } = channels;
  const { modelMean, modelCovariance } = channels;
  const top = place.yDomain[1];
  if (modelDiffers(shown)) {
    spread(ctx, place, [modelMean.data[0], modelCovariance.data[0]], 0.62 * top, theme.second);
  }
  spread(ctx, place, [mean.data[0], covariance.data[0]], 0.92 * top, theme.measured);
  spread(
    ctx,
    place,
    [predictedMean.data[0], predictedCovariance.data[0]],
    0.78 * top,
    theme.theory,
  );
  const tick = Number(place.y.invert(place.plot.bottom - atomHeight));
  for (const to of channels.atoms.data) {
    line(ctx, place, { x: [to, to], y: [0, tick] }, { ...theme.measured, width: 1.5 });
  }
}

/**
 * A mean and one deviation to either side, at some height.
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {[number, number]} law mean and variance
 * @param {number} y
 * @param {import("../render/types.js").SeriesStyle} style
 */
function spread(ctx, place, [mean, variance], y, style) {
  const deviation = Math.sqrt(Math.max(0, variance));
  line(ctx, place, { x: [mean - deviation, mean + deviation], y: [y, y] }, style);
  scatter(ctx, place, { x: [mean], y: [y] }, style, { radius: 3.5 });
}

/** @param {Channels} channels */
function numbers(channels) {
  const { mean, meanStandardError, predictedMean } = channels;
  const { covariance, covarianceStandardError, predictedCovariance } = channels;
  return [
    `mean ${withError(mean.data[0], meanStandardError.data[0])}, exact ${format(predictedMean.data[0])}`,
    `variance ${withError(covariance.data[0], covarianceStandardError.data[0])}, exact ${format(predictedCovariance.data[0])}`,
  ].join("\n");
}
