// A 2-D drawing context that writes SVG: the pictures are exported by the code that draws them.

import { pngDataUri } from "./png.js";
import {
  escapeXml,
  estimateWidth,
  number,
  paint,
  rectanglePath,
  textAttributes,
} from "./svg-markup.js";

/** @typedef {[number, number, number, number, number, number]} Matrix as SVG's matrix(a…f) */

/**
 * @typedef {object} State
 * @property {string} fillStyle
 * @property {string} strokeStyle
 * @property {number} lineWidth
 * @property {CanvasLineCap} lineCap
 * @property {CanvasLineJoin} lineJoin
 * @property {number[]} dash
 * @property {string} font
 * @property {CanvasTextAlign} textAlign
 * @property {CanvasTextBaseline} textBaseline
 * @property {number} globalAlpha
 * @property {boolean} imageSmoothingEnabled
 * @property {Matrix} matrix
 * @property {string} clipId empty for none
 */

/** @type {State} what a new canvas context starts with */
const initialState = {
  fillStyle: "#000000",
  strokeStyle: "#000000",
  lineWidth: 1,
  lineCap: "butt",
  lineJoin: "miter",
  dash: [],
  font: "10px sans-serif",
  textAlign: "start",
  textBaseline: "alphabetic",
  globalAlpha: 1,
  imageSmoothingEnabled: true,
  matrix: [1, 0, 0, 1, 0, 0],
  clipId: "",
};

/**
 * The part of CanvasRenderingContext2D that the drawing functions use. Translate and scale may not
 * change between the building of a path and its drawing.
 */
export class SvgContext {
  /** @type {State} */
  #state = { ...initialState };
  /** @type {State[]} */
  #saved = [];
  #path = "";
  /** @type {string[]} */
  #definitions = [];
  /** @type {string[]} */
  #elements = [];
  #options;

  /**
   * @param {object} options
   * @param {number} options.width in pixels
   * @param {number} options.height
   * @param {string} [options.title] for those who do not see the picture
   * @param {(text: string, font: string) => number} [options.measure] width of a text in pixels; in
   *   a browser a canvas knows it exactly
   * @param {string} [options.idPrefix] differs between pictures in one HTML page
   */
  constructor({ width, height, title = "", measure = estimateWidth, idPrefix = "wv" }) {
    this.#options = { width, height, title, measure, idPrefix };
  }

  /** For the option `createImage`. @type {import("./types.js").CreateImage} */
  static createImage(width, height, rgba) {
    return { href: pngDataUri(width, height, rgba) };
  }

  get fillStyle() {
    return this.#state.fillStyle;
  }
  set fillStyle(value) {
    this.#state.fillStyle = value;
  }
  get strokeStyle() {
    return this.#state.strokeStyle;
  }
  set strokeStyle(value) {
    this.#state.strokeStyle = value;
  }
  get lineWidth() {
    return this.#state.lineWidth;
  }
  set lineWidth(value) {
    this.#state.lineWidth = value;
  }
  get lineCap() {
    return this.#state.lineCap;
  }
  set lineCap(value) {
    this.#state.lineCap = value;
  }
  get lineJoin() {
    return this.#state.lineJoin;
  }
  set lineJoin(value) {
    this.#state.lineJoin = value;
  }
  get font() {
    return this.#state.font;
  }
  set font(value) {
    this.#state.font = value;
  }
  get textAlign() {
    return this.#state.textAlign;
  }
  set textAlign(value) {
    this.#state.textAlign = value;
  }
  get textBaseline() {
    return this.#state.textBaseline;
  }
  set textBaseline(value) {
    this.#state.textBaseline = value;
  }
  get globalAlpha() {
    return this.#state.globalAlpha;
  }
  set globalAlpha(value) {
    this.#state.globalAlpha = value;
  }
  get imageSmoothingEnabled() {
    return this.#state.imageSmoothingEnabled;
  }
  set imageSmoothingEnabled(value) {
    this.#state.imageSmoothingEnabled = value;
  }

  save() {
    this.#saved.push({ ...this.#state });
  }

  restore() {
    this.#state = this.#saved.pop() ?? this.#state;
  }

  /** @param {number} x @param {number} y */
  translate(x, y) {
    const [a, b, c, d, e, f] = this.#state.matrix;
    this.#state.matrix = [a, b, c, d, a * x + c * y + e, b * x + d * y + f];
  }

  /** @param {number} x @param {number} y */
  scale(x, y) {
    const [a, b, c, d, e, f] = this.#state.matrix;
    this.#state.matrix = [a * x, b * x, c * y, d * y, e, f];
  }

  /** @param {number[]} dash */
  setLineDash(dash) {
    this.#state.dash = [...dash];
  }

  beginPath() {
    this.#path = "";
  }

  closePath() {
    this.#path += "Z";
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.#path += `M${number(x)} ${number(y)}`;
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.#path += `L${number(x)} ${number(y)}`;
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    this.#path += rectanglePath(x, y, width, height);
  }

  /**
   * A full circle only: the pictures have no other arcs.
   * @param {number} x @param {number} y @param {number} radius @param {number} from
   * @param {number} to
   */
  arc(x, y, radius, from, to) {
    if (Math.abs(to - from) < 2 * Math.PI - 1e-9) {
      throw new Error("SVG export: full circles only.");
    }
    const size = `A${number(radius)} ${number(radius)} 0 1 1 `;
    this.#path +=
      `M${number(x + radius)} ${number(y)}${size}${number(x - radius)} ${number(y)}` +
      `${size}${number(x + radius)} ${number(y)}Z`;
  }

  clip() {
    const id = `${this.#options.idPrefix}-clip-${this.#definitions.length}`;
    this.#definitions.push(
      `<clipPath id="${escapeXml(id)}"${this.#clipAttribute()}>` +
        `<path d="${this.#path}"${this.#transform()}/></clipPath>`,
    );
    this.#state.clipId = id;
  }

  fill() {
    this.#emit("path", `d="${this.#path}"${this.#fillAttributes()}`);
  }

  stroke() {
    this.#emit("path", `d="${this.#path}" fill="none"${this.#strokeAttributes()}`);
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    this.#emit("path", `d="${rectanglePath(x, y, width, height)}"${this.#fillAttributes()}`);
  }

  /** @param {string} text @param {number} x @param {number} y */
  fillText(text, x, y) {
    this.#text(text, x, y, this.#fillAttributes());
  }

  /** @param {string} text @param {number} x @param {number} y */
  strokeText(text, x, y) {
    this.#text(text, x, y, ` fill="none"${this.#strokeAttributes()}`);
  }

  /** @param {string} text @returns {{ width: number }} */
  measureText(text) {
    return { width: this.#options.measure(text, this.#state.font) };
  }

  /**
   * @param {unknown} image from SvgContext.createImage
   * @param {number} x @param {number} y @param {number} width @param {number} height
   */
  drawImage(image, x, y, width, height) {
    const { href } = /** @type {{ href: string }} */ (image);
    const rendering = this.#state.imageSmoothingEnabled ? "" : ' image-rendering="pixelated"';
    this.#emit(
      "image",
      `href="${escapeXml(href)}" x="${number(x)}" y="${number(y)}" ` +
        `width="${number(width)}" height="${number(height)}" preserveAspectRatio="none"` +
        `${rendering}${this.#opacity()}`,
    );
  }

  /** @returns {string} the document */
  toString() {
    const { width, height, title } = this.#options;
    const name = title ? `<title>${escapeXml(title)}</title>` : "";
    const clips = this.#definitions.join("");
    const definitions = clips ? `<defs>${clips}</defs>` : "";
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${number(width)}" ` +
      `height="${number(height)}" viewBox="0 0 ${number(width)} ${number(height)}" role="img">` +
      `${name}${definitions}\n${this.#elements.join("\n")}\n</svg>\n`
    );
  }

  /** @param {string} text @param {number} x @param {number} y @param {string} colours */
  #text(text, x, y, colours) {
    this.#emit("text", textAttributes(x, y, this.#state) + colours, escapeXml(text));
  }

  /** @param {string} name @param {string} attributes @param {string} [content] already escaped */
  #emit(name, attributes, content = "") {
    const transform = this.#transform();
    const clip = this.#clipAttribute();
    const start = `<${name} ${attributes}${transform}${transform ? "" : clip}>`;
    const element = `${start}${content}</${name}>`;
    // A clip path is in page coordinates; on a transformed element it would be transformed as well.
    this.#elements.push(transform && clip ? `<g${clip}>${element}</g>` : element);
  }

  #transform() {
    const { matrix } = this.#state;
    const identity = matrix.every((entry, k) => entry === initialState.matrix[k]);
    return identity ? "" : ` transform="matrix(${matrix.map((entry) => String(entry)).join(" ")})"`;
  }

  #clipAttribute() {
    const { clipId } = this.#state;
    return clipId ? ` clip-path="url(#${escapeXml(clipId)})"` : "";
  }

  #opacity() {
    const { globalAlpha } = this.#state;
    return globalAlpha === 1 ? "" : ` opacity="${number(globalAlpha)}"`;
  }

  #fillAttributes() {
    return `${paint("fill", this.#state.fillStyle)}${this.#opacity()}`;
  }

  #strokeAttributes() {
    const { strokeStyle, lineWidth, lineCap, lineJoin, dash } = this.#state;
    const cap = lineCap === "butt" ? "" : ` stroke-linecap="${lineCap}"`;
    const join = lineJoin === "miter" ? "" : ` stroke-linejoin="${lineJoin}"`;
    const dashes = dash.length ? ` stroke-dasharray="${dash.map(number).join(" ")}"` : "";
    return (
      `${paint("stroke", strokeStyle)} stroke-width="${number(lineWidth)}"` +
      `${cap}${join}${dashes}${this.#opacity()}`
    );
  }
}
