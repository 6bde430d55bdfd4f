// From an address to what it names: the scene's script and its core, loaded, and the state read.

import { openEntries } from "./scenes/index.js";
import { sceneTables } from "./state/scene-tables.js";
import { decode, sceneOf } from "./state/url.js";

/**
 * @param {import("./simulation/pool.js").Pool} pool
 * @param {string} id of the scene; the first one where there is none of this name
 */
export async function loadScene(pool, id) {
  const entry = openEntries.find((candidate) => candidate.id === id) ?? openEntries[0];
  const [scene] = await Promise.all([entry.load(), pool.open(entry.chapter)]);
  return { scene, tables: sceneTables(scene, pool.experiments) };
}

/**
 * @param {import("./simulation/pool.js").Pool} pool
 * @param {string} hash of the address
 */
export async function openScene(pool, hash) {
  const loaded = await loadScene(pool, sceneOf(hash));
  return { ...loaded, ...decode(hash, [loaded.tables]) };
}
