// The water in the landscape: which lake a place belongs to, as the merge tree has it.

import { valueAt } from "../state/changes.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {Record<string, import("../lab.js").Channel>} Channels */
/**
 * @typedef {object} Lake
 * @property {number} x its bottom
 * @property {number} y
 * @property {number} birth f there
 * @property {number} merge f where it flows into a deeper one; infinite for the deepest
 * @property {number} into that one's number, -1 for none
 * @property {number} saddleX
 * @property {number} saddleY
 */

const lakeColumns = 8;

/** @type {WeakMap<Float64Array, Lake[]>} */
const known = new WeakMap();

/** @param {Channels} channels @returns {Lake[]} the deepest first */
export function lakesOf({ lakes: { data } }) {
  let list = known.get(data);
  if (!list) {
    list = [];
    for (let k = 0; k < data.length; k += lakeColumns) {
      const [x, y, birth, merge, into, saddleX, saddleY, merges] = data.subarray(
        k,
        k + lakeColumns,
      );
      list.push({ x, y, birth, merge: merges ? merge : Infinity, into, saddleX, saddleY });
    }
    known.set(data, list);
  }
  return list;
}

/** The height of f up to which the water stands. @param {Shown} shown */
export function waterLevel(shown) {
  const above = Number(valueAt(shown.state, shown.step, "level"));
  return shown.reports.run.channels.lowest.data[0] + above;
}

/**
 * The number that each lake's water goes by at this level.
 * @param {Lake[]} lakes
 * @param {number} level
 */
export function namesAt(lakes, level) {
  /** @type {number[]} */
  const names = [];
  lakes.forEach(({ merge, into }, k) => {
    names.push(merge <= level && into >= 0 ? names[into] : k);
  });
  return names;
}

/** @param {Lake[]} lakes @param {number} level */
export function countAt(lakes, level) {
  return lakes.filter(({ birth, merge }) => birth <= level && merge > level).length;
}

/**
 * The lake in which the point is at the step shown; -1 on dry ground.
 * @param {Shown} shown
 */
export function chosenLake(shown) {
  const { field, branch, window, path } = shown.reports.run.channels;
  const [rows, cols] = field.shape;
  const [xMin, xMax, yMin, yMax] = window.data;
  const [x, y] = path.data.subarray(-2);
  const col = Math.round(((x - xMin) / (xMax - xMin)) * (cols - 1));
  const row = Math.round(((y - yMin) / (yMax - yMin)) * (rows - 1));
  const at = row * cols + col;
  const level = waterLevel(shown);
  const inside = row >= 0 && row < rows && col >= 0 && col < cols;
  if (!inside || field.data[at] > level) {
    return -1;
  }
  return namesAt(lakesOf(shown.reports.run.channels), level)[branch.data[at]];
}

/** @param {import("../render/types.js").Theme} theme */
export function waterColours({ name }) {
  return name === "dark"
    ? { lake: [38, 140, 150], chosen: [90, 225, 225] }
    : { lake: [84, 178, 182], chosen: [0, 108, 122] };
}
