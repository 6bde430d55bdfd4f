// One canvas of a figure: painted by its panel, used with pointer and keys.

import { element } from "./dom.js";

/** @typedef {import("../render/theme.js").Theme} Theme */
/** @typedef {import("./figure.js").Changes} Changes */
/** @typedef {import("./figure.js").Handle} Handle */
/** @typedef {import("./figure.js").Painted} Painted */
/** @typedef {import("./figure.js").Panel} Panel */

// A finger is not finer than this.
const handleReach = 22;
const doubleClickTime = 350;
const doubleClickReach = 12;
const noPress = { time: Number.NEGATIVE_INFINITY, x: 0, y: 0 };

/** @type {Record<string, [number, number]>} */
const arrows = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, -1],
  ArrowUp: [0, 1],
};

/** @type {import("../render/types.js").CreateImage} */
export function canvasImage(width, height, rgba) {
  const image = element("canvas", { width, height });
  image.getContext("2d")?.putImageData(new ImageData(rgba, width, height), 0, 0);
  return image;
}

export class PanelView {
  #onPlace;
  /** @type {Panel | undefined} */
  #panel;
  /** @type {Painted} */
  #painted = {};
  /** The canvas in device pixels as the browser laid it out: any other size would be blurred.
   * @type {{ inlineSize: number, blockSize: number } | undefined} */
  #pixels;
  #tip = element("div", { class: "tip", "aria-hidden": "true", hidden: true });
  #spoken = element("p", { class: "spoken", "aria-live": "polite" });
  #active = -1;
  /** @type {Handle | undefined} */
  #held;
  #lastPress = noPress;
  /** @type {Theme | undefined} */
  #theme;
  canvas = element("canvas", {});
  node;

  /** @param {(changes: Changes) => void} onPlace */
  constructor(onPlace) {
    this.#onPlace = onPlace;
    this.node = element("div", { class: "panel card" }, this.canvas, this.#tip, this.#spoken);
    this.canvas.addEventListener("pointerdown", (event) => this.#press(event));
    this.canvas.addEventListener("pointermove", (event) => this.#move(event));
    this.canvas.addEventListener("pointerleave", () => this.#hideTip());
    this.canvas.addEventListener("lostpointercapture", () => this.#letGo());
    this.canvas.addEventListener("blur", () => this.#choose(-1));
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
    this.#theme = theme;
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
    this.#painted = this.#panel.paint(ctx, {
      width,
      height,
      theme,
      createImage: canvasImage,
      active: this.#active,
      held: this.#held,
    });
    this.#describeRole();
  }

  #describeRole() {
    const usable = Boolean(this.#painted.place ?? this.#painted.handles);
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
    const { place, handles, add } = this.#painted;
    if (event.button !== 0) {
      return;
    }
    if (add && this.#isSecondPress(event)) {
      this.#onPlace(add(event.offsetX, event.offsetY));
    } else if (place) {
      this.canvas.setPointerCapture(event.pointerId);
      this.#onPlace(place(event.offsetX, event.offsetY));
    } else if (handles) {
      this.#choose(nearest(handles, event.offsetX, event.offsetY));
      this.#held = handles[this.#active];
      if (this.#held) {
        this.canvas.setPointerCapture(event.pointerId);
      }
    }
  }

  /** A double click or tap beside every handle: touch screens send no dblclick everywhere.
   * @param {PointerEvent} event */
  #isSecondPress({ timeStamp, offsetX, offsetY }) {
    const { time, x, y } = this.#lastPress;
    const free = nearest(this.#painted.handles ?? [], offsetX, offsetY) < 0;
    const again =
      timeStamp - time < doubleClickTime && Math.hypot(offsetX - x, offsetY - y) < doubleClickReach;
    this.#lastPress = free && !again ? { time: timeStamp, x: offsetX, y: offsetY } : noPress;
    return free && again;
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (this.canvas.hasPointerCapture(event.pointerId)) {
      const change = this.#held?.move ?? this.#painted.place;
      this.#hideTip();
      if (change) {
        this.#onPlace(change(event.offsetX, event.offsetY));
      }
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

  #letGo() {
    if (this.#held) {
      this.#held = undefined;
      this.#repaint();
    }
  }

  /** @param {number} index of a handle, −1 for none */
  #choose(index) {
    if (index !== this.#active) {
      this.#active = index;
      this.#spoken.textContent = this.#painted.handles?.[index]?.name ?? "";
      this.#repaint();
    }
  }

  #repaint() {
    if (this.#theme) {
      this.paint(this.#theme);
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const count = this.#painted.handles?.length ?? 0;
    const changes = this.#changesOf(event);
    if (event.key === "Enter" && count > 0) {
      const next = event.shiftKey ? Math.max(0, this.#active) - 1 : this.#active + 1;
      this.#choose((next + count) % count);
    } else if (changes) {
      this.#onPlace(changes);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {KeyboardEvent} event @returns {Changes | undefined} what the key changes, if it means
   *   something here */
  #changesOf({ key, shiftKey }) {
    const { nudge, handles = [], add } = this.#painted;
    const chosen = handles[Math.max(0, this.#active)];
    const arrow = arrows[key];
    if (arrow) {
      const size = shiftKey ? 5 : 1;
      return (chosen?.nudge ?? nudge)?.(arrow[0] * size, arrow[1] * size);
    }
    if ((key === "Delete" || key === "Backspace") && chosen?.remove) {
      this.#choose(this.#active - 1);
      return chosen.remove();
    }
    return key === "+" || key === "Insert" ? add?.(...this.#middle()) : undefined;
  }

  /** @returns {[number, number]} */
  #middle() {
    return [this.canvas.clientWidth / 2, this.canvas.clientHeight / 2];
  }
}

/**
 * @param {Handle[]} handles
 * @param {number} x
 * @param {number} y
 * @returns {number} the nearest one within reach, −1 if there is none
 */
function nearest(handles, x, y) {
  const distances = handles.map((handle) => Math.hypot(handle.x - x, handle.y - y));
  const best = Math.min(...distances);
  return best <= handleReach ? distances.indexOf(best) : -1;
}
