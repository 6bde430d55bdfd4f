// u over x and γ: the solution of the viscous Hamilton–Jacobi equation, from t = 1/γ = 0 at the top,
// with the minimisers followed through it.

import { axes } from "../render/axes.js";
import { contourLines, geometricLevels } from "../render/contour.js";
import { axisMargins, frame } from "../render/frame.js";
import { line, rules } from "../render/line.js";
import { format } from "../render/numbers.js";
import { rings, scatter } from "../render/points.js";
import { paintGround } from "./landscape-field.js";
import { gammaOf, hereOf, overtakingOf } from "./local-entropy-run.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Field} Field */
/** @typedef {import("../render/types.js").Theme} Theme */
/** @typedef {Record<string, import("../lab.js").Channel>} Channels */
/** @typedef {Field & { contours: ReturnType<typeof contourLines> }} Surfaces */

const contourLevels = 14;
// Where u is flat, what is left of it has no valleys.
const roundingOfU = 1e-10;

/** By the channel that they were made from. @type {WeakMap<Float64Array, Surfaces>} */
const surfaces = new WeakMap();

/** @param {Shown} shown @returns {Panel} */
export function trackPanel(shown) {
  return {
    id: "track",
    label: "the minimisers of u over x and the coupling γ, on a map of u",
    grow: 1,
    aspect: 1.05,
    paint: (ctx, surface) => paintTrack(ctx, surface, shown),
  };
}

/**
 * How far u lies above its least value at each γ, γ growing upwards.
 * @param {Channels} channels
 * @returns {Surfaces}
 */
function surfaceOf({ surface: { shape, data }, window, trackGamma }) {
  let known = surfaces.get(data);
  if (!known) {
    const [rows, cols] = shape;
    const above = new Float64Array(data.length);
    for (let row = 0; row < rows; row += 1) {
      const values = data.subarray(row * cols, (row + 1) * cols);
      const least = Math.min(...values);
      const rounding = roundingOfU * Math.max(1, Math.abs(least));
      above.set(
        values.map((value) => (value - least > rounding ? value - least : 0)),
        (rows - 1 - row) * cols,
      );
    }
    const field = {
      rows,
      cols,
      data: above,
      xDomain: /** @type {[number, number]} */ ([window.data[0], window.data[1]]),
      yDomain: logDomain(trackGamma.data),
    };
    known = { ...field, contours: contourLines(field, geometricLevels(field, contourLevels, 0)) };
    surfaces.set(data, known);
  }
  return known;
}

/** log₁₀ of the least and the greatest. @param {Float64Array} descending @returns {[number, number]} */
function logDomain(descending) {
  return [Math.log10(descending[descending.length - 1]), Math.log10(descending[0])];
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintTrack(ctx, surface, shown) {
  const { theme, width } = surface;
  const { channels } = shown.reports.run;
  const change = overtakingOf(shown);
  const jump = { ...theme.theory, marker: /** @type {const} */ ("none") };
  const point = /** @type {const} */ ("point");
  const items = [
    { label: "least minimiser of u", style: theme.measured, kind: point },
    { label: "other minimisers", style: otherStyle(theme), kind: point },
    ...(change ? [{ label: "where the least jumps", style: jump }] : []),
    { label: "now", style: { ...theme.bound, colour: theme.colours.handle } },
  ];
  const room = withLegend(ctx, surface, items);
  const field = surfaceOf(channels);
  const place = frame({
    width,
    height: room,
    xDomain: field.xDomain,
    yDomain: field.yDomain,
    margins: axisMargins,
  });
  paintGround(place, field, 0, surface);
  axes(ctx, place, { x: { label: "x" }, y: { label: "log₁₀ γ" } }, theme);
  paintMinimisers(ctx, place, channels, theme);
  const level = Math.log10(gammaOf(shown));
  rules(ctx, place, { y: [level] }, { ...theme.bound, colour: theme.colours.handle });
  if (change) {
    const y = Math.log10(change.gamma);
    line(ctx, place, { x: [change.before, change.after], y: [y, y] }, jump);
  }
  const { path, gammaPath } = channels;
  const way = { x: path.data, y: gammaPath.data.map(Math.log10) };
  line(ctx, place, way, { ...theme.measured, colour: theme.colours.text, width: 1 });
  const { x } = hereOf(shown);
  rings(ctx, place, { x: [x], y: [level] }, { colour: theme.colours.text }, { radius: 6 });
  return {
    hover: (/** @type {number} */ px, /** @type {number} */ py) => read(place, field, px, py),
  };
}

/** @param {Theme} theme */
function otherStyle(theme) {
  return {
    colour: theme.colours.text,
    width: 1,
    dash: [],
    marker: /** @type {const} */ ("circle"),
  };
}

/**
 * @param {DrawContext} ctx
 * @param {import("../render/frame.js").Frame} place
 * @param {Channels} channels
 * @param {Theme} theme
 */
function paintMinimisers(ctx, place, { track: { data } }, theme) {
  for (const isLeast of [0, 1]) {
    const x = [];
    const y = [];
    for (let i = 0; i < data.length; i += 3) {
      if (data[i + 2] === isLeast) {
        x.push(data[i + 1]);
        y.push(Math.log10(data[i]));
      }
    }
    const style = isLeast ? theme.measured : otherStyle(theme);
    scatter(ctx, place, { x, y }, style, { radius: isLeast ? 3 : 2 });
  }
}

/**
 * @param {import("../render/frame.js").Frame} place
 * @param {Field} field
 * @param {number} px
 * @param {number} py
 */
function read(place, field, px, py) {
  const [x, level] = place.invert(px, py);
  const { plot } = place;
  if (px < plot.left || px > plot.right || py < plot.top || py > plot.bottom) {
    return "";
  }
  const [low, high] = field.yDomain;
  const row = Math.round(((level - low) / (high - low)) * (field.rows - 1));
  const [left, right] = field.xDomain;
  const col = Math.round(((x - left) / (right - left)) * (field.cols - 1));
  const above = field.data[row * field.cols + col];
  const gamma = 10 ** level;
  return [
    `x = ${format(x)}, γ = ${format(gamma)}, t = ${format(1 / gamma)}`,
    `u − min u = ${format(above)}`,
  ].join("\n");
}
