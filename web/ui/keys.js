// The keys of the page: one table, which answers them and which the list of keys (?) shows.

import { PanelView } from "./panel-view.js";

/** @typedef {import("./scene-view.js").SceneView} SceneView */
/** @typedef {import("./presenter.js").Presenter} Presenter */
/**
 * @typedef {object} Key
 * @property {string[]} keys as KeyboardEvent.key names them, letters small
 * @property {string} does in words
 */
/**
 * @typedef {object} Page what the keys act on
 * @property {() => SceneView | undefined} view
 * @property {() => Presenter | undefined} presenter once one was asked for
 * @property {() => void} [present] starts and ends presenting; not in a frame of a course page
 */
/** @typedef {Key & { act: (view: SceneView, page: Page, key: string) => void }} PageKey */
/** @typedef {{ heading: string, keys: Key[] }} KeyGroup */

/** @type {PageKey[]} */
const always = [
  {
    keys: [" "],
    does: "plays and pauses",
    act: ({ player }) => (player.playing ? player.pause() : player.play()),
  },
  {
    keys: ["r"],
    does: "goes back to step 0",
    act: (view) => view.goTo(0),
  },
];

/** @type {PageKey[]} */
const inThePage = [
  {
    keys: ["ArrowRight"],
    does: "makes one step",
    act: (view) => view.move(1),
  },
  {
    keys: ["ArrowLeft"],
    does: "takes one step back",
    act: (view) => view.move(-1),
  },
];

/** @type {PageKey[]} */
const toPresent = [
  { keys: ["p"], does: "starts and ends presenting", act: (_view, { present }) => present?.() },
  { keys: ["?"], does: "lists the keys", act: () => showKeys() },
];

/** @type {PageKey[]} */
const whilePresenting = [
  {
    keys: ["ArrowRight", "PageDown"],
    does: "goes on to the next thing to try",
    act: (_view, { presenter }) => presenter()?.walk(1),
  },
  {
    keys: ["ArrowLeft", "PageUp"],
    does: "goes back to the one before",
    act: (_view, { presenter }) => presenter()?.walk(-1),
  },
  {
    keys: ["1", "2", "3", "4"],
    does: "picks an answer to a question",
    act: (_view, { presenter }, key) => presenter()?.pick(Number(key)),
  },
  {
    keys: ["Escape"],
    does: "ends presenting",
    act: (_view, { presenter }) => presenter()?.leave(),
  },
];

/** Opens the list of all keys. */
export async function showKeys() {
  const { openKeyList } = await import("./key-list.js");
  openKeyList([
    { heading: "Everywhere", keys: [...always, ...toPresent] },
    { heading: "On the page", keys: inThePage },
    { heading: "Presenting", keys: whilePresenting },
    { heading: "On a picture that you tab to", keys: PanelView.keys },
  ]);
}

/**
 * Whether the element that has the focus takes the key itself.
 * @param {HTMLElement} target
 * @param {string} key
 * @param {boolean} presenting then the keys of a presenter's remote are the page's, wherever the
 *   focus is
 */
function takes(target, key, presenting) {
  const fields = ["INPUT", "SELECT", "TEXTAREA"];
  if (presenting && ["PageDown", "PageUp", "Escape"].includes(key)) {
    return false;
  }
  // Buttons and links take only Space and Enter.
  return [...fields, ...(key === " " ? ["BUTTON", "SUMMARY", "A"] : [])].includes(target.tagName);
}

/**
 * Answers the page's keys from now on.
 * @param {Page} page
 */
export function listenToKeys(page) {
  document.addEventListener("keydown", (event) => {
    const view = page.view();
    const presenting = page.presenter()?.isOn ?? false;
    const held = event.ctrlKey || event.metaKey || event.altKey;
    if (!view || held || document.querySelector("dialog[open]")) {
      return;
    }
    const table = [
      ...always,
      ...(page.present ? toPresent : []),
      ...(presenting ? whilePresenting : inThePage),
    ];
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const entry = table.find(({ keys }) => keys.includes(name));
    const target = /** @type {HTMLElement} */ (event.target);
    if (entry && !takes(target, event.key, presenting)) {
      event.preventDefault();
      entry.act(view, page, name);
    }
  });
}
