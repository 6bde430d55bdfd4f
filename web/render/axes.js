// Named axes with units, ticks that never touch, and a light horizontal grid.

import { haloText } from "./label.js";
import { chooseTicks } from "./ticks.js";

/** @typedef {import("./types.js").DrawContext} DrawContext */
/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").Theme} Theme */
/** @typedef {{ label: string, unit?: string }} AxisName */

const tickLength = 4;
const tickTextHeight = 11;
// From the middle of a line of text down to its baseline, in units of its size: independent of the
// browser's idea of a middle, and the same in SVG.
const middleToBaseline = 0.36;

/** @param {AxisName} name @returns {string} "time (s)" */
export function axisTitle({ label, unit }) {
  return unit ? `${label} (${unit})` : label;
}

/**
 * What of a name there is room for: first the unit gives way, then letters at the end.
 * @param {DrawContext} ctx in the font of the title
 * @param {AxisName} name
 * @param {number} room
 * @returns {string}
 */
function fittingTitle(ctx, name, room) {
  const letters = [...name.label];
  const shorter = letters.map((_, cut) => `${letters.slice(0, -1 - cut).join("")}…`);
  const titles = [axisTitle(name), name.label, ...shorter];
  return titles.find((title) => ctx.measureText(title).width <= room) ?? "";
}

/** A one-pixel line is sharp only on the middle of a pixel. @param {number} position */
const crisp = (position) => Math.round(position - 0.5) + 0.5;

/** @param {number} value @param {number} low @param {number} high */
const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

/**
 * The grid, the tick labels and both names, around the plot. The name of y stands above its axis.
 * @param {DrawContext} ctx
 * @param {Frame} frame with margins that leave room (axisMargins)
 * @param {{ x: AxisName, y: AxisName }} names
 * @param {Theme} theme
 */
export function axes(ctx, frame, names, theme) {
  yAxis(ctx, frame, names.y, theme);
  xAxis(ctx, frame, names.x, theme);
}

/**
 * The upright axis alone, for a plot that shares the axis of x with the one below it.
 * @param {DrawContext} ctx
 * @param {Frame} frame
 * @param {AxisName} name
 * @param {Theme} theme
 */
export function yAxis(ctx, frame, name, theme) {
  const { plot } = frame;
  ctx.save();
  prepareAxis(ctx, theme);
  drawYTicks(ctx, frame, theme);
  ctx.font = theme.fonts.label;
  ctx.fillStyle = theme.colours.text;
  ctx.textAlign = "left";
  const title = fittingTitle(ctx, name, frame.width - 4);
  const room = frame.width - ctx.measureText(title).width - 2;
  ctx.fillText(title, clamp(plot.left + 2, 2, Math.max(2, room)), plot.top - 9);
  ctx.restore();
}

/**
 * The level axis alone.
 * @param {DrawContext} ctx
 * @param {Frame} frame
 * @param {AxisName} name
 * @param {Theme} theme
 */
export function xAxis(ctx, frame, name, theme) {
  const { plot } = frame;
  ctx.save();
  prepareAxis(ctx, theme);
  drawXTicks(ctx, frame, theme);
  ctx.font = theme.fonts.label;
  ctx.fillStyle = theme.colours.text;
  ctx.textAlign = "center";
  const title = fittingTitle(ctx, name, frame.width - 4);
  const half = ctx.measureText(title).width / 2;
  const middle = insidePicture(plot.left + plot.width / 2, half, frame.width);
  ctx.fillText(title, middle, plot.bottom + 32);
  ctx.restore();
}

/** @param {DrawContext} ctx @param {Theme} theme */
function prepareAxis(ctx, theme) {
  ctx.textBaseline = "alphabetic";
  ctx.lineWidth = theme.widths.thin;
  ctx.setLineDash([]);
  ctx.font = theme.fonts.tick;
}

/**
 * Names and ticks without a grid, inside the picture's edges: for a landscape that fills its panel.
 * @param {DrawContext} ctx
 * @param {Frame} frame
 * @param {{ x: AxisName, y: AxisName }} names
 * @param {Theme} theme
 */
export function insideAxes(ctx, frame, names, theme) {
  const { plot } = frame;
  const ticks = insideTicks(ctx, frame, names, theme);
  ctx.save();
  ctx.font = theme.fonts.tick;
  ctx.setLineDash([]);
  ctx.strokeStyle = theme.colours.muted;
  ctx.lineWidth = theme.widths.thin;
  ctx.beginPath();
  for (const tick of ticks.x) {
    ctx.moveTo(crisp(tick.position), plot.bottom);
    ctx.lineTo(crisp(tick.position), plot.bottom - tickLength);
  }
  for (const tick of ticks.y) {
    ctx.moveTo(plot.left, crisp(tick.position));
    ctx.lineTo(plot.left + tickLength, crisp(tick.position));
  }
  ctx.stroke();
  const quiet = { colour: theme.colours.muted };
  for (const tick of ticks.x) {
    haloText(ctx, tick.label, tick.position, plot.bottom - 8, theme, { ...quiet, align: "center" });
  }
  for (const tick of ticks.y) {
    const baseline = tick.position + middleToBaseline * tickTextHeight;
    haloText(ctx, tick.label, plot.left + 8, baseline, theme, quiet);
  }
  ctx.font = theme.fonts.label;
  const titles = insideTitles(ctx, frame, names);
  haloText(ctx, titles.y, plot.left + 8, plot.top + 15, theme, {});
  haloText(ctx, titles.x, plot.right - 7, plot.bottom - 8, theme, { align: "right" });
  ctx.restore();
}

/** @param {DrawContext} ctx in the font of the titles @param {Frame} frame
 * @param {{ x: AxisName, y: AxisName }} names */
function insideTitles(ctx, { plot }, names) {
  const room = plot.width - 15;
  return { x: fittingTitle(ctx, names.x, room), y: fittingTitle(ctx, names.y, room) };
}

/**
 * Where insideAxes puts its ticks and names, for labels that must keep clear of them.
 * @param {DrawContext} ctx
 * @param {Frame} frame
 * @param {{ x: AxisName, y: AxisName }} names
 * @param {Theme} theme
 * @returns {import("./types.js").Box[]}
 */
export function insideAxesBoxes(ctx, frame, names, theme) {
  const { plot } = frame;
  const ticks = insideTicks(ctx, frame, names, theme);
  ctx.save();
  ctx.font = theme.fonts.label;
  const titles = insideTitles(ctx, frame, names);
  const widths = { x: ctx.measureText(titles.x).width, y: ctx.measureText(titles.y).width };
  ctx.font = theme.fonts.tick;
  const width = (/** @type {import("./ticks.js").Tick} */ { label }) =>
    ctx.measureText(label).width;
  const low = { top: plot.bottom - 20, bottom: plot.bottom };
  const boxes = [
    { ...low, left: plot.right - 7 - widths.x, right: plot.right },
    { left: plot.left, right: plot.left + 8 + widths.y, top: plot.top, bottom: plot.top + 19 },
    ...ticks.x.map((tick) => {
      const half = width(tick) / 2;
      return { ...low, left: tick.position - half, right: tick.position + half };
    }),
    ...ticks.y.map((tick) => {
      const [top, bottom] = [tick.position - 7, tick.position + 7];
      return { left: plot.left, right: plot.left + 8 + width(tick), top, bottom };
    }),
  ];
  ctx.restore();
  return boxes;
}

/**
 * Ticks that keep clear of the corners, where the names stand.
 * @param {DrawContext} ctx @param {Frame} frame @param {{ x: AxisName, y: AxisName }} names
 * @param {Theme} theme
 */
function insideTicks(ctx, frame, names, theme) {
  const { plot } = frame;
  ctx.save();
  ctx.font = theme.fonts.label;
  const nameWidth = ctx.measureText(insideTitles(ctx, frame, names).x).width;
  ctx.restore();
  return chosenTicks(ctx, frame, theme, {
    x: (at) => at > plot.left + 44 && at < plot.right - nameWidth - 36,
    y: (at) => at > plot.top + 28 && at < plot.bottom - 24,
  });
}

const anywhere = { x: () => true, y: () => true };

/**
 * @param {DrawContext} ctx
 * @param {Frame} frame
 * @param {Theme} theme
 * @param {{ x: (position: number) => boolean, y: (position: number) => boolean }} isFree
 */
function chosenTicks(ctx, frame, theme, isFree = anywhere) {
  ctx.save();
  ctx.font = theme.fonts.tick;
  const x = chooseTicks({
    kind: frame.xScale,
    domain: frame.xDomain,
    unit: frame.unit,
    scale: frame.x,
    pitch: 64,
    length: frame.plot.width,
    isFree: isFree.x,
    extent: (label, position) => {
      const half = ctx.measureText(label).width / 2;
      const centre = insidePicture(position, half, frame.width);
      return [centre - half - 6, centre + half + 6];
    },
  });
  const y = chooseTicks({
    kind: frame.yScale,
    domain: frame.yDomain,
    unit: frame.unit,
    scale: frame.y,
    pitch: 38,
    length: frame.plot.height,
    isFree: isFree.y,
    extent: (_, position) => {
      return [position - tickTextHeight, position + tickTextHeight];
    },
  });
  ctx.restore();
  return { x, y };
}

/** The middle of a label at the right or left end. @param {number} position @param {number} half
 * @param {number} width */
const insidePicture = (position, half, width) => clamp(position, half + 1, width - half - 1);

/** @param {DrawContext} ctx @param {Frame} frame @param {Theme} theme */
function drawYTicks(ctx, frame, theme) {
  const { plot } = frame;
  const ticks = chosenTicks(ctx, frame, theme).y;
  ctx.strokeStyle = theme.colours.grid;
  ctx.beginPath();
  for (const { position } of ticks) {
    ctx.moveTo(plot.left, crisp(position));
    ctx.lineTo(plot.right, crisp(position));
  }
  ctx.stroke();
  ctx.fillStyle = theme.colours.muted;
  ctx.textAlign = "right";
  for (const { label, position } of ticks) {
    ctx.fillText(label, plot.left - 8, position + middleToBaseline * tickTextHeight);
  }
}

/** @param {DrawContext} ctx @param {Frame} frame @param {Theme} theme */
function drawXTicks(ctx, frame, theme) {
  const { plot } = frame;
  const ticks = chosenTicks(ctx, frame, theme).x;
  ctx.strokeStyle = theme.colours.muted;
  ctx.beginPath();
  ctx.moveTo(plot.left, crisp(plot.bottom));
  ctx.lineTo(plot.right, crisp(plot.bottom));
  for (const { position } of ticks) {
    ctx.moveTo(crisp(position), crisp(plot.bottom));
    ctx.lineTo(crisp(position), crisp(plot.bottom) + tickLength);
  }
  ctx.stroke();
  ctx.fillStyle = theme.colours.muted;
  ctx.textAlign = "center";
  for (const { label, position } of ticks) {
    const half = ctx.measureText(label).width / 2;
    ctx.fillText(label, insidePicture(position, half, frame.width), plot.bottom + 17);
  }
}
