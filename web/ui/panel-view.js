// One canvas of a figure: painted by its panel, used with pointer and keys.

import { element } from "./dom.js";
import { createLayers } from "./layers.js";

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
  #layers = createLayers();
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
    const box = this.canvas.getBoundingClientRect();
    const density = window.devicePixelRatio || 1;
    const pixelWidth = laidOut(this.#pixels?.inlineSize, box.width * density);
    const pixelHeight = laidOut(this.#pixels?.blockSize, box.height * density);
    const ratio = density * this.#zoom;
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
      layer: this.#layers(ctx, [width, height, theme.name]),
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

  /**
   * Where an event is on the canvas in the canvas's CSS pixels, zoomed or not.
   * @param {PointerEvent} event
   * @returns {[number, number]}
   */
  #placeOf({ clientX, clientY }) {
    const { left, top } = this.canvas.getBoundingClientRect();
    return [(clientX - left) / this.#zoom, (clientY - top) / this.#zoom];
  }

  /** How large a CSS pixel of the canvas is in the window. Layout rounds lengths, so to two digits. */
  get #zoom() {
    const { width } = this.canvas.getBoundingClientRect();
    return Math.round((100 * width) / this.canvas.clientWidth) / 100;
  }

  /** @param {PointerEvent} event */
  #press(event) {
    const { place, handles, add } = this.#painted;
    if (event.button !== 0) {
      return;
    }
    const [x, y] = this.#placeOf(event);
    if (add && this.#isSecondPress(event.timeStamp, x, y)) {
      this.#onPlace(add(x, y));
    } else if (place) {
      this.canvas.setPointerCapture(event.pointerId);
      this.#onPlace(place(x, y));
    } else if (handles) {
      this.#choose(nearest(handles, x, y));
      this.#held = handles[this.#active];
      if (this.#held) {
        this.canvas.setPointerCapture(event.pointerId);
      }
    }
  }

  /**
   * A double click or tap beside every handle: touch screens send no dblclick everywhere.
   * @param {number} now in milliseconds
   * @param {number} x
   * @param {number} y
   */
  #isSecondPress(now, x, y) {
    const last = this.#lastPress;
    const free = nearest(this.#painted.handles ?? [], x, y) < 0;
    const again =
      now - last.time < doubleClickTime && Math.hypot(x - last.x, y - last.y) < doubleClickReach;
    this.#lastPress = free && !again ? { time: now, x, y } : noPress;
    return free && again;
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const [x, y] = this.#placeOf(event);
    if (this.canvas.hasPointerCapture(event.pointerId)) {
      const change = this.#held?.move ?? this.#painted.place;
      this.#hideTip();
      if (change) {
        this.#onPlace(change(x, y));
      }
      return;
    }
    const text = this.#painted.hover?.(x, y) ?? "";
    this.#tip.hidden = text === "";
    this.#tip.textContent = text;
    const flip = x > this.canvas.clientWidth / 2;
    this.#tip.style.left = flip ? "auto" : `${x + 14}px`;
    this.#tip.style.right = flip ? `${this.canvas.clientWidth - x + 14}px` : "auto";
    this.#tip.style.top = `${y + 14}px`;
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
    const entry = PanelView.keys.find(({ keys }) => keys.includes(event.key));
    if (entry?.act(this, event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  /** @param {Changes | undefined} changes @returns {boolean} whether there were any */
  #change(changes) {
    if (changes) {
      this.#onPlace(changes);
    }
    return changes !== undefined;
  }

  get #handles() {
    return this.#painted.handles ?? [];
  }

  get #chosen() {
    return this.#handles[Math.max(0, this.#active)];
  }

  /** @param {number} by @returns {boolean} whether there is anything to choose */
  #chooseNext(by) {
    const count = this.#handles.length;
    const from = by < 0 ? Math.max(0, this.#active) : this.#active;
    this.#choose(count > 0 ? (from + by + count) % count : this.#active);
    return count > 0;
  }

  /** @param {KeyboardEvent} event with an arrow */
  #nudge({ key, shiftKey }) {
    const [right, up] = arrows[key];
    const size = shiftKey ? 5 : 1;
    const nudge = this.#chosen?.nudge ?? this.#painted.nudge;
    return this.#change(nudge?.(right * size, up * size));
  }

  #remove() {
    const remove = this.#chosen?.remove;
    if (remove) {
      this.#choose(this.#active - 1);
    }
    return this.#change(remove?.());
  }

  /**
   * The keys of a picture that has the focus; `act` tells whether they meant something to it.
   * @type {(import("./keys.js").Key & { act: (view: PanelView, event: KeyboardEvent) => boolean })[]}
   */
  static keys = [
    {
      keys: Object.keys(arrows),
      does: "move what is chosen, with Shift five times as far",
      act: (view, event) => view.#nudge(event),
    },
    {
      keys: ["Enter"],
      does: "chooses the next thing that can be moved, with Shift the one before",
      act: (view, { shiftKey }) => view.#chooseNext(shiftKey ? -1 : 1),
    },
    { keys: ["Delete", "Backspace"], does: "removes it", act: (view) => view.#remove() },
    {
      keys: ["+", "Insert"],
      does: "adds another in the middle",
      act: (view) => view.#change(view.#painted.add?.(...view.#middle())),
    },
  ];

  /** @returns {[number, number]} */
  #middle() {
    return [this.canvas.clientWidth / 2, this.canvas.clientHeight / 2];
  }
}

/**
 * @param {number | undefined} told a length in device pixels, by the browser
 * @param {number} computed the same from CSS pixels, which may be off by the rounding of an edge
 * @returns {number} a told length that is further off is another one's: on a screen that is emulated
 *   browsers tell the pixels of the real one
 */
function laidOut(told, computed) {
  return told !== undefined && Math.abs(told - computed) <= 1 ? told : Math.round(computed);
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
