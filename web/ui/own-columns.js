// The columns of the reader's own table: first cells, what standardising does to each, and which are
// features and which is the target.

import { counted, format } from "../render/numbers.js";
import { element } from "./dom.js";

/** @typedef {import("../lab.js").Table} Table */
/** @typedef {import("../lab.js").TableColumn} TableColumn */
/** @typedef {{ features: string[], target: string }} Choice */

// As many rows as are made without holding up the page.
const shownAtOnce = 50;
const longestCell = 30;
const titles = ["column", "feature", "target", "mean", "deviation", "first cells"];

/** @param {string} text */
const clip = (text) => (text.length > longestCell ? `${text.slice(0, longestCell)}…` : text);

/**
 * Why a column cannot be a feature, "" if it can.
 * @param {TableColumn} column
 */
function refusal({ name, numeric, deviation, oddLine, oddText }) {
  if (!numeric) {
    const hint = /^-?\d+,\d+$/.test(oddText) ? "; write decimals with a point" : "";
    return `no numbers: line ${oddLine} is “${clip(oddText)}”${hint}`;
  }
  if (!(deviation > 0) || !Number.isFinite(deviation)) {
    return deviation === 0 ? "the same number in every row" : "numbers too large to standardise";
  }
  return /[,;]/.test(name) ? "a comma in its name; rename it to use it as a feature" : "";
}

/**
 * What is chosen of a table at first: as the target the last column that varies and leaves others for
 * features, and the first ones of those.
 * @param {Table} table
 * @param {number} featureCount
 * @returns {Choice | undefined} undefined where no column can be a feature beside a target
 */
export function firstChoice({ columns }, featureCount) {
  const able = columns.filter((column) => refusal(column) === "");
  const besides = (/** @type {TableColumn} */ target) => able.filter((each) => each !== target);
  const varies = (/** @type {TableColumn} */ { numeric, deviation }) => !numeric || deviation > 0;
  const target = columns.findLast((column) => varies(column) && besides(column).length > 0);
  return (
    target && {
      features: besides(target)
        .slice(0, featureCount)
        .map(({ name }) => name),
      target: target.name,
    }
  );
}

/** Of a table without a first choice: a sentence. @param {Table} table */
export function lackOfFeatures({ columns }) {
  const [fault] = columns
    .map((column) => ({ name: clip(column.name), reason: refusal(column) }))
    .filter(({ reason }) => reason !== "")
    .map(({ name, reason }) => ` (“${name}”: ${reason})`);
  return `This table has nothing to learn from: it needs a target and, beside it, a column of numbers that differ${fault ?? ""}.`;
}

/**
 * @param {TableColumn} column
 * @param {() => Choice} chosen
 * @param {(choice: Choice) => void} onChoice
 */
function columnRow(column, chosen, onChoice) {
  const { name, numeric, first, mean, deviation } = column;
  const fault = refusal(column);
  const others = () => chosen().features.filter((other) => other !== name);
  const feature = element("input", {
    type: "checkbox",
    "aria-label": `${name} as a feature`,
    onchange: () => {
      const features = feature.checked ? [...others(), name] : others();
      onChoice({ features, target: chosen().target });
    },
  });
  const asTarget = element("input", {
    type: "radio",
    name: "own-target",
    "aria-label": `${name} as the target`,
    onchange: () => onChoice({ features: others(), target: name }),
  });
  const cells = numeric ? first.map((x) => format(Number(x))) : first.map((x) => clip(String(x)));
  const node = element(
    "tr",
    {},
    element("th", { scope: "row" }, clip(name)),
    element("td", {}, feature),
    element("td", {}, asTarget),
    element("td", { class: "number-cell" }, numeric ? format(mean) : "–"),
    element("td", { class: "number-cell" }, numeric ? format(deviation) : "–"),
    element("td", {}, [`${cells.join(", ")} …`, fault].filter(Boolean).join("; ")),
  );
  return {
    node,
    show() {
      const { features, target } = chosen();
      feature.checked = features.includes(name);
      feature.disabled = fault !== "" || name === target;
      asTarget.checked = name === target;
    },
  };
}

/**
 * @param {Table} table
 * @param {(choice: Choice) => void} onChoice
 */
export function createColumnTable({ rows, columns }, onChoice) {
  /** @type {Choice} */
  let choice = { features: [], target: "" };
  /** @type {ReturnType<typeof columnRow>[]} */
  const shown = [];
  const body = element("tbody");
  const more = element("button", { type: "button", onclick: () => showMore() });

  /** Of many columns the first, and then as many again. */
  function showMore() {
    const next = columns
      .slice(shown.length, shown.length + shownAtOnce)
      .map((column) => columnRow(column, () => choice, onChoice));
    shown.push(...next);
    body.append(...next.map(({ node }) => node));
    const left = columns.length - shown.length;
    more.hidden = left === 0;
    more.textContent = `Show ${Math.min(left, shownAtOnce)} of ${left} more columns`;
    for (const row of next) {
      row.show();
    }
  }

  showMore();
  const head = titles.map((title) => element("th", { scope: "col" }, title));
  return {
    nodes: [
      element(
        "p",
        { class: "note" },
        `${counted(rows, "row")}, ${counted(columns.length, "column")}. Features and a numeric target are standardised: the mean is taken off, then divided by the deviation.`,
      ),
      element(
        "div",
        { class: "columns", tabindex: 0, role: "region", "aria-label": "columns of your table" },
        element("table", {}, element("thead", {}, element("tr", {}, ...head)), body),
        more,
      ),
    ],
    /** @param {Choice} chosen */
    show(chosen) {
      choice = chosen;
      for (const row of shown) {
        row.show();
      }
    },
  };
}
