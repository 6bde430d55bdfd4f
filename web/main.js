// The page: starts the core, lists the scenes, and keeps the address and the scene in step.

import "./page.css";
import { delivery } from "virtual:lecture";
import { pages } from "virtual:pages";
import { createPool } from "./assets.js";
import { openScene } from "./open-scene.js";
import { openEntries, outline } from "./scenes/index.js";
import { hasReplicates } from "./state/replicates.js";
import { encode, sceneOf } from "./state/url.js";
import { createContents, createNeighbours } from "./ui/contents.js";
import { element } from "./ui/dom.js";
import { createHeader } from "./ui/header.js";
import { listenToKeys, showKeys } from "./ui/keys.js";
import { createSceneView } from "./ui/scene-view.js";
import { createThemeSwitch } from "./ui/theme-switch.js";

/** @typedef {import("./ui/scene-view.js").SceneView} SceneView */

// Browsers refuse an address that changes at every frame; Safari one that does 100 times in 30 s.
const writeDelay = 300;
const longestDelay = 1000;
const asked = new URLSearchParams(window.location.search);
/** As embed.html says of itself, and the single file is told. */
const figureOnly =
  document.documentElement.dataset.view === "figure" || asked.get("view") === "figure";

/** What a figure alone needs. @type {typeof import("./embed/in-frame.js") | undefined} */
let frame;

/** @type {import("./ui/presenter.js").Presenter | undefined} */
let presenter;

/** @type {SceneView | undefined} */
let view;

const themes = createThemeSwitch(document.documentElement, () => view?.redraw());
themes.apply();
const main = element(
  "main",
  { id: "scene", class: "stage" },
  element("p", { class: "lead" }, "Loading the core…"),
);
const sidebar = element("div", { class: "sidebar" });
const header = createHeader({
  present,
  showKeys,
  copyLink: () => takeAway(({ copy }) => copy("Link to this state", link())),
  showQr: async () => (await import("./ui/qr.js")).showQr(link()),
  embed,
  exports: [
    { label: "Picture, PNG", save: () => takeAway(({ savePng }) => savePicture(savePng)) },
    { label: "Picture, SVG", save: () => takeAway(({ saveSvg }) => savePicture(saveSvg)) },
    { label: "Numbers, CSV", save: () => takeAway(({ saveCsv }) => saveNumbers(saveCsv)) },
    { label: "Replay, WebM", save: saveFilm },
    {
      label: "Many replicates, CSV",
      save: saveManyReplicates,
      isOffered: () => view?.player.plans.some(showsReplicates) ?? false,
    },
  ],
  toggleTheme: themes.toggle,
});
document.body.classList.toggle("figure-only", figureOnly);
document.body.append(...(figureOnly ? [main] : [header.node, sidebar, main]));

/** What no first view needs. @param {(tools: typeof import("./ui/take-away.js")) => void} act */
async function takeAway(act) {
  act(await import("./ui/take-away.js"));
}

/** @param {typeof import("./ui/take-away.js").savePng} save */
function savePicture(save) {
  if (view?.hasPicture) {
    save(view.id, view.scene.panels(view.shown), themes.theme(), link());
  }
}

/** @param {typeof import("./ui/take-away.js").saveCsv} save */
async function saveNumbers(save) {
  if (view?.hasPicture) {
    const { id } = view;
    const address = link();
    const numbers = await view.numbers();
    if (numbers) {
      save(id, numbers, address);
    }
  }
}

async function saveFilm() {
  const { saveReplay } = await import("./ui/replay.js");
  if (view?.hasPicture) {
    view.player.pause();
    const { scene, shown, pool } = view;
    await saveReplay({ scene, shown, pool, theme: themes.theme(), link: link() });
  }
}

/** @param {import("./simulation/scene-runs.js").RunPlan} plan of the scene shown */
function showsReplicates({ experiment }) {
  const info = view?.pool.info(experiment);
  return info !== undefined && hasReplicates(info);
}

async function saveManyReplicates() {
  const { openManyReplicates } = await import("./ui/many-replicates.js");
  if (view?.hasPicture) {
    openManyReplicates(view, link());
  }
}

async function embed() {
  const { openEmbedDialog } = await import("./ui/embed-dialog.js");
  if (view) {
    openEmbedDialog(view, window.location.href, delivery === "whole");
  }
}

/** Starts and ends presenting. */
async function present() {
  const { createPresenter } = await import("./ui/presenter.js");
  if (!presenter) {
    presenter = createPresenter(() => view);
    document.body.append(presenter.node);
  }
  presenter.toggle();
}

function link() {
  const url = new URL(window.location.href);
  url.hash = view?.hasPicture ? encode(view.shown.state, view.tables) : url.hash;
  return url.href;
}

let writing = 0;
/** Since when the address has not been what is shown. @type {number | undefined} */
let behindSince;
/** The address that the view was opened at, or has since: no other one is the view's to replace. */
let ownAddress = "";

/** Soon after the last of many changes, and now and then where they do not end, as while it plays. */
function writeAddress() {
  window.clearTimeout(writing);
  const now = performance.now();
  behindSince ??= now;
  const delay = Math.min(writeDelay, behindSince + longestDelay - now);
  writing = window.setTimeout(() => {
    behindSince = undefined;
    if (view?.hasPicture && !view.isBusy && window.location.hash === ownAddress) {
      replaceAddress(`#${encode(view.shown.state, view.tables)}`);
    }
  }, delay);
}

/** @param {string} address */
function replaceAddress(address) {
  try {
    window.history.replaceState(null, "", address);
  } catch {
    // A sandboxed frame keeps its address; the copied link still holds the state.
  }
  ownAddress = window.location.hash;
}

/** @param {string} page @param {string} part what an address names */
function isPartOf(page, part) {
  return part === page || part.startsWith(`${page}-`);
}

/**
 * @param {typeof pages[number]} page
 * @param {() => boolean} isNewest
 */
async function openPage(page, isNewest) {
  const { createPage, showPart } = await import("./ui/page.js");
  const node = await createPage(page);
  if (!isNewest()) {
    return;
  }
  view?.dispose();
  view = undefined;
  document.body.classList.add("reading");
  main.replaceChildren(node);
  sidebar.replaceChildren(contentsFor(page.id));
  header.setSection("");
  document.title = `${page.title} · Wide Valley`;
  presenter?.leave();
  showPart(node, sceneOf(window.location.hash));
}

/** Counts the addresses gone to: what one of them names may be loaded after the next one is shown. */
let addresses = 0;

/** @param {import("./simulation/pool.js").Pool} pool */
async function openAddress(pool) {
  const turn = ++addresses;
  const isNewest = () => turn === addresses;
  try {
    await openNamed(pool, window.location.hash, isNewest);
  } catch (error) {
    if (isNewest()) {
      throw error;
    }
  }
}

/**
 * @param {import("./simulation/pool.js").Pool} pool
 * @param {string} hash of the address
 * @param {() => boolean} isNewest
 */
async function openNamed(pool, hash, isNewest) {
  const page = pages.find(({ id }) => isPartOf(id, sceneOf(hash)));
  if (page && !figureOnly) {
    await openPage(page, isNewest);
    return;
  }
  const { state, problems, ...loaded } = await openScene(pool, hash);
  if (!isNewest()) {
    return;
  }
  const shown = view?.id === loaded.scene.id ? view : showScene(pool, loaded);
  // What still waits to be written is of the address before.
  window.clearTimeout(writing);
  behindSince = undefined;
  ownAddress = hash;
  await shown.open(state, problems);
  if (!figureOnly) {
    await shown.offerQuestions();
  }
  presenter?.sceneOpened();
}

/**
 * Puts a scene in the place of another one.
 * @param {import("./simulation/pool.js").Pool} pool
 * @param {Pick<Awaited<ReturnType<typeof openScene>>, "scene" | "tables">} loaded
 */
function showScene(pool, { scene, tables }) {
  const offered = figureOnly ? [scene.slider] : tables.controls;
  const { theme } = themes;
  view?.dispose();
  const next = createSceneView({ scene, tables, pool, theme, offered, onState: writeAddress });
  view = next;
  document.body.classList.remove("reading");
  main.replaceChildren(next.node);
  if (frame) {
    const { laboratoryLink, tellHeight, wayToLaboratory } = frame;
    next.node.append(wayToLaboratory(() => laboratoryLink(link())));
    tellHeight(next.node);
  } else {
    main.append(createNeighbours(openEntries, scene.id));
  }
  sidebar.replaceChildren(contentsFor(scene.id));
  header.setSection(tables.section);
  document.title = `${scene.question} · Wide Valley`;
  return next;
}

const contents = [
  ...outline,
  { heading: "To read", entries: pages.map(({ id, title }) => ({ id, label: title })) },
];

/** @param {string} id */
function contentsFor(id) {
  return element(
    "details",
    { open: window.matchMedia("(min-width: 60rem)").matches },
    element("summary", {}, "Contents"),
    createContents(contents, id),
  );
}

/** A file dropped beside the place for it would take the page's place. */
function keepPageWhenDropped() {
  for (const name of ["dragover", "drop"]) {
    window.addEventListener(name, (event) => event.preventDefault());
  }
}

const failure = element("div", { class: "notice", role: "alert" });

/**
 * What cannot be loaded leaves the page as it was, and its address.
 * @param {Error} error
 * @param {string} address from which the reader came
 */
function tellFailure({ message }, address) {
  const reason = message.replace(/\.$/, "");
  failure.replaceChildren(
    element("p", {}, `This could not be loaded: ${reason}. Choose it once more to try again.`),
  );
  main.prepend(failure);
  window.scrollTo(0, 0);
  replaceAddress(address);
}

/** @param {import("./simulation/pool.js").Pool} pool */
function listenToAddress(pool) {
  // Replacing the address does not fire this: whoever comes here went to another one.
  window.addEventListener("hashchange", ({ oldURL }) => {
    failure.remove();
    openAddress(pool).catch((error) => tellFailure(error, oldURL));
  });
}

async function boot() {
  const pool = createPool();
  frame = figureOnly ? await import("./embed/in-frame.js") : undefined;
  // Before the first picture, which may be long in coming.
  listenToAddress(pool);
  keepPageWhenDropped();
  listenToKeys({
    view: () => view,
    presenter: () => presenter,
    present: figureOnly ? undefined : present,
  });
  await openAddress(pool);
  if (view && frame && asked.has("autoplay")) {
    const turn = addresses;
    frame.playByItself(view, window.location.hash, () => turn === addresses);
  }
  if (asked.get("view") === "present") {
    await present();
  }
}

boot().catch((error) => {
  main.replaceChildren(
    element(
      "p",
      { class: "notice", role: "alert" },
      `Wide Valley could not start: ${error.message}`,
    ),
  );
});
