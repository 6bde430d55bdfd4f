// The state of a figure in words: a screen reader hears, and tables show, where the picture came to rest.

import { element } from "./dom.js";

// In milliseconds without another picture.
const rest = 400;

/**
 * @param {object} options
 * @param {() => boolean} options.isBusy another picture follows
 * @param {() => void} options.onRest
 */
export function createSummary({ isBusy, onRest }) {
  const node = element("p", { class: "summary", "aria-live": "polite" });
  let telling = 0;
  return {
    node,
    /** @param {string} text */
    tell(text) {
      window.clearTimeout(telling);
      telling = window.setTimeout(() => {
        if (isBusy()) {
          return;
        }
        if (node.textContent !== text) {
          node.textContent = text;
        }
        onRest();
      }, rest);
    },
  };
}
