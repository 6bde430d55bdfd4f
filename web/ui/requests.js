// The states that are asked for, computed one after another: the newest takes the place of those
// that wait, and the scene adapts what else must change.

import { withChanges, withoutRefused } from "../state/changes.js";

/** @typedef {import("../state/changes.js").Changes} Changes */
/** @typedef {import("../state/url.js").SceneState} SceneState */
/** @typedef {import("../pool.js").SimulationError} SimulationError */
/** @typedef {import("./scene.js").Shown} Shown */

/**
 * @param {object} options
 * @param {import("./scene.js").Scene} options.scene
 * @param {import("../state/url.js").SceneTables} options.tables
 * @param {import("../state/player.js").Player} options.player
 * @param {() => Shown} options.shown
 * @param {() => void} options.onAccept
 * @param {(error: SimulationError) => void} options.onRefuse
 */
export function createRequests({ scene, tables, player, shown, onAccept, onRefuse }) {
  /**
   * The newest state asked for, and the changes that led to it since the picture shown.
   * @type {{ state: SceneState, changes: Changes } | null}
   */
  let wanted = null;
  let busy = false;

  /** @param {SceneState} state */
  function start(state) {
    return player.restart(state, scene.plans(state, tables.parameters));
  }

  /**
   * @param {SceneState} state
   * @param {Changes} changes
   * @returns {Promise<void>}
   */
  async function ask(state, changes) {
    wanted = { state, changes: { ...wanted?.changes, ...changes } };
    if (busy) {
      return;
    }
    busy = true;
    while (wanted) {
      const next = /** @type {NonNullable<typeof wanted>} */ (wanted);
      const before = shown();
      try {
        await start(next.state);
        onAccept();
        const adapted = scene.adapt(before, shown(), next.changes);
        if (wanted === next && Object.keys(adapted).length > 0) {
          await start(withChanges(next.state, adapted));
        }
      } catch (error) {
        onRefuse(/** @type {SimulationError} */ (error));
      }
      wanted = wanted === next ? null : wanted;
    }
    busy = false;
  }

  /**
   * Shows a state from outside. What the core refuses falls back to its default, and is named.
   * @param {SceneState} state
   * @returns {Promise<string[]>} what was refused
   */
  async function open(state) {
    const messages = [];
    const attempts = tables.parameters.length + tables.view.length;
    let next = state;
    for (let attempt = 0; attempt <= attempts; ++attempt) {
      try {
        await start(next);
        break;
      } catch (error) {
        const { issues, message } = /** @type {SimulationError} */ (error);
        if (!issues?.length) {
          messages.push(message);
          break;
        }
        messages.push(...issues.map((issue) => issue.message));
        next = withoutRefused(next, issues, tables);
      }
    }
    return messages;
  }

  return {
    ask,
    open,
    /** The state that comes next, null if none is under way. */
    get wanted() {
      return wanted?.state ?? null;
    },
  };
}
