// Where the laboratory's pages and scripts lie, seen from one of them.

/** The page that holds one figure. */
export const figurePage = "embed.html";
/** The script with the custom element. */
export const elementScript = "element.js";
/** The script that fits a frame's height to what it shows. */
export const frameScript = "frame-height.js";

/**
 * The laboratory itself, whichever of its pages or scripts this is: without the file's name and marks.
 * @param {string} href
 * @returns {string} without a state
 */
export function laboratoryAddress(href) {
  const url = new URL(href);
  url.hash = "";
  url.search = "";
  url.pathname = url.pathname.replace(new RegExp(`/(${figurePage}|${elementScript})$`), "/");
  return url.href;
}

/**
 * A file of the site, beside the page.
 * @param {string} href
 * @param {string} file
 */
export function siteAddress(href, file) {
  return new URL(file, laboratoryAddress(href)).href;
}

/**
 * One figure alone. The single file is its own figure page.
 * @param {string} href of the laboratory
 * @param {string} state as in the hash of a link
 * @param {boolean} isSingleFile
 */
export function figureAddress(href, state, isSingleFile) {
  const url = new URL(isSingleFile ? laboratoryAddress(href) : siteAddress(href, figurePage));
  if (isSingleFile) {
    url.searchParams.set("view", "figure");
  }
  url.hash = state;
  return url.href;
}
