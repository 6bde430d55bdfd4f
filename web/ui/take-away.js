// What a reader takes away from a scene: its link, its embed code, its picture and its numbers.

import { SvgContext } from "../render/svg-context.js";
import { blocksOf, csvParts } from "../state/series.js";
import { element, openDialog } from "./dom.js";
import { canvasImage } from "./panel-view.js";

/** @typedef {import("./figure.js").Panel} Panel */
/** @typedef {import("../render/theme.js").Theme} Theme */

const panelWidth = 640;
const panelHeight = 460;
// Around what a panel draws up to its own edge.
const panelEdge = 12;
const captionHeight = 28;
const captionLine = 16;
const captionMargin = 12;
// Wider than the characters of an address are on the average, so that no line runs out.
const captionCharacter = 7.5;

/**
 * Copies, and shows what was copied, so that it can be taken by hand where the clipboard is closed.
 * @param {string} what
 * @param {string} text
 */
export async function copy(what, text) {
  const field = element("textarea", { readonly: true, rows: 3, "aria-label": what }, text);
  const state = element("p", {}, `${what}:`);
  openDialog(what, "copied", state, field);
  field.select();
  const done = await copyText(text);
  state.textContent = done ? `${what}, copied:` : `${what}; press Ctrl+C to copy it:`;
}

/** @param {string} text @returns {Promise<boolean>} false where the clipboard is closed to us */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} name
 * @param {Blob} blob
 */
export function save(name, blob) {
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/**
 * The link in as many lines as it takes: a table in it makes it long.
 * @param {Panel[]} panels
 * @param {string} link
 */
function captionOf(panels, link) {
  const room = panelWidth * panels.length - 2 * captionMargin;
  const longest = Math.floor(room / captionCharacter);
  const count = Math.max(1, Math.ceil(link.length / longest));
  return Array.from({ length: count }, (_, i) => link.slice(i * longest, (i + 1) * longest));
}

/**
 * @param {Panel[]} panels
 * @param {string} link
 * @returns {{ width: number, height: number }} of the panels with the link
 */
export function figureSize(panels, link) {
  const lines = captionOf(panels, link).length;
  return {
    width: panelWidth * panels.length,
    height: panelHeight + captionHeight + (lines - 1) * captionLine,
  };
}

/**
 * The panels side by side, with the link that made them underneath.
 * @param {CanvasRenderingContext2D | SvgContext} ctx
 * @param {import("../render/types.js").CreateImage} createImage
 * @param {Panel[]} panels
 * @param {Theme} theme
 * @param {string} link
 */
function paintAll(ctx, createImage, panels, theme, link) {
  ctx.fillStyle = theme.colours.surface;
  const { width, height } = figureSize(panels, link);
  ctx.fillRect(0, 0, width, height);
  panels.forEach((panel, i) => {
    ctx.save();
    ctx.translate(panelWidth * i + panelEdge, panelEdge);
    panel.paint(ctx, {
      width: panelWidth - 2 * panelEdge,
      height: panelHeight - panelEdge,
      theme,
      createImage,
      layer: (_name, _madeOf, paint) => paint(ctx),
    });
    ctx.restore();
  });
  ctx.fillStyle = theme.colours.muted;
  ctx.font = theme.fonts.tick;
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  captionOf(panels, link).forEach((line, i) => {
    ctx.fillText(line, captionMargin, panelHeight + (i + 1) * captionLine);
  });
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Panel[]} panels
 * @param {Theme} theme
 * @param {string} link
 */
export function paintFigure(ctx, panels, theme, link) {
  paintAll(ctx, canvasImage, panels, theme, link);
}

/**
 * @param {string} name
 * @param {Panel[]} panels
 * @param {Theme} theme
 * @param {string} link
 */
export function savePng(name, panels, theme, link) {
  const { width, height } = figureSize(panels, link);
  const canvas = element("canvas", { width: 2 * width, height: 2 * height });
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ctx.scale(2, 2);
  paintFigure(ctx, panels, theme, link);
  canvas.toBlob((blob) => blob && save(`${name}.png`, blob), "image/png");
}

/**
 * @param {string} name
 * @param {Panel[]} panels
 * @param {Theme} theme
 * @param {string} link
 */
export function saveSvg(name, panels, theme, link) {
  const ctx = new SvgContext({
    ...figureSize(panels, link),
    title: panels.map(({ label }) => label).join(" "),
  });
  paintAll(ctx, SvgContext.createImage, panels, theme, link);
  save(`${name}.svg`, new Blob([ctx.toString()], { type: "image/svg+xml" }));
}

/**
 * @param {string} name
 * @param {string[]} csv in parts
 */
export function saveTable(name, csv) {
  save(`${name}.csv`, new Blob(csv, { type: "text/csv" }));
}

/**
 * @param {string} name
 * @param {import("../state/series.js").RunNumbers[]} runs
 * @param {string} link
 */
export function saveCsv(name, runs, link) {
  saveTable(name, [...csvParts(blocksOf(runs), link)]);
}
