// The list of keys, in a dialog.

import { element, openDialog } from "./dom.js";

/** Names of keys where KeyboardEvent.key would not be read. @type {Record<string, string>} */
const names = {
  " ": "Space",
  ArrowRight: "→",
  ArrowLeft: "←",
  ArrowUp: "↑",
  ArrowDown: "↓",
  PageDown: "Page Down",
  PageUp: "Page Up",
  Escape: "Esc",
};

/** @param {string} key */
const nameOf = (key) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key);

/** @param {import("./keys.js").KeyGroup} group */
function section({ heading, keys }) {
  const rows = keys.flatMap(({ keys: alternatives, does }) => [
    element(
      "dt",
      {},
      ...alternatives.flatMap((key, i) => [i > 0 ? " " : "", element("kbd", {}, nameOf(key))]),
    ),
    element("dd", {}, does),
  ]);
  return element("section", {}, element("h3", {}, heading), element("dl", {}, ...rows));
}

/** @param {import("./keys.js").KeyGroup[]} groups */
export function openKeyList(groups) {
  openDialog("Keys", "key-list", element("h2", {}, "Keys"), ...groups.map(section));
}
