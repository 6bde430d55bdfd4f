// A table of the reader's own: dropped, pasted or opened, its columns shown to choose from. It leaves
// the page only in the link, and only when the reader wants that; what was typed stays whatever is
// wrong with it.

import { decodeTable, encodeTable } from "../state/table-code.js";
import { readTableText } from "../state/table-text.js";
import { longestTableCode } from "../state/url.js";
import { element } from "./dom.js";
import { createColumnTable, firstChoice, lackOfFeatures } from "./own-columns.js";

/** @typedef {import("../lab.js").Value} Value */
/** @typedef {import("../lab.js").Table} Table */
/** @typedef {import("../simulation/pool.js").GivenTable} GivenTable */
/** @typedef {import("./own-columns.js").Choice} Choice */

const largestFile = 50e6;
// Longer tables stay in their file: a text field of this length already takes a while.
const longestShown = 100_000;

/** @param {number} count */
const characters = (count) => `${count.toLocaleString("en")} characters`;

/** For the link, "" for what is too large to be encoded. @param {string | Blob} csv */
const encoded = async (csv) => (typeof csv === "string" ? encodeTable(csv) : "");

/**
 * @param {object} options
 * @param {(csv: string | Blob) => Promise<GivenTable>} options.read
 * @param {(csv: string) => Promise<Table>} options.give
 * @param {() => GivenTable | undefined} options.inUse the table that was given last, perhaps elsewhere
 * @param {number} options.featureCount how many columns are features at first
 * @param {() => void} options.onEntry another table is looked at: what was said of one before is settled
 * @param {(given: GivenTable, columns: { features: string, targetColumn: string }) => Promise<boolean>} options.onChoice
 *   says whether the table is used now
 * @param {(code: string) => void} options.onKeep the table's code for the link, "" for none
 */
export function createOwnData({ read, give, inUse, featureCount, onEntry, onChoice, onKeep }) {
  /** The table whose columns are shown. @type {GivenTable | undefined} */
  let shown;
  let shownChoice = "";
  /** The text taken last, whatever became of it. */
  let entered = "";
  /** The code of the table shown, "" while it is unknown. */
  let code = "";
  /** Tables asked for that may yet be refused. */
  let trials = 0;
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
      entered = "";
    }
  }

  /** @param {string} csv @param {string} note */
  async function takeText(csv, note) {
    if (csv === entered || csv.trim() === "") {
      return;
    }
    entered = csv;
    if (shown && csv === shown.csv) {
      complaint.textContent = "";
      await choose(shown, JSON.parse(shownChoice)); // of a text that was put right again
    } else {
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
    onEntry();
    try {
      const given = await read(csv);
      const choice = firstChoice(given.table, featureCount);
      complaint.textContent = choice ? "" : lackOfFeatures(given.table);
      if (choice && (await choose(given, choice))) {
        origin.textContent = note;
        return true;
      }
      if (!inUse()) {
        origin.textContent = note;
        show(given, choice ?? { features: [], target: "" }); // other columns of it may do
      }
    } catch (error) {
      complain(/** @type {Error} */ (error));
    }
    return false;
  }

  /**
   * A new table takes the place of the one shown, and of the one in the link, once it is computed with.
   * @param {GivenTable} given
   * @param {Choice} choice
   * @returns {Promise<boolean>} whether the table is computed with
   */
  async function choose(given, choice) {
    const columns = { features: choice.features.join(","), targetColumn: choice.target };
    complaint.textContent = "";
    if (given === inUse()) {
      return onChoice(given, columns);
    }
    const itsCode = await encoded(given.csv);
    trials += 1;
    const isUsed = await onChoice(given, columns);
    trials -= 1;
    if (isUsed) {
      show(given, choice);
      measure(itsCode);
      onKeep(keep.checked ? code : "");
    }
    return isUsed;
  }

  /**
   * @param {GivenTable} given
   * @param {Choice} choice
   */
  function show(given, choice) {
    if (given.table !== shown?.table) {
      columnTable = createColumnTable(given.table, (chosen) => choose(given, chosen));
      preview.replaceChildren(...columnTable.nodes);
    }
    shown = given;
    shownChoice = JSON.stringify(choice);
    columnTable?.show(choice);
  }

  /** Whether the table shown is small enough for the link. @param {string} itsCode */
  function measure(itsCode) {
    code = itsCode;
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
      if (trials > 0) {
        return;
      }
      const isNew = given.table !== shown?.table;
      const features = String(parameters.features ?? "")
        .split(/[,;]/)
        .map((name) => name.trim())
        .filter(Boolean);
      const last = given.table.columns.at(-1)?.name ?? "";
      show(given, { features, target: String(parameters.targetColumn || last) });
      keep.checked = kept !== "";
      if (isNew) {
        entered = typeof given.csv === "string" ? given.csv : "";
        text.value = entered;
        complaint.textContent = "";
        const itsCode = kept || (await encoded(given.csv));
        if (given === shown) {
          measure(itsCode);
        }
      }
    },
    /**
     * Goes back to a table given before, with the columns last chosen of it.
     * @param {GivenTable} given
     */
    offer(given) {
      const known = given.table === shown?.table;
      const choice = known ? JSON.parse(shownChoice) : firstChoice(given.table, featureCount);
      if (choice) {
        choose(given, choice);
      } else {
        complaint.textContent = lackOfFeatures(given.table);
      }
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
