// An objective in the plane as a ground for what moves on it: colours, contours, names of the axes.

import { heat, heatDark } from "virtual:colour-tables";
import { contour, contourLines, geometricLevels } from "../render/contour.js";
import { frame } from "../render/frame.js";
import { drawFieldImage, heatmapImage, heightTransform } from "../render/heatmap.js";
import { legend, legendLayout } from "../render/legend.js";
import { featureNames, isOnData, legendGap } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Field} Field */
/** @typedef {import("../render/frame.js").Frame} Frame */
/** @typedef {Record<string, import("../lab.js").Channel>} Channels */

const contourLevels = 24;

/** @type {WeakMap<Float64Array, Field & { contours: import("../render/contour.js").Contour[] }>} */
const fields = new WeakMap();
/** Pictures of fields are kept by what they are made for. @type {WeakMap<object, Map<string, unknown>>} */
const images = new WeakMap();

/**
 * @param {Frame} place
 * @param {Channels} channels with `field` and `window`
 * @param {number} minimum f*
 * @param {Surface} surface
 */
export function paintLandscape(place, channels, minimum, surface) {
  paintGround(place, fieldOf(channels, minimum), minimum, surface);
}

/**
 * @param {Frame} place
 * @param {Field & { contours: import("../render/contour.js").Contour[] }} field kept while it is the same
 * @param {number} minimum f*
 * @param {Surface} surface
 */
export function paintGround(place, field, minimum, surface) {
  const { theme } = surface;
  const { plot, xDomain, yDomain } = place;
  const madeOf = [field, minimum, ...Object.values(plot), ...xDomain, ...yDomain];
  surface.layer("ground", madeOf, (ctx) => {
    drawFieldImage(ctx, place, field, imageOf(field, minimum, surface));
    const { contour: colour } = theme.colours;
    contour(ctx, place, field.contours, { colour, width: theme.widths.contour });
  });
}

/** @param {Channels} channels @param {number} minimum */
function fieldOf({ field, window }, minimum) {
  let known = fields.get(field.data);
  if (!known) {
    const [xMin, xMax, yMin, yMax] = window.data;
    /** @type {Field} */
    const plain = {
      rows: field.shape[0],
      cols: field.shape[1],
      data: field.data,
      xDomain: [xMin, xMax],
      yDomain: [yMin, yMax],
    };
    const levels = geometricLevels(plain, contourLevels, minimum);
    known = { ...plain, contours: contourLines(plain, levels) };
    fields.set(field.data, known);
  }
  return known;
}

/**
 * @param {Field} field
 * @param {number} minimum
 * @param {Surface} surface
 */
function imageOf(field, minimum, { theme, createImage }) {
  const made = images.get(createImage) ?? new Map();
  images.set(createImage, made);
  const key = theme.name;
  const last = made.get(key);
  if (last?.field === field) {
    return last.image;
  }
  const image = heatmapImage(field, theme.name === "dark" ? heatDark : heat, {
    createImage,
    transform: heightTransform(field, minimum).transform,
    undefinedColour: theme.colours.undefinedValue,
  });
  made.set(key, { field, image });
  return image;
}

/**
 * The plot of a box in the plane with the legend below it. It has the box's own shape, so that
 * contours and steps meet at their true angle.
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {ArrayLike<number>} box xMin, xMax, yMin, yMax
 * @param {import("../render/legend.js").LegendItem[]} items
 */
export function planeWithLegend(ctx, { width, height, theme }, box, items) {
  const [xMin, xMax, yMin, yMax] = Array.from(box);
  const room = height - legendLayout(ctx, items, width, theme).height - legendGap;
  const place = frame({
    width,
    height: room,
    xDomain: [xMin, xMax],
    yDomain: [yMin, yMax],
    margins: shaped(width, room, (xMax - xMin) / (yMax - yMin)),
  });
  legend(ctx, items, { x: 0, y: place.plot.bottom + legendGap, width }, theme);
  return place;
}

/** @param {number} width @param {number} height @param {number} aspect */
function shaped(width, height, aspect) {
  const plotWidth = Math.min(width, height * aspect);
  const plotHeight = plotWidth / aspect;
  const side = (width - plotWidth) / 2;
  return { left: side, right: side, top: 0, bottom: height - plotHeight };
}

/** @param {Shown} shown */
export function coordinateNames({ state, dataSets }) {
  if (!isOnData(state.parameters)) {
    return ["x", "y"];
  }
  return featureNames(state, dataSets).map((name, i) => `weight of ${name}, w${"₁₂"[i]}`);
}

/**
 * What a pointer or an arrow key makes of a start on the line.
 * @param {Frame} place
 * @param {ArrayLike<number>} ends of the window
 * @param {number} x0
 */
export function lineMoves(place, ends, x0) {
  const [low, high] = Array.from(ends);
  return {
    place: (/** @type {number} */ px) => ({ x0: inWindow(place.invert(px, 0)[0], low, high) }),
    nudge: (/** @type {number} */ right) => ({
      x0: inWindow(x0 + (right * (high - low)) / 100, low, high),
    }),
  };
}

/**
 * The same of a start in the plane.
 * @param {Frame} place
 * @param {ArrayLike<number>} box xMin, xMax, yMin, yMax
 * @param {Record<string, import("../lab.js").Value>} start its x0 and y0
 */
export function planeMoves(place, box, { x0, y0 }) {
  const [xMin, xMax, yMin, yMax] = Array.from(box);
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

/** The highest hill between valleys; null where there is none. @param {Float64Array} values of f over x */
export function highestHill(values) {
  const hills = values.filter((value, i) => value >= values[i - 1] && value > values[i + 1]);
  return hills.length > 0 ? Math.max(...hills) : null;
}

/**
 * Three decimals of the window: what a pointer can tell apart, and short in a link.
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export function inWindow(value, low, high) {
  const unit = 10 ** Math.floor(Math.log10((high - low) / 500));
  const inside = Math.min(high, Math.max(low, value));
  return Number((Math.round(inside / unit) * unit).toPrecision(6));
}
