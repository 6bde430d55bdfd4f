// Where everything of a scene stands on the page, from its question to its theory.

import { element, prose } from "./dom.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Try} Try */

/**
 * @param {Try} step
 * @param {number} index
 * @param {(step: Try) => void} attempt
 */
function tryCard(step, index, attempt) {
  return element(
    "button",
    { type: "button", class: "try card", onclick: () => attempt(step) },
    element("strong", {}, `${index + 1} · ${step.title}`),
    prose("span", step.text),
  );
}

/** @param {Scene} scene */
function theory({ text, formulas }) {
  return element(
    "section",
    { class: "theory" },
    prose("div", text, { class: "prose" }),
    element(
      "ul",
      { class: "formulas", tabindex: 0, "aria-label": "formulas" },
      ...formulas.map((markup) => prose("li", markup)),
    ),
  );
}

/**
 * @param {Scene} scene
 * @param {(step: Try) => void} attempt one of what there is to try was pressed
 * @param {{ node: HTMLElement }[]} parts the figure and what belongs to it, from top to bottom
 */
export function createSceneArticle(scene, attempt, parts) {
  const tries = scene.tries.map((step, i) => tryCard(step, i, attempt));
  /** Empty until there is something to predict. */
  const questions = element("div", { class: "questions" });
  const node = element(
    "article",
    { class: "scene" },
    element("h1", {}, scene.question),
    element("p", { class: "lead" }, scene.lead),
    ...parts.map((part) => part.node),
    element("div", { class: "tries", role: "group", "aria-label": "Try this" }, ...tries),
    questions,
    theory(scene),
  );
  return { node, questions };
}
