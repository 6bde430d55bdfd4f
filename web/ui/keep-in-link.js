// Whether a table goes into the page's link: asked of the reader, where the table is small enough.

import { longestTableCode } from "../state/url.js";
import { element } from "./dom.js";

/** @param {number} count */
const characters = (count) => `${count.toLocaleString("en")} characters`;

/** @param {() => void} onChange the reader wants it kept, or no more */
export function createKeepInLink(onChange) {
  /** The code of the table shown, "" while it is unknown. */
  let code = "";
  const box = element("input", { type: "checkbox", onchange: onChange });
  const note = element("span", { class: "note" });
  const node = element(
    "p",
    { class: "keep", hidden: true },
    element("label", {}, box, " Keep the table in the link"),
    " ",
    note,
  );
  return {
    node,
    /** For the link, "" for none. */
    get code() {
      return box.checked ? code : "";
    },
    /** Whether the link that was opened has it. @param {boolean} isKept */
    set isKept(isKept) {
      box.checked = isKept;
    },
    /** Of the table that is shown now. @param {string} itsCode "" for one too large to be encoded */
    offer(itsCode) {
      code = itsCode;
      const fits = code !== "" && code.length <= longestTableCode;
      node.hidden = false;
      box.disabled = !fits;
      box.checked = box.checked && fits;
      const limit = `at most ${characters(longestTableCode)} can be kept`;
      note.textContent = fits
        ? `It takes ${characters(code.length)} of it.`
        : `It is too large for a link: ${code ? `it would take ${characters(code.length)}; ` : ""}${limit}.`;
    },
  };
}
