// The figure of a scene: one canvas a panel, redrawn at most once a frame, with pointer, keys and
// hover. What is drawn, and what a click means, the scene's panels say.

import { element } from "./dom.js";

/** @typedef {import("../render/theme.js").Theme} Theme */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {Record<string, import("../lab.js").Value>} Changes parameter values by id */
/**
 * What a panel offers once it is painted, in CSS pixels of its canvas.
 * @typedef {object} Painted
 * @property {(x: number, y: number) => string} [hover] a read-out for this place, "" for none
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
 */

/** @type {Record<string, [number, number]>} */
const arrows = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, -1],
  ArrowUp: [0, 1],
};

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

  return {
    node,
    redraw,
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

/** @type {import("../render/types.js").CreateImage} */
export function canvasImage(width, height, rgba) {
  const image = element("canvas", { width, height });
  image.getContext("2d")?.putImageData(new ImageData(rgba, width, height), 0, 0);
  return image;
}

class PanelView {
  #onPlace;
  /** @type {Panel | undefined} */
  #panel;
  /** @type {Painted} */
  #painted = {};
  /** The canvas in device pixels as the browser laid it out: any other size would be blurred.
   * @type {{ inlineSize: number, blockSize: number } | undefined} */
  #pixels;
  #tip = element("div", { class: "tip", "aria-hidden": "true", hidden: true });
  canvas = element("canvas", {});
  node;

  /** @param {(changes: Changes) => void} onPlace */
  constructor(onPlace) {
    this.#onPlace = onPlace;
    this.node = element("div", { class: "panel card" }, this.canvas, this.#tip);
    this.canvas.addEventListener("pointerdown", (event) => this.#press(event));
    this.canvas.addEventListener("pointermove", (event) => this.#move(event));
    this.canvas.addEventListener("pointerleave", () => this.#hideTip());
    this.canvas.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {{ inlineSize: number, blockSize: number } | undefined} pixels */
  setPixels(pixels) {
    this.#pixels = pixels;
  }

  /** @param {Panel} panel */
  show(panel) {
    this.#panel = panel;
    this.node.style.setProperty("--grow", String(panel.grow));
    this.node.style.setProperty("--aspect", String(panel.aspect));
    this.node.dataset.panel = panel.id;
    const label = panel.hint ? `${panel.label}. ${panel.hint}` : panel.label;
    if (this.canvas.getAttribute("aria-label") !== label) {
      this.canvas.setAttribute("aria-label", label);
    }
  }

  /** @param {Theme} theme */
  paint(theme) {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const ctx = this.canvas.getContext("2d");
    if (!this.#panel || !ctx || width === 0 || height === 0) {
      return;
    }
    const ratio = window.devicePixelRatio || 1;
    const pixelWidth = this.#pixels?.inlineSize ?? Math.round(width * ratio);
    const pixelHeight = this.#pixels?.blockSize ?? Math.round(height * ratio);
    if (this.canvas.width !== pixelWidth || this.canvas.height !== pixelHeight) {
      this.canvas.width = pixelWidth;
      this.canvas.height = pixelHeight;
    }
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, width, height);
    this.#painted = this.#panel.paint(ctx, { width, height, theme, createImage: canvasImage });
    this.#describeRole();
  }

  #describeRole() {
    const usable = Boolean(this.#painted.place);
    this.canvas.setAttribute("role", usable ? "application" : "img");
    this.canvas.toggleAttribute("data-usable", usable);
    if (usable) {
      this.canvas.tabIndex = 0;
    } else {
      this.canvas.removeAttribute("tabindex");
    }
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (this.#painted.place && event.button === 0) {
      this.canvas.setPointerCapture(event.pointerId);
      this.#onPlace(this.#painted.place(event.offsetX, event.offsetY));
    }
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (this.#painted.place && this.canvas.hasPointerCapture(event.pointerId)) {
      this.#hideTip();
      this.#onPlace(this.#painted.place(event.offsetX, event.offsetY));
      return;
    }
    const text = this.#painted.hover?.(event.offsetX, event.offsetY) ?? "";
    this.#tip.hidden = text === "";
    this.#tip.textContent = text;
    const flip = event.offsetX > this.canvas.clientWidth / 2;
    this.#tip.style.left = flip ? "auto" : `${event.offsetX + 14}px`;
    this.#tip.style.right = flip ? `${this.canvas.clientWidth - event.offsetX + 14}px` : "auto";
    this.#tip.style.top = `${event.offsetY + 14}px`;
  }

  #hideTip() {
    this.#tip.hidden = true;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const arrow = arrows[event.key];
    if (arrow && this.#painted.nudge) {
      event.preventDefault();
      event.stopPropagation();
      const size = event.shiftKey ? 5 : 1;
      this.#onPlace(this.#painted.nudge(arrow[0] * size, arrow[1] * size));
    }
  }
}
