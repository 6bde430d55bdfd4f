// <wide-valley scene="gibbs" beta="3" controls="beta,alpha" autoplay>: one live figure in a page.

import { createPool } from "./assets.js";
import styles from "./element.css?inline";
import { laboratoryAddress } from "./embed/addresses.js";
import { attributesToQuery, isGlobal } from "./embed/attributes.js";
import { playByItself } from "./embed/autoplay.js";
import { wayToLaboratory } from "./embed/way-to-laboratory.js";
import { loadScene } from "./open-scene.js";
import { themeFrom } from "./render/theme.js";
import { valueFromText } from "./state/parameters.js";
import { decode, encode } from "./state/url.js";
import { element } from "./ui/dom.js";
import { createSceneView } from "./ui/scene-view.js";
import { dress, onSystemTheme, systemTheme } from "./ui/theme-switch.js";

/**
 * What the events tell.
 * @typedef {object} Detail
 * @property {string} state as in the hash of a link: scene, parameters, step, live changes
 * @property {Record<string, import("./lab.js").Value>} parameters of the simulation and the picture
 * @property {number} step
 * @property {boolean} playing
 * @property {boolean} ended every run has finished or diverged
 */

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);

/** One for all figures of the page. @type {import("./simulation/pool.js").Pool | undefined} */
let shared;

/** Far enough off that a figure is there when a reader comes to it. */
const margin = "200px";

/**
 * A figure of the laboratory. Its attributes are the scene's parameters by their ids (in any case),
 * and `scene`, `state` (a link's hash, on top of which the others are), `t`, `edits`, `controls`,
 * `autoplay` and `theme` ("light" or "dark"). It starts when it comes into view.
 *
 * Fires `change` (a parameter has another value) and `step` (another step is shown), both with a
 * `detail` of type {@link Detail}; they bubble.
 */
export class WideValleyElement extends HTMLElement {
  /** @type {import("./ui/scene-view.js").SceneView | undefined} */
  #view;
  #root;
  #stage = element("div", { class: "stage" });
  #frame = element("div", { class: "embedded figure-only" }, this.#stage);
  #sight = new IntersectionObserver((entries) => this.#seen(entries), { rootMargin: margin });
  #attributes = new MutationObserver((records) => this.#changed(records));
  #forgetSystem = () => {};
  /** Under way, or failed: what is asked for next begins another one. @type {symbol | undefined} */
  #opening;
  /** For a figure with a table of its own. @type {import("./simulation/pool.js").Pool | undefined} */
  #own;
  /** What was told last. */
  #told = { parameters: "", step: -1 };
  /** @type {{ promise: Promise<void>, resolve: () => void }} */
  #ready = withResolvers();
  #isReady = false;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: "open" });
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.append(this.#frame);
    this.#stage.append(element("p", { class: "lead" }, "Wide Valley"));
  }

  connectedCallback() {
    this.#dress();
    this.#forgetSystem = onSystemTheme(() => this.#dress());
    this.#sight.observe(this);
    this.#attributes.observe(this, { attributes: true });
  }

  disconnectedCallback() {
    this.#forgetSystem();
    this.#sight.disconnect();
    this.#attributes.disconnect();
    this.#close();
  }

  /** Fulfilled when the first picture is there. */
  get ready() {
    return this.#ready.promise;
  }

  /** The state shown, as in the hash of a link; "" before the first picture. */
  get state() {
    return this.#view?.hasPicture ? encode(this.#view.shown.state, this.#view.tables) : "";
  }

  /** Shows a state: a link's hash. */
  set state(hash) {
    this.setAttribute("state", hash);
  }

  /** @returns {boolean} */
  get playing() {
    return this.#view?.player.playing ?? false;
  }

  /** Waits for the first picture where there is none yet. */
  async play() {
    await this.#whenOpen((view) => view.player.play());
  }

  async pause() {
    await this.#whenOpen((view) => view.player.pause());
  }

  /** Pauses and moves this many steps, backwards if negative. */
  async step(by = 1) {
    await this.#whenOpen((view) => {
      view.player.pause();
      return view.player.move(by);
    });
  }

  /** Pauses and goes back to step 0. */
  async reset() {
    await this.#whenOpen((view) => {
      view.player.pause();
      return view.player.goTo(0);
    });
  }

  /** @param {(view: import("./ui/scene-view.js").SceneView) => unknown} action */
  async #whenOpen(action) {
    await this.ready;
    await (this.#view && action(this.#view));
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #seen(entries) {
    // It may be told late, of where the element was.
    if (this.isConnected && entries.some(({ isIntersecting }) => isIntersecting)) {
      this.#sight.disconnect();
      this.#open();
    }
  }

  async #open() {
    const opening = Symbol("opening");
    this.#opening = opening;
    const isNewest = () => opening === this.#opening;
    try {
      await this.#show(isNewest);
      if (isNewest()) {
        this.#opening = undefined;
        this.#isReady = true;
        this.#ready.resolve();
      }
    } catch (error) {
      if (isNewest()) {
        this.#complain(error);
      }
    }
  }

  /** @param {() => boolean} isNewest whether nothing else was asked for meanwhile */
  async #show(isNewest) {
    const { query, scene: id, takesTable } = attributesToQuery(this);
    const pool = this.#poolFor(takesTable);
    const { scene, tables } = await loadScene(pool, id);
    if (!isNewest()) {
      return;
    }
    const { hash, problems } = query(tables);
    const { state, problems: more } = decode(hash, [tables]);
    const view = this.#viewOf(pool, scene, tables);
    await view.open(state, [...problems, ...more]);
    const playsByItself = () => isNewest() && this.hasAttribute("autoplay");
    if (playsByItself()) {
      await playByItself(view, hash, playsByItself);
    }
  }

  /** A table of the own must not become that of the figure beside. @param {boolean} takesTable */
  #poolFor(takesTable) {
    if (takesTable) {
      this.#own ??= createPool(1);
      return this.#own;
    }
    shared ??= createPool();
    return shared;
  }

  /**
   * @param {import("./simulation/pool.js").Pool} pool
   * @param {import("./ui/scene.js").Scene} scene
   * @param {import("./state/url.js").SceneTables} tables
   */
  #viewOf(pool, scene, tables) {
    if (this.#view?.id === scene.id && this.#view.pool === pool) {
      return this.#view;
    }
    this.#view?.dispose();
    const view = createSceneView({
      scene,
      tables,
      pool,
      theme: () => themeFrom(this.#themeName()),
      offered: [scene.slider],
      onState: () => this.#tell(),
    });
    this.#view = view;
    view.node.append(
      wayToLaboratory(() => {
        const here = this.state || scene.id; // nothing is known of the state before the first picture
        return `${laboratoryAddress(import.meta.url)}#${here}`;
      }),
    );
    this.#stage.replaceChildren(view.node);
    return view;
  }

  #close() {
    this.#opening = undefined;
    this.#leaveView();
    this.#own?.close();
    this.#own = undefined;
  }

  #leaveView() {
    this.#view?.dispose();
    this.#view = undefined;
    // Whoever still waits for the first picture waits for the one that comes instead.
    if (this.#isReady) {
      this.#isReady = false;
      this.#ready = withResolvers();
    }
  }

  /** @param {unknown} error */
  #complain(error) {
    this.#leaveView();
    const message = error instanceof Error ? error.message : String(error);
    this.#stage.replaceChildren(
      element("p", { class: "notice", role: "alert" }, `Wide Valley could not start: ${message}`),
    );
  }

  #themeName() {
    const asked = this.getAttribute("theme");
    return asked === "light" || asked === "dark" ? asked : systemTheme();
  }

  #dress() {
    dress(this.#frame, this.#themeName());
    this.#view?.redraw();
  }

  /** @param {MutationRecord[]} records */
  #changed(records) {
    const names = new Set(records.map(({ attributeName }) => String(attributeName)));
    if (names.delete("theme")) {
      this.#dress();
    }
    names.delete("autoplay");
    const tables = this.#view?.tables;
    const table = tables ? [...tables.parameters, ...tables.view] : [];
    const changes = [...names]
      .map((name) => ({ name, parameter: table.find(({ id }) => id.toLowerCase() === name) }))
      .filter(({ name, parameter }) => parameter || !isGlobal(this, name));
    if (changes.length === 0) {
      return;
    }
    if (this.#opening) {
      this.#open();
    } else if (this.#view) {
      this.#enter(
        this.#view,
        changes.map(({ parameter }) => parameter),
      );
    }
  }

  /**
   * @param {import("./ui/scene-view.js").SceneView} view
   * @param {(import("./lab.js").Parameter | undefined)[]} changed undefined for what is no parameter
   */
  #enter(view, changed) {
    const given = changed.flatMap((parameter) =>
      parameter && this.hasAttribute(parameter.id) ? [parameter] : [],
    );
    if (given.length < changed.length) {
      this.#open();
      return;
    }
    for (const parameter of given) {
      const text = this.getAttribute(parameter.id) ?? "";
      view.enter(parameter.id, valueFromText(parameter, text));
    }
  }

  #tell() {
    const view = this.#view;
    if (!view) {
      return;
    }
    const { state, step } = view.shown;
    const parameters = { ...state.parameters, ...state.view };
    const { playing, ended } = view.player;
    const detail = { state: this.state, parameters, step, playing, ended };
    const tell = (/** @type {string} */ name) =>
      this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
    const key = JSON.stringify([state.scene, parameters, state.edits]);
    const before = this.#told;
    this.#told = { parameters: key, step };
    if (before.parameters !== key) {
      tell("change");
    }
    if (before.step !== step) {
      tell("step");
    }
  }
}

function withResolvers() {
  /** @type {() => void} */
  let resolve = () => {};
  /** @type {Promise<void>} */
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

if (!customElements.get("wide-valley")) {
  customElements.define("wide-valley", WideValleyElement);
}
