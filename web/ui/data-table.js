// The numbers of a figure as tables that a screen reader walks through, made when they are opened.

import { format } from "../render/numbers.js";
import { blocksOf, labelsOf } from "../state/series.js";
import { element } from "./dom.js";

/** @typedef {import("../state/series.js").Block} Block */
/** @typedef {import("../state/series.js").Column} Column */
/** @typedef {import("../state/series.js").RunNumbers} RunNumbers */

// More than this is for the CSV.
const mostRows = 40;
const mostColumns = 16;

/**
 * Evenly spread rows, the first and the last among them.
 * @param {number} rows
 */
export function shownRows(rows) {
  const count = Math.min(rows, mostRows);
  const stride = count > 1 ? (rows - 1) / (count - 1) : 0;
  return Array.from({ length: count }, (_, i) => Math.round(i * stride));
}

/**
 * @param {Column} column
 * @param {boolean} namesRun
 */
export function columnTitle({ run, info, component }, namesRun) {
  const place = component === null ? "" : ` [${component + 1}]`;
  const unit = info.unit ? `, ${info.unit}` : "";
  return `${namesRun ? `${run}: ` : ""}${info.label}${place}${unit}`;
}

/** @param {number | undefined} number */
export function cellText(number) {
  if (number === undefined || Number.isNaN(number)) {
    return "–";
  }
  return Number.isFinite(number) ? format(number) : number > 0 ? "∞" : "−∞";
}

/** What of a block is left out, "" for nothing. @param {Block} block */
function omission({ rows, columns }) {
  const parts = [
    rows > mostRows ? `${mostRows} of ${rows} rows` : "",
    columns.length > mostColumns ? `${mostColumns} of ${columns.length} columns` : "",
  ].filter(Boolean);
  return parts.length > 0
    ? `Shown are ${parts.join(" and ")}; the CSV under Export has all of them.`
    : "";
}

/** @param {Block} block */
function caption(block) {
  const labels = labelsOf(block);
  const first = labels.slice(0, 3).join("; ");
  return block.bySteps ? "By step" : labels.length > 3 ? `${first}; …` : first;
}

/** @param {Block} block @param {boolean} namesRun */
function tableOf(block, namesRun) {
  const columns = block.columns.slice(0, mostColumns);
  const titles = [
    block.bySteps ? "step" : "row",
    ...columns.map((each) => columnTitle(each, namesRun)),
  ];
  const rows = shownRows(block.rows).map((row) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, String(block.bySteps ? row : row + 1)),
      ...columns.map(({ at }) => element("td", {}, cellText(at(row)))),
    ),
  );
  return element(
    "table",
    {},
    element("caption", {}, caption(block)),
    element(
      "thead",
      {},
      element("tr", {}, ...titles.map((text) => element("th", { scope: "col" }, text))),
    ),
    element("tbody", {}, ...rows),
  );
}

/** One table at a time, chosen from all there are. */
export function createDataTables() {
  /** @type {Block[]} */
  let blocks = [];
  let namesRun = false;
  const choice = element("select", { "aria-label": "table", onchange: () => showChosen() });
  const note = element("p", { class: "note" });
  const place = element("div", {
    class: "numbers",
    tabindex: 0,
    role: "region",
    "aria-label": "data table",
  });
  const node = element("div", { class: "tables" }, choice, note, place);

  function showChosen() {
    const block = blocks[Math.max(0, choice.selectedIndex)];
    note.textContent = block ? omission(block) : "";
    place.replaceChildren(...(block ? [tableOf(block, namesRun)] : []));
  }

  return {
    node,
    /** @param {RunNumbers[]} runs what the figure shows */
    show(runs) {
      blocks = blocksOf(runs);
      namesRun = runs.length > 1;
      const names = blocks.map((block) => {
        const run = namesRun && !block.bySteps ? `${block.columns[0].run}: ` : "";
        return `${run}${caption(block)}`;
      });
      const chosen = Math.max(0, names.indexOf(choice.value));
      choice.replaceChildren(...names.map((name) => element("option", {}, name)));
      choice.selectedIndex = chosen;
      showChosen();
    },
    /** While they are closed nothing is kept. */
    clear() {
      blocks = [];
      choice.replaceChildren();
      showChosen();
    },
  };
}
