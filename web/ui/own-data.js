// A table of the user's own: dropped, pasted or opened, its columns shown to choose from. It never
// leaves the page, and what was typed stays whatever is wrong with it.

import { element } from "./dom.js";

/** @typedef {import("../lab.js").Table} Table */
/** @typedef {Record<string, string>} Changes */

const largestFile = 50e6;

/**
 * @param {object} options
 * @param {(csv: string) => Promise<Table>} options.give
 * @param {number} options.featureCount how many columns are features at first
 * @param {(changes: Changes) => void} options.onChoice new values of `features` and `targetColumn`
 */
export function createOwnData({ give, featureCount, onChoice }) {
  /** @type {Table | null} */
  let table = null;
  const text = element("textarea", {
    rows: 4,
    "aria-label": "your table as CSV",
    placeholder: "size, weight, price\n1.2, 3.4, 5.6",
    spellcheck: "false",
    onchange: () => take(text.value),
    onpaste: () => window.setTimeout(() => take(text.value)),
  });
  const file = element("input", {
    type: "file",
    accept: ".csv,.tsv,.txt,text/csv",
    "aria-label": "open a CSV file",
    onchange: () => open(file.files?.[0]),
  });
  const complaint = element("p", { class: "complaint", role: "alert" });
  const columns = element("div", { class: "columns" });
  const node = element(
    "section",
    { class: "own-data card", "aria-label": "your own table" },
    element(
      "p",
      { class: "note" },
      "Drop a CSV file here, open one, or paste it. It stays in this page.",
    ),
    element("div", { class: "entry" }, text, file),
    complaint,
    columns,
  );
  node.addEventListener("dragover", (event) => event.preventDefault());
  node.addEventListener("drop", (event) => {
    event.preventDefault();
    open(event.dataTransfer?.files[0]);
  });

  /** @param {File | undefined} chosen */
  async function open(chosen) {
    if (!chosen) {
      return;
    }
    if (chosen.size > largestFile) {
      complaint.textContent = `${chosen.name} has ${Math.round(chosen.size / 1e6)} MB; at most 50 MB can be read.`;
      return;
    }
    text.value = await chosen.text();
    await take(text.value);
  }

  /** @param {string} csv */
  async function take(csv) {
    if (csv.trim() === "") {
      return;
    }
    try {
      table = await give(csv);
    } catch (error) {
      complaint.textContent = error instanceof Error ? error.message : String(error);
      return;
    }
    complaint.textContent = "";
    const numeric = table.columns.filter((column) => column.numeric).map(({ name }) => name);
    const target = table.columns.at(-1)?.name ?? "";
    choose(numeric.filter((name) => name !== target).slice(0, featureCount), target);
  }

  /**
   * @param {string[]} features
   * @param {string} target
   */
  function choose(features, target) {
    showColumns(features, target);
    onChoice({ features: features.join(","), targetColumn: target });
  }

  /**
   * @param {string[]} features
   * @param {string} target
   */
  function showColumns(features, target) {
    const rows = (table?.columns ?? []).map(({ name, numeric, first, oddLine, oddText }) => {
      const feature = element("input", {
        type: "checkbox",
        "aria-label": `${name} as a feature`,
        checked: features.includes(name),
        disabled: !numeric || name === target,
        onchange: () => {
          const others = features.filter((other) => other !== name);
          choose(feature.checked ? [...others, name] : others, target);
        },
      });
      const asTarget = element("input", {
        type: "radio",
        name: "own-target",
        "aria-label": `${name} as the target`,
        checked: name === target,
        onchange: () =>
          choose(
            features.filter((other) => other !== name),
            name,
          ),
      });
      const cells = numeric
        ? `${first.join(", ")} …`
        : `no numbers: line ${oddLine} is “${oddText.slice(0, 30)}”`;
      return element(
        "tr",
        {},
        element("th", { scope: "row" }, name),
        element("td", {}, cells),
        element("td", {}, feature),
        element("td", {}, asTarget),
      );
    });
    columns.replaceChildren(
      element("p", { class: "note" }, `${table?.rows} rows; features and target are standardised.`),
      element(
        "table",
        {},
        element(
          "thead",
          {},
          element(
            "tr",
            {},
            ...["column", "first cells", "feature", "target"].map((title) =>
              element("th", { scope: "col" }, title),
            ),
          ),
        ),
        element("tbody", {}, ...rows),
      ),
    );
  }

  return { node };
}
