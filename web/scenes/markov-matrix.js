// The chain on a grid: its matrix as colours, with a walker that hops over it.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { drawFieldImage, heatmapImage } from "../render/heatmap.js";
import { haloText } from "../render/label.js";
import { line } from "../render/line.js";
import { format } from "../render/numbers.js";
import { handle, rings } from "../render/points.js";
import { lineMoves } from "./landscape-field.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Field} Field */
/** @typedef {import("../render/types.js").Theme} Theme */
/** @typedef {import("../render/frame.js").Frame} Frame */
/** @typedef {Record<string, import("../lab.js").Channel>} Channels */

const shownHops = 12;

/** @type {WeakMap<Float64Array, Map<string, { field: Field, image: unknown }>>} */
const made = new WeakMap();

/** @param {Shown} shown @returns {Panel} */
export function matrixPanel(shown) {
  return {
    id: "matrix",
    label: "the transition matrix: probability of a hop from each cell to each cell, with a walker",
    hint: "Click or drag sideways to set the start; arrow keys move it.",
    grow: 1.05,
    aspect: 1,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/**
 * Columns are where the walker is, rows where it goes: the graph of each term's move is a line.
 * @param {Channels} channels
 * @param {Surface} surface
 */
function matrixOf({ transition, grid }, { theme, createImage }) {
  const known = made.get(transition.data) ?? new Map();
  made.set(transition.data, known);
  const found = known.get(theme.name);
  if (found) {
    return found;
  }
  const count = grid.data.length;
  const data = new Float64Array(count * count);
  for (let from = 0; from < count; from += 1) {
    for (let to = 0; to < count; to += 1) {
      data[to * count + from] = transition.data[from * count + to];
    }
  }
  const ends = /** @type {[number, number]} */ ([grid.data[0], grid.data[count - 1]]);
  const field = { rows: count, cols: count, data, xDomain: ends, yDomain: ends };
  const table = ramp(theme.colours.surface, theme.colours.text);
  // The root shows hops that are rare among likely ones.
  const transform = (/** @type {number} */ p) => Math.sqrt(p);
  const image = heatmapImage(field, table, {
    createImage,
    transform,
    undefinedColour: theme.colours.undefinedValue,
  });
  const both = { field, image };
  known.set(theme.name, both);
  return both;
}

/** From paper to ink: where nothing hops the picture is empty. @param {string} from @param {string} to */
function ramp(from, to) {
  const [start, end] = [from, to].map((colour) =>
    [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)),
  );
  return Uint8Array.from({ length: 3 * 256 }, (_, k) => {
    const share = Math.floor(k / 3) / 255;
    return Math.round(start[k % 3] + share * (end[k % 3] - start[k % 3]));
  });
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width } = surface;
  const { channels } = shown.reports.run;
  const [low, high] = channels.window.data;
  const height = withLegend(ctx, surface, [
    { label: "ink: probability of the hop" },
    { label: "one chain hops", style: walkerStyle(theme) },
    { label: "stay", style: theme.bound },
  ]);
  const place = frame({ width, height, xDomain: [low, high], yDomain: [low, high] });
  axes(ctx, place, { x: { label: "from xₜ" }, y: { label: "to xₜ₊₁" } }, theme);
  if (channels.transition.data.length === 0) {
    tellNone(ctx, place, theme);
  } else {
    const { field, image } = matrixOf(channels, surface);
    drawFieldImage(ctx, place, field, image, { smooth: false });
  }
  line(ctx, place, { x: [low, high], y: [low, high] }, { ...theme.bound, width: 1 });
  paintWalker(ctx, place, channels, theme);
  const x0 = Number(shown.state.parameters.x0);
  handle(ctx, place, { x: x0, y: low, label: "start" }, theme);
  return {
    hover: (/** @type {number} */ px, /** @type {number} */ py) => read(place, channels, px, py),
    ...lineMoves(place, [low, high], x0),
  };
}

/** @param {Theme} theme */
function walkerStyle(theme) {
  return { ...theme.measured, width: 1.5 };
}

/**
 * From (xₜ, xₜ₊₁) level to the diagonal and on to (xₜ₊₁, xₜ₊₂).
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Channels} channels
 * @param {Theme} theme
 */
function paintWalker(ctx, place, { path }, theme) {
  const recent = path.data.slice(-(shownHops + 1));
  const x = [];
  const y = [];
  for (let t = 0; t + 1 < recent.length; t += 1) {
    x.push(recent[t], recent[t]);
    y.push(recent[t], recent[t + 1]);
  }
  const last = recent[recent.length - 1];
  x.push(last);
  y.push(last);
  line(ctx, place, { x, y }, walkerStyle(theme));
  rings(ctx, place, { x: [last], y: [last] }, theme.measured, { radius: 5, width: 2 });
}

/** @param {DrawContext} ctx @param {Frame} place @param {Theme} theme */
function tellNone(ctx, { plot }, theme) {
  ctx.save();
  ctx.font = theme.fonts.label;
  const middle = plot.left + plot.width / 2;
  const lines = ["Reshuffled, the next step depends", "on what the epoch has used:", "no matrix."];
  lines.forEach((text, k) => {
    haloText(ctx, text, middle, plot.top + 0.3 * plot.height + 18 * k, theme, { align: "center" });
  });
  ctx.restore();
}

/**
 * @param {Frame} place
 * @param {Channels} channels
 * @param {number} px
 * @param {number} py
 */
function read(place, { transition, grid, window }, px, py) {
  const count = grid.data.length;
  const [low, high] = window.data;
  const [x, y] = place.invert(px, py);
  const [from, to] = [x, y].map((value) => Math.floor((count * (value - low)) / (high - low)));
  const inside = Math.min(from, to) >= 0 && Math.max(from, to) < count;
  return inside && transition.data.length > 0
    ? `from ${format(grid.data[from])} to ${format(grid.data[to])}\nprobability ${format(transition.data[from * count + to])}`
    : "";
}
