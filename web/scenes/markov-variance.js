// How the variance of a step depends on the step size and on the batch size, on logarithmic axes.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { directLabels, haloText } from "../render/label.js";
import { line } from "../render/line.js";
import { format } from "../render/numbers.js";
import { rings, scatter } from "../render/points.js";
import { nearestPoint } from "../render/read-out.js";
import { columnOf, decadesAround, errorBar, withError } from "./ensemble.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Theme} Theme */
/** @typedef {import("../render/frame.js").Frame} Frame */
/**
 * @typedef {object} Law
 * @property {string} channel
 * @property {string} axis
 * @property {string} name
 * @property {number} current where the scene stands
 */

const hoverRadius = 14;
const rowGap = 58;
const titleRoom = 26;
// Below this share of the largest variance there is none to see: b = n without replacement.
const lowest = 1e-12;

/** @param {Shown} shown @returns {Panel} */
export function variancePanel(shown) {
  return {
    id: "variance",
    label: "the variance of one step over the step size and over the batch size",
    grow: 0.8,
    aspect: 0.95,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/** @param {Shown} shown @returns {Law[]} */
function lawsOf({ state }) {
  const { alpha, batch, sampling } = state.parameters;
  return [
    { channel: "varianceByStepSize", axis: "step size α", name: "∝ α²", current: Number(alpha) },
    {
      channel: "varianceByBatch",
      axis: "batch size b",
      name: sampling === "replacement" ? "∝ 1/b" : "∝ (n−b)/((n−1)b)",
      current: Number(batch),
    },
  ];
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width } = surface;
  const bottom = withLegend(ctx, surface, [
    { label: "drawn", style: theme.measured, kind: "point" },
    { label: "α²c tr Var ∇f_ω", style: theme.theory },
  ]);
  const tall = (bottom - titleRoom - 38 - rowGap) / 2;
  const rows = lawsOf(shown).map((law, k) => {
    const topEdge = titleRoom + k * (tall + rowGap);
    return paintLaw(ctx, { ...surface, width }, shown, law, [topEdge, topEdge + tall]);
  });
  return {
    hover: (/** @type {number} */ px, /** @type {number} */ py) =>
      rows.map((read) => read(px, py)).find((text) => text !== "") ?? "",
  };
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 * @param {Law} law
 * @param {[number, number]} edges top and bottom of the plot
 * @returns {(px: number, py: number) => string} a read-out
 */
function paintLaw(ctx, { theme, width, height }, shown, law, [top, bottom]) {
  const channel = shown.reports.run.channels[law.channel];
  const [x, measured, error, exact] = [0, 1, 2, 3].map((k) => columnOf(channel, k));
  const least = lowest * Math.max(...exact);
  const seen = [...x.keys()].filter((k) => exact[k] > least && measured[k] > least);
  const place = frame({
    width,
    height,
    xDomain: [x[0] / 1.7, x[x.length - 1] * 1.4],
    yDomain: decadesAround(least > 0 ? [exact, measured] : [], least),
    xScale: "log",
    yScale: "log",
    margins: { left: 56, top, right: 16, bottom: height - bottom },
  });
  axes(ctx, place, { x: { label: law.axis }, y: { label: "E‖xₜ₊₁ − E xₜ₊₁‖²" } }, theme);
  if (!(least > 0)) {
    tellNone(ctx, place, theme);
    return () => "";
  }
  line(ctx, place, { x, y: exact }, theme.theory);
  for (const k of seen) {
    const ends = /** @type {[number, number]} */ ([measured[k] - error[k], measured[k] + error[k]]);
    errorBar(ctx, place, x[k], ends, theme.measured);
    scatter(ctx, place, { x: [x[k]], y: [measured[k]] }, theme.measured, { radius: 3.2 });
  }
  const here = interpolated(x, exact, law.current);
  rings(ctx, place, { x: [law.current], y: [here] }, { colour: theme.colours.text }, { radius: 7 });
  directLabels(ctx, place, [{ x, y: exact, label: law.name, style: theme.theory }], theme);
  const places = { x: seen.map((k) => x[k]), y: seen.map((k) => measured[k]) };
  return (px, py) => {
    const at = nearestPoint(place, places, px, py, hoverRadius);
    const k = seen[at];
    return at < 0
      ? ""
      : [
          `${law.axis} = ${format(x[k])}`,
          `drawn ${withError(measured[k], error[k])}`,
          `exact ${format(exact[k])}`,
        ].join("\n");
  };
}

/** @param {DrawContext} ctx @param {Frame} place @param {Theme} theme */
function tellNone(ctx, { plot }, theme) {
  ctx.save();
  ctx.font = theme.fonts.label;
  const [x, y] = [plot.left + plot.width / 2, plot.top + plot.height / 2];
  haloText(ctx, "none: the step is certain", x, y, theme, { align: "center" });
  ctx.restore();
}

/**
 * On the straight piece of a logarithmic plot.
 * @param {Float64Array} x
 * @param {Float64Array} y
 * @param {number} at
 */
function interpolated(x, y, at) {
  const above = x.findIndex((value) => value >= at);
  if (above <= 0) {
    return y[0];
  }
  const share = Math.log(at / x[above - 1]) / Math.log(x[above] / x[above - 1]);
  return y[above - 1] * (y[above] / y[above - 1]) ** share;
}
