// Making markup.

/** @type {Record<string, string>} */
const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Plain text as markup. @param {string} text */
export function escaped(text) {
  return text.replaceAll(/[&<>"]/g, (letter) => entities[letter]);
}

/** @param {string} href @param {string} text plain */
export function anchor(href, text) {
  return `<a href="${escaped(href)}">${escaped(text)}</a>`;
}

/** @param {string[]} items markup */
export function list(items) {
  return `<ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul>`;
}
