// Names of what is drawn, in rows that wrap; each with its colour, dash and marker.

import { drawMarker } from "./marker.js";
import { applyStroke } from "./polyline.js";

/** @typedef {import("./types.js").DrawContext} DrawContext */
/** @typedef {import("./types.js").Theme} Theme */
/**
 * @typedef {object} LegendItem
 * @property {string} label
 * @property {import("./types.js").SeriesStyle} [style] without it the label stands alone
 * @property {"line" | "path" | "point" | "ring" | "band"} [kind] line, line with markers, marker,
 *   hollow circle, filled box; line if not given
 */
/** @typedef {{ item: LegendItem, lines: string[], x: number, y: number }} PlacedItem */

const rowHeight = 18;
const sampleWidth = 30;
const sampleGap = 6;
const itemGap = 16;

/**
 * @param {DrawContext} ctx
 * @param {LegendItem[]} items
 * @param {number} width
 * @param {Theme} theme
 * @returns {{ placed: PlacedItem[], height: number }} offsets from the legend's left and top; a
 *   label wider than the legend is broken between words
 */
export function legendLayout(ctx, items, width, theme) {
  ctx.save();
  ctx.font = theme.fonts.legend;
  const placed = [];
  let x = 0;
  let y = 0;
  let rows = 1;
  for (const item of items) {
    const indent = item.style ? sampleWidth + sampleGap : 0;
    const lines = broken(ctx, item.label, width - indent);
    const itemWidth = indent + Math.max(...lines.map((text) => ctx.measureText(text).width));
    if (x > 0 && x + itemWidth > width) {
      x = 0;
      y += rows * rowHeight;
      rows = 1;
    }
    placed.push({ item, lines, x, y });
    x += itemWidth + itemGap;
    rows = Math.max(rows, lines.length);
  }
  ctx.restore();
  return { placed, height: items.length > 0 ? y + rows * rowHeight : 0 };
}

/** @param {DrawContext} ctx @param {string} label @param {number} width @returns {string[]} */
function broken(ctx, label, width) {
  /** @type {string[]} */
  const lines = [];
  for (const word of label.split(" ")) {
    const last = lines[lines.length - 1];
    const longer = `${last} ${word}`;
    if (last !== undefined && ctx.measureText(longer).width <= width) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

/**
 * @param {DrawContext} ctx
 * @param {LegendItem[]} items
 * @param {{ x: number, y: number, width: number }} place its top left corner
 * @param {Theme} theme
 * @returns {number} the height used
 */
export function legend(ctx, items, { x, y, width }, theme) {
  const { placed, height } = legendLayout(ctx, items, width, theme);
  ctx.save();
  ctx.font = theme.fonts.legend;
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  for (const { item, lines, x: dx, y: dy } of placed) {
    const indent = item.style ? sampleWidth + sampleGap : 0;
    drawSample(ctx, item, x + dx, y + dy + rowHeight / 2);
    ctx.fillStyle = theme.colours.muted;
    lines.forEach((text, row) => {
      ctx.fillText(text, x + dx + indent, y + dy + row * rowHeight + rowHeight / 2 + 4);
    });
  }
  ctx.restore();
  return height;
}

/** @param {DrawContext} ctx @param {LegendItem} item @param {number} x @param {number} y */
function drawSample(ctx, { style, kind = "line" }, x, y) {
  if (!style) {
    return;
  }
  ctx.save();
  if (kind === "band") {
    ctx.globalAlpha = 0.3;
    ctx.fillStyle = style.colour;
    ctx.fillRect(x, y - 5, sampleWidth, 10);
  } else if (kind === "ring") {
    applyStroke(ctx, { ...style, dash: [] });
    ctx.beginPath();
    ctx.arc(x + sampleWidth / 2, y, 4, 0, 2 * Math.PI);
    ctx.stroke();
  } else if (kind !== "point") {
    applyStroke(ctx, kind === "path" ? { ...style, dash: [] } : style);
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x + sampleWidth, y);
    ctx.stroke();
  }
  if (kind === "path" || kind === "point") {
    drawMarker(ctx, x + sampleWidth / 2, y, style.marker, 3, style.colour);
  }
  ctx.restore();
}
