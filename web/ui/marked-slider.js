// A wide slider that carries named marks and tinted regimes: the step size with 1/L and 2/L on it.

import { format } from "../render/numbers.js";
import { element } from "./dom.js";
import { labelText, numberEntry, placeSlider, scaleOf, showEntry, sliderInput } from "./inputs.js";
import { labelPlaces } from "./label-places.js";

/** @typedef {{ value: number, label: string }} Mark */
/** @typedef {{ from: number, to: number, name: string }} Regime */
/** @typedef {{ low: number, high: number, marks: Mark[], regimes: Regime[] }} Scale */

const labelGap = 6;

/**
 * @param {import("../lab.js").Parameter} parameter
 * @param {import("./inputs.js").OnInput} onInput
 */
export function createMarkedSlider(parameter, onInput) {
  /** @type {Scale} */
  let scale = { low: parameter.min, high: parameter.max, marks: [], regimes: [] };
  let shown = Number(parameter.initial);
  const mapping = () => scaleOf(parameter, scale.low, scale.high);

  const entry = numberEntry(parameter, onInput);
  entry.setAttribute("aria-label", labelText(parameter));
  const slider = sliderInput(parameter, mapping, onInput);
  const track = element("div", { class: "track" });
  const markRow = element("div", { class: "marks" });
  const note = element("p", { class: "note" });
  const complaint = element("p", { class: "complaint", role: "alert" });
  const node = element(
    "section",
    { class: "marked-slider card", "aria-label": labelText(parameter) },
    element(
      "div",
      { class: "heading" },
      element(
        "span",
        { class: "name" },
        labelText(parameter),
        element("small", {}, parameter.scale === "logarithmic" ? " log scale" : ""),
      ),
      note,
      entry,
    ),
    element("div", { class: "rail" }, track, slider),
    markRow,
    complaint,
  );

  const place = () => placeSlider(slider, mapping(), shown);

  const drawTrack = () => {
    const { position } = mapping();
    track.replaceChildren(
      ...scale.regimes.map(({ from, to, name }) => {
        const band = element("span", { class: `regime ${name}` });
        band.style.left = percent(position(Math.max(from, scale.low)));
        band.style.right = percent(1 - position(Math.min(to, scale.high)));
        return band;
      }),
    );
    // 2/(m + L) is nowhere on the scale where m = −L.
    const placed = scale.marks.filter(({ value }) => Number.isFinite(value));
    markRow.replaceChildren(
      ...placed.toSorted(byValue).map(({ value, label }) => {
        const mark = element(
          "button",
          {
            type: "button",
            class: "mark",
            title: `set ${parameter.symbol} to ${label}`,
            onclick: () => onInput(parameter.id, Number(value.toPrecision(6))),
          },
          element("span", {}, label),
          element("span", { class: "value" }, format(value)),
        );
        mark.style.left = percent(position(value));
        return mark;
      }),
    );
    spread(markRow);
  };

  new ResizeObserver(() => spread(markRow)).observe(markRow);
  return {
    node,
    /** @param {Scale} next */
    setScale(next) {
      if (JSON.stringify(next) !== JSON.stringify(scale)) {
        scale = next;
        drawTrack();
        place();
      }
    },
    /** @param {import("../lab.js").Value} value */
    show(value) {
      showEntry(entry, value);
      if (typeof value === "number") {
        shown = value;
        place();
      }
    },
    /**
     * @param {string} warning the condition that fails, "" for none
     * @param {string} text what else there is to know
     */
    remark(warning, text) {
      if (note.textContent !== [warning, text].filter(Boolean).join(" ")) {
        const strong = warning && element("strong", { class: "warning" }, warning);
        note.replaceChildren(strong, warning && text ? " " : "", text);
        note.toggleAttribute("data-warns", warning !== "");
      }
    },
    /** @param {string} message */
    complain(message) {
      complaint.textContent = message;
    },
  };
}

/** @param {Mark} a @param {Mark} b */
const byValue = (a, b) => a.value - b.value;

/** @param {number} fraction */
function percent(fraction) {
  return `${(100 * fraction).toFixed(3)}%`;
}

/**
 * Moves labels apart that would collide, and keeps them inside; the tick stays where the value is.
 * @param {HTMLElement} row its marks from left to right
 */
function spread(row) {
  const marks = /** @type {HTMLElement[]} */ ([...row.children]);
  const width = row.clientWidth;
  if (width === 0) {
    return;
  }
  for (const mark of marks) {
    bare(mark, false);
  }
  leaveOut(marks, width);
  const boxes = marks.map((mark) => ({
    size: mark.offsetWidth,
    centre: (Number.parseFloat(mark.style.left) / 100) * width,
  }));
  labelPlaces(boxes, width, labelGap).forEach((centre, i) => {
    marks[i].style.setProperty("--shift", `${(centre - boxes[i].centre).toFixed(1)}px`);
  });
}

/**
 * Of more labels than fit side by side every second one keeps its tick alone, then three of four.
 * @param {HTMLElement[]} marks
 * @param {number} width
 */
function leaveOut(marks, width) {
  const sizes = marks.map((mark) => mark.offsetWidth);
  const needed = (/** @type {number} */ every) =>
    sizes.filter((_, i) => i % every === 0).reduce((sum, size) => sum + size + labelGap, 0);
  let every = 1;
  while (every < marks.length && needed(every) > width) {
    every *= 2;
  }
  for (const [i, mark] of marks.entries()) {
    bare(mark, i % every !== 0);
  }
}

/**
 * A mark without its label is too small to be hit: it only shows the place.
 * @param {HTMLElement} mark
 * @param {boolean} isBare
 */
function bare(mark, isBare) {
  mark.toggleAttribute("data-bare", isBare);
  mark.inert = isBare;
}
