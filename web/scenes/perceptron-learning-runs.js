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

/** @param {SceneState} state */
export function loadsOf({ parameters }) {
  const step = parameters.labels === "teacher" ? 0.4 : 0.1;
  return Array.from({ length: 9 }, (_, k) => Number(((k + 1) * step).toFixed(2)));
}

/** @param {string} algorithm @param {number} load */
export const keyOf = (algorithm, load) => `${algorithm} ${load}`;

/** @param {SceneState} state @param {Parameter[]} table */
export function plans(state, table) {
  const algorithms = algorithmsOf(state);
  const chosen = Number(state.parameters.load);
  return algorithms.flatMap((algorithm) => {
    const loads = [...new Set([chosen, ...loadsOf(state)])];
    return loads.map((load) => ({
      key: keyOf(algorithm, load),
      experiment: "perceptron-learning",
      parameters: relevantValues(table, { ...state.parameters, algorithm, load }),
      channels:
        load === chosen
          ? ["errors", "overlap", "solvedAt", "solvedShare"]
          : ["solvedAt", "solvedShare"],
      fixed: [],
      fixedKey: "",
    }));
  });
}

/** @param {Shown} shown @param {string} algorithm */
export function reportOf({ reports, state }, algorithm) {
  return reports[keyOf(algorithm, Number(state.parameters.load))];
}

/** @param {Shown} shown @param {string} id */
export function algorithmLabel({ tables }, id) {
  const choices = tables.parameters.find((parameter) => parameter.id === "algorithm")?.choices;
  return choices?.find((choice) => choice.id === id)?.label ?? id;
}
