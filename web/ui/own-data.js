// A table of the reader's own: dropped, pasted or opened, its columns shown to choose from. It leaves
// the page only in the link, and only when the reader wants that; what was typed stays whatever is
// wrong with it.

import { decodeTable, encodeTable } from "../state/table-code.js";
import { readTableText } from "../state/table-text.js";
import { longestTableCode } from "../state/url.js";
import { element } from "./dom.js";
import { createColumnTable, firstChoice } from "./own-columns.js";

/** @typedef {import("../lab.js").Value} Value */
/** @typedef {import("../lab.js").Table} Table */
/** @typedef {import("../simulation/pool.js").GivenTable} GivenTable */
/** @typedef {Record<string, string>} Changes */

const largestFile = 50e6;
// Longer tables stay in their file: a text field of this length already takes a while.
const longestShown = 100_000;

/** @param {number} count */
const characters = (count) => `${count.toLocaleString("en")} characters`;

/**
 * @param {object} options
 * @param {(csv: string | Blob) => Promise<Table>} options.give
 * @param {number} options.featureCount how many columns are features at first
 * @param {(changes: Changes) => void} options.onChoice new values of `features` and `targetColumn`
 * @param {(code: string) => void} options.onKeep the table's code for the link, "" for none
 */
export function createOwnData({ give, featureCount, onChoice, onKeep }) {
  /** The table shown. @type {GivenTable | undefined} */
  let shown;
  let shownChoice = "";
  /** The code of the table shown, "" while it is unknown. */
  let code = "";
  const text = element("textarea", {
    rows: 4,
    "aria-label": "your table as CSV",
    placeholder: "size, weight, price\n1.2, 3.4, 5.6",
    spellcheck: "false",
    onchange: () => takeText(text.value, ""),
    onpaste: (/** @type {ClipboardEvent} */ event) => paste(event),
  });
  const file = element("input", {
    type: "file",
    accept: ".csv,.tsv,.txt,text/csv",
    "aria-label": "open a CSV file",
    onchange: () => open(file.files?.[0]),
  });
  const complaint = element("p", { class: "complaint", role: "alert" });
  const origin = element("p", { class: "note" });
  const keep = element("input", {
    type: "checkbox",
    onchange: () => onKeep(keep.checked ? code : ""),
  });
  const keepNote = element("span", { class: "note" });
  const keeping = element(
    "p",
    { class: "keep", hidden: true },
    element("label", {}, keep, " Keep the table in the link"),
    " ",
    keepNote,
  );
  const preview = element("div", { class: "preview" });
  /** @type {ReturnType<typeof createColumnTable> | undefined} */
  let columnTable;
  const node = element(
    "section",
    { class: "own-data card", "aria-label": "your own table" },
    element(
      "p",
      { class: "note" },
      "Drop a CSV file here, open one, or paste it. It stays in this page, and goes into its links only if you say so.",
    ),
    element("div", { class: "entry" }, text, file),
    complaint,
    origin,
    keeping,
    preview,
  );
  node.addEventListener("dragover", (event) => event.preventDefault());
  node.addEventListener("drop", (event) => {
    event.preventDefault();
    const [dropped] = event.dataTransfer?.files ?? [];
    const words = event.dataTransfer?.getData("text/plain") ?? "";
    return dropped ? open(dropped) : enter(words, "");
  });

  /** @param {ClipboardEvent} event */
  function paste(event) {
    const pasted = event.clipboardData?.getData("text/plain") ?? "";
    if (pasted.length > longestShown) {
      event.preventDefault();
      takeLarge(new File([pasted], "The pasted text"));
    } else {
      window.setTimeout(() => takeText(text.value, "")); // once the text has it
    }
  }

  /**
   * @param {string} csv from elsewhere than the text field
   * @param {string} note where it came from
   */
  function enter(csv, note) {
    text.value = csv;
    return takeText(csv, note);
  }

  /** @param {File | undefined} chosen */
  async function open(chosen) {
    file.value = ""; // the same file, mended, can be opened again
    if (!chosen) {
      return;
    }
    if (chosen.size > largestFile) {
      const most = `at most ${largestFile / 1e6} MB can be read`;
      complaint.textContent = `${chosen.name} has ${Math.round(chosen.size / 1e6)} MB; ${most}.`;
    } else if (chosen.size > longestShown) {
      await takeLarge(chosen);
    } else {
      await readTableText(chosen).then((csv) => enter(csv, `From ${chosen.name}.`), complain);
    }
  }

  /** @param {File} chosen */
  async function takeLarge(chosen) {
    const size = `${(chosen.size / 1e6).toFixed(1)} MB`;
    if (await take(chosen, `${chosen.name}, ${size}: too long to be shown as text.`)) {
      text.value = "";
    }
  }

  /** @param {string} csv @param {string} note */
  async function takeText(csv, note) {
    if (csv === shown?.csv) {
      complaint.textContent = ""; // of a text that was put right again
    } else if (csv.trim() !== "") {
      await take(csv, note);
    }
  }

  /** @param {Error} error */
  function complain(error) {
    complaint.textContent = error.message;
  }

  /**
   * @param {string | Blob} csv
   * @param {string} note where it came from
   * @returns {Promise<boolean>} whether it was taken
   */
  async function take(csv, note) {
    try {
      const table = await give(csv);
      await show({ csv, table }, firstChoice(table, featureCount));
    } catch (error) {
      complain(/** @type {Error} */ (error));
      return false;
    }
    origin.textContent = note;
    onKeep(keep.checked ? code : "");
    choose(firstChoice(/** @type {GivenTable} */ (shown).table, featureCount));
    return true;
  }

  /** @param {import("./own-columns.js").Choice} choice */
  function choose(choice) {
    onChoice({ features: choice.features.join(","), targetColumn: choice.target });
  }

  /**
   * @param {GivenTable} given
   * @param {import("./own-columns.js").Choice} choice
   */
  async function show(given, choice) {
    const key = JSON.stringify(choice);
    if (given.table === shown?.table && key === shownChoice) {
      return;
    }
    const isNew = given.table !== shown?.table;
    shown = given;
    shownChoice = key;
    complaint.textContent = "";
    if (isNew) {
      columnTable = createColumnTable(given.table, choose);
      preview.replaceChildren(...columnTable.nodes);
    }
    columnTable?.show(choice);
    if (isNew) {
      await measure(given.csv);
    }
  }

  /** Whether a table is small enough for the link. @param {string | Blob} csv */
  async function measure(csv) {
    code = typeof csv === "string" ? await encodeTable(csv) : "";
    const fits = code !== "" && code.length <= longestTableCode;
    keeping.hidden = false;
    keep.disabled = !fits;
    keep.checked = keep.checked && fits;
    const limit = `at most ${characters(longestTableCode)} can be kept`;
    keepNote.textContent = fits
      ? `It takes ${characters(code.length)} of it.`
      : `It is too large for a link: ${code ? `it would take ${characters(code.length)}; ` : ""}${limit}.`;
  }

  return {
    node,
    /**
     * What the scene computes with, wherever it came from.
     * @param {GivenTable} given
     * @param {Record<string, Value>} parameters
     * @param {string} kept the code in the link
     */
    async show(given, parameters, kept) {
      if (typeof given.csv === "string" && given.table !== shown?.table) {
        text.value = given.csv;
      }
      const features = String(parameters.features ?? "")
        .split(/[,;]/)
        .map((name) => name.trim())
        .filter(Boolean);
      const last = given.table.columns.at(-1)?.name ?? "";
      await show(given, { features, target: String(parameters.targetColumn || last) });
      keep.checked = kept !== "";
    },
    /**
     * Goes back to a table given before, with the columns last chosen of it.
     * @param {GivenTable} given
     */
    offer(given) {
      const known = given.table === shown?.table;
      choose(known ? JSON.parse(shownChoice) : firstChoice(given.table, featureCount));
    },
    /**
     * Takes the table that a link holds.
     * @param {string} kept
     * @param {() => boolean} isWanted another link may be opened meanwhile
     */
    async giveKept(kept, isWanted) {
      const csv = await decodeTable(kept);
      if (isWanted()) {
        await give(csv);
      }
    },
  };
}
