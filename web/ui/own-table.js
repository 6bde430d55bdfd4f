// The reader's own table in a scene: asked for, shown, given by a link or kept in one.

import { usesOwnData } from "../state/parameters.js";
import { element, once } from "./dom.js";

/** @typedef {import("../lab.js").Parameter} Parameter */
/** @typedef {import("../state/url.js").SceneState} SceneState */
/** @typedef {import("../state/changes.js").Changes} Changes */
/** @typedef {import("../simulation/pool.js").GivenTable} GivenTable */

/**
 * @param {object} options
 * @param {import("../simulation/pool.js").Pool} options.pool
 * @param {Parameter[]} options.parameters of the scene's experiment
 * @param {number} options.featureCount how many columns are features at first
 * @param {() => void} options.onEntry the reader gives another table
 * @param {(given: GivenTable, columns: Changes) => Promise<boolean>} options.onChoice says whether the
 *   table is used now, with these columns
 * @param {(code: string) => void} options.onKeep the reader wants this code in the link, "" for none
 */
export function createOwnTable({ pool, parameters, featureCount, onEntry, onChoice, onKeep }) {
  /** The code of the table, while the reader wants it in the link. */
  let code = "";
  const node = element("div", { class: "own-place", hidden: true });
  const ownData = once(async () => {
    const { createOwnData } = await import("./own-data.js");
    const part = createOwnData({
      read: (csv) => pool.readData("own", csv),
      give: (csv) => pool.giveData("own", csv),
      inUse: () => pool.given("own"),
      featureCount,
      onEntry,
      onChoice,
      onKeep: (kept) => {
        code = kept;
        onKeep(kept);
      },
    });
    node.append(part.node);
    return part;
  });

  const table = {
    node,
    /** A table was asked for, and must come before it is computed with. */
    isAwaited: false,
    /** For the link, "" for none. */
    get code() {
      return code;
    },
    /** @param {SceneState} state that is shown */
    async show({ parameters: values }) {
      const inUse = usesOwnData(parameters, values);
      node.hidden = !table.isAwaited && !inUse;
      node.toggleAttribute("data-awaited", table.isAwaited);
      if (!node.hidden) {
        const part = await ownData();
        const given = pool.given("own");
        if (inUse && given) {
          part.show(given, values, code);
        }
      }
    },
    /** A table that was given before, perhaps in another scene, need not be given again. */
    async offer() {
      const given = pool.given("own");
      if (given) {
        (await ownData()).offer(given);
      }
    },
    /**
     * Takes the table that a link holds.
     * @param {SceneState} state
     * @param {() => boolean} isWanted another state may be opened meanwhile
     * @returns {Promise<string[]>} what is wrong with it
     */
    async open(state, isWanted) {
      const inUse = state.table !== "" && usesOwnData(parameters, state.parameters);
      code = "";
      if (!inUse) {
        return [];
      }
      try {
        await (await ownData()).giveKept(state.table, isWanted);
        if (isWanted()) {
          code = state.table;
        }
        return [];
      } catch (error) {
        return [/** @type {Error} */ (error).message];
      }
    },
  };
  return table;
}
