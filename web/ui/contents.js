// The list of scenes, and the way to the one before and the one after.

import { element } from "./dom.js";

/** @typedef {import("../scenes/index.js").Entry} Entry */

/**
 * @param {{ heading: string, entries: Entry[] }[]} outline
 * @param {string} current id of the scene shown
 */
export function createContents(outline, current) {
  /** @param {Entry} entry */
  const item = ({ label, id }) =>
    id
      ? element("a", { href: `#${id}`, "aria-current": id === current ? "page" : undefined }, label)
      : element("span", { class: "to-come", title: "not built yet" }, label);
  return element(
    "nav",
    { class: "contents", "aria-label": "Contents" },
    ...outline.map(({ heading, entries }) =>
      element(
        "section",
        {},
        element("h2", {}, heading),
        element("ul", {}, ...entries.map((entry) => element("li", {}, item(entry)))),
      ),
    ),
  );
}

/**
 * @param {{ id: string, label: string }[]} entries
 * @param {string} current
 */
export function createNeighbours(entries, current) {
  const here = entries.findIndex(({ id }) => id === current);
  /** @param {{ id: string, label: string } | undefined} entry @param {(label: string) => string} text */
  const link = (entry, text) =>
    entry ? element("a", { href: `#${entry.id}` }, text(entry.label)) : null;
  return element(
    "nav",
    { class: "neighbours", "aria-label": "Previous and next scene" },
    link(entries[here - 1], (label) => `← ${label}`),
    link(entries[here + 1], (label) => `${label} →`),
  );
}
