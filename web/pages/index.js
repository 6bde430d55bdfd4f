// The pages beside the scenes. The build renders them (build/pages-plugin.js); a browser gets markup.

import { openEntries } from "../scenes/index.js";
import { errataMarkup, lectureMarkup } from "./lecture-markup.js";
import { recipesMarkup } from "./recipes-markup.js";
import { referenceMarkup } from "./reference.js";

export { createDesk } from "./desk.js";

/** @typedef {import("./desk.js").Desk} Desk */
/**
 * @typedef {object} Page
 * @property {string} id the address: #id in the laboratory, id.html beside it. A part of it with the
 *   id `id-…` is at #id-…
 * @property {string} title
 * @property {string} lead what it is for, in a sentence
 * @property {(desk: Desk) => string} markup what stands below the title
 */

/** Every scene that the pages can lead to. */
export const scenes = await Promise.all(openEntries.map(({ load }) => load()));

/** What each of them asks. @type {Map<string, import("../ui/scene.js").Question[]>} */
export const questions = new Map(
  await Promise.all(
    scenes.map(
      async ({ id, questions: load }) =>
        /** @type {[string, import("../ui/scene.js").Question[]]} */ ([id, (await load?.()) ?? []]),
    ),
  ),
);

/** @type {Page[]} */
export const pages = [
  {
    id: "lecture",
    title: "The lecture, item by item",
    lead: "Every example, lemma, theorem, remark and question of the notes, and where it can be seen and moved.",
    markup: lectureMarkup,
  },
  {
    id: "errata",
    title: "Errata",
    lead: "Where the notes and the simulator differ, and a state in which it shows.",
    markup: errataMarkup,
  },
  {
    id: "recipes",
    title: "A figure in your course",
    lead: "How to put one figure into a page, a notebook, slides or a learning platform.",
    markup: recipesMarkup,
  },
  {
    id: "reference",
    title: "Reference",
    lead: "Every experiment with its parameters and channels, the JavaScript interface, and how to add an experiment.",
    markup: referenceMarkup,
  },
];
