// The way over the landscape: a field with contours in the plane, a curve with hops on the line.

import { axes, insideAxes, insideAxesBoxes } from "../render/axes.js";
import { curve, hops } from "../render/curve.js";
import { axisMargins, frame } from "../render/frame.js";
import { format, formatStep } from "../render/numbers.js";
import { column, path } from "../render/path.js";
import { crosses, handle, rings } from "../render/points.js";
import { nearestPoint } from "../render/read-out.js";
import { finiteEnds } from "./extremes.js";
import {
  coordinateNames,
  lineMoves,
  paintLandscape,
  planeMoves,
  planeWithLegend,
} from "./landscape-field.js";
import { objectiveFormula } from "./objective-formula.js";
import { heightOf, leader, racers, withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/legend.js").LegendItem} LegendItem */
/** @typedef {Record<string, import("../lab.js").Channel>} Channels */

const hoverRadius = 12;

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

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintField(ctx, surface, shown) {
  const { theme } = surface;
  const { channels } = leader(shown);
  const runs = racers(shown, theme);
  /** @type {LegendItem[]} */
  const items = [
    ...runs.map(({ label, style }) => ({ label, style, kind: /** @type {const} */ ("path") })),
    { label: `f = ${objectiveFormula(shown)}` },
  ];
  const place = planeWithLegend(ctx, surface, channels.window.data, items);
  paintLandscape(place, channels, channels.constants.data[2], surface);
  const minimizers = channels.minimizers.data;
  crosses(
    ctx,
    place,
    { x: column(minimizers, 2, 0), y: column(minimizers, 2, 1) },
    { colour: theme.colours.text },
  );
  const [xName, yName] = coordinateNames(shown);
  const names = { x: { label: xName }, y: { label: yName } };
  const taken = insideAxesBoxes(ctx, place, names, theme);
  const paths = runs.map(({ channels: { path: measured }, style, label }) => {
    const points = { x: column(measured.data, 2, 0), y: column(measured.data, 2, 1) };
    path(ctx, place, points, style, theme, { taken });
    rings(ctx, place, lastOf(points), style, { radius: 5 });
    return { points, label };
  });
  const { parameters: start } = shown.state;
  handle(ctx, place, { x: Number(start.x0), y: Number(start.y0), label: "start" }, theme, {
    taken,
  });
  insideAxes(ctx, place, names, theme);
  return {
    hover: hoverOverPaths(place, paths, runs, shown),
    ...planeMoves(place, channels.window.data, start),
  };
}

/** @param {{ x: Float64Array, y: Float64Array }} points */
function lastOf({ x, y }) {
  return { x: x.slice(-1), y: y.slice(-1) };
}

/**
 * @param {import("../render/frame.js").Frame} place
 * @param {{ points: { x: Float64Array, y: Float64Array }, label: string }[]} paths
 * @param {ReturnType<typeof racers>} runs
 * @param {Shown} shown
 */
function hoverOverPaths(place, paths, runs, shown) {
  const { name, of } = heightOf(shown);
  return (/** @type {number} */ px, /** @type {number} */ py) => {
    for (const [i, { points, label }] of paths.entries()) {
      const t = nearestPoint(place, points, px, py, hoverRadius);
      if (t >= 0) {
        const { channels } = runs[i];
        return [
          `${label}, step ${formatStep(t)}`,
          `(${format(points.x[t])}, ${format(points.y[t])})`,
          `${name} = ${format(of(channels)[t])}, ‖∇f‖ = ${format(channels.gradientNorm.data[t])}`,
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
  const height = withLegend(ctx, surface, [...items, { label: `f = ${objectiveFormula(shown)}` }]);
  const values = channels.field.data;
  const [low, high] = finiteEnds(values);
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
    hover: hoverOverPaths(place, paths, runs, shown),
    ...lineMoves(place, channels.window.data, x0),
  };
}

/** @param {Float64Array} values @param {number} at */
function interpolated(values, at) {
  const i = Math.min(values.length - 2, Math.max(0, Math.floor(at)));
  return values[i] + (at - i) * (values[i + 1] - values[i]);
}
