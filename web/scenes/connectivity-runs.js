// What the scene about connected minima holds: one search in the picture, or one run for each width.

import { format } from "../render/numbers.js";
import { column } from "../render/path.js";
import { greatest } from "./extremes.js";
import { meanAndError } from "./network-runs.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/scene.js").Scene} Scene */
/** @typedef {import("../state/url.js").SceneState} SceneState */
/** @typedef {Record<string, import("../lab.js").Channel>} Channels */

/** What the pictures show. */
export const looks = [
  { id: "path", label: "one path" },
  { id: "widths", label: "width by width" },
];

/** The widths that are compared. */
export const widths = [2, 4, 8, 16, 32];

const ofEveryPair = [
  "level",
  "highest",
  "barrier",
  "chordBarrier",
  "lengthRatio",
  "beadCount",
  "found",
  "searched",
  "endLoss",
  "endsTrained",
  "wall",
];
const ofThePicture = ["path", "window", "planeBeads", "field", "profile", "chord"];

/** @param {SceneState} state */
export const showsWidths = ({ view }) => view.look === "widths";

/** @param {number} width */
const keyOf = (width) => `p = ${width}`;

/** @param {SceneState} state */
const widthsShown = (state) => (showsWidths(state) ? widths : [Number(state.parameters.width)]);

/** @type {Scene["plans"]} */
export function plans(state) {
  const channels = showsWidths(state) ? ofEveryPair : [...ofEveryPair, ...ofThePicture];
  return widthsShown(state).map((width) => ({
    key: keyOf(width),
    experiment: "connectivity",
    parameters: { ...state.parameters, width },
    channels,
    fixed: [],
    fixedKey: "",
  }));
}

/** The channels of the run in the picture. @param {Shown} shown @returns {Channels} */
export function picture({ state, reports }) {
  return reports[keyOf(widthsShown(state)[0])].channels;
}

/** The number of the pair in the picture, from 0. @param {Shown} shown */
export function pairShown({ state: { parameters } }) {
  return Math.min(Number(parameters.pair), Number(parameters.pairs)) - 1;
}

/**
 * What is known of one pair.
 * @param {Channels} channels
 * @param {number} pair
 */
export function resultOf(channels, pair) {
  const { level, highest, barrier, chordBarrier, lengthRatio, beadCount, found, searched, wall } =
    channels;
  const isWalled = wall.data[pair] > level.data[pair];
  return {
    level: level.data[pair],
    highest: highest.data[pair],
    barrier: barrier.data[pair],
    chordBarrier: chordBarrier.data[pair],
    lengthRatio: lengthRatio.data[pair],
    beads: beadCount.data[pair],
    isFound: found.data[pair] === 1,
    isSearched: searched.data[pair] === 1,
    wall: wall.data[pair],
    isWalled,
    ends: channels.endLoss.data.slice(2 * pair, 2 * pair + 2),
  };
}

/** The highest loss seen on the path as it stands. @param {Shown} shown */
export function highestNow(shown) {
  const { profile } = picture(shown);
  const { isSearched, highest } = resultOf(picture(shown), pairShown(shown));
  // The search looks at more points than are drawn.
  return isSearched ? highest : greatest([column(profile.data, 2, 1)]);
}

/** Whether the ends are still being trained. @param {Shown} shown */
export function isTraining(shown) {
  return picture(shown).endsTrained.data[0] === 0;
}

/**
 * One row for each width: how many searches have ended, how many found a path, and means over pairs.
 * @param {Shown} shown
 */
export function rowsByWidth({ reports, state }) {
  const given = Number(state.parameters.level);
  return widths
    .map((width) => ({ width, report: reports[keyOf(width)] }))
    .filter(({ report }) => report !== undefined)
    .map(({ width, report: { channels } }) => ({
      width,
      pairs: channels.found.data.length,
      found: sum(channels.found.data),
      searched: sum(channels.searched.data),
      // Pairs that training has left above the level asked for.
      raised: channels.level.data.filter((level) => level > given),
      walled: channels.wall.data.filter((wall, i) => wall > channels.level.data[i]).length,
      barrier: meanAndError(channels.barrier.data),
      chordBarrier: meanAndError(channels.chordBarrier.data),
      lengthRatio: meanAndError(channels.lengthRatio.data),
    }));
}

/** @param {Float64Array} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

/** "0.12 ± 0.03" @param {{ mean: number, error: number }} value */
export function meanInWords({ mean, error }) {
  return error > 0 ? `${format(mean)} ± ${format(error, 2)}` : format(mean);
}
