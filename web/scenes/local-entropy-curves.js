// f and u on one axis, and under them the local Gibbs law of one x with the force that it makes.

import { xAxis, yAxis } from "../render/axes.js";
import { band } from "../render/band.js";
import { axisMargins, frame } from "../render/frame.js";
import { haloText } from "../render/label.js";
import { line } from "../render/line.js";
import { format } from "../render/numbers.js";
import { crosses, handle, scatter } from "../render/points.js";
import { nearestIndex } from "../render/read-out.js";
import { columnOf } from "./ensemble.js";
import { highestHill, lineMoves } from "./landscape-field.js";
import { gammaOf, hereOf } from "./local-entropy-run.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Theme} Theme */
/** @typedef {import("../render/frame.js").Frame} Frame */
/** @typedef {import("../render/types.js").Box} Box */

const rowGap = 26;
// Of the height of f between its least and greatest minimum that the walls may add.
const wallShare = 0.5;
const arrowHead = 5;
const nameBaseline = 8;
const nameDescent = 3;
// Of its peak: lower parts of the law pass under a name on the axis.
const bellShare = 0.15;

/** @param {Shown} shown @returns {Panel} */
export function curvesPanel(shown) {
  return {
    id: "curves",
    label: "f, its smoothed form u and the local Gibbs law around x, over x",
    hint: "Drag x, or move it with the arrow keys.",
    grow: 1.35,
    aspect: 0.95,
    paint: (ctx, surface) => paintCurves(ctx, surface, shown),
  };
}

/** @param {Theme} theme */
function objectiveStyle(theme) {
  return {
    colour: theme.colours.text,
    width: 1.25,
    dash: [],
    marker: /** @type {const} */ ("none"),
  };
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintCurves(ctx, surface, shown) {
  const { theme, width, height } = surface;
  const { channels } = shown.reports.run;
  const showsGaussian = shown.state.view.beside === "gaussian";
  const items = [
    { label: "f", style: objectiveStyle(theme) },
    { label: "u, what Entropy-SGD descends on", style: theme.measured },
    ...(showsGaussian ? [{ label: "f itself, smoothed", style: theme.second }] : []),
    {
      label: "local Gibbs law of x",
      style: theme.theory,
      kind: /** @type {const} */ ("band"),
    },
  ];
  const bottom = withLegend(ctx, surface, items);
  const room = bottom - axisMargins.top - axisMargins.bottom - rowGap;
  const middle = axisMargins.top + 0.7 * room;
  const xDomain = /** @type {[number, number]} */ ([...channels.window.data]);
  /** @param {number} top @param {number} end @param {[number, number]} yDomain */
  const row = (top, end, yDomain) =>
    frame({
      width,
      height,
      xDomain,
      yDomain,
      margins: { ...axisMargins, top, bottom: height - end },
    });
  const upper = row(axisMargins.top, middle, heights(shown, showsGaussian));
  const peak = Math.max(...channels.density.data);
  const lower = row(middle + rowGap, bottom - axisMargins.bottom, [0, 1.15 * peak]);

  yAxis(ctx, upper, { label: "f, u" }, theme);
  line(ctx, upper, { x: channels.grid.data, y: channels.f.data }, objectiveStyle(theme));
  if (showsGaussian) {
    line(ctx, upper, { x: channels.grid.data, y: channels.gaussian.data }, theme.second);
  }
  line(ctx, upper, { x: channels.grid.data, y: channels.smoothed.data }, theme.measured);
  const { minimizers } = channels;
  crosses(ctx, upper, { x: columnOf(minimizers, 0), y: columnOf(minimizers, 1) }, theme.measured);

  const taken = paintLaw(ctx, lower, shown, theme);
  const { x, smoothed } = hereOf(shown);
  const { path } = channels;
  scatter(ctx, upper, { x: [x], y: [smoothed] }, theme.measured, { radius: 5 });
  const start = path.data[0];
  handle(ctx, lower, { x: start, y: 0, label: "start" }, theme, { taken });
  return {
    hover: (/** @type {number} */ px) => read(upper, shown, px),
    ...lineMoves(upper, xDomain, start),
  };
}

/**
 * The valleys fill the picture; high walls are cut off.
 * @param {Shown} shown
 * @param {boolean} showsGaussian
 * @returns {[number, number]}
 */
function heights({ reports }, showsGaussian) {
  const { f, smoothed, gaussian, minima } = reports.run.channels;
  const curves = [f.data, smoothed.data, ...(showsGaussian ? [gaussian.data] : [])];
  const low = Math.min(...f.data);
  const bottoms = columnOf(minima, 1);
  const highestMinimum = bottoms.length > 0 ? Math.max(...bottoms) : low;
  const highest = Math.max(...f.data);
  const barrier = highestHill(f.data) ?? (low + highest) / 2;
  const top = Math.min(
    highest,
    Math.max(barrier, highestMinimum) + wallShare * (Math.max(barrier, highestMinimum) - low),
  );
  const least = Math.min(...curves.map((values) => Math.min(...values)));
  const margin = 0.06 * Math.max(top - least, 1e-9);
  return [least - margin, Math.max(top, low + 1e-9) + margin];
}

/**
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Shown} shown
 * @param {Theme} theme
 * @returns {Box[]} what a name must keep clear of
 */
function paintLaw(ctx, place, shown, theme) {
  const { grid, density } = shown.reports.run.channels;
  yAxis(ctx, place, { label: "density" }, theme);
  xAxis(ctx, place, { label: "x" }, theme);
  const zeros = new Float64Array(density.data.length);
  band(ctx, place, { x: grid.data, lower: zeros, upper: density.data }, theme.theory, 0.3);
  line(ctx, place, { x: grid.data, y: density.data }, theme.theory);
  const { x, mean, force } = hereOf(shown);
  const { plot } = place;
  const level = plot.top + 0.3 * plot.height;
  const [from, to] = [place.x(x), place.x(mean)].map((px) =>
    Math.min(plot.right, Math.max(plot.left, px)),
  );
  ctx.save();
  ctx.strokeStyle = theme.colours.measured;
  ctx.setLineDash([]);
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(from, plot.top);
  ctx.lineTo(from, plot.bottom);
  ctx.stroke();
  ctx.strokeStyle = theme.colours.text;
  ctx.beginPath();
  ctx.moveTo(to, plot.top);
  ctx.lineTo(to, plot.bottom);
  ctx.stroke();
  arrow(ctx, from, to, level);
  ctx.font = theme.fonts.label;
  const isRight = to > plot.left + plot.width / 2;
  const align = /** @type {CanvasTextAlign} */ (isRight ? "right" : "left");
  const beside = to + (isRight ? -6 : 6);
  const name = `⟨x′⟩, force ${format(force)}`;
  haloText(ctx, name, beside, plot.top + nameBaseline, theme, { align });
  const width = ctx.measureText(name).width;
  ctx.restore();
  const left = isRight ? beside - width : beside;
  const { top } = plot;
  return [
    { left, right: left + width, top, bottom: top + nameBaseline + nameDescent },
    bellOf(place, grid.data, density.data),
  ];
}

/**
 * Where the law is high enough to cover a name.
 * @param {Frame} place
 * @param {Float64Array} x
 * @param {Float64Array} density
 * @returns {Box}
 */
function bellOf({ x: across, plot }, x, density) {
  const least = bellShare * Math.max(...density);
  const first = density.findIndex((height) => height > least);
  const last = density.findLastIndex((height) => height > least);
  return { left: across(x[first]), right: across(x[last]), top: plot.top, bottom: plot.bottom };
}

/** @param {DrawContext} ctx @param {number} from @param {number} to @param {number} level */
function arrow(ctx, from, to, level) {
  if (Math.abs(to - from) < 2) {
    return;
  }
  const back = Math.sign(from - to) * Math.min(arrowHead, Math.abs(to - from));
  ctx.lineWidth = 2.25;
  ctx.beginPath();
  ctx.moveTo(from, level);
  ctx.lineTo(to, level);
  ctx.moveTo(to + back, level - arrowHead);
  ctx.lineTo(to, level);
  ctx.lineTo(to + back, level + arrowHead);
  ctx.stroke();
}

/** @param {Frame} place @param {Shown} shown @param {number} px */
function read(place, shown, px) {
  const { grid, f, smoothed, density } = shown.reports.run.channels;
  const i = nearestIndex(place, { x: grid.data, y: f.data }, px);
  if (i < 0 || px < place.plot.left || px > place.plot.right) {
    return "";
  }
  return [
    `x = ${format(grid.data[i])}, γ = ${format(gammaOf(shown))}`,
    `f = ${format(f.data[i])}, u = ${format(smoothed.data[i])}`,
    `local law: ${format(density.data[i])}`,
  ].join("\n");
}
