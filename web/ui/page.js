// A page beside the scenes: prose that the build made.

import { element, prose } from "./dom.js";

/** @typedef {typeof import("virtual:pages").pages[number]} PageEntry */

/**
 * @param {PageEntry} page
 * @returns {Promise<HTMLElement>}
 */
export async function createPage({ title, lead, load }) {
  return element(
    "article",
    { class: "page" },
    element("h1", {}, title),
    element("p", { class: "lead" }, lead),
    prose("div", await load(), { class: "page-body" }),
  );
}

/**
 * Brings a part of a page into view, or its beginning, and the focus with it.
 * @param {HTMLElement} page
 * @param {string} part id of it
 */
export function showPart(page, part) {
  const target = page.querySelector(`[id="${CSS.escape(part)}"]`);
  const focused = target ?? page.querySelector("h1");
  if (focused instanceof HTMLElement) {
    focused.tabIndex = -1;
    focused.focus({ preventScroll: true });
  }
  if (target) {
    target.scrollIntoView();
  } else {
    window.scrollTo(0, 0);
  }
}
