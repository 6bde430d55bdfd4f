// The variance of the batch gradient over the batch size, on logarithmic axes.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { directLabels } from "../render/label.js";
import { line } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { scatter } from "../render/points.js";
import { nearestPoint } from "../render/read-out.js";
import { lanesOf, reports } from "./batch-size-runs.js";
import { columnOf, decadesAround, errorBar, withError } from "./ensemble.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

const hoverRadius = 14;
// Below this share of the variance of one term there is none to see: b = n without replacement.
const lowest = 1e-9;

/** @param {Shown} shown @returns {Panel} */
export function variancePanel(shown) {
  return {
    id: "variance",
    label: "the variance of the batch gradient over the batch size, on logarithmic axes",
    grow: 1,
    aspect: 1.25,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/**
 * @param {Shown} shown
 * @param {import("../render/theme.js").Theme} theme
 */
function curvesOf(shown, theme) {
  const { varianceCurveBatch, varianceCurve } = reports(shown);
  const isWith = shown.state.parameters.replacement === "with";
  const quiet = { ...theme.theory, width: 1 };
  return [
    { label: "with: 1/b", style: isWith ? theme.theory : quiet },
    { label: "without: (n−b)/((n−1)b)", style: isWith ? quiet : theme.theory },
  ].map((curve, k) => ({ ...curve, x: varianceCurveBatch.data, y: columnOf(varianceCurve, k) }));
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width } = surface;
  const { gradientVariance, gradientVarianceStandardError, predictedVariance } = reports(shown);
  const curves = curvesOf(shown, theme);
  const ofOneTerm = curves[0].y[0];
  const points = lanesOf(shown).map(({ batch }, k) => ({
    batch,
    value: gradientVariance.data[k],
    error: gradientVarianceStandardError.data[k],
    exact: predictedVariance.data[k],
    style: theme.series[k % theme.series.length],
  }));
  const seen = points.filter(({ value }) => value > lowest * ofOneTerm);
  const height = withLegend(ctx, surface, [
    { label: "drawn at x*", style: theme.measured, kind: "point" },
    ...curves.map(({ label, style }) => ({ label: `exact ${label}`, style })),
  ]);
  const place = frame({
    width,
    height,
    xDomain: [0.8, 1.3 * Math.max(...curves[0].x)],
    yDomain: decadesAround([[ofOneTerm], seen.map(({ value }) => value / 1.5)]),
    xScale: "log",
    yScale: "log",
  });
  axes(ctx, place, { x: { label: "batch size b" }, y: { label: "gradient variance" } }, theme);
  for (const each of curves) {
    line(ctx, place, each, each.style);
  }
  for (const { batch, value, error, style } of seen) {
    errorBar(ctx, place, batch, [value - error, value + error], style);
    scatter(ctx, place, { x: [batch], y: [value] }, style, { radius: 4 });
  }
  directLabels(ctx, place, curves, theme);
  return {
    hover: (/** @type {number} */ px, /** @type {number} */ py) => {
      const places = { x: seen.map(({ batch }) => batch), y: seen.map(({ value }) => value) };
      const at = nearestPoint(place, places, px, py, hoverRadius);
      return at < 0
        ? ""
        : [
            `b = ${formatStep(seen[at].batch)}`,
            `drawn ${withError(seen[at].value, seen[at].error)}`,
            `exact ${format(seen[at].exact)}`,
          ].join("\n");
    },
  };
}
