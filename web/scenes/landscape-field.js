// An objective in the plane as a ground for what moves on it: colours, contours, names of the axes.

import { heat, heatDark } from "virtual:colour-tables";
import { contour, contourLines, geometricLevels } from "../render/contour.js";
import { drawFieldImage, heatmapImage, heightTransform } from "../render/heatmap.js";
import { featureNames, isOnData } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Field} Field */
/** @typedef {Record<string, import("../lab.js").Channel>} Channels */

const contourLevels = 24;

/** @type {WeakMap<Float64Array, Field & { contours: import("../render/contour.js").Contour[] }>} */
const fields = new WeakMap();
/** Pictures of fields are kept by what they are made for. @type {WeakMap<object, Map<string, unknown>>} */
const images = new WeakMap();

/**
 * @param {DrawContext} ctx
 * @param {import("../render/frame.js").Frame} place
 * @param {Channels} channels with `field`, `window` and `constants` (f* third)
 * @param {Surface} surface
 */
export function paintLandscape(ctx, place, channels, surface) {
  const { theme } = surface;
  const field = fieldOf(channels);
  drawFieldImage(ctx, place, field, imageOf(field, channels.constants.data[2], surface));
  const { contour: colour } = theme.colours;
  contour(ctx, place, field.contours, { colour, width: theme.widths.contour });
}

/** @param {Channels} channels */
function fieldOf({ field, window, constants }) {
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
    const levels = geometricLevels(plain, contourLevels, constants.data[2]);
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
 * Margins that give the plot the window's own shape, so that contours and steps meet at their true
 * angle.
 * @param {number} width
 * @param {number} height
 * @param {number} aspect
 */
export function shaped(width, height, aspect) {
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
