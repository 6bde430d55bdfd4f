// Predict first: the reader picks an answer, the run is made, and its numbers tell which one holds.

import { stateSet } from "../state/changes.js";
import { encode } from "../state/url.js";
import { element } from "./dom.js";

/** @typedef {import("./scene-view.js").SceneView} SceneView */
/** @typedef {import("./scene.js").Question} Question */

/**
 * Makes the run that is asked about.
 * @param {SceneView} view
 * @param {Question} question
 * @returns {Promise<boolean>} whether it came to be shown: something else may have been wanted meanwhile
 */
async function run(view, question) {
  const { tables } = view;
  await view.attempt(question);
  // Which controls are offered is no part of what is asked.
  const shown = encode({ ...view.shown.state, controls: null }, tables);
  return shown === encode(stateSet(tables, question), tables);
}

/**
 * @param {SceneView} view
 * @param {Question} question
 */
export function createQuestion(view, question) {
  const { source, text, options, verdict } = question;
  const buttons = options.map((option, i) =>
    element(
      "button",
      { type: "button", class: "option", "aria-pressed": "false", onclick: () => pick(i) },
      option,
    ),
  );
  const answer = element("p", { class: "answer", "aria-live": "polite" });
  let picks = 0;

  /**
   * @param {number | null} chosen the option pressed, null for none
   * @param {string} words
   */
  function show(chosen, words) {
    for (const [i, button] of buttons.entries()) {
      button.setAttribute("aria-pressed", String(i === chosen));
      button.removeAttribute("data-holds");
    }
    answer.textContent = words;
  }

  /** @param {number} chosen */
  async function pick(chosen) {
    picks += 1;
    const mine = picks;
    show(chosen, "It runs …");
    const isShown = await run(view, question);
    if (mine !== picks) {
      return;
    }
    if (!isShown) {
      show(null, "");
      return;
    }
    const { answer: right, text: why } = verdict(view.shown);
    for (const [i, button] of buttons.entries()) {
      button.toggleAttribute("data-holds", i === right);
    }
    const judgement = chosen === right ? "So it is." : `The run says: “${options[right]}”`;
    answer.replaceChildren(element("strong", {}, judgement), ` ${why}`);
  }

  return element(
    "section",
    { class: "question card", "aria-label": `Predict first: ${source}` },
    element("h2", {}, "Predict first", element("small", {}, source)),
    element("p", {}, text),
    element("div", { class: "options" }, ...buttons),
    answer,
  );
}
