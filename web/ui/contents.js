// The list of scenes, and the way to the one before and the one after.

import { element } from "./dom.js";

/** @typedef {import("../scenes/index.js").Entry} Entry */

/**
 * @param {{ heading: string, entries: Entry[] }[]} outline
 * @param {string} current id of the scene shown
 */
export function createContents(outline, current) {
  /** @param {Entry} entry */
  const item = ({ label, scene }) =>
    scene
      ? element(
          "a",
          { href: `#${scene.id}`, "aria-current": scene.id === current ? "page" : undefined },
          label,
        )
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
 * @param {{ heading: string, entries: Entry[] }[]} outline
 * @param {string} current
 */
export function createNeighbours(outline, current) {
  const entries = outline.flatMap((section) => section.entries).filter(({ scene }) => scene);
  const here = entries.findIndex(({ scene }) => scene?.id === current);
  /** @param {Entry | undefined} entry @param {(label: string) => string} text */
  const link = (entry, text) =>
    entry?.scene ? element("a", { href: `#${entry.scene.id}` }, text(entry.label)) : null;
  return element(
    "nav",
    { class: "neighbours", "aria-label": "Previous and next scene" },
    link(entries[here - 1], (label) => `← ${label}`),
    link(entries[here + 1], (label) => `${label} →`),
  );
}
