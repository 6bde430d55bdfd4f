// What a page that is one figure in a frame needs besides its scene.

import { laboratoryAddress } from "./addresses.js";

export { playByItself } from "./autoplay.js";
export { tellHeight } from "./natural-height.js";
export { wayToLaboratory } from "./way-to-laboratory.js";

/**
 * @param {string} figureLink the link to the figure in its state
 * @returns {string} to this state in the whole page
 */
export function laboratoryLink(figureLink) {
  const url = new URL(laboratoryAddress(figureLink));
  url.hash = new URL(figureLink).hash;
  return url.href;
}
