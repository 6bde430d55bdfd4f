// The numbers behind a figure: as tables on demand, and every one of them for the CSV.

import { element, once } from "./dom.js";

/** @typedef {import("../simulation/scene-runs.js").Reports} Reports */
/** @typedef {import("../simulation/scene-runs.js").RunPlan} RunPlan */
/** @typedef {import("../state/series.js").RunNumbers} RunNumbers */

/**
 * @param {import("../simulation/pool.js").Pool} pool
 * @param {import("../simulation/player.js").Player} player
 */
export function createNumbers(pool, player) {
  const tables = once(async () => {
    const { createDataTables } = await import("./data-table.js");
    const part = createDataTables();
    node.append(part.node);
    return part;
  });
  const node = element(
    "details",
    { class: "data-table", ontoggle: () => (node.open ? show() : clear()) },
    element("summary", {}, "Data table"),
  );

  /** @param {string} experiment */
  function channelsOf(experiment) {
    return pool.info(experiment)?.channels ?? [];
  }

  /**
   * @param {{ plans: RunPlan[], reports: Reports }} shown
   * @returns {RunNumbers[]}
   */
  function numbersOf({ plans, reports }) {
    return plans.map(({ key, experiment }) => ({
      key,
      channels: reports[key].channels,
      infos: channelsOf(experiment),
    }));
  }

  /** Writes the tables anew, if they are open. */
  async function show() {
    if (node.open) {
      (await tables()).show(numbersOf(player));
    }
  }

  async function clear() {
    (await tables()).clear();
  }

  return {
    node,
    show,
    /** Every channel of every run at the step shown, whether the figure needs it or not. */
    async everything() {
      const ids = (/** @type {string} */ experiment) => channelsOf(experiment).map(({ id }) => id);
      return numbersOf(await player.reportOf(ids));
    },
  };
}
