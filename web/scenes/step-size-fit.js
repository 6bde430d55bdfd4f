// The data with the line, or the boundary between the classes, of the last iterate.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { line } from "../render/line.js";
import { column } from "../render/path.js";
import { scatter } from "../render/points.js";
import { isLogistic } from "./ensemble.js";
import { greatest, least } from "./extremes.js";
import { featureNames, leader, racers, withShortLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

/** @param {Shown} shown @returns {Panel} */
export function dataPanel(shown) {
  const classes = isLogistic(shown.state);
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

/** @param {Float64Array[]} series @returns {[number, number]} */
function extent(...series) {
  const [low, high] = [least(series), greatest(series)];
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
  const height = withShortLegend(ctx, surface, fits, [{ label: "fits, coloured as in the map" }]);
  const [, w2] = weights[0];
  const rest = y.map((value, i) => value - w2 * x2[i]);
  // With the target itself, so that the axis rests while the points move within it.
  const place = frame({ width, height, xDomain: extent(x1), yDomain: extent(y, rest) });
  const whose = runs.length > 1 ? `w₂ of ${runs[0].label}` : "standardised";
  axes(
    ctx,
    place,
    {
      x: { label: first, unit: "standardised" },
      y: { label: `${target} − w₂·${second}`, unit: whose },
    },
    theme,
  );
  const dots = { colour: theme.colours.muted, marker: /** @type {const} */ ("circle") };
  scatter(ctx, place, { x: x1, y: rest }, dots, { radius: 2, opacity: 0.5 });
  const shared = correlation(x1, x2);
  for (const [i, { style }] of runs.entries()) {
    const [low, high] = place.xDomain;
    // What is drawn lacks the w₂ of the first run: the rest of another fit's own goes along with x₁.
    const slope = weights[i][0] + (weights[i][1] - w2) * shared;
    line(ctx, place, { x: [low, high], y: [slope * low, slope * high] }, style);
  }
  return {};
}

/** Of standardised columns. @param {Float64Array} a @param {Float64Array} b */
function correlation(a, b) {
  return a.reduce((sum, value, i) => sum + value * b[i], 0) / a.length;
}

/** @param {Shown} shown */
function targetOf({ state, dataSets }) {
  const { dataset, targetColumn } = state.parameters;
  const info = dataSets.find(({ id }) => id === dataset);
  return info?.regressionTarget
    ? info
    : {
        regressionTarget: String(targetColumn) || "target",
        positive: info?.positive || "the greater value",
        negative: info?.negative || "the smaller value",
      };
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
  const classes = [
    { label: positive, style: up, kind: /** @type {const} */ ("point") },
    { label: negative, style: down, kind: /** @type {const} */ ("point") },
  ];
  const boundaries = runs.map(({ label, style }) => ({ label: `boundary of ${label}`, style }));
  const height = withShortLegend(
    ctx,
    surface,
    [...classes, ...boundaries],
    [...classes, { label: "boundaries, coloured as in the map" }],
  );
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
