// The way over the landscape: a field with contours in the plane, a curve with hops on the line.

import { heat, heatDark } from "virtual:colour-tables";
import { axes, insideAxes } from "../render/axes.js";
import { contour, contourLines, geometricLevels } from "../render/contour.js";
import { curve, hops } from "../render/curve.js";
import { axisMargins, frame } from "../render/frame.js";
import { drawFieldImage, heatmapImage, heightTransform } from "../render/heatmap.js";
import { legend, legendLayout } from "../render/legend.js";
import { format, formatStep } from "../render/numbers.js";
import { column, path } from "../render/path.js";
import { crosses, handle, rings } from "../render/points.js";
import { nearestPoint } from "../render/read-out.js";
import { featureNames, isOnData, leader, legendGap, racers, withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Field} Field */
/** @typedef {import("../render/legend.js").LegendItem} LegendItem */
/** @typedef {Record<string, import("../lab.js").Channel>} Channels */

const hoverRadius = 12;
const contourLevels = 24;

/** @type {WeakMap<Float64Array, Field & { contours: import("../render/contour.js").Contour[] }>} */
const fields = new WeakMap();
/** Pictures of fields are kept by what they are made for. @type {WeakMap<object, Map<string, unknown>>} */
const images = new WeakMap();

/** @param {Shown} shown @returns {Panel} */
export function landscapePanel(shown) {
  const { channels } = leader(shown);
  const oneDimensional = channels.path.shape[1] === 1;
  return {
    id: "landscape",
    label: oneDimensional ? "f(x) with the iterates on it" : "contours of f with the path of x",
    hint: "Click or drag to set the start; arrow keys move it.",
    grow: 1.08,
    aspect: 10 / 7.6,
    paint: (ctx, surface) =>
      oneDimensional ? paintCurve(ctx, surface, shown) : paintField(ctx, surface, shown),
  };
}

/** @param {Channels} channels */
function fieldOf({ field, window, constants }) {
  let known = fields.get(field.data);
  if (!known) {
    const [xMin, xMax, yMin, yMax] = window.data;
    /** @type {Field} */
    const plain = {
      rows: field.shape[0],
      cols: field.shape[1],
      data: field.data,
      xDomain: [xMin, xMax],
      yDomain: [yMin, yMax],
    };
    const levels = geometricLevels(plain, contourLevels, constants.data[2]);
    known = { ...plain, contours: contourLines(plain, levels) };
    fields.set(field.data, known);
  }
  return known;
}

/**
 * @param {Field} field
 * @param {number} minimum
 * @param {Surface} surface
 */
export function imageOf(field, minimum, { theme, createImage }) {
  const made = images.get(createImage) ?? new Map();
  images.set(createImage, made);
  const key = theme.name;
  const last = made.get(key);
  if (last?.field === field) {
    return last.image;
  }
  const image = heatmapImage(field, theme.name === "dark" ? heatDark : heat, {
    createImage,
    transform: heightTransform(field, minimum).transform,
    undefinedColour: theme.colours.undefinedValue,
  });
  made.set(key, { field, image });
  return image;
}

/**
 * Margins that give the plot the window's own shape, so that contours and steps meet at their true
 * angle.
 * @param {number} width
 * @param {number} height
 * @param {number} aspect
 */
export function shaped(width, height, aspect) {
  const plotWidth = Math.min(width, height * aspect);
  const plotHeight = plotWidth / aspect;
  const side = (width - plotWidth) / 2;
  return { left: side, right: side, top: 0, bottom: height - plotHeight };
}

/** @param {Shown} shown */
function coordinateNames({ state, dataSets }) {
  if (!isOnData(state.parameters)) {
    return ["x", "y"];
  }
  return featureNames(state, dataSets).map((name, i) => `weight of ${name}, w${"₁₂"[i]}`);
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintField(ctx, surface, shown) {
  const { theme, width } = surface;
  const { channels } = leader(shown);
  const [xMin, xMax, yMin, yMax] = channels.window.data;
  const runs = racers(shown, theme);
  /** @type {LegendItem[]} */
  const items = [
    ...runs.map(({ label, style }) => ({ label, style, kind: /** @type {const} */ ("path") })),
    { label: objectiveFormula(shown) },
  ];
  const height = surface.height - legendLayout(ctx, items, width, theme).height - legendGap;
  const place = frame({
    width,
    height,
    xDomain: [xMin, xMax],
    yDomain: [yMin, yMax],
    margins: shaped(width, height, (xMax - xMin) / (yMax - yMin)),
  });
  legend(ctx, items, { x: 0, y: place.plot.bottom + legendGap, width }, theme);
  const field = fieldOf(channels);
  drawFieldImage(ctx, place, field, imageOf(field, channels.constants.data[2], surface));
  const { contour: colour } = theme.colours;
  contour(ctx, place, field.contours, { colour, width: theme.widths.contour });
  const minimizers = channels.minimizers.data;
  crosses(
    ctx,
    place,
    { x: column(minimizers, 2, 0), y: column(minimizers, 2, 1) },
    { colour: theme.colours.text },
  );
  /** @type {import("../render/types.js").Box[]} */
  const taken = [];
  const paths = runs.map(({ channels: { path: measured }, style, label }) => {
    const points = { x: column(measured.data, 2, 0), y: column(measured.data, 2, 1) };
    path(ctx, place, points, style, theme, { taken });
    rings(ctx, place, lastOf(points), style, { radius: 5 });
    return { points, label };
  });
  const { x0, y0 } = shown.state.parameters;
  handle(ctx, place, { x: Number(x0), y: Number(y0), label: "start" }, theme, { taken });
  const [xName, yName] = coordinateNames(shown);
  insideAxes(ctx, place, { x: { label: xName }, y: { label: yName } }, theme);
  return {
    hover: hoverOverPaths(place, paths, runs),
    place: (/** @type {number} */ px, /** @type {number} */ py) => {
      const [x, y] = place.invert(px, py);
      return { x0: inWindow(x, xMin, xMax), y0: inWindow(y, yMin, yMax) };
    },
    nudge: (/** @type {number} */ right, /** @type {number} */ up) => ({
      x0: inWindow(Number(x0) + (right * (xMax - xMin)) / 100, xMin, xMax),
      y0: inWindow(Number(y0) + (up * (yMax - yMin)) / 100, yMin, yMax),
    }),
  };
}

/** @param {{ x: Float64Array, y: Float64Array }} points */
function lastOf({ x, y }) {
  return { x: x.slice(-1), y: y.slice(-1) };
}

/**
 * Three decimals of the window: what a pointer can tell apart, and short in a link.
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
function inWindow(value, low, high) {
  const unit = 10 ** Math.floor(Math.log10((high - low) / 500));
  const inside = Math.min(high, Math.max(low, value));
  return Number((Math.round(inside / unit) * unit).toPrecision(6));
}

/** @param {Shown} shown */
function objectiveFormula({ state, tables }) {
  const { choices } = tables.parameters.find(({ id }) => id === "objective") ?? { choices: [] };
  const formula = choices.find(({ id }) => id === state.parameters.objective)?.help ?? "";
  return `f = ${formula}`;
}

/**
 * @param {import("../render/frame.js").Frame} place
 * @param {{ points: { x: Float64Array, y: Float64Array }, label: string }[]} paths
 * @param {ReturnType<typeof racers>} runs
 */
function hoverOverPaths(place, paths, runs) {
  return (/** @type {number} */ px, /** @type {number} */ py) => {
    for (const [i, { points, label }] of paths.entries()) {
      const t = nearestPoint(place, points, px, py, hoverRadius);
      if (t >= 0) {
        const { gap, gradientNorm } = runs[i].channels;
        return [
          `${label}, step ${formatStep(t)}`,
          `(${format(points.x[t])}, ${format(points.y[t])})`,
          `f − f* = ${format(gap.data[t])}, ‖∇f‖ = ${format(gradientNorm.data[t])}`,
        ].join("\n");
      }
    }
    return "";
  };
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintCurve(ctx, surface, shown) {
  const { theme, width } = surface;
  const { channels } = leader(shown);
  const [xMin, xMax] = channels.window.data;
  const runs = racers(shown, theme);
  const items = runs.map(({ label, style }) => ({
    label,
    style,
    kind: /** @type {const} */ ("point"),
  }));
  const height = withLegend(ctx, surface, [...items, { label: objectiveFormula(shown) }]);
  const values = channels.field.data;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = 0.08 * (high - low);
  const place = frame({
    width,
    height,
    xDomain: [xMin, xMax],
    yDomain: [low - margin, high + margin],
    margins: axisMargins,
  });
  axes(ctx, place, { x: { label: "x" }, y: { label: "f(x)" } }, theme);
  const ink = { ...theme.measured, colour: theme.colours.text, dash: [] };
  const step = (xMax - xMin) / (values.length - 1);
  curve(ctx, place, (x) => interpolated(values, (x - xMin) / step), ink);
  const paths = runs.map(({ channels: { path: measured, f }, style, label }) => {
    const points = { x: measured.data, y: f.data };
    hops(ctx, place, points, style);
    rings(ctx, place, lastOf(points), style, { radius: 6 });
    return { points, label };
  });
  const x0 = Number(shown.state.parameters.x0);
  const start = { x: x0, y: runs[0].channels.f.data[0], label: "start" };
  handle(ctx, place, start, theme);
  return {
    hover: hoverOverPaths(place, paths, runs),
    place: (/** @type {number} */ px) => ({
      x0: inWindow(place.invert(px, 0)[0], xMin, xMax),
    }),
    nudge: (/** @type {number} */ right) => ({
      x0: inWindow(x0 + (right * (xMax - xMin)) / 100, xMin, xMax),
    }),
  };
}

/** @param {Float64Array} values @param {number} at */
function interpolated(values, at) {
  const i = Math.min(values.length - 2, Math.max(0, Math.floor(at)));
  return values[i] + (at - i) * (values[i + 1] - values[i]);
}
