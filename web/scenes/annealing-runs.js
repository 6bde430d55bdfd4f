// What the pictures of the annealing scene share: the run, its stage, and its numbers in words.

import { format } from "../render/numbers.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */

/** What may stand on the right. */
export const pictures = [
  { id: "ladder", label: "temperature and share" },
  { id: "budget", label: "success against budget" },
  { id: "waiting", label: "steps to equilibrate" },
];

/** The well that annealing is after has two minima to choose from in these landscapes only.
 * @param {Shown} shown */
export function hasTwoWells(shown) {
  return channelsOf(shown).criticalPoints.shape[0] >= 3;
}

/** @param {Shown} shown */
export function channelsOf(shown) {
  return shown.reports.run.channels;
}

/** The stage shown: its number from 1, its temperature and how many there are. @param {Shown} shown */
export function stageOf(shown) {
  const { stage, ladder, stepSizes } = channelsOf(shown);
  const index = stage.data[stage.data.length - 1];
  return {
    number: index + 1,
    count: ladder.data.length,
    temperature: ladder.data[index],
    stepSize: stepSizes.data[index],
  };
}

/** The share in the global well now, with its standard error and what the Gibbs law says.
 * @param {Shown} shown */
export function shareOf(shown) {
  const channels = channelsOf(shown);
  /** @param {string} id */
  const now = (id) => channels[id].data[channels[id].data.length - 1];
  return {
    share: now("globalFraction"),
    error: now("globalFractionStandardError"),
    predicted: now("predictedGlobalFraction"),
    relaxed: now("relaxedGlobalFraction"),
  };
}

/** "0.862 ± 0.011": both as parts of 1. @param {number} share @param {number} error */
export function shareInWords(share, error) {
  return `${share.toFixed(3)} ± ${error.toFixed(3)}`;
}

/** T₀ over α₀, times a barrier: how high it is. @param {Shown} shown */
export function barrierOf(shown) {
  const { marks, ladder, stepSizes } = channelsOf(shown);
  return (marks.data[0] * ladder.data[0]) / stepSizes.data[0];
}

/** R̂ of this stage's last test in words, "" before the first. @param {Shown} shown */
export function testInWords(shown) {
  const { scaleReduction, stageEquilibrated } = channelsOf(shown);
  const value = scaleReduction.data[scaleReduction.data.length - 1];
  const limit = 1 + Number(shown.state.parameters.tolerance);
  const passed = stageEquilibrated.data[stageEquilibrated.data.length - 1] === 1;
  if (value === 0) {
    return "not yet tested";
  }
  if (passed) {
    return `equilibrated, R̂ = ${format(value)}`;
  }
  // As many as it takes to tell both apart.
  const digits = [3, 4, 5, 6, 7, 8].find((n) => format(value, n) !== format(limit, n));
  return `not equilibrated, R̂ = ${format(value, digits)} > ${format(limit, digits)}`;
}

/** @param {Shown} shown @param {string} id of a schedule */
export function scheduleLabel({ tables }, id) {
  const table = tables.parameters.find((parameter) => parameter.id === "schedule");
  return table?.choices.find((choice) => choice.id === id)?.label ?? id;
}
