// Where a reader gives a table: a text to type or to paste, a file to open or to drop.

import { readTableText } from "../state/table-text.js";
import { element } from "./dom.js";

const largestFile = 50e6;
// Longer tables stay in their file: a text field of this length already takes a while.
const longestShown = 100_000;

/**
 * @param {object} options
 * @param {(csv: string | Blob, note: string) => Promise<boolean>} options.onTable another table, and where it
 *   came from; says whether it was taken
 * @param {(message: string) => void} options.onComplaint why something given is no table
 */
export function createTableEntry({ onTable, onComplaint }) {
  /** The text taken last, whatever became of it. */
  let entered = "";
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

  /** @param {DragEvent} event */
  function drop(event) {
    event.preventDefault();
    const [dropped] = event.dataTransfer?.files ?? [];
    const words = event.dataTransfer?.getData("text/plain") ?? "";
    return dropped ? open(dropped) : enter(words, "");
  }

  /**
   * @param {string} csv from elsewhere than the text field
   * @param {string} note
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
      onComplaint(`${chosen.name} has ${Math.round(chosen.size / 1e6)} MB; ${most}.`);
    } else if (chosen.size > longestShown) {
      await takeLarge(chosen);
    } else {
      await readTableText(chosen).then(
        (csv) => enter(csv, `From ${chosen.name}.`),
        (/** @type {Error} */ error) => onComplaint(error.message),
      );
    }
  }

  /** @param {File} chosen */
  async function takeLarge(chosen) {
    const size = `${(chosen.size / 1e6).toFixed(1)} MB`;
    if (await onTable(chosen, `${chosen.name}, ${size}: too long to be shown as text.`)) {
      show("");
    }
  }

  /** @param {string} csv @param {string} note */
  async function takeText(csv, note) {
    if (csv !== entered && csv.trim() !== "") {
      entered = csv;
      await onTable(csv, note);
    }
  }

  /** In the place of what was entered. @param {string} csv */
  function show(csv) {
    entered = csv;
    text.value = csv;
  }

  return {
    node: element("div", { class: "entry" }, text, file),
    show,
    /** @param {HTMLElement} place where tables can be dropped too */
    acceptDrops(place) {
      place.addEventListener("dragover", (event) => event.preventDefault());
      place.addEventListener("drop", drop);
    },
  };
}
