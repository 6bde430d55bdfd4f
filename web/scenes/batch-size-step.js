// The step of each batch against what Theorem 7 and 2/L allow, on logarithmic axes.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { directLabels } from "../render/label.js";
import { line } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { handle, rings, scatter } from "../render/points.js";
import { nearestPoint } from "../render/read-out.js";
import { isLinear, lanesOf, reports } from "./batch-size-runs.js";
import { decadesAround, stepSizeOf } from "./ensemble.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

const hoverRadius = 14;

/** @param {Shown} shown @returns {Panel} */
export function stepPanel(shown) {
  return {
    id: "step",
    label: "the step size of each batch under the largest that Theorem 7 and 2/L allow",
    hint: "Drag up or down to set the step size; arrow keys change it.",
    grow: 1,
    aspect: 1.25,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/**
 * @param {Shown} shown
 * @param {import("../render/theme.js").Theme} theme
 */
function limitsOf(shown, theme) {
  const { constants, varianceCurveBatch, stepLimitCurve } = reports(shown);
  const [smoothness, , , , sigma] = constants.data;
  const x = varianceCurveBatch.data;
  const limits = [
    { label: "Theorem 7: 1/(Lσ)", style: theme.bound, x, y: stepLimitCurve.data },
    { label: "2/L", style: theme.theory, x, y: x.map(() => 2 / smoothness) },
  ];
  return shown.state.view.claims === "sigma"
    ? [
        ...limits,
        {
          label: "the notes: b/(Lσ)",
          style: { ...theme.bound, width: 1 },
          x,
          y: x.map((batch) => batch / (smoothness * sigma)),
        },
      ]
    : limits;
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width } = surface;
  const alpha = stepSizeOf(shown);
  const limits = limitsOf(shown, theme);
  const lanes = lanesOf(shown);
  const height = withLegend(ctx, surface, [
    { label: "in use", style: theme.measured, kind: "point" },
    ...limits.map(({ label, style }) => ({ label, style })),
  ]);
  const [ofTheorem, ofDescent] = limits;
  const place = frame({
    width,
    height,
    xDomain: [0.8, 1.3 * Math.max(...ofTheorem.x)],
    yDomain: decadesAround([
      lanes.map((lane) => lane.alpha),
      [alpha, ofTheorem.y[0], ofDescent.y[0] * 1.5],
    ]),
    xScale: "log",
    yScale: "log",
  });
  axes(ctx, place, { x: { label: "batch size b" }, y: { label: "step size of the batch" } }, theme);
  for (const each of limits) {
    line(ctx, place, each, each.style);
  }
  for (const [k, lane] of lanes.entries()) {
    const style = theme.series[k % theme.series.length];
    const point = { x: [lane.batch], y: [lane.alpha] };
    scatter(ctx, place, point, lane.diverged ? { ...style, marker: "cross" } : style, {
      radius: 4,
    });
    if (lane.alpha > lane.limit) {
      rings(ctx, place, point, { colour: theme.colours.theory }, { radius: 8 });
    }
  }
  /** @type {import("../render/types.js").Box[]} */
  const taken = [];
  const x = isLinear(shown.state) ? 1 : lanes[0].batch;
  handle(ctx, place, { x, y: alpha, label: "α" }, theme, { taken });
  directLabels(ctx, place, limits, theme, taken);
  /** @param {number} value */
  const kept = (value) =>
    Number(Math.min(place.yDomain[1], Math.max(place.yDomain[0], value)).toPrecision(3));
  return {
    hover: (/** @type {number} */ px, /** @type {number} */ py) => {
      const points = { x: lanes.map(({ batch }) => batch), y: lanes.map((lane) => lane.alpha) };
      const at = nearestPoint(place, points, px, py, hoverRadius);
      return at < 0
        ? ""
        : `b = ${formatStep(lanes[at].batch)}: α = ${format(lanes[at].alpha)}\n1/(Lσ) = ${format(lanes[at].limit)}`;
    },
    place: (/** @type {number} */ _, /** @type {number} */ py) => ({
      alpha: kept(Number(place.y.invert(py))),
    }),
    nudge: (/** @type {number} */ right, /** @type {number} */ up) => ({
      alpha: kept(alpha * 1.05 ** (right + up)),
    }),
  };
}
