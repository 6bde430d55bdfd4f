// A drawing context that draws nothing and lists what it was asked to draw, and what the tests of
// the drawing functions share.

import { frame, noMargins } from "../../web/render/frame.js";

/**
 * @typedef {object} Call
 * @property {string} name
 * @property {any[]} args
 * @property {Record<string, any>} state the properties and the dash at the time of the call
 */

const recorded = /** @type {const} */ ([
  "beginPath",
  "closePath",
  "moveTo",
  "lineTo",
  "rect",
  "arc",
  "fill",
  "stroke",
  "clip",
  "fillRect",
  "fillText",
  "strokeText",
  "drawImage",
]);

const initial = {
  fillStyle: "#000000",
  strokeStyle: "#000000",
  lineWidth: 1,
  lineCap: "butt",
  lineJoin: "miter",
  font: "10px sans-serif",
  textAlign: "start",
  textBaseline: "alphabetic",
  globalAlpha: 1,
  imageSmoothingEnabled: true,
};

/**
 * Texts are 0.6 times the font size a character.
 * @returns {{ ctx: import("../../web/render/types.js").DrawContext, calls: Call[] }}
 */
export function recordingContext() {
  /** @type {Call[]} */
  const calls = [];
  /** @type {Record<string, any>[]} */
  const saved = [];
  let dash = /** @type {number[]} */ ([]);
  /** @type {Record<string, any>} */
  const ctx = { ...initial };
  const properties = () => Object.fromEntries(Object.keys(initial).map((key) => [key, ctx[key]]));
  for (const name of recorded) {
    ctx[name] = (/** @type {any[]} */ ...args) => {
      calls.push({ name, args, state: { ...properties(), dash } });
    };
  }
  ctx.setLineDash = (/** @type {number[]} */ lengths) => {
    dash = [...lengths];
  };
  ctx.save = () => saved.push({ ...properties(), dash });
  ctx.restore = () => {
    const { dash: before, ...state } = saved.pop() ?? {};
    Object.assign(ctx, state);
    dash = before;
  };
  ctx.measureText = (/** @type {string} */ text) => {
    const size = Number(/([\d.]+)px/.exec(ctx.font)?.[1]);
    return { width: 0.6 * size * Array.from(text).length };
  };
  return { ctx: /** @type {any} */ (ctx), calls };
}

/**
 * Where texts were put.
 * @param {Call[]} calls
 * @returns {{ text: string, left: number, right: number, top: number, bottom: number }[]}
 */
export function textBoxes(calls) {
  return calls
    .filter(({ name }) => name === "fillText")
    .map(({ args: [text, x, y], state }) => {
      const size = Number(/([\d.]+)px/.exec(state.font)?.[1]);
      const width = 0.6 * size * Array.from(text).length;
      const shift = { center: 0.5, right: 1, end: 1 }[/** @type {string} */ (state.textAlign)] ?? 0;
      const left = x - shift * width;
      return { text, left, right: left + width, top: y - 0.75 * size, bottom: y + 0.2 * size };
    });
}

/** A frame whose plot is 200 by 100 pixels from (0, 0). @param {object} options */
export const plainFrame = (options = {}) => {
  return frame({
    width: 200,
    height: 100,
    xDomain: [0, 10],
    yDomain: [0, 1],
    margins: noMargins,
    ...options,
  });
};

/** @param {Call[]} calls */
export const vertices = (calls) => {
  return calls
    .filter(({ name }) => name === "moveTo" || name === "lineTo")
    .map(({ name, args }) => ({ name, x: args[0], y: args[1] }));
};

/**
 * @param {{ left: number, right: number, top: number, bottom: number }} a
 * @param {{ left: number, right: number, top: number, bottom: number }} b
 */
export const overlap = (a, b) => {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
};
