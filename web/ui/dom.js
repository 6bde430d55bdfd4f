// Making elements in one expression.

import { parseMarkup } from "../trusted.js";

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | ((event: any) => void) | undefined>} [attributes]
 *   on… functions become listeners, true an empty attribute, false and undefined none
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      node.addEventListener(name.replace(/^on/, ""), value);
    } else if (value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  for (const child of children) {
    if (child) {
      node.append(child);
    }
  }
  return node;
}

/**
 * A dialog over the page, with a button that closes it; closed, it is gone.
 * @param {string} label
 * @param {string} kind a class of its own
 * @param {...Child} children
 */
export function openDialog(label, kind, ...children) {
  const dialog = element(
    "dialog",
    { class: `dialog card ${kind}`, "aria-label": label },
    ...children,
    element("form", { method: "dialog" }, element("button", { class: "primary" }, "Close")),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * Made when it is first asked for: for what few readers use and is fetched only then.
 * @template Part
 * @param {() => Promise<Part>} make
 * @returns {() => Promise<Part>}
 */
export function once(make) {
  /** @type {Promise<Part> | undefined} */
  let made;
  return () => {
    if (!made) {
      made = make();
      made.catch(() => {
        made = undefined;
      });
    }
    return made;
  };
}

/**
 * A menu closes by Escape and by a click outside it.
 * @param {HTMLDetailsElement} menu
 */
export function closeOnLeaving(menu) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
  /** @param {MouseEvent} event */
  const closeOutside = (event) => {
    // In a shadow tree the target is only its host.
    if (!event.composedPath().includes(menu)) {
      menu.open = false;
    }
  };
  // Only while it is open: the document outlives the menu's scene.
  menu.addEventListener("toggle", () => {
    if (menu.open) {
      document.addEventListener("click", closeOutside);
    } else {
      document.removeEventListener("click", closeOutside);
    }
  });
}

/**
 * Our own markup (prose with formulas that the build made), never anything that was typed or linked.
 * @param {keyof HTMLElementTagNameMap} tag
 * @param {string} markup
 * @param {Record<string, string>} [attributes]
 */
export function prose(tag, markup, attributes = {}) {
  return element(tag, attributes, ...parseMarkup(markup));
}
