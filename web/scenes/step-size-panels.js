// The three pictures of the step-size scene: the way over the landscape, the fit to the data, and
// the gap over the steps.

import { heat, heatDark } from "virtual:colour-tables";
import { axes, insideAxes } from "../render/axes.js";
import { contour, contourLines, geometricLevels } from "../render/contour.js";
import { curve, hops } from "../render/curve.js";
import { axisMargins, frame } from "../render/frame.js";
import { drawFieldImage, heatmapImage, heightTransform } from "../render/heatmap.js";
import { directLabels } from "../render/label.js";
import { legend, legendLayout } from "../render/legend.js";
import { line } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { column, path } from "../render/path.js";
import { crosses, handle, rings, scatter } from "../render/points.js";
import { nearestIndex, nearestPoint } from "../render/read-out.js";
import { isOnData, leader, methodLabel, racedMethods } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../ui/figure.js").Changes} Changes */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Field} Field */
/** @typedef {import("../render/legend.js").LegendItem} LegendItem */
/** @typedef {import("../lab.js").Channel} Channel */
/** @typedef {Record<string, Channel>} Channels */

const hoverRadius = 12;
const leastSteps = 30;
const leastDecades = 6;
// Higher than this multiple of the start a run is not followed.
const divergence = 100;
const contourLevels = 24;
const legendGap = 6;

/**
 * The raced methods with their looks and what was measured.
 * @param {Shown} shown
 * @param {import("../render/theme.js").Theme} theme
 */
function racers(shown, theme) {
  return racedMethods(shown.state).map((method, i) => ({
    method,
    label: methodLabel(shown, method),
    style: theme.series[i % theme.series.length],
    channels: shown.reports[method].channels,
    status: shown.reports[method].status,
  }));
}

/**
 * A legend along the lower edge; what is left above it is for the plot.
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {LegendItem[]} items
 */
function withLegend(ctx, { width, height, theme }, items) {
  const tall = legendLayout(ctx, items, width, theme).height;
  legend(ctx, items, { x: 0, y: height - tall, width }, theme);
  return height - tall - legendGap;
}

/** @type {WeakMap<Float64Array, Field & { contours: import("../render/contour.js").Contour[] }>} */
const fields = new WeakMap();
/** Pictures of fields are kept by what they are made for. @type {WeakMap<object, Map<string, unknown>>} */
const images = new WeakMap();

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
function imageOf(field, minimum, { theme, createImage }) {
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
function shaped(width, height, aspect) {
  const plotWidth = Math.min(width, height * aspect);
  const plotHeight = plotWidth / aspect;
  const side = (width - plotWidth) / 2;
  return { left: side, right: side, top: 0, bottom: height - plotHeight };
}

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

/** @param {Shown} shown */
function coordinateNames({ state, dataSets }) {
  if (!isOnData(state.parameters)) {
    return ["x", "y"];
  }
  return featureNames(state, dataSets).map((name, i) => `weight of ${name}, w${"₁₂"[i]}`);
}

/**
 * @param {import("../state/url.js").SceneState} state
 * @param {import("../lab.js").DataSetInfo[]} dataSets
 */
function featureNames({ parameters }, dataSets) {
  const chosen = String(parameters.features).trim();
  const info = dataSets.find(({ id }) => id === parameters.dataset);
  const names = chosen || info?.pair || "";
  return names.split(/[,;]/).map((name) => name.trim());
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

/** @param {Shown} shown @returns {Panel} */
export function gapPanel(shown) {
  return {
    id: "gap",
    label: "f(x) − f* over the steps, on a logarithmic axis, with the rate that theory gives",
    grow: 1,
    aspect: 1.3,
    paint: (ctx, surface) => paintGap(ctx, surface, shown),
  };
}

/**
 * From the highest start, or as far above it as a run grew before it counted as diverged, down to
 * the lowest value that is worth a decade, at least six decades apart.
 * @param {ReturnType<typeof racers>} runs
 * @returns {[number, number]}
 */
function gapDomain(runs) {
  const gaps = runs.flatMap(({ channels }) => [...channels.gap.data]);
  const start = Math.max(...runs.map(({ channels }) => channels.gap.data[0]), 1e-12);
  const top = 1.5 * Math.min(divergence * start, Math.max(...gaps, start));
  const roundingFloor = start * 1e-17;
  const positive = gaps.filter((gap) => gap > 0);
  const low = Math.max(roundingFloor, Math.min(...positive, start * 10 ** -leastDecades));
  return [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(top))];
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintGap(ctx, surface, shown) {
  const { theme, width } = surface;
  const runs = racers(shown, theme);
  const { channels } = leader(shown);
  const holds = shown.reports.gd?.channels.theoryHolds.data[0] === 1;
  const rates = holds ? rateLines(shown, channels.constants.data, theme) : [];
  const measured = runs.map(({ label, style, channels: { gap } }) => ({
    y: gap.data,
    label,
    style,
  }));
  const height = withLegend(ctx, surface, [...measured, ...rates]);
  const place = frame({
    width,
    height,
    xDomain: [0, Math.max(leastSteps, shown.horizon)],
    yDomain: gapDomain(runs),
    yScale: "log",
  });
  axes(ctx, place, { x: { label: "steps t" }, y: { label: "f(xₜ) − f*" } }, theme);
  for (const rate of rates) {
    line(ctx, place, rate, rate.style);
  }
  for (const series of measured) {
    line(ctx, place, series, series.style);
  }
  directLabels(ctx, place, [...measured, ...rates], theme);
  return {
    hover: (/** @type {number} */ px) => {
      const t = nearestIndex(place, { y: channels.gap.data }, px);
      const rows = runs
        .filter(({ channels: { gap } }) => t < gap.data.length)
        .map(({ label, channels: { gap } }) => `${label}: ${format(gap.data[t])}`);
      return t < 0 ? "" : [`step ${formatStep(t)}`, ...rows].join("\n");
    },
  };
}

/**
 * Theory for gradient descent, carried on to the end of the axis.
 * @param {Shown} shown
 * @param {Float64Array} constants
 * @param {import("../render/theme.js").Theme} theme
 */
function rateLines(shown, constants, theme) {
  const { rate, bound } = shown.reports.gd.channels;
  const end = Math.max(leastSteps, shown.horizon);
  return [
    { y: continued(rate.data, end), label: "theory: worst case ρ²ᵗ", style: theme.theory },
    { y: continued(bound.data, end), label: "bound (1 − αm)ᵗ", style: theme.bound },
  ].filter(({ y }) => constants[1] > 0 && y.length > 1);
}

/**
 * A geometric sequence goes on as it ended.
 * @param {Float64Array} values
 * @param {number} end
 */
function continued(values, end) {
  const series = [...values];
  const last = series.length - 1;
  const ratio = last > 0 && series[last - 1] > 0 ? series[last] / series[last - 1] : 1;
  while (last > 0 && series.length <= end) {
    series.push(series[series.length - 1] * ratio);
  }
  return series;
}

/** @param {Shown} shown @returns {Panel} */
export function dataPanel(shown) {
  const classes = shown.state.parameters.objective === "logistic";
  return {
    id: "data",
    label: classes
      ? "the two classes with the boundary of the last iterate"
      : "the data with the line of the last iterate",
    grow: 0.8,
    aspect: 1.2,
    paint: (ctx, surface) =>
      classes ? paintClasses(ctx, surface, shown) : paintFit(ctx, surface, shown),
  };
}

/** @param {Float64Array} values @returns {[number, number]} */
function extent(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = 0.05 * (high - low);
  return [low - margin, high + margin];
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintFit(ctx, surface, shown) {
  const { theme, width } = surface;
  const { data } = leader(shown).channels.data;
  const [x1, x2, y] = [0, 1, 2].map((j) => column(data, 3, j));
  const [first, second] = featureNames(shown.state, shown.dataSets);
  const runs = racers(shown, theme);
  const target = targetOf(shown).regressionTarget;
  const weights = runs.map(({ channels: { path: steps } }) => steps.data.slice(-2));
  const fits = runs.map(({ label, style }) => ({ label: `fit by ${label}`, style }));
  const height = withLegend(ctx, surface, fits);
  const rest = y.map((value, i) => value - weights[0][1] * x2[i]);
  const place = frame({ width, height, xDomain: extent(x1), yDomain: extent(y) });
  axes(
    ctx,
    place,
    {
      x: { label: first, unit: "standardised" },
      y: { label: `${target} − w₂·${second}`, unit: "standardised" },
    },
    theme,
  );
  const dots = { colour: theme.colours.muted, marker: /** @type {const} */ ("circle") };
  scatter(ctx, place, { x: x1, y: rest }, dots, { radius: 2, opacity: 0.5 });
  for (const [i, { style }] of runs.entries()) {
    const [low, high] = place.xDomain;
    line(ctx, place, { x: [low, high], y: [weights[i][0] * low, weights[i][0] * high] }, style);
  }
  return {};
}

/** @param {Shown} shown */
function targetOf({ state, dataSets }) {
  const info = dataSets.find(({ id }) => id === state.parameters.dataset);
  return info ?? { regressionTarget: "", positive: "", negative: "" };
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintClasses(ctx, surface, shown) {
  const { theme, width } = surface;
  const { data } = leader(shown).channels.data;
  const [x1, x2, labels] = [0, 1, 2].map((j) => column(data, 3, j));
  const [first, second] = featureNames(shown.state, shown.dataSets);
  const runs = racers(shown, theme);
  const { positive, negative } = targetOf(shown);
  const up = { ...theme.series[2], marker: /** @type {const} */ ("plus") };
  const down = { ...theme.series[3], marker: /** @type {const} */ ("circle") };
  const height = withLegend(ctx, surface, [
    { label: positive, style: up, kind: "point" },
    { label: negative, style: down, kind: "point" },
    ...runs.map(({ label, style }) => ({ label: `boundary of ${label}`, style })),
  ]);
  const place = frame({ width, height, xDomain: extent(x1), yDomain: extent(x2) });
  axes(
    ctx,
    place,
    { x: { label: first, unit: "standardised" }, y: { label: second, unit: "standardised" } },
    theme,
  );
  for (const [sign, style] of /** @type {const} */ ([
    [-1, down],
    [1, up],
  ])) {
    const chosen = [...labels.keys()].filter((i) => labels[i] === sign);
    const points = { x: chosen.map((i) => x1[i]), y: chosen.map((i) => x2[i]) };
    scatter(ctx, place, points, style, { radius: 2.2, opacity: 0.6 });
  }
  for (const { channels, style } of runs) {
    const [w1, w2] = channels.path.data.slice(-2);
    line(ctx, place, boundary(w1, w2, place), style);
  }
  return {};
}

/**
 * The line w·x = 0 across the plot.
 * @param {number} w1
 * @param {number} w2
 * @param {import("../render/frame.js").Frame} place
 */
function boundary(w1, w2, { xDomain, yDomain }) {
  const reach = 2 * Math.max(...[...xDomain, ...yDomain].map(Math.abs));
  const length = Math.hypot(w1, w2);
  const [dx, dy] = length > 0 ? [-w2 / length, w1 / length] : [Number.NaN, Number.NaN];
  const ends = dx < 0 ? [reach, -reach] : [-reach, reach];
  return { x: ends.map((s) => s * dx), y: ends.map((s) => s * dy) };
}
