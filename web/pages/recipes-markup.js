// The recipes as a page.

import { anchor, escaped } from "./markup.js";
import { exampleAddress, recipes } from "./recipes.js";

/** @param {import("./desk.js").Desk} desk */
export function recipesMarkup(desk) {
  const { href, question } = desk.linkTo({ scene: "step-size", set: { alpha: 0.05 }, step: 17 });
  const state = href.slice(href.indexOf("#") + 1);
  const parts = recipes(exampleAddress, state).map(
    ({ id, tool, text, code }) =>
      `<section id="recipes-${id}"><h2>${escaped(tool)}</h2><p>${escaped(text)}</p>` +
      `<pre tabindex="0" aria-label="${escaped(tool)}: code"><code>${escaped(code)}</code></pre></section>`,
  );
  return (
    `<p>Set the figure up as it shall be and press <strong>Embed</strong>: the code there has the right ` +
    `address and state. Here ${escaped(exampleAddress)} stands for where your copy lies, and the figure is ` +
    `${anchor(href, question)}</p>${parts.join("")}`
  );
}
