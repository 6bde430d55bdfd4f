// The code that puts a figure into another page: a frame, or an element.

import { elementScript, figureAddress, frameScript, siteAddress } from "./addresses.js";
import { hidesFigure } from "./attributes.js";

/** How tall and wide a frame is where the page says nothing else. */
const size = { width: 640, height: 480 };

/**
 * @typedef {object} Figure
 * @property {string} href of the page that shows it
 * @property {boolean} isSingleFile
 * @property {string} title
 * @property {string} state as in the hash of a link, with the controls to show
 * @property {boolean} autoplay
 */

/** @param {string} text */
function quoted(text) {
  return `"${text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")}"`;
}

/**
 * @param {Figure} figure
 * @param {boolean} fitsHeight with the script that gives the frame the height that it asks for
 * @returns {string} HTML
 */
export function frameCode({ href, isSingleFile, title, state, autoplay }, fitsHeight) {
  const url = new URL(figureAddress(href, state, isSingleFile));
  if (autoplay) {
    url.searchParams.set("autoplay", "");
  }
  const frame =
    `<iframe src=${quoted(url.href)} width="${size.width}" height="${size.height}"` +
    ` title=${quoted(title)} loading="lazy"></iframe>`;
  const script = `<script src=${quoted(siteAddress(href, frameScript))} async></script>`;
  return fitsHeight ? `${frame}\n${script}` : frame;
}

/**
 * @param {Figure} figure not of the single file, which has no element beside it
 * @returns {string} HTML
 */
export function elementCode({ href, state, autoplay }) {
  const [scene, query] = state.split("?");
  // The version is that of links; an element's attributes are the table's own names.
  const values = [...new URLSearchParams(query)].filter(([key]) => key !== "v");
  const inState = new URLSearchParams(values.filter(([key]) => hidesFigure(key)));
  const rest = values.filter(([key]) => !hidesFigure(key));
  const attributes = [...(inState.size > 0 ? [["state", `${scene}?${inState}`]] : []), ...rest]
    .map(([key, value]) => ` ${key}=${quoted(value)}`)
    .join("");
  const script = `<script type="module" src=${quoted(siteAddress(href, elementScript))}></script>`;
  const play = autoplay ? " autoplay" : "";
  return `${script}\n<wide-valley scene=${quoted(scene)}${attributes}${play}></wide-valley>`;
}
