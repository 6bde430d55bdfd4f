// The figure of a scene: one canvas a panel, redrawn at most once a frame, with pointer, keys and
// hover. What is drawn, and what a click means, the scene's panels say.

import { element } from "./dom.js";
import { PanelView } from "./panel-view.js";

/** @typedef {import("../render/theme.js").Theme} Theme */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../state/changes.js").Changes} Changes */
/**
 * Something in the picture that is moved: held by the pointer, or chosen with Enter and moved by
 * the arrow keys.
 * @typedef {object} Handle
 * @property {number} x in CSS pixels of the canvas
 * @property {number} y
 * @property {string} name in words
 * @property {[number, number]} xDomain the part of the axis that stays in the picture while it is
 *   held
 * @property {(x: number, y: number) => Changes} move what holding it here changes
 * @property {(right: number, up: number) => Changes} nudge what an arrow key changes
 * @property {() => Changes} [remove] what the Delete key changes
 */
/**
 * What a panel offers once it is painted, in CSS pixels of its canvas.
 * @typedef {object} Painted
 * @property {(x: number, y: number) => string} [hover] a read-out for this place, "" for none
 * @property {Handle[]} [handles]
 * @property {(x: number, y: number) => Changes} [add] what a double click here changes, or, in the
 *   middle, the Insert or + key
 * @property {(x: number, y: number) => Changes} [place] what putting the handle here changes
 * @property {(right: number, up: number) => Changes} [nudge] what an arrow key changes
 */
/**
 * @typedef {object} Panel
 * @property {string} id
 * @property {string} label what the panel shows, in words
 * @property {string} [hint] how it is used
 * @property {number} grow share of the figure's width
 * @property {number} aspect width over height where panels stand under one another
 * @property {(ctx: DrawContext, surface: Surface) => Painted} paint
 */
/**
 * What there is to paint on.
 * @typedef {object} Surface
 * @property {number} width in CSS pixels
 * @property {number} height
 * @property {Theme} theme
 * @property {import("../render/types.js").CreateImage} createImage
 * @property {import("../render/types.js").PaintLayer} layer
 * @property {number} [active] the number of the handle that is held or chosen
 * @property {Handle} [held] as it was when the pointer took hold of it
 */

/**
 * @param {object} options
 * @param {() => Theme} options.theme
 * @param {(changes: Changes) => void} options.onPlace
 */
export function createFigure({ theme, onPlace }) {
  /** @type {Map<string, PanelView>} */
  const views = new Map();
  const node = element("div", { class: "figure" });
  let scheduled = false;

  const redraw = () => {
    if (!scheduled) {
      scheduled = true;
      requestAnimationFrame(() => {
        scheduled = false;
        for (const view of views.values()) {
          view.paint(theme());
        }
      });
    }
  };
  const resizing = new ResizeObserver((entries) => {
    for (const { target, devicePixelContentBoxSize } of entries) {
      const view = [...views.values()].find(({ canvas }) => canvas === target);
      view?.setPixels(devicePixelContentBoxSize?.[0]);
    }
    redraw();
  });

  let computations = 0;

  return {
    node,
    redraw,
    /** Whether another picture is on its way. */
    get isBusy() {
      return computations > 0;
    },
    /**
     * Tells meanwhile that another picture is on its way: to assistive technology at once, and to the
     * eye when it takes long.
     * @template Result
     * @param {Promise<Result>} computation
     * @returns {Promise<Result>}
     */
    async busyWhile(computation) {
      computations += 1;
      node.ariaBusy = "true";
      try {
        return await computation;
      } finally {
        computations -= 1;
        node.ariaBusy = String(computations > 0);
      }
    },
    /** @param {Panel[]} panels */
    show(panels) {
      for (const [id, view] of views) {
        if (!panels.some((panel) => panel.id === id)) {
          resizing.unobserve(view.canvas);
          view.node.remove();
          views.delete(id);
        }
      }
      for (const [i, panel] of panels.entries()) {
        let view = views.get(panel.id);
        if (!view) {
          view = new PanelView(onPlace);
          views.set(panel.id, view);
          observePixels(resizing, view.canvas);
        }
        view.show(panel);
        // Moving a canvas would end a drag on it.
        if (node.children[i] !== view.node) {
          node.insertBefore(view.node, node.children[i] ?? null);
        }
      }
      node.dataset.panels = String(panels.length);
      redraw();
    },
  };
}

/**
 * @param {ResizeObserver} observer
 * @param {HTMLCanvasElement} canvas
 */
function observePixels(observer, canvas) {
  try {
    observer.observe(canvas, { box: "device-pixel-content-box" });
  } catch {
    observer.observe(canvas); // a browser that does not tell device pixels
  }
}
