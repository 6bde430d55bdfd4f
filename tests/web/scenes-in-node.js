// The scenes and their runs without a page: as the build sees them, on the package of dist/.

import { loadPages } from "../../web/build/pages-plugin.js";
import { Player } from "../../web/simulation/player.js";
import { atOnce, report, startRun } from "../../web/simulation/replay.js";
import { sceneTables } from "../../web/state/scene-tables.js";
import { decodeTable } from "../../web/state/table-code.js";
import { decode, sceneOf } from "../../web/state/url.js";

/** @typedef {import("../../web/lab.js").Lab} Lab */
/** @typedef {import("../../web/lab.js").Run} Run */
/** @typedef {import("../../web/simulation/worker-link.js").RunRequest} RunRequest */
/** @typedef {import("../../web/ui/scene.js").Scene} Scene */

/** @returns {Promise<Map<string, Scene>>} by id, in the order of the lecture */
export async function loadScenes() {
  const { scenes } = await loadPages();
  return new Map(scenes.map((scene) => [scene.id, scene]));
}

/** What the player asks of a pool, answered at once. @param {Lab} lab */
function poolOf(lab) {
  return {
    tablesGiven: 0,
    run() {
      /** @type {Run | undefined} */
      let run;
      const held = () => /** @type {Run} */ (run);
      return {
        /** @param {RunRequest} request */
        async create(request) {
          run?.dispose();
          run = atOnce(startRun(lab, request));
          return atOnce(report(run, request));
        },
        /** @param {number} steps @param {string[]} channels @param {string[]} [atEnd] */
        async advance(steps, channels, atEnd) {
          held().advance(steps);
          return atOnce(report(held(), { channels, atEnd }));
        },
        giveUp() {
          // Answered at once, there is nothing under way.
        },
        dispose: () => run?.dispose(),
      };
    },
  };
}

/**
 * @param {Lab} lab
 * @param {Map<string, Scene>} scenes
 * @param {string} link from the scene's name on
 */
export function readLink(lab, scenes, link) {
  const scene = scenes.get(sceneOf(link));
  if (!scene) {
    throw new Error(`There is no scene for the link ${link}.`);
  }
  const tables = sceneTables(scene, lab.experiments());
  return { scene, tables, ...decode(link, [tables]) };
}

/**
 * The numbers that a link leads to.
 * @param {Lab} lab
 * @param {Map<string, Scene>} scenes
 * @param {string} link
 */
export async function openLink(lab, scenes, link) {
  const { scene, tables, state } = readLink(lab, scenes, link);
  if (state.table) {
    lab.addData("own", await decodeTable(state.table));
  }
  const player = new Player(/** @type {any} */ (poolOf(lab)));
  await player.restart(state, scene.plans(state, tables.parameters));
  const { reports, step } = player;
  player.dispose();
  return { reports, step };
}
