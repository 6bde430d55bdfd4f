// What a picture need not paint at every frame: each layer is kept as an image of the whole canvas.

import { element } from "./dom.js";

/** @typedef {{ canvas: HTMLCanvasElement, madeOf: unknown[] }} Layer */

/**
 * @param {unknown[]} a
 * @param {unknown[]} b
 */
function isSame(a, b) {
  return a.length === b.length && a.every((each, i) => Object.is(each, b[i]));
}

/**
 * @returns {(ctx: CanvasRenderingContext2D, common: unknown[]) =>
 *   import("../render/types.js").PaintLayer} for one canvas; of what is `common` every layer is made
 */
export function createLayers() {
  /** @type {Map<string, Layer>} */
  const layers = new Map();
  return (ctx, common) => (name, madeOf, paint) => {
    const { width, height } = ctx.canvas;
    const scale = ctx.getTransform();
    const all = [width, height, scale.a, ...common, ...madeOf];
    const layer = layers.get(name) ?? { canvas: element("canvas", {}), madeOf: [] };
    layers.set(name, layer);
    if (!isSame(layer.madeOf, all)) {
      Object.assign(layer.canvas, { width, height });
      const on = layer.canvas.getContext("2d");
      if (on) {
        on.setTransform(scale);
        paint(on);
      }
      layer.madeOf = all;
    }
    ctx.save();
    ctx.resetTransform();
    ctx.drawImage(layer.canvas, 0, 0);
    ctx.restore();
  };
}
