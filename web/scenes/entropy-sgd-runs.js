// The methods that race into the wide valley: their runs and names.

import { relevantValues } from "../state/parameters.js";
import { methodLabel, racedMethods } from "./step-size-runs.js";
import { landscapeDials } from "./view-parameters.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/scene.js").Scene} Scene */

/** SGD once more, with a larger step: the core knows only SGD. */
export const largeStepId = "sgd-large";

const everyStep = [
  "path",
  "basinFraction",
  "basinFractionStandardError",
  "gradientEvaluations",
  "gammaPath",
];
const ofTheLeader = ["x", "density", "densityEdges", "innerTrail", "innerMean"];
const ofTheObjective = ["valleys", "roles", "window", "field", "grid"];

/** @type {Scene["plans"]} */
export function plans(state, table) {
  const methods = racedMethods(state);
  const factor = Number(state.view.largeStep);
  const ofTheFunction = ["objective", "expression", ...landscapeDials].map(
    (id) => state.parameters[id],
  );
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

/** @param {Shown} shown @param {string} id */
export function raceLabel(shown, id) {
  return id === largeStepId ? `SGD, ${shown.state.view.largeStep}α` : methodLabel(shown, id);
}
