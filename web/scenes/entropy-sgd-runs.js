// The methods that race into the wide valley: their runs, names and looks.

import { relevantValues } from "../state/parameters.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/scene.js").Scene} Scene */
/** @typedef {import("../state/url.js").SceneState} SceneState */
/** @typedef {import("../render/theme.js").Theme} Theme */

/** SGD once more, with a larger step: the core knows only SGD. */
export const largeStepId = "sgd-large";

const everyStep = [
  "path",
  "wideShare",
  "wideShareStandardError",
  "meanValue",
  "gradientEvaluations",
  "gammaPath",
];
const ofTheLeader = ["x", "density", "densityEdges", "innerTrail", "innerMean"];
const ofTheObjective = ["valleys", "roles", "window", "field", "grid"];
const objectiveParameters = [
  "objective",
  "weights",
  "means",
  "deviations",
  "tilt",
  "amplitude",
  "omega",
];

/** The chosen method first, then those against it. @param {SceneState} state */
export function racedMethods({ parameters, view }) {
  const others = String(view.race).split(",");
  return [...new Set([String(parameters.method), ...others])].filter((id) => id !== "");
}

/** @type {Scene["plans"]} */
export function plans(state, table) {
  const methods = racedMethods(state);
  const factor = Number(state.view.largeStep);
  const ofTheFunction = objectiveParameters.map((id) => state.parameters[id]);
  return methods.map((key, i) => {
    const isLarge = key === largeStepId;
    const own = { ...state.parameters, method: isLarge ? "sgd" : key };
    const parameters = relevantValues(table, own);
    const known = new Set(Object.keys(parameters));
    return {
      key,
      experiment: "entropy-sgd",
      parameters: isLarge
        ? { ...parameters, alpha: enlarged(Number(parameters.alpha), factor, table) }
        : parameters,
      channels: i === 0 ? [...everyStep, ...ofTheLeader] : everyStep,
      fixed: i === 0 ? ofTheObjective : [],
      fixedKey: JSON.stringify(ofTheFunction),
      live: (edit) => {
        if (!known.has(edit.parameter)) {
          return null;
        }
        return isLarge && edit.parameter === "alpha"
          ? { ...edit, value: enlarged(Number(edit.value), factor, table) }
          : edit;
      },
    };
  });
}

/**
 * As far as the table allows.
 * @param {number} alpha
 * @param {number} factor
 * @param {import("../lab.js").Parameter[]} table
 */
function enlarged(alpha, factor, table) {
  const most = table.find(({ id }) => id === "alpha")?.max ?? alpha;
  return Math.min(most, alpha * factor);
}

/** The run whose cloud is shown. @param {Shown} shown */
export function leader({ state, reports }) {
  return reports[racedMethods(state)[0]];
}

/** @param {Shown} shown @param {string} id */
export function methodLabel({ tables, state }, id) {
  if (id === largeStepId) {
    return `SGD, ${state.view.largeStep}α`;
  }
  const choices = tables.parameters.find((parameter) => parameter.id === "method")?.choices ?? [];
  return choices.find((choice) => choice.id === id)?.label ?? id;
}

/** @param {Shown} shown @param {Theme} theme */
export function racers(shown, theme) {
  return racedMethods(shown.state).map((method, i) => ({
    method,
    label: methodLabel(shown, method),
    style: theme.series[i % theme.series.length],
    channels: shown.reports[method].channels,
    status: shown.reports[method].status,
  }));
}
