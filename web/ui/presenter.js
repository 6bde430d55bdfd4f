// Presenting: the figure fills the screen, with large type and one control; the steps of "try this" and
// then the questions stand under it as captions. Carried in the address as ?view=present.

import { stateSet } from "../state/changes.js";
import { encode } from "../state/url.js";
import { element, prose } from "./dom.js";
import { createQuestion } from "./question.js";

/** @typedef {import("./scene-view.js").SceneView} SceneView */
/** @typedef {import("./scene.js").Try} Try */
/** @typedef {ReturnType<typeof createPresenter>} Presenter */
/**
 * @typedef {object} Slide
 * @property {Try} [state] what is shown; a question leaves the figure as it is until it is answered
 * @property {() => Node[]} caption
 */

/** The opening, what there is to try, what there is to predict. @param {SceneView} view @returns {Slide[]} */
function slidesOf(view) {
  const { scene, tables } = view;
  const opening = { title: scene.question, text: scene.lead, set: {}, step: tables.step };
  const tries = scene.tries.map((state, i) => ({
    state,
    caption: () => [element("strong", {}, `${i + 1} · ${state.title}`), prose("span", state.text)],
  }));
  const questions = view.questions.map((question) => ({
    caption: () => [createQuestion(view, question)],
  }));
  return [{ state: opening, caption: () => [prose("span", opening.text)] }, ...tries, ...questions];
}

/**
 * Which slide's state is shown, whatever the step: a bookmark opens with its caption.
 * @param {SceneView} view
 */
function slideShown(view) {
  const { tables, shown } = view;
  /** @param {import("../state/url.js").SceneState} state */
  const timeless = (state) =>
    encode({ ...state, step: tables.step, edits: [], controls: null }, tables);
  const here = timeless(shown.state);
  const slides = slidesOf(view);
  return Math.max(
    0,
    slides.findIndex(({ state }) => state && timeless(stateSet(tables, state)) === here),
  );
}

/**
 * Off at first.
 * @param {() => SceneView | undefined} view
 */
export function createPresenter(view) {
  let isOn = false;
  let slide = 0;
  /** @param {string} name @param {string} text @param {() => void} act */
  const button = (name, text, act) =>
    element("button", { type: "button", "aria-label": name, title: name, onclick: act }, text);
  const back = button("back", "◀", () => walk(-1));
  const next = button("on", "▶", () => walk(1));
  const place = element("span", { class: "place" });
  const caption = element("div", { class: "caption-text", "aria-live": "polite" });
  const node = element(
    "section",
    { class: "caption", "aria-label": "Presenter" },
    caption,
    element("div", { class: "walk" }, back, place, next, button("end presenting", "✕", leave)),
  );

  function show() {
    const scene = view();
    node.hidden = !isOn || !scene;
    if (!scene || !isOn) {
      return;
    }
    const slides = slidesOf(scene);
    caption.replaceChildren(...slides[slide].caption());
    place.textContent = `${slide} / ${slides.length - 1}`;
    back.disabled = slide === 0;
    next.disabled = slide === slides.length - 1;
  }

  /** @param {number} by slides */
  function walk(by) {
    const scene = view();
    const slides = scene ? slidesOf(scene) : [];
    const to = slide + by;
    if (scene && to >= 0 && to < slides.length) {
      slide = to;
      show();
      const { state } = slides[to];
      if (state) {
        scene.attempt(state);
      }
    }
  }

  /** Answers the question on the slide. @param {number} number of the option, from 1 */
  function pick(number) {
    const options = caption.querySelectorAll(".option");
    /** @type {HTMLElement | undefined} */ (options[number - 1])?.click();
  }

  /** @param {boolean} value */
  function turn(value) {
    isOn = value;
    document.body.classList.toggle("presenting", isOn);
    const url = new URL(window.location.href);
    if (isOn) {
      url.searchParams.set("view", "present");
    } else {
      url.searchParams.delete("view");
    }
    try {
      window.history.replaceState(null, "", url);
    } catch {
      // A sandboxed frame keeps its address, and presents all the same.
    }
    sceneOpened();
  }

  /** Another state is shown than the one walked to. */
  function sceneOpened() {
    const scene = view();
    slide = scene ? slideShown(scene) : 0;
    show();
  }

  function leave() {
    turn(false);
  }

  // A slider or picture that was used with the pointer would keep the arrow keys from walking.
  document.addEventListener("pointerup", () => {
    const focused = document.activeElement;
    if (isOn && focused instanceof HTMLElement && focused.matches("[type=range], canvas")) {
      focused.blur();
    }
  });
  node.hidden = true;
  return {
    node,
    walk,
    pick,
    leave,
    sceneOpened,
    toggle: () => turn(!isOn),
    get isOn() {
      return isOn;
    },
  };
}
