// The few shapes of data that every drawing function shares. Types only: nothing here runs.

/**
 * What the drawing functions need of a 2-D context: a canvas, an OffscreenCanvas or an SvgContext.
 * One unit is one CSS pixel: on a dense screen the caller scales the context once.
 * @typedef {Pick<CanvasRenderingContext2D, "save" | "restore" | "beginPath" | "closePath"
 *   | "moveTo" | "lineTo" | "rect" | "arc" | "fill" | "stroke" | "clip" | "fillRect" | "fillText"
 *   | "strokeText" | "setLineDash" | "fillStyle" | "strokeStyle" | "lineWidth" | "lineCap"
 *   | "lineJoin" | "font" | "textAlign" | "textBaseline" | "globalAlpha"
 *   | "imageSmoothingEnabled"> & {
 *     measureText(text: string): { width: number },
 *     drawImage(image: unknown, x: number, y: number, width: number, height: number): void,
 *   }} DrawContext
 */

/**
 * Makes an image that the context in use can draw, from rows of red, green, blue, opacity bytes.
 * @typedef {(width: number, height: number, rgba: Uint8ClampedArray<ArrayBuffer>) => unknown
 *   } CreateImage
 */

/**
 * Paints a part of a picture that often stays the same while the rest changes. Where pictures follow
 * one another it is kept as an image, and painted anew only when what it is made of is another.
 * @typedef {(name: string, madeOf: unknown[], paint: (ctx: DrawContext) => void) => void} PaintLayer
 *   the name is the layer's own in its picture; of the size and the theme every layer is made
 */

/** @typedef {"circle" | "square" | "triangle" | "diamond" | "plus" | "cross" | "triangle-down"
 *   | "none"} MarkerShape */

/**
 * How one series looks, everywhere: told apart by dash and marker where colour is not seen.
 * @typedef {object} SeriesStyle
 * @property {string} colour
 * @property {number} width of the line, in pixels
 * @property {number[]} dash on and off lengths in pixels; empty for a solid line
 * @property {MarkerShape} marker
 */

/** @typedef {{ colour: string, width: number }} StrokeStyle */

/**
 * Values over an ordered abscissa; without x the abscissa is the index 0, 1, 2, ...
 * @typedef {{ x?: ArrayLike<number>, y: ArrayLike<number> }} Series
 */

/** @typedef {{ x: ArrayLike<number>, y: ArrayLike<number> }} Points */

/**
 * Samples on a regular grid that includes both ends of each domain. Row-major; row 0 lies at
 * yDomain[0], column 0 at xDomain[0].
 * @typedef {object} Field
 * @property {number} rows
 * @property {number} cols
 * @property {ArrayLike<number>} data rows * cols values
 * @property {[number, number]} xDomain abscissae of the first and the last column
 * @property {[number, number]} yDomain ordinates of the first and the last row
 */

/** @typedef {{ left: number, top: number, right: number, bottom: number }} Box */
/** @typedef {import("./theme.js").Theme} Theme */
/** @typedef {import("./frame.js").Frame} Frame */

export {};
