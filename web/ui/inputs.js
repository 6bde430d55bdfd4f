// What controls are made of: the number entry of a parameter, its slider and the scale between them.

import { format } from "../render/numbers.js";
import { valueFromText } from "../state/parameters.js";
import { element } from "./dom.js";

/** @typedef {import("../lab.js").Parameter} Parameter */
/** @typedef {import("../lab.js").Value} Value */
/** @typedef {(id: string, value: Value) => void} OnInput */

const sliderSteps = 1000;
const largestArrowStep = 0.05;
/**
 * Position in 0..1 of a value on a parameter's scale over [low, high], and back.
 * @param {{ scale: string }} parameter
 * @param {number} low
 * @param {number} high
 */
export function scaleOf(parameter, low, high) {
  if (parameter.scale === "logarithmic") {
    const span = Math.log(high / low);
    return {
      /** @param {number} value */
      position: (value) => Math.min(1, Math.max(0, Math.log(value / low) / span)),
      /** @param {number} position */
      value: (position) => low * Math.exp(position * span),
    };
  }
  return {
    /** @param {number} value */
    position: (value) => Math.min(1, Math.max(0, (value - low) / (high - low))),
    /** @param {number} position */
    value: (position) => low + position * (high - low),
  };
}

/** @typedef {ReturnType<typeof scaleOf>} ScaleMap */

/**
 * A native slider over a scale that may change; it reports values within the parameter's range.
 * @param {Parameter} parameter
 * @param {() => ScaleMap} scale
 * @param {OnInput} onInput
 */
export function sliderInput(parameter, scale, onInput) {
  const slider = element("input", {
    type: "range",
    min: 0,
    max: sliderSteps,
    step: 1,
    "aria-label": `${labelText(parameter)}, slider`,
    oninput: () => {
      const value = rounded(parameter, scale().value(Number(slider.value) / sliderSteps));
      onInput(parameter.id, Math.min(parameter.max, Math.max(parameter.min, value)));
    },
  });
  return slider;
}

/**
 * @param {HTMLInputElement} slider
 * @param {ScaleMap} scale
 * @param {number} value
 */
export function placeSlider(slider, scale, value) {
  slider.value = String(Math.round(scale.position(value) * sliderSteps));
  slider.setAttribute("aria-valuetext", format(value));
}

/**
 * A value as a slider gives it: three digits, or one of the whole numbers that a parameter allows.
 * @param {Parameter} parameter
 * @param {number} value
 */
export function rounded(parameter, value) {
  const { kind, min, stride } = parameter;
  return kind === "integer"
    ? min + stride * Math.round((value - min) / stride)
    : Number(value.toPrecision(3));
}

/** @param {Parameter} parameter */
export function labelText(parameter) {
  return parameter.symbol ? `${parameter.label} ${parameter.symbol}` : parameter.label;
}

/**
 * The number entry of a parameter: reports each whole entry, on Enter and on leaving.
 * @param {Parameter} parameter
 * @param {OnInput} onInput
 */
export function numberEntry(parameter, onInput) {
  const entry = element("input", {
    type: "text",
    inputmode: "decimal",
    class: "number",
    autocomplete: "off",
    spellcheck: "false",
    oninput: () => markTyped(entry, true),
    onblur: () => markTyped(entry, false),
    onchange: () => {
      markTyped(entry, false);
      onInput(parameter.id, valueFromText(parameter, entry.value));
    },
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      const number = valueFromText(parameter, entry.value);
      if (direction && typeof number === "number" && Number.isFinite(number)) {
        event.preventDefault();
        markTyped(entry, false);
        onInput(parameter.id, nudged(parameter, number, direction * (event.shiftKey ? 10 : 1)));
      }
    },
  });
  return entry;
}

/**
 * What an arrow key adds on a linear scale: the same everywhere on it, so that the other arrow takes it
 * back; small in the range and beside the usual value.
 * @param {Parameter} parameter
 */
function arrowStep({ initial, min, max }) {
  const ofRange = 10 ** Math.round(Math.log10((max - min) / 100));
  const usual = Math.abs(Number(initial)) || 1;
  return Math.min(largestArrowStep, ofRange, 10 ** Math.floor(Math.log10(usual)));
}

/**
 * @param {Parameter} parameter
 * @param {number} number
 * @param {number} by how many steps
 */
function stepped(parameter, number, by) {
  if (parameter.kind === "integer") {
    return rounded(parameter, number + by * parameter.stride);
  }
  if (parameter.scale === "logarithmic") {
    return rounded(parameter, number + by * Math.abs(number) * 0.02);
  }
  // All digits but those that adding in binary leaves behind: 0.1 + 0.2 is 0.3.
  return Number((number + by * arrowStep(parameter)).toPrecision(12));
}

/**
 * The value within the parameter's range that arrow keys lead to.
 * @param {Parameter} parameter
 * @param {number} number
 * @param {number} by how many steps
 */
export function nudged(parameter, number, by) {
  return Math.min(parameter.max, Math.max(parameter.min, stepped(parameter, number, by)));
}

/**
 * While an entry is being typed into, a new picture must not take the text away.
 * @param {HTMLInputElement} entry
 * @param {boolean} typed
 */
export function markTyped(entry, typed) {
  entry.toggleAttribute("data-typed", typed);
}

/**
 * @param {HTMLInputElement} entry
 * @param {Value} value
 */
export function showEntry(entry, value) {
  if (entry.hasAttribute("data-typed")) {
    return;
  }
  entry.value = typeof value === "number" ? String(value).replaceAll("-", "−") : value;
}
