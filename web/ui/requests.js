// The states that are asked for, computed one after another: the newest takes the place of those
// that wait, and the scene adapts what else must change.

import { GivenUp, SimulationError } from "../simulation/errors.js";
import {
  refusesDefaults,
  valuesOf,
  withChanges,
  withoutCompanions,
  withoutRefused,
} from "../state/changes.js";
import { isAllowed, isNumeric, refusal } from "../state/parameters.js";
import { initialState } from "../state/url.js";

/** @typedef {import("../state/changes.js").Changes} Changes */
/** @typedef {import("../state/url.js").SceneState} SceneState */
/** @typedef {import("./scene.js").Shown} Shown */
/** @typedef {import("../simulation/pool.js").GivenTable} GivenTable */
/**
 * A state asked for, the changes that led to it since the picture shown, and the reader's own table
 * that it brings, if it does.
 * @typedef {{ state: SceneState, changes: Changes, table?: GivenTable }} Request
 */

// Nothing of one table's choice holds for another table.
const ofTheTable = ["dataset", "features", "targetColumn"];

/**
 * One refused entry must not take others with it, made in the same moment: what is left of the newest
 * request without the changes that were refused.
 * @param {Request} newest
 * @param {Request} failed the request that was refused: the newest or one before it
 * @param {SimulationError} error
 * @param {SceneState} before the state that is shown
 * @returns {Request | null} null if nothing is left to ask for
 */
function withoutFailed(newest, failed, error, before) {
  const asked = valuesOf(newest.state);
  const isOf = (/** @type {string} */ id) =>
    id in failed.changes && asked[id] === valuesOf(failed.state)[id];
  const named = (error.issues ?? []).map(({ parameter }) => parameter).filter(isOf);
  if (newest === failed && named.length === 0) {
    return null;
  }
  const isOfTable = named.some((id) => ofTheTable.includes(id));
  const refused = isOfTable ? [...new Set([...named, ...ofTheTable.filter(isOf)])] : named;
  const changes = { ...newest.changes };
  for (const id of refused) {
    delete changes[id];
  }
  const back = Object.fromEntries(refused.map((id) => [id, valuesOf(before)[id]]));
  const table = isOfTable && newest.table === failed.table ? undefined : newest.table;
  return Object.keys(changes).length > 0
    ? { state: withChanges(newest.state, back), changes, table }
    : null;
}

/**
 * @param {object} options
 * @param {import("./scene.js").Scene} options.scene
 * @param {import("../state/url.js").SceneTables} options.tables
 * @param {import("../simulation/player.js").Player} options.player
 * @param {import("../simulation/pool.js").Pool} options.pool
 * @param {() => Shown} options.shown
 * @param {() => void} options.onAccept
 * @param {(error: SimulationError) => void} options.onRefuse
 */
export function createRequests({ scene, tables, player, pool, shown, onAccept, onRefuse }) {
  /** @type {Request | null} the newest */
  let wanted = null;
  /** Until nothing that was asked for is left to be computed. @type {Promise<void> | null} */
  let computing = null;
  /** Counts what was asked for: a state from outside is tried again only while it is the newest. */
  let turns = 0;

  /** @param {string} id */
  function labelOf(id) {
    return [...tables.parameters, ...tables.view].find((each) => each.id === id)?.label ?? id;
  }

  /**
   * Numbers that the scene itself computes with before any core sees them: its own, and what is no
   * number at all.
   * @param {SceneState} state
   */
  function issuesOf(state) {
    const asked = valuesOf(state);
    const wrong = [
      ...tables.view.filter((each) => isNumeric(each) && !isAllowed(each, asked[each.id])),
      ...tables.parameters.filter((each) => isNumeric(each) && typeof asked[each.id] !== "number"),
    ];
    return wrong.map((each) => ({ parameter: each.id, message: refusal(each, asked[each.id]) }));
  }

  /** @param {SceneState} state */
  async function start(state) {
    const issues = issuesOf(state);
    if (issues.length > 0) {
      throw new SimulationError(issues.map(({ message }) => message).join(" "), issues);
    }
    return player.restart(state, scene.plans(state, tables.parameters));
  }

  /**
   * A request in which what was refused gives way, if it was not asked for.
   * @param {Request} request
   * @param {SimulationError} error
   * @returns {Request | null} null where it does not
   */
  function yielded({ state, changes, table }, { issues = [] }) {
    const { yields = [] } = scene;
    const [asked, initial] = [valuesOf(state), valuesOf(initialState(tables))];
    const gives = (/** @type {string} */ id) => yields.includes(id) && asked[id] !== initial[id];
    return issues.length > 0 &&
      issues.every(({ parameter }) => gives(parameter)) &&
      !yields.some((id) => id in changes)
      ? { state: withoutRefused(state, issues, tables), changes, table }
      : null;
  }

  /** Values that the core found in place of those asked for. @returns {Changes} */
  function found() {
    const asked = valuesOf(shown().state);
    return Object.fromEntries(
      Object.entries(scene.began?.(shown()) ?? {}).filter(([id, value]) => asked[id] !== value),
    );
  }

  /**
   * Asks for a change of the state shown, or of the one asked for last.
   * @param {SceneState} state
   * @param {Changes} changes
   * @param {GivenTable} [table] of the reader's own, to be used from then on
   */
  function ask(state, changes, table = wanted?.table) {
    return want({ state, changes: { ...wanted?.changes, ...changes }, table });
  }

  /** Asks for a state as a whole: no change before it led there. @param {SceneState} state */
  function set(state) {
    return want({ state, changes: {} });
  }

  /**
   * @param {Request} request
   * @returns {Promise<void>} until this, or what took its place, is shown or refused
   */
  function want(request) {
    turns += 1;
    wanted = request;
    if (computing) {
      player.hurry();
    } else {
      computing = computeWanted();
    }
    return computing;
  }

  /**
   * Starts what a request asks for, with its table. A table that never came to be shown is used no more.
   * @param {Request} request
   */
  async function startWith({ state, table }) {
    const before = pool.given("own");
    if (!table || table === before) {
      await start(state);
      return;
    }
    pool.useData("own", table);
    try {
      await start(state);
    } catch (error) {
      if (player.state !== state && pool.given("own") === table) {
        pool.useData("own", before);
      }
      throw error;
    }
  }

  async function computeWanted() {
    /** @type {SimulationError | null} of a part of what was asked; its sentence outlives the rest */
    let refusal = null;
    while (wanted) {
      const next = /** @type {Request} */ (wanted);
      const before = shown();
      try {
        await startWith(next);
        onAccept();
        if (refusal) {
          onRefuse(refusal);
        }
        const adapted = { ...found(), ...scene.adapt(before, shown(), next.changes) };
        if (wanted === next && Object.keys(adapted).length > 0) {
          await start(withChanges(next.state, adapted));
        }
        wanted = wanted === next ? null : wanted;
      } catch (error) {
        if (error instanceof GivenUp) {
          wanted = wanted === next ? null : wanted;
        } else if (wanted) {
          const refused = /** @type {SimulationError} */ (error);
          /** @type {Request | null} */
          const instead = wanted === next ? yielded(next, refused) : null;
          if (instead) {
            wanted = instead;
            continue;
          }
          refusal = refused;
          onRefuse(refusal);
          wanted = withoutFailed(wanted, next, refusal, before.state);
        }
      }
    }
    computing = null;
  }

  /**
   * Shows a state from outside, in place of all that was asked for. What the core refuses falls back to
   * its default, and is named.
   * @param {SceneState} state
   * @returns {Promise<string[]>} what was refused
   */
  async function open(state) {
    wanted = null;
    const turn = ++turns;
    const messages = [];
    const attempts = tables.parameters.length + tables.view.length;
    let next = state;
    for (let attempt = 0; attempt <= attempts && turn === turns; ++attempt) {
      try {
        await start(next);
        const instead = found();
        if (turn === turns && Object.keys(instead).length > 0) {
          await start(withChanges(next, instead));
        }
        break;
      } catch (error) {
        if (turn !== turns) {
          break;
        }
        const { issues, message } = /** @type {SimulationError} */ (error);
        if (!issues?.length) {
          messages.push(message);
          break;
        }
        const isOfDefaults = refusesDefaults(next, issues, tables);
        if (!isOfDefaults || messages.length === 0) {
          messages.push(...issues.map((issue) => issue.message));
        }
        if (isOfDefaults) {
          const { state: back, ids } = withoutCompanions(next, issues, tables);
          if (ids.length === 0) {
            break;
          }
          messages.push(`With it fell back to the default: ${ids.map(labelOf).join(", ")}.`);
          next = back;
        } else {
          next = withoutRefused(next, issues, tables);
        }
      }
    }
    return messages;
  }

  return {
    ask,
    set,
    open,
    /** The state that a change is made in, null for the one shown. */
    get wanted() {
      return wanted?.state ?? null;
    },
  };
}
