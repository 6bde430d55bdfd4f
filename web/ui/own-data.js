// A table of the reader's own: its columns shown to choose from. It leaves the page only in the link, and
// only when the reader wants that; what was typed stays whatever is wrong with it.

import { decodeTable, encodeTable } from "../state/table-code.js";
import { element } from "./dom.js";
import { createKeepInLink } from "./keep-in-link.js";
import { createColumnTable, firstChoice, lackOfFeatures } from "./own-columns.js";
import { createTableEntry } from "./table-entry.js";

/** @typedef {import("../lab.js").Value} Value */
/** @typedef {import("../lab.js").Table} Table */
/** @typedef {import("../simulation/pool.js").GivenTable} GivenTable */
/** @typedef {import("./own-columns.js").Choice} Choice */

/** For the link, "" for what is too large to be encoded. @param {string | Blob} csv */
const encoded = async (csv) => (typeof csv === "string" ? encodeTable(csv) : "");

/**
 * @param {GivenTable} given
 * @param {Record<string, Value>} parameters of a scene that computes with it
 * @returns {Choice}
 */
function choiceIn({ table }, { features, targetColumn }) {
  const names = String(features ?? "").split(/[,;]/);
  const last = table.columns.at(-1)?.name ?? "";
  return {
    features: names.map((name) => name.trim()).filter(Boolean),
    target: String(targetColumn || last),
  };
}

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
  /** Tables asked for that may yet be refused. */
  let trials = 0;
  /** @type {ReturnType<typeof createColumnTable> | undefined} */
  let columnTable;
  const complaint = element("p", { class: "complaint", role: "alert" });
  const origin = element("p", { class: "note" });
  const keeping = createKeepInLink(() => onKeep(keeping.code));
  const preview = element("div", { class: "preview" });
  const entry = createTableEntry({ onTable: take, onComplaint: complain });
  const node = element(
    "section",
    { class: "own-data card", "aria-label": "your own table" },
    element(
      "p",
      { class: "note" },
      "Drop a CSV file here, open one, or paste it. It stays in this page, and goes into its links only if you say so.",
    ),
    entry.node,
    complaint,
    origin,
    keeping.node,
    preview,
  );
  entry.acceptDrops(node);

  /** @param {string} message */
  function complain(message) {
    complaint.textContent = message;
  }

  /**
   * @param {string | Blob} csv
   * @param {string} note where it came from
   * @returns {Promise<boolean>} whether it was taken
   */
  async function take(csv, note) {
    if (csv === shown?.csv) {
      return choose(shown, JSON.parse(shownChoice)); // of a text that was put right again
    }
    onEntry();
    try {
      const given = await read(csv);
      const choice = firstChoice(given.table, featureCount);
      complain(choice ? "" : lackOfFeatures(given.table));
      if (choice && (await choose(given, choice))) {
        origin.textContent = note;
        return true;
      }
      if (!inUse()) {
        origin.textContent = note;
        show(given, choice ?? { features: [], target: "" }); // other columns of it may do
      }
    } catch (error) {
      complain(/** @type {Error} */ (error).message);
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
    complain("");
    if (given === inUse()) {
      return onChoice(given, columns);
    }
    const itsCode = await encoded(given.csv);
    trials += 1;
    const isUsed = await onChoice(given, columns);
    trials -= 1;
    if (isUsed) {
      show(given, choice);
      keeping.offer(itsCode);
      onKeep(keeping.code);
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
      show(given, choiceIn(given, parameters));
      keeping.isKept = kept !== "";
      if (isNew) {
        entry.show(typeof given.csv === "string" ? given.csv : "");
        complain("");
        const itsCode = kept || (await encoded(given.csv));
        if (given === shown) {
          keeping.offer(itsCode);
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
        complain(lackOfFeatures(given.table));
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
