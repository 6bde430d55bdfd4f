// What the scene about a network on digits holds: its runs, by method and seed, and what they came to.

import { format } from "../render/numbers.js";
import { relevantValues } from "../state/parameters.js";
import { allowedValue } from "./allowed-values.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../state/url.js").SceneState} SceneState */
/** @typedef {import("../lab.js").Parameter} Parameter */
/** @typedef {import("../simulation/worker-link.js").Report} Report */
/** @typedef {import("../render/theme.js").Theme} Theme */

/** No second method. */
export const nobody = "none";
/** What the pictures on the right may show. */
export const looks = [
  { id: "wrong", label: "what it gets wrong" },
  { id: "spectrum", label: "spectrum of the Hessian" },
  { id: "slice", label: "the valley around the weights" },
  { id: "seeds", label: "every method, several seeds" },
];

const curves = ["gradientEvaluations", "trainLoss", "testLoss", "trainError", "testError"];
const sizes = ["budget", "samples", "weights"];
const flatness = ["trace", "hessianEigenvalues", "nearZero"];

/** By look: what is asked for at every step, and what once a run has ended. */
/** @type {Record<string, { channels: string[], atEnd: string[] }>} */
const wanted = {
  wrong: { channels: ["confusionMatrix", "wrongDigits", "wrongLabels"], atEnd: [] },
  spectrum: { channels: [], atEnd: [...flatness, "hessianSpectrum"] },
  slice: { channels: [], atEnd: ["slice", "sliceAxis"] },
  seeds: { channels: [], atEnd: flatness },
};

/** @param {SceneState} state */
export function lookOf({ view }) {
  return String(view.look);
}

/** @param {Parameter[]} table */
export function methodsOf(table) {
  return table.find(({ id }) => id === "method")?.choices ?? [];
}

/** The methods in the picture, the chosen one first. @param {SceneState} state @param {Parameter[]} table */
export function methodsShown(state, table) {
  const pair = [String(state.parameters.method), String(state.view.versus)];
  const others = lookOf(state) === "seeds" ? methodsOf(table).map(({ id }) => id) : [];
  return [...new Set([...pair, ...others])].filter((id) => id !== nobody);
}

/** @param {SceneState} state */
export function seedsShown(state) {
  const first = Number(state.parameters.seed);
  const count = lookOf(state) === "seeds" ? Number(state.view.seeds) : 1;
  return Array.from({ length: count }, (_, i) => first + i);
}

/** @param {string} method @param {number} seed */
const keyOf = (method, seed) => `${method} ${seed}`;

/**
 * The same settings for another method. A momentum μ adds up to steps of α/(1 − μ), and that is what
 * SGD takes beside it.
 * @param {Record<string, import("../lab.js").Value>} parameters
 * @param {string} method
 * @param {Parameter[]} table
 */
function settingsFor(parameters, method, table) {
  if (method === parameters.method) {
    return parameters;
  }
  const kept = 1 - Number(parameters.momentum);
  const given = Number(parameters.alpha);
  const heavy = parameters.method === "sgd" ? given * kept : given;
  const alpha = Number((method === "sgd" ? heavy / kept : heavy).toPrecision(6));
  return { ...parameters, method, alpha: allowedValue(table, "alpha", alpha) };
}

/** @type {import("../ui/scene-view.js").Scene["plans"]} */
export function plans(state, table) {
  const { channels, atEnd } = wanted[lookOf(state)];
  return methodsShown(state, table).flatMap((method) =>
    seedsShown(state).map((seed) => ({
      key: keyOf(method, seed),
      experiment: "network",
      parameters: {
        ...relevantValues(table, settingsFor(state.parameters, method, table)),
        seed,
      },
      channels: [...curves, ...sizes, ...channels],
      fixed: [],
      fixedKey: "",
      atEnd,
    })),
  );
}

/** The methods in the picture with their runs, one for each seed. @param {Shown} shown */
export function methodRuns({ state, reports, tables }) {
  const choices = methodsOf(tables.parameters);
  return methodsShown(state, tables.parameters).map((method) => ({
    label: choices.find(({ id }) => id === method)?.label ?? method,
    runs: seedsShown(state)
      .map((seed) => reports[keyOf(method, seed)])
      .filter((report) => report !== undefined),
  }));
}

/** The same with their looks. @param {Shown} shown @param {Theme} theme */
export function lanes(shown, theme) {
  return methodRuns(shown).map((each, i) => ({
    ...each,
    style: theme.series[i % theme.series.length],
  }));
}

/** The run of the chosen method. @param {Shown} shown @returns {Report} */
export function leader(shown) {
  const [seed] = seedsShown(shown.state);
  return shown.reports[keyOf(String(shown.state.parameters.method), seed)];
}

/** @param {Report} report */
export function epochsOf({ channels: { gradientEvaluations, samples } }) {
  return gradientEvaluations.data.map((evaluations) => evaluations / samples.data[0]);
}

/** @param {ArrayLike<number>} values */
export function meanAndError(values) {
  const count = values.length;
  let sum = 0;
  for (let i = 0; i < count; i += 1) {
    sum += values[i];
  }
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < count; i += 1) {
    squares += (values[i] - mean) ** 2;
  }
  return { mean, error: count > 1 ? Math.sqrt(squares / (count - 1) / count) : Number.NaN, count };
}

/** What the table holds of a run: the last three once it has ended. */
export const measures = [
  {
    label: "test error",
    unit: "%",
    atEnd: false,
    of: (/** @type {Report} */ { channels }) => 100 * (channels.testError.data.at(-1) ?? 0),
  },
  {
    label: "train loss",
    unit: "",
    atEnd: false,
    of: (/** @type {Report} */ { channels }) => channels.trainLoss.data.at(-1) ?? 0,
  },
  {
    label: "trace of H",
    unit: "",
    atEnd: true,
    of: (/** @type {Report} */ { channels }) => channels.trace.data[0],
  },
  {
    label: "λmax",
    unit: "",
    atEnd: true,
    of: (/** @type {Report} */ { channels }) => channels.hessianEigenvalues.data[0],
  },
  {
    label: "near 0",
    unit: "%",
    atEnd: true,
    of: (/** @type {Report} */ { channels }) => 100 * channels.nearZero.data[0],
  },
];

/** @param {Report[]} runs */
export function finishedRuns(runs) {
  return runs.filter(({ status, channels }) => status.state === "finished" && channels.trace);
}

/** "2.17 ± 0.22", or without an error that one run alone does not give.
 * @param {{ mean: number, error: number, count: number }} value */
export function inWords({ mean, error, count }) {
  if (count === 0) {
    return "–";
  }
  return Number.isNaN(error) ? format(mean) : `${format(mean)} ± ${format(error, 2)}`;
}
