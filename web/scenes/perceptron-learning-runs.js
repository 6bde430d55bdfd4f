// The runs of the learning scene: each algorithm at the chosen load, and over a row of loads.

import { relevantValues } from "../state/parameters.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../state/url.js").SceneState} SceneState */
/** @typedef {import("../lab.js").Parameter} Parameter */

/** @param {SceneState} state the chosen algorithm first */
export function algorithmsOf({ parameters, view }) {
  const others = String(view.race).split(",");
  return [...new Set([String(parameters.algorithm), ...others])].filter((id) => id !== "");
}

/** The loads beside the chosen one that are asked for. @param {SceneState} state */
function loadsAsked({ parameters }) {
  const step = parameters.labels === "teacher" ? 0.4 : 0.1;
  return Array.from({ length: 9 }, (_, k) => Number(((k + 1) * step).toFixed(2)));
}

/** @param {string} algorithm @param {number} load */
export const keyOf = (algorithm, load) => `${algorithm} ${load}`;

/** The loads at which an algorithm runs. @param {Shown} shown @param {string} algorithm */
export function loadsOf({ reports, state }, algorithm) {
  return loadsAsked(state).filter((load) => reports[keyOf(algorithm, load)]);
}

/** Those at which some algorithm's patterns would take more room than there is. @param {Shown} shown */
export function loadsLeftOut(shown) {
  const algorithms = algorithmsOf(shown.state);
  return loadsAsked(shown.state).filter((load) =>
    algorithms.some((id) => !shown.reports[keyOf(id, load)]),
  );
}

/** The highest load of the picture. @param {SceneState} state */
export function highestLoad(state) {
  return Math.max(...loadsAsked(state));
}

/** @param {SceneState} state @param {Parameter[]} table */
export function plans(state, table) {
  const algorithms = algorithmsOf(state);
  const chosen = Number(state.parameters.load);
  return algorithms.flatMap((algorithm) => {
    const loads = [...new Set([chosen, ...loadsAsked(state)])];
    // The chosen one comes first, even where a link gives something for it that is no number.
    return loads.map((load, k) => ({
      key: keyOf(algorithm, load),
      experiment: "perceptron-learning",
      parameters: relevantValues(table, { ...state.parameters, algorithm, load }),
      channels:
        k === 0 ? ["errors", "overlap", "solvedAt", "solvedShare"] : ["solvedAt", "solvedShare"],
      fixed: [],
      fixedKey: "",
      optional: k > 0,
    }));
  });
}

/** @param {Shown} shown @param {string} algorithm */
export function reportOf({ reports, state }, algorithm) {
  return reports[keyOf(algorithm, Number(state.parameters.load))];
}

/** @param {ArrayLike<number>} values at least one */
export function median(values) {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1] + sorted[Math.floor(half)]) / 2;
}
