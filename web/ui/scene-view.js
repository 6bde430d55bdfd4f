// One scene, live: its state, its runs, its figure and its controls, wherever it is put.

import { GivenUp } from "../simulation/errors.js";
import { Player } from "../simulation/player.js";
import { stateSet, valueAt, valuesOf, withChanges } from "../state/changes.js";
import { isAllowed } from "../state/parameters.js";
import { initialState } from "../state/url.js";
import { createControls } from "./controls.js";
import { createFigure } from "./figure.js";
import { createMarkedSlider } from "./marked-slider.js";
import { createNotice } from "./notice.js";
import { createNumbers } from "./numbers.js";
import { createOwnTable } from "./own-table.js";
import { createRequests } from "./requests.js";
import { createSceneArticle } from "./scene-article.js";
import { createSummary } from "./summary.js";
import { createTransport } from "./transport.js";

/** @typedef {import("../lab.js").Parameter} Parameter */
/** @typedef {import("../lab.js").Value} Value */
/** @typedef {import("../state/url.js").SceneState} SceneState */
/** @typedef {import("../state/url.js").SceneTables} SceneTables */
/** @typedef {import("./figure.js").Changes} Changes */
/** @typedef {import("./scene.js").Shown} Shown */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Try} Try */
/** @typedef {ReturnType<typeof createSceneView>} SceneView */

/**
 * @param {object} options
 * @param {Scene} options.scene
 * @param {SceneTables} options.tables
 * @param {import("../simulation/pool.js").Pool} options.pool
 * @param {() => import("../render/theme.js").Theme} options.theme
 * @param {string[]} options.offered the parameters offered where the state names none
 * @param {() => void} options.onState the state changed, or is computed: time to write the link
 */
export function createSceneView({ scene, tables, pool, theme, offered, onState }) {
  const player = new Player(pool);
  player.speed = scene.speed;
  /** @type {Shown} */
  let shown = {
    state: initialState(tables),
    reports: {},
    step: 0,
    horizon: 0,
    tables,
    dataSets: pool.dataSets,
  };
  /** What was asked for before there was a picture, and what was wrong with the link. */
  let awaited = { state: shown.state, problems: /** @type {string[]} */ ([]) };
  const table = [...tables.parameters, ...tables.view];

  const requests = createRequests({
    scene,
    tables,
    player,
    pool,
    shown: () => shown,
    onAccept: accept,
    onRefuse: refuse,
  });
  const notice = createNotice();
  const figure = createFigure({ theme, onPlace: change });
  const sliderParameter = /** @type {Parameter} */ (
    tables.parameters.find(({ id }) => id === scene.slider)
  );
  const live = tables.parameters.filter((parameter) => parameter.live).map(({ id }) => id);
  /** @param {string} id @param {Value} value */
  const enter = (id, value) =>
    player.playing && live.includes(id) ? setLive(id, value) : change({ [id]: value });
  const slider = createMarkedSlider(sliderParameter, enter);
  const transport = createTransport({
    toggle: () => (player.playing ? player.pause() : player.play()),
    move: (by) => move(by),
    goTo: (step) => goTo(step),
    setSpeed: (speed) => {
      player.speed = speed;
    },
  });
  const controls = createControls(table, scene.controls, valuesOf(shown.state), enter);
  const ownTable = createOwnTable({
    pool,
    parameters: tables.parameters,
    featureCount: scene.ownFeatures ?? 2,
    onEntry: accept,
    onChoice: useTable,
    onKeep: keepTable,
  });
  const numbers = createNumbers(pool, player);
  const summary = createSummary({ isBusy: () => figure.isBusy, onRest: () => numbers.show() });
  const { node, questions } = createSceneArticle(scene, attempt, [
    notice,
    figure,
    slider,
    transport,
    controls,
    ownTable,
    summary,
    numbers,
  ]);

  const sight = new IntersectionObserver((entries) => {
    player.inView = entries[entries.length - 1].isIntersecting;
  });
  sight.observe(figure.node);

  player.addEventListener("failure", (event) => {
    refuse(/** @type {CustomEvent} */ (event).detail);
  });
  player.addEventListener("change", () => {
    if (!player.state) {
      transport.show(player, "");
      return;
    }
    shown = {
      ...shown,
      state: {
        ...player.state,
        edits: player.edits,
        step: player.target,
        table: ownTable.code,
      },
      reports: player.reports,
      step: player.step,
      horizon: player.horizon,
    };
    display();
    onState();
  });

  /**
   * Shows the controls that a state offers.
   * @param {SceneState} state
   * @param {Record<string, Value>} values
   * @param {Record<string, string>} suggestions
   */
  function offer(state, values, suggestions) {
    const idle = player.state ? (scene.idle?.(shown) ?? []) : [];
    const wanted = (state.controls ?? offered).filter((id) => !idle.includes(id));
    slider.node.hidden = !wanted.includes(scene.slider);
    controls.show(values, suggestions, wanted);
  }

  /** Before the first picture there is only what it will be made with, but for what will be refused. */
  function displayAwaited() {
    const { state } = awaited;
    const asked = valuesOf(state);
    const values = Object.fromEntries(
      table.map((each) => [
        each.id,
        isAllowed(each, asked[each.id]) ? asked[each.id] : each.initial,
      ]),
    );
    if (!scene.sliderValue) {
      slider.show(values[scene.slider]);
    }
    offer(state, values, {});
    transport.show(player, "");
  }

  function display() {
    if (!player.state) {
      return;
    }
    const { parameters } = shown.state;
    slider.setScale(scene.scale(shown));
    slider.show(scene.sliderValue?.(shown) ?? valueAt(shown.state, shown.step, scene.slider));
    slider.remark(scene.warning?.(shown) ?? "", scene.remark(shown));
    const inForce = live.map((id) => [id, valueAt(shown.state, shown.step, id)]);
    const values = { ...valuesOf(shown.state), ...Object.fromEntries(inForce) };
    offer(
      shown.state,
      ownTable.isAwaited ? { ...values, dataset: "own" } : values,
      scene.suggestions(shown),
    );
    ownTable.show(shown.state);
    transport.show(player, scene.readOut(shown));
    figure.show(scene.panels(shown));
    summary.tell(scene.summary(shown));
    node.dataset.objective = String(parameters.objective ?? "");
  }

  /** @param {string} code of the reader's own table, "" to leave it out of the link */
  function keepTable(code) {
    shown = { ...shown, state: { ...shown.state, table: code } };
    onState();
  }

  /**
   * No link is written meanwhile: afterwards it is time.
   * @template Result
   * @param {Promise<Result>} computation
   */
  async function busyWhile(computation) {
    try {
      return await figure.busyWhile(computation);
    } finally {
      onState();
    }
  }

  /** @param {() => Promise<void>} go */
  function stopAnd(go) {
    player.pause();
    busyWhile(go()).catch(refuse);
  }
  const goTo = (/** @type {number} */ step) => stopAnd(() => player.goTo(step));
  const move = (/** @type {number} */ by) => stopAnd(() => player.move(by));

  /** Columns belong to their data set. @returns {Changes} */
  function everyColumn() {
    const features = tables.parameters.find(({ id }) => id === "features");
    return features ? { [features.id]: features.initial } : {};
  }

  /**
   * Changes parameters from the start: the picture is computed anew, to the same step.
   * @param {Changes} changes
   */
  function change(changes) {
    const whole = "dataset" in changes ? { ...everyColumn(), ...changes } : changes;
    ownTable.isAwaited = changes.dataset === "own" && !("features" in changes);
    if (ownTable.isAwaited) {
      player.pause();
      display();
      ownTable.offer();
      return;
    }
    ask({ ...withChanges(newest(), whole), edits: [] }, (state) => requests.ask(state, whole));
  }

  /** The state that a change is made in. */
  function newest() {
    return requests.wanted ?? (player.state ? shown.state : awaited.state);
  }

  /**
   * While there is no picture, there is none to go back to: then any state is one to open.
   * @param {SceneState} state
   * @param {(state: SceneState) => Promise<void>} request
   */
  function ask(state, request) {
    return player.state ? busyWhile(request(state)) : open(state, awaited.problems);
  }

  /**
   * Computes with a table of the reader's own and columns of it, or goes on with the one before.
   * @param {import("../simulation/pool.js").GivenTable} given
   * @param {Changes} columns
   * @returns {Promise<boolean>} whether it is used now
   */
  async function useTable(given, columns) {
    ownTable.isAwaited = false;
    if (!player.state) {
      pool.useData("own", given);
    }
    const changes = { dataset: "own", ...columns };
    const state = { ...withChanges(newest(), changes), edits: [] };
    await ask(state, (asked) => requests.ask(asked, changes, given));
    return pool.given("own") === given;
  }

  /**
   * @param {string} id
   * @param {Value} value
   */
  async function setLive(id, value) {
    try {
      await player.set(id, value);
      accept();
    } catch (error) {
      refuse(/** @type {import("../simulation/errors.js").SimulationError} */ (error));
    }
  }

  /** Counts the states set as a whole: one that waited must not come, nor play, after a newer one. */
  let turns = 0;
  /**
   * Sets a state over the scene's defaults.
   * @param {import("./scene.js").SetState} step
   * @returns {Promise<void>} until it, or what was asked for meanwhile, is shown or refused
   */
  async function attempt(step) {
    turns += 1;
    ownTable.isAwaited = false;
    player.pause();
    player.speed = step.speed ?? player.speed;
    const state = { ...stateSet(tables, step), controls: newest().controls };
    const asked = ask(state, requests.set);
    const turn = turns;
    figure.node.scrollIntoView({ block: "nearest" });
    await asked;
    if (step.play && turn === turns) {
      player.play();
    }
  }

  /** What was asked for is shown: nothing is left to complain of. */
  function accept() {
    slider.complain("");
    controls.complain([]);
    notice.tell([]);
  }

  /** @param {import("../simulation/errors.js").SimulationError} failure */
  function refuse(failure) {
    if (failure instanceof GivenUp) {
      return;
    }
    const issues = failure.issues?.length
      ? failure.issues
      : [{ parameter: "", message: failure.message }];
    if (!failure.issues?.length) {
      display(); // nothing is wrong with a value: the controls show what holds
    }
    const inSlider = issues.filter(({ parameter }) => parameter === scene.slider);
    slider.complain(inSlider.map(({ message }) => message).join(" "));
    const elsewhere = issues.filter((issue) => !inSlider.includes(issue));
    notice.tell(controls.complain(elsewhere).map(({ message }) => message));
  }

  /**
   * Shows a state from outside. What the core refuses falls back to its default, and is named.
   * @param {SceneState} state
   * @param {string[]} problems already found in it
   */
  async function open(state, problems) {
    const turn = ++turns;
    ownTable.isAwaited = false;
    player.pause();
    accept();
    if (!player.state) {
      awaited = { state, problems };
      displayAwaited();
    }
    const isWanted = () => turn === turns;
    const faults = [...problems, ...(await ownTable.open(state, isWanted))];
    if (isWanted()) {
      notice.tell([...faults, ...(await busyWhile(requests.open(state)))]);
    }
  }

  const view = {
    id: scene.id,
    scene,
    tables,
    pool,
    node,
    player,
    open,
    attempt,
    goTo,
    move,
    get shown() {
      return shown;
    },
    /** Until then there are no numbers in what is shown. */
    get hasPicture() {
      return player.state !== null;
    },
    /** What is shown meanwhile, as before the start that a scene finds for new data, is no state to keep. */
    get isBusy() {
      return figure.isBusy;
    },
    /** Every number of the step shown; null when they cannot be had, which the scene tells. */
    async numbers() {
      try {
        return await numbers.everything();
      } catch (error) {
        refuse(/** @type {import("../simulation/errors.js").SimulationError} */ (error));
        return null;
      }
    },
    redraw: figure.redraw,
    enter,
    dispose() {
      sight.disconnect();
      player.dispose();
    },
    /** @type {import("./scene.js").Question[]} once they are offered */
    questions: [],
    /** Loads what there is to predict, once, and puts it below what there is to try. */
    async offerQuestions() {
      if (!scene.questions || questions.childElementCount > 0) {
        return;
      }
      const [{ createQuestion }, all] = await Promise.all([
        import("./question.js"),
        scene.questions(),
      ]);
      view.questions = all;
      questions.replaceChildren(...all.map((question) => createQuestion(view, question)));
    },
  };
  return view;
}
