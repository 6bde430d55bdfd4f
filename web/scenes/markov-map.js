// One step from one point on the map of f: the cloud of next points, its mean and covariance, and
// those of theory.

import { insideAxes, insideAxesBoxes } from "../render/axes.js";
import { covarianceEllipse } from "../render/ellipse.js";
import { line } from "../render/line.js";
import { format } from "../render/numbers.js";
import { column } from "../render/path.js";
import { crosses, handle, rings, scatter } from "../render/points.js";
import { withError } from "./ensemble.js";
import { coordinateNames, paintLandscape, planeMoves, planeWithLegend } from "./landscape-field.js";
import { modelDiffers, modelName } from "./markov-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Theme} Theme */
/** @typedef {import("../render/frame.js").Frame} Frame */
/** @typedef {import("../render/legend.js").LegendItem} LegendItem */
/** @typedef {Record<string, import("../lab.js").Channel>} Channels */

// Of the ellipses, in deviations.
const radius = 2;
// Of the close-up, likewise.
const closeReach = 4.5;
const shownHops = 40;

/** @param {Shown} shown @returns {Panel} */
export function mapPanel(shown) {
  return {
    id: "map",
    label: "contours of f with the next points of one step, their mean and their covariance",
    hint: "Click or drag to set the point; arrow keys move it.",
    grow: 1.3,
    aspect: 10 / 7.6,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/** @param {Channels} channels */
function now({ path }) {
  return path.data.slice(-2);
}

/** The part of the plane in view. @param {Shown} shown @returns {[number, number, number, number]} */
function viewOf({ state, reports }) {
  const { channels } = reports.run;
  const [xMin, xMax, yMin, yMax] = channels.window.data;
  if (state.view.closeUp !== "close") {
    return [xMin, xMax, yMin, yMax];
  }
  const [x, y] = channels.modelMean.data;
  const [px, py] = now(channels);
  const aspect = (xMax - xMin) / (yMax - yMin);
  const spread = closeReach * channels.scale.data[0];
  const half = Math.max(spread, Math.abs(py - y) * 1.2, (Math.abs(px - x) * 1.2) / aspect);
  return [x - aspect * half, x + aspect * half, y - half, y + half];
}

/** @param {Shown} shown @param {Theme} theme @returns {LegendItem[]} */
function legendItems(shown, theme) {
  /** @type {LegendItem[]} */
  const items = [
    { label: "next points, mean, 2 deviations", style: theme.measured, kind: "path" },
    { label: "theory: x − α∇f, α²c Var ∇f_ω", style: theme.theory },
  ];
  if (showsModel(shown)) {
    items.push({ label: modelName(shown), style: theme.second, kind: "path" });
  } else if (modelDiffers(shown)) {
    items.push({ label: modelName(shown), style: theme.second });
  }
  return items;
}

/** @param {Shown} shown */
function showsModel({ state }) {
  return state.view.points !== "sgd";
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme } = surface;
  const { channels } = shown.reports.run;
  const box = viewOf(shown);
  const place = planeWithLegend(ctx, surface, box, legendItems(shown, theme));
  paintLandscape(place, channels, channels.constants.data[2], surface);
  const ink = { colour: theme.colours.text };
  crosses(ctx, place, pointOf(channels.minimizer.data), ink);
  paintClouds(ctx, place, shown, theme);
  const [xName, yName] = coordinateNames(shown);
  const names = { x: { label: xName }, y: { label: yName } };
  paintStep(ctx, place, shown, theme, insideAxesBoxes(ctx, place, names, theme));
  insideAxes(ctx, place, names, theme);
  return {
    hover: () => numbers(channels),
    ...planeMoves(place, box, shown.state.parameters),
  };
}

/** @param {ArrayLike<number>} coordinates */
function pointOf(coordinates) {
  return { x: [coordinates[0]], y: [coordinates[1]] };
}

/**
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Shown} shown
 * @param {Theme} theme
 */
function paintClouds(ctx, place, shown, theme) {
  const { sample, modelSample } = shown.reports.run.channels;
  const { points } = shown.state.view;
  const opacity = 0.38;
  if (points !== "model") {
    const cloud = { x: column(sample.data, 2, 0), y: column(sample.data, 2, 1) };
    scatter(ctx, place, cloud, theme.measured, { radius: 1.7, opacity });
  }
  if (points !== "sgd") {
    const cloud = { x: column(modelSample.data, 2, 0), y: column(modelSample.data, 2, 1) };
    scatter(ctx, place, cloud, theme.second, { radius: 1.7, opacity });
  }
}

/**
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Shown} shown
 * @param {Theme} theme
 * @param {import("../render/types.js").Box[]} taken boxes that no name may touch
 */
function paintStep(ctx, place, shown, theme, taken) {
  const { channels } = shown.reports.run;
  const [x, y] = now(channels);
  paintPath(ctx, place, channels, theme);
  const { modelMean, modelCovariance, mean, covariance } = channels;
  if (modelDiffers(shown)) {
    const model = { mean: modelMean.data, covariance: modelCovariance.data, radius };
    covarianceEllipse(ctx, place, model, theme.second);
  }
  const measured = { mean: mean.data, covariance: covariance.data, radius };
  covarianceEllipse(ctx, place, measured, { ...theme.measured, width: 2.25 });
  const { predictedMean, predictedCovariance } = channels;
  const theory = { mean: predictedMean.data, covariance: predictedCovariance.data, radius };
  covarianceEllipse(ctx, place, theory, { ...theme.theory, width: 2.25 });
  const [toX, toY] = predictedMean.data;
  line(ctx, place, { x: [x, toX], y: [y, toY] }, theme.theory);
  rings(ctx, place, pointOf(mean.data), theme.measured, { radius: 4, width: 2 });
  crosses(ctx, place, pointOf(predictedMean.data), theme.theory, { radius: 6 });
  const { x0, y0 } = shown.state.parameters;
  const moved = channels.path.data.length > 2;
  const label = moved ? "start" : "x";
  handle(ctx, place, { x: Number(x0), y: Number(y0), label }, theme, { taken });
  if (moved) {
    scatter(ctx, place, { x: [x], y: [y] }, { ...theme.measured, colour: theme.colours.text });
  }
}

/**
 * The way of the chain whose next step this is.
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Channels} channels
 * @param {Theme} theme
 */
function paintPath(ctx, place, { path }, theme) {
  const recent = path.data.slice(-2 * (shownHops + 1));
  const way = { x: column(recent, 2, 0), y: column(recent, 2, 1) };
  const style = { ...theme.measured, colour: theme.colours.text, width: 1 };
  line(ctx, place, way, style);
}

/** Measured against predicted, with errors. @param {Channels} channels */
function numbers(channels) {
  const { mean, meanStandardError, predictedMean } = channels;
  const { covariance, covarianceStandardError, predictedCovariance } = channels;
  /** @param {string} name @param {Channels[string]} measured @param {Channels[string]} error
   * @param {Channels[string]} exact @param {number} k */
  const row = (name, measured, error, exact, k) =>
    `${name} ${withError(measured.data[k], error.data[k])}, exact ${format(exact.data[k])}`;
  return [
    row("mean w₁", mean, meanStandardError, predictedMean, 0),
    row("mean w₂", mean, meanStandardError, predictedMean, 1),
    row("Var w₁", covariance, covarianceStandardError, predictedCovariance, 0),
    row("Cov", covariance, covarianceStandardError, predictedCovariance, 1),
    row("Var w₂", covariance, covarianceStandardError, predictedCovariance, 3),
  ].join("\n");
}
