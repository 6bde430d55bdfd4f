// What is wrong, above a figure: a sentence each.

import { element } from "./dom.js";

// A spoiled link can have thousands of mistakes, of which nobody reads more than a few.
const mostTold = 8;

export function createNotice() {
  const node = element("div", { class: "notice", role: "alert", hidden: true });
  return {
    node,
    /** @param {string[]} messages of which each is told once; none for nothing that is wrong */
    tell(messages) {
      const all = [...new Set(messages)];
      const rest = all.length - mostTold;
      const told = rest > 1 ? [...all.slice(0, mostTold), `There are ${rest} more.`] : all;
      node.hidden = told.length === 0;
      node.replaceChildren(...told.map((message) => element("p", {}, message)));
    },
  };
}
