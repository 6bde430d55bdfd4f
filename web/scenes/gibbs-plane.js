// The plane: walkers on the map of f, and their histogram under the contours of the Gibbs law.

import { insideAxes, insideAxesBoxes } from "../render/axes.js";
import { contourLines } from "../render/contour.js";
import { frame } from "../render/frame.js";
import { legend, legendLayout } from "../render/legend.js";
import { line } from "../render/line.js";
import { format } from "../render/numbers.js";
import { handle } from "../render/points.js";
import { withError } from "./ensemble.js";
import { distanceOf, measureOf } from "./gibbs-distance.js";
import { chainsShown, last, mainChannels } from "./gibbs-runs.js";
import { inWindow, paintLandscape } from "./landscape-field.js";
import { objectiveFormula } from "./objective-formula.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Field} Field */
/** @typedef {import("../render/frame.js").Frame} Frame */
/** @typedef {import("./gibbs-runs.js").Channels} Channels */
/** @typedef {ReturnType<typeof chainsShown>[number]} Chain */

const legendGap = 6;
const titleHeight = 18;
const walkerSize = 2.4;
/** Shares of the walkers inside the contours of the law. */
const sharesInside = [0.5, 0.9];

/** The law's contours are kept as long as the field. @type {WeakMap<Float64Array,
 *   { key: string, lines: import("../render/contour.js").OpenLine[] }>} */
const kept = new WeakMap();

/** @param {Shown} shown @returns {Panel} */
export function mapPanel(shown) {
  return {
    id: "map",
    label: "contours of f with a thousand of the walkers",
    hint: "Click or drag to set the start; arrow keys move it.",
    grow: 1.25,
    aspect: 1.2,
    paint: (ctx, surface) => paintMap(ctx, surface, shown),
  };
}

/** @param {Shown} shown @param {number} k of the chain @returns {Panel} */
export function lawPanel(shown, k) {
  return {
    id: `law-${k}`,
    label: "histogram of all walkers in the plane, under the contours of the Gibbs law",
    grow: 1.25,
    aspect: 1.2,
    paint: (ctx, surface) => paintLaw(ctx, surface, shown, k),
  };
}

/** @param {Channels} channels @returns {Field} */
function fieldOf({ field, window }) {
  const [xMin, xMax, yMin, yMax] = window.data;
  return {
    rows: field.shape[0],
    cols: field.shape[1],
    data: field.data,
    xDomain: [xMin, xMax],
    yDomain: [yMin, yMax],
  };
}

/**
 * The window in its own shape, between a title and what stands below.
 * @param {Surface} surface
 * @param {Channels} channels
 * @param {number} below
 */
function placeOf({ width, height }, { window }, below) {
  const [xMin, xMax, yMin, yMax] = window.data;
  const room = height - titleHeight - below;
  const aspect = (xMax - xMin) / (yMax - yMin);
  const plotWidth = Math.min(width, Math.max(room * aspect, 0.7 * width));
  const plotHeight = Math.min(room, Math.max(plotWidth / aspect, 0.7 * room));
  const side = (width - plotWidth) / 2;
  return frame({
    width,
    height,
    xDomain: [xMin, xMax],
    yDomain: [yMin, yMax],
    margins: {
      left: side,
      right: side,
      top: titleHeight,
      bottom: height - titleHeight - plotHeight,
    },
  });
}

/**
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {string} left
 * @param {string} right left out where there is no room
 * @param {Surface} surface
 */
function title(ctx, { plot }, left, right, { theme }) {
  ctx.save();
  ctx.font = theme.fonts.label;
  ctx.fillStyle = theme.colours.text;
  ctx.textAlign = "left";
  ctx.fillText(left, plot.left + 2, plot.top - 6);
  if (ctx.measureText(`${left}   ${right}`).width < plot.width) {
    ctx.textAlign = "right";
    ctx.fillStyle = theme.colours.muted;
    ctx.fillText(right, plot.right - 2, plot.top - 6);
  }
  ctx.restore();
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintMap(ctx, surface, shown) {
  const { theme, width } = surface;
  const channels = mainChannels(shown);
  const items = [{ label: `f = ${objectiveFormula(shown)}` }];
  const below = legendLayout(ctx, items, width, theme).height + legendGap;
  const place = placeOf(surface, channels, below);
  paintLandscape(place, channels, channels.minimum.data[0], surface);
  paintWalkers(ctx, place, channels, theme.measured.colour);
  const { x0, y0 } = shown.state.parameters;
  const names = { x: { label: "x" }, y: { label: "y" } };
  const taken = insideAxesBoxes(ctx, place, names, theme);
  handle(ctx, place, { x: Number(x0), y: Number(y0), label: "start" }, theme, { taken });
  insideAxes(ctx, place, names, theme);
  title(ctx, place, "1000 of the walkers on f", "", surface);
  legend(ctx, items, { x: 0, y: place.plot.bottom + legendGap, width }, theme);
  const [xMin, xMax, yMin, yMax] = channels.window.data;
  return {
    place: (/** @type {number} */ px, /** @type {number} */ py) => {
      const [x, y] = place.invert(px, py);
      return { x0: inWindow(x, xMin, xMax), y0: inWindow(y, yMin, yMax) };
    },
    nudge: (/** @type {number} */ right, /** @type {number} */ up) => ({
      x0: inWindow(Number(x0) + (right * (xMax - xMin)) / 100, xMin, xMax),
      y0: inWindow(Number(y0) + (up * (yMax - yMin)) / 100, yMin, yMax),
    }),
  };
}

/**
 * Squares, all in one path: a thousand are cheap.
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Channels} channels
 * @param {string} colour
 */
function paintWalkers(ctx, place, { sample }, colour) {
  const { plot } = place;
  ctx.save();
  ctx.beginPath();
  ctx.rect(plot.left, plot.top, plot.width, plot.height);
  ctx.clip();
  ctx.beginPath();
  for (let i = 0; i + 1 < sample.data.length; i += 2) {
    const [x, y] = [place.x(sample.data[i]), place.y(sample.data[i + 1])];
    ctx.rect(x - walkerSize / 2, y - walkerSize / 2, walkerSize, walkerSize);
  }
  ctx.fillStyle = colour;
  ctx.globalAlpha = 0.75;
  ctx.fill();
  ctx.restore();
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 * @param {number} k
 */
function paintLaw(ctx, surface, shown, k) {
  const { theme, width } = surface;
  const chains = chainsShown(shown, theme);
  const chain = chains[k];
  const { channels, style } = chain;
  /** @type {import("../render/legend.js").LegendItem[]} */
  const items = [
    { label: chain.label, style, kind: "band" },
    { label: "Gibbs law: half and 90 % lie inside", style: theme.theory },
  ];
  const below = legendLayout(ctx, items, width, theme).height + legendGap;
  const place = placeOf(surface, channels, below);
  paintCells(ctx, place, channels, style.colour);
  for (const outline of outlines(channels)) {
    line(ctx, place, outline, theme.theory);
  }
  insideAxes(ctx, place, { x: { label: "x" }, y: { label: "y" } }, theme);
  const distance = distanceOf(shown, channels);
  const { symbol } = measureOf(shown);
  const numbers = withError(last(distance.measured), last(distance.error));
  const name = chains.length > 1 ? chain.label : "all walkers";
  title(ctx, place, name, distance.measured.length > 0 ? `${symbol} ${numbers}` : "", surface);
  legend(ctx, items, { x: 0, y: place.plot.bottom + legendGap, width }, theme);
  return {
    hover: (/** @type {number} */ px, /** @type {number} */ py) =>
      readCell(channels, place.invert(px, py)),
  };
}

/**
 * Opacity by the root of the density: an eye sees few walkers too.
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Channels} channels
 * @param {string} colour
 */
function paintCells(ctx, place, { histogram, gibbs }, colour) {
  const [rows, columns] = histogram.shape;
  const { plot } = place;
  const full = Math.max(...(gibbs.data.length > 0 ? gibbs.data : histogram.data));
  ctx.save();
  ctx.fillStyle = colour;
  for (let row = 0; row < rows; row += 1) {
    const bottom = Math.round(plot.bottom - (row / rows) * plot.height);
    const top = Math.round(plot.bottom - ((row + 1) / rows) * plot.height);
    for (let column = 0; column < columns; column += 1) {
      const density = histogram.data[row * columns + column];
      if (density > 0) {
        const left = Math.round(plot.left + (column / columns) * plot.width);
        const right = Math.round(plot.left + ((column + 1) / columns) * plot.width);
        ctx.globalAlpha = 0.9 * Math.sqrt(Math.min(1, density / (1.2 * full)));
        ctx.fillRect(left, top, right - left, bottom - top);
      }
    }
  }
  ctx.restore();
}

/**
 * Contours of the law are contours of f: e^(−βf)/Z is above c where f < −(log c + log Z)/β.
 * @param {Channels} channels
 */
function outlines(channels) {
  const { gibbs, logZ, beta, window } = channels;
  if (gibbs.data.length === 0) {
    return [];
  }
  const [xMin, xMax, yMin, yMax] = window.data;
  const cell = ((xMax - xMin) * (yMax - yMin)) / gibbs.data.length;
  const sorted = gibbs.data.slice().sort().reverse();
  const levels = sharesInside.map((share) => {
    let mass = 0;
    const density = sorted.find((value) => {
      mass += value * cell;
      return mass >= share;
    });
    return -(Math.log(density ?? last(sorted)) + logZ.data[0]) / beta.data[0];
  });
  const key = levels.join(" ");
  let known = kept.get(channels.field.data);
  if (known?.key !== key) {
    const lines = contourLines(fieldOf(channels), levels).flatMap((each) => each.lines);
    known = { key, lines };
    kept.set(channels.field.data, known);
  }
  return known.lines;
}

/** @param {Channels} channels @param {[number, number]} place */
function readCell({ histogram, gibbs, window }, [x, y]) {
  const [rows, columns] = histogram.shape;
  const [xMin, xMax, yMin, yMax] = window.data;
  const column = Math.floor(((x - xMin) / (xMax - xMin)) * columns);
  const row = Math.floor(((y - yMin) / (yMax - yMin)) * rows);
  if (column < 0 || column >= columns || row < 0 || row >= rows) {
    return "";
  }
  const i = row * columns + column;
  const law = gibbs.data.length > 0 ? [`Gibbs law ${format(gibbs.data[i])}`] : [];
  return [
    `(${format(x)}, ${format(y)})`,
    `density of the walkers ${format(histogram.data[i])}`,
    ...law,
  ].join("\n");
}
