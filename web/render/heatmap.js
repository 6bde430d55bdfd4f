// A field as colours: values, a monotone transform, a table of 256 colours.

import { insidePlot } from "./polyline.js";

/** @typedef {import("./types.js").Field} Field */
/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").DrawContext} DrawContext */

/** Levels, colours and scale of one field all ask. @type {WeakMap<object, Float64Array>} */
const inOrder = new WeakMap();

/**
 * @param {ArrayLike<number>} data of a field, which never changes
 * @returns {Float64Array} the finite values, ascending
 */
export function sortedFinite(data) {
  const values = inOrder.get(data) ?? Float64Array.from(data).filter(Number.isFinite).sort();
  inOrder.set(data, values);
  return values;
}

/**
 * log(1 + (f − f*) / s): linear near the minimum and logarithmic far above it, so that the bottom
 * of a valley and its walls are both seen. s is the 5 % quantile of f − f* over the field.
 * @param {Field} field
 * @param {number} [minimum] f*; without it the least finite value of the field
 * @returns {{ transform: (value: number) => number, inverse: (height: number) => number }}
 */
export function heightTransform(field, minimum) {
  const sorted = sortedFinite(field.data);
  const bottom = minimum ?? sorted[0] ?? 0;
  const quantile = sorted[Math.floor(0.05 * (sorted.length - 1))] - bottom;
  const top = sorted[sorted.length - 1] - bottom;
  const softening = [quantile, top].find((s) => s > 0) ?? 1;
  return {
    transform: (value) => Math.log1p(Math.max(0, value - bottom) / softening),
    inverse: (height) => bottom + softening * Math.expm1(height),
  };
}

/**
 * @typedef {object} HeatmapOptions
 * @property {import("./types.js").CreateImage} createImage
 * @property {(value: number) => number} [transform] monotone; without it values are taken as
 *   they are
 * @property {[number, number]} [range] values that get the first and the last colour; without it
 *   the least and greatest finite value
 * @property {string} undefinedColour for values that are not finite, as "#rrggbb"
 */

/**
 * @param {Field} field
 * @param {Uint8Array} colourTable 256 × (red, green, blue)
 * @param {HeatmapOptions} options
 * @returns {Uint8ClampedArray<ArrayBuffer>} rows from the top of the picture down
 */
export function fieldColours(
  field,
  colourTable,
  { transform = (value) => value, range, undefinedColour },
) {
  const { rows, cols, data } = field;
  const rgba = new Uint8ClampedArray(4 * rows * cols);
  const [low, high] = (range ?? finiteRange(data)).map(transform);
  const scale = high > low ? 255 / (high - low) : 0;
  const neutral = [1, 3, 5].map((at) => parseInt(undefinedColour.slice(at, at + 2), 16));
  for (let row = 0; row < rows; row += 1) {
    for (let col = 0; col < cols; col += 1) {
      const value = data[row * cols + col];
      const at = 4 * ((rows - 1 - row) * cols + col);
      const entry = Math.round((transform(value) - low) * scale);
      const index = 3 * Math.max(0, Math.min(255, entry));
      const known = Number.isFinite(value);
      rgba[at] = known ? colourTable[index] : neutral[0];
      rgba[at + 1] = known ? colourTable[index + 1] : neutral[1];
      rgba[at + 2] = known ? colourTable[index + 2] : neutral[2];
      rgba[at + 3] = 255;
    }
  }
  return rgba;
}

/** @param {ArrayLike<number>} data @returns {[number, number]} */
function finiteRange(data) {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < data.length; i += 1) {
    if (!Number.isFinite(data[i])) {
      continue;
    }
    low = Math.min(low, data[i]);
    high = Math.max(high, data[i]);
  }
  return low <= high ? [low, high] : [0, 0];
}

/**
 * The image alone, to be kept while only what lies over it changes.
 * @param {Field} field
 * @param {Uint8Array} colourTable
 * @param {HeatmapOptions} options
 */
export function heatmapImage(field, colourTable, options) {
  return options.createImage(field.cols, field.rows, fieldColours(field, colourTable, options));
}

/**
 * Draws an image of a field where the field lies. The middle of each image pixel is its sample.
 * @param {DrawContext} ctx
 * @param {Frame} frame with linear axes
 * @param {Field} field
 * @param {unknown} image from heatmapImage
 * @param {{ smooth: boolean }} [options] false shows the cells themselves: for a matrix
 */
export function drawFieldImage(ctx, frame, field, image, { smooth } = { smooth: true }) {
  const { rows, cols, xDomain, yDomain } = field;
  const left = frame.x(xDomain[0]);
  const bottom = frame.y(yDomain[0]);
  const cellWidth = cols > 1 ? (frame.x(xDomain[1]) - left) / (cols - 1) : frame.plot.width;
  const cellHeight = rows > 1 ? (bottom - frame.y(yDomain[1])) / (rows - 1) : frame.plot.height;
  insidePlot(ctx, frame, () => {
    ctx.imageSmoothingEnabled = smooth;
    ctx.drawImage(
      image,
      left - cellWidth / 2,
      bottom - (rows - 0.5) * cellHeight,
      cols * cellWidth,
      rows * cellHeight,
    );
  });
}

/**
 * @param {DrawContext} ctx
 * @param {Frame} frame with linear axes
 * @param {Field} field
 * @param {Uint8Array} colourTable 256 × (red, green, blue)
 * @param {HeatmapOptions} options
 */
export function heatmap(ctx, frame, field, colourTable, options) {
  drawFieldImage(ctx, frame, field, heatmapImage(field, colourTable, options));
}
