// Making elements in one expression.

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
  document.addEventListener("click", (event) => {
    // In a shadow tree the target is only its host.
    if (!event.composedPath().includes(menu)) {
      menu.open = false;
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
  const node = element(tag, attributes);
  const parsed = new DOMParser().parseFromString(markup, "text/html");
  node.append(...parsed.body.childNodes);
  return node;
}
