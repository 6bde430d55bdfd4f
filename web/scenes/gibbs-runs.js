// Which chains the Gibbs scene holds side by side, and what its pictures share.

import { isRelevant, relevantValues } from "../state/parameters.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/scene.js").Scene} Scene */
/** @typedef {import("../lab.js").Parameter} Parameter */
/** @typedef {import("../lab.js").Value} Value */
/** @typedef {import("../lab.js").Edit} Edit */
/** @typedef {import("../state/url.js").SceneState} SceneState */
/** @typedef {Record<string, import("../lab.js").Channel>} Channels */
/** @typedef {Record<string, Value>} Values */
/**
 * @typedef {object} Chain
 * @property {string} key of its run
 * @property {string} label
 * @property {Values} set over the state's parameters
 * @property {Record<string, number>} factors on the state's parameters
 */

/** What can stand side by side. */
export const comparisons = [
  { id: "none", label: "one chain" },
  { id: "temperature", label: "α, b beside 2α, 2b and α, 2b" },
  { id: "corrector", label: "without and with correctors" },
  { id: "noise", label: "SGD’s noise beside Gaussian noise" },
];

/** Of the first chain, which is the state itself where that is shown. */
export const main = "run";

/** @param {string} label @param {Partial<Chain>} [rest] @returns {Chain} */
function chain(label, rest = {}) {
  return { key: main, label, set: {}, factors: {}, ...rest };
}

/** @param {SceneState} state @returns {Chain[]} */
export function chainsOf({ parameters, view }) {
  const byBatch = parameters.temperature === "batch";
  const draws = parameters.objective === "scalar" && byBatch;
  const [cold, symbol] = byBatch ? ["batch", "b"] : ["beta", "β"];
  switch (view.compare) {
    case "temperature":
      return [
        chain(`α, ${symbol}`),
        byBatch
          ? chain("2α, 2b", { key: "both", factors: { alpha: 2, batch: 2 } })
          : chain("2α, β", { key: "both", factors: { alpha: 2 } }),
        chain(`α, 2${symbol}`, { key: "colder", factors: { [cold]: 2 } }),
      ];
    case "corrector":
      return [
        chain("no corrector", { set: { corrector: "none" } }),
        chain("Metropolis", { key: "mala", set: { corrector: "mala" } }),
        chain("Leimkuhler–Matthews", { key: "lm", set: { corrector: "leimkuhler-matthews" } }),
      ];
    case "noise":
      return draws
        ? [
            chain("SGD’s noise", { set: { noise: "sgd" } }),
            chain("Gaussian noise", { key: "gaussian", set: { noise: "isotropic" } }),
          ]
        : [chain("walkers")];
    default:
      return [chain("walkers")];
  }
}

const everyStep = [
  "histogram",
  "gibbs",
  "chainLaw",
  "edges",
  "grid",
  "curve",
  "window",
  "times",
  "kl",
  "klStandardError",
  "predictedKl",
  "totalVariation",
  "totalVariationStandardError",
  "predictedTotalVariation",
  "w2",
  "predictedW2",
  "floor",
  "bias",
  "limit",
  "variance",
  "varianceStandardError",
  "gibbsVariance",
  "predictedVariance",
  "meanValue",
  "gibbsMeanValue",
  "autocorrelationTime",
  "predictedAutocorrelationTime",
  "effectiveSampleSize",
  "acceptance",
  "wells",
  "wellMass",
  "wellMassStandardError",
  "gibbsWellMass",
  "beta",
  "logZ",
  "noiseVariance",
  "curvature",
  "minimum",
  "suggestedStart",
  "startInstead",
];
// What leaves f and its window as they are. The temperature does not: the window has room for it.
const ofTheRun = ["corrector", "noise", "x0", "y0", "replicates", "seed"];

/** @type {Scene["plans"]} */
export function plans(state, table) {
  const inThePlane = isRelevant(
    /** @type {Parameter} */ (table.find(({ id }) => id === "y0")),
    state.parameters,
  );
  return chainsOf(state).map(({ key, set, factors }) => {
    const scaled = Object.entries(factors).map(([id, factor]) => {
      return [id, times(state.parameters[id], factor)];
    });
    const values = { ...state.parameters, ...set, ...Object.fromEntries(scaled) };
    const parameters = relevantValues(table, values);
    const picture = Object.entries(parameters).filter(([id]) => !ofTheRun.includes(id));
    return {
      key,
      experiment: "gibbs",
      parameters,
      channels: inThePlane ? [...everyStep, "sample"] : everyStep,
      fixed: ["field"],
      fixedKey: JSON.stringify(picture),
      live: (/** @type {Edit} */ edit) => {
        const { parameter, value } = edit;
        return parameter in set
          ? null
          : { ...edit, value: parameter in factors ? times(value, factors[parameter]) : value };
      },
    };
  });
}

/** @param {Value} value @param {number} factor */
function times(value, factor) {
  return Number((Number(value) * factor).toPrecision(7));
}

/**
 * The chains with their looks and what was measured.
 * @param {Shown} shown
 * @param {import("../render/theme.js").Theme} theme
 */
export function chainsShown(shown, theme) {
  return chainsOf(shown.state).map(({ key, label }, k) => ({
    key,
    label,
    style: theme.series[k],
    channels: shown.reports[key].channels,
    status: shown.reports[key].status,
  }));
}

/** @param {Shown} shown */
export function mainChannels(shown) {
  return shown.reports[main].channels;
}

/** @param {Shown} shown */
export function isPlane(shown) {
  return mainChannels(shown).suggestedStart.data.length === 2;
}

/** Whether the line is folded onto one wave. @param {Shown} shown */
export function isCircle({ state }) {
  return state.parameters.objective === "cosine-1d";
}

/** @param {ArrayLike<number>} values */
export function last(values) {
  return values[values.length - 1];
}
