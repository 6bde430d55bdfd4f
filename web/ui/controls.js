// Controls made from a parameter table: a native input for each parameter, whatever the experiment.

import { isRelevant } from "../state/parameters.js";
import { closeOnLeaving, element } from "./dom.js";
import {
  labelText,
  markTyped,
  numberEntry,
  placeSlider,
  scaleOf,
  showEntry,
  sliderInput,
} from "./inputs.js";

/** @typedef {import("../lab.js").Parameter} Parameter */
/** @typedef {import("../lab.js").Value} Value */
/** @typedef {import("./inputs.js").OnInput} OnInput */
/**
 * @typedef {object} Control
 * @property {Parameter} parameter
 * @property {HTMLElement} node
 * @property {(value: Value) => void} show displays a value without reporting it
 * @property {(message: string) => void} complain shows what was refused, "" clears it
 * @property {(text: string) => void} [suggest] shows what an empty entry stands for
 */

let nextId = 1;

/**
 * @param {Parameter} parameter
 * @param {Value} value
 * @param {OnInput} onInput
 * @returns {Control}
 */
export function createControl(parameter, value, onInput) {
  switch (parameter.kind) {
    case "choice":
      return choiceControl(parameter, value, onInput);
    case "text":
      return textControl(parameter, value, onInput);
    case "set":
      return setControl(parameter, value, onInput);
    default:
      return spansMuch(parameter)
        ? entryControl(parameter, value, onInput)
        : sliderControl(parameter, value, onInput);
  }
}

/**
 * @param {Parameter} parameter
 * @param {HTMLElement} input gets the label
 * @param {...HTMLElement} more
 */
function field(parameter, input, ...more) {
  const id = `control-${nextId++}`;
  input.id = id;
  const note = element("p", { class: "complaint", id: `${id}-note`, role: "alert" });
  const node = element(
    "div",
    { class: "control", "data-parameter": parameter.id, title: parameter.help },
    element("label", { for: id }, labelText(parameter)),
    input,
    ...more,
    note,
  );
  /** @param {string} message */
  const complain = (message) => {
    note.textContent = message;
    input.toggleAttribute("aria-invalid", message !== "");
    if (message) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", note.id);
    } else {
      input.removeAttribute("aria-describedby");
    }
  };
  return { node, complain };
}

/**
 * A short slider over such a range could not be set to anything in particular.
 * @param {Parameter} parameter
 */
function spansMuch({ scale, min, max }) {
  return scale === "linear" && max - min > 50;
}

/**
 * @param {Parameter} parameter
 * @param {Value} initial
 * @param {OnInput} onInput
 * @returns {Control}
 */
function entryControl(parameter, initial, onInput) {
  const entry = numberEntry(parameter, onInput);
  const { node, complain } = field(parameter, entry);
  /** @param {Value} value */
  const show = (value) => {
    showEntry(entry, value);
  };
  show(initial);
  return { parameter, node, show, complain };
}

/**
 * @param {Parameter} parameter
 * @param {Value} initial
 * @param {OnInput} onInput
 * @returns {Control}
 */
function sliderControl(parameter, initial, onInput) {
  const entry = numberEntry(parameter, onInput);
  const scale = scaleOf(parameter, parameter.min, parameter.max);
  const slider = sliderInput(parameter, () => scale, onInput);
  const { node, complain } = field(parameter, entry, slider);
  /** @param {Value} value */
  const show = (value) => {
    showEntry(entry, value);
    if (typeof value === "number") {
      placeSlider(slider, scale, value);
    }
  };
  show(initial);
  return { parameter, node, show, complain };
}

/**
 * @param {Parameter} parameter
 * @param {Value} initial
 * @param {OnInput} onInput
 * @returns {Control}
 */
function choiceControl(parameter, initial, onInput) {
  const select = element(
    "select",
    { onchange: () => onInput(parameter.id, select.value) },
    ...parameter.choices.map(({ id, label }) => element("option", { value: id }, label)),
  );
  const { node, complain } = field(parameter, select);
  /** @param {Value} value */
  const show = (value) => {
    select.value = String(value);
  };
  show(initial);
  return { parameter, node, show, complain };
}

/**
 * @param {Parameter} parameter
 * @param {Value} initial
 * @param {OnInput} onInput
 * @returns {Control}
 */
function textControl(parameter, initial, onInput) {
  const input = element("input", {
    type: "text",
    class: "text",
    autocomplete: "off",
    spellcheck: "false",
    oninput: () => markTyped(input, true),
    onblur: () => markTyped(input, false),
    onchange: () => {
      markTyped(input, false);
      onInput(parameter.id, input.value);
    },
  });
  const { node, complain } = field(parameter, input);
  /** @param {Value} value */
  const show = (value) => {
    showEntry(input, value);
  };
  /** @param {string} text */
  const suggest = (text) => {
    input.placeholder = text;
  };
  show(initial);
  return { parameter, node, show, complain, suggest };
}

/**
 * Checkboxes behind a button that says what is chosen.
 * @param {Parameter} parameter
 * @param {Value} initial
 * @param {OnInput} onInput
 * @returns {Control}
 */
function setControl(parameter, initial, onInput) {
  const boxes = parameter.choices.map(({ id, label }) => {
    const box = element("input", { type: "checkbox", value: id, onchange: report });
    return { id, label, box, node: element("label", {}, box, label) };
  });
  const chosen = element("span", { class: "chosen" });
  const node = element(
    "details",
    { class: "menu control", "data-parameter": parameter.id, title: parameter.help },
    element("summary", {}, element("span", { class: "name" }, parameter.label), chosen),
    element("div", { class: "items card" }, ...boxes.map((item) => item.node)),
  );
  closeOnLeaving(node);
  function report() {
    const on = boxes.filter(({ box }) => box.checked).map(({ id }) => id);
    onInput(parameter.id, on.join(","));
  }
  /** @param {Value} value */
  const show = (value) => {
    const on = new Set(String(value).split(","));
    for (const { id, box } of boxes) {
      box.checked = on.has(id);
    }
    const labels = boxes.filter(({ id }) => on.has(id)).map(({ label }) => label);
    chosen.textContent = labels.join(", ") || "none";
  };
  show(initial);
  return { parameter, node, show, complain: () => undefined };
}

/**
 * Controls for some parameters of a table, each shown only while it matters.
 * @param {Parameter[]} table
 * @param {string[]} ids which, in this order
 * @param {Record<string, Value>} values
 * @param {OnInput} onInput
 */
export function createControls(table, ids, values, onInput) {
  const controls = ids.map((id) => {
    const parameter = table.find((candidate) => candidate.id === id);
    if (!parameter) {
      throw new Error(`No parameter ${id} to make a control for.`);
    }
    return createControl(parameter, values[id], onInput);
  });
  const node = element("div", { class: "controls" }, ...controls.map((control) => control.node));
  /**
   * @param {Record<string, Value>} current
   * @param {Record<string, string>} suggestions what empty entries stand for, by id
   * @param {string[]} offered the others stay hidden
   */
  const show = (current, suggestions, offered) => {
    for (const control of controls) {
      control.suggest?.(suggestions[control.parameter.id] ?? "");
      control.show(current[control.parameter.id]);
      const { parameter, node: place } = control;
      place.hidden = !offered.includes(parameter.id) || !isRelevant(parameter, current);
    }
    node.hidden = controls.every((control) => control.node.hidden);
  };
  /**
   * Shows each issue at its control and clears the others; none clears all.
   * @param {import("../lab.js").Issue[]} issues
   * @returns {import("../lab.js").Issue[]} those that have no control in view
   */
  const complain = (issues) => {
    for (const { parameter, complain: show } of controls) {
      const own = issues.filter((issue) => issue.parameter === parameter.id);
      show(own.map(({ message }) => message).join(" "));
    }
    const inView = controls.filter(({ node }) => !node.hidden).map(({ parameter }) => parameter.id);
    return issues.filter((issue) => !inView.includes(issue.parameter));
  };
  show(values, {}, ids);
  return { node, show, complain };
}
