// The methods that race into the wide valley: their runs and names.

import { format } from "../render/numbers.js";
import { relevantValues } from "../state/parameters.js";
import { allowedValue } from "./allowed-values.js";
import { columnOf } from "./ensemble.js";
import { leader, methodLabel, racedMethods } from "./step-size-runs.js";
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
  return allowedValue(table, "alpha", alpha * factor);
}

/** @param {Shown} shown @param {string} id */
export function raceLabel(shown, id) {
  return id === largeStepId ? `SGD, ${shown.state.view.largeStep}α` : methodLabel(shown, id);
}

// Relative: curvatures and depths of valleys of one shape differ by rounding only.
const equal = 1e-9;

/** @param {number} a @param {number} b */
const isSame = (a, b) => Math.abs(a - b) <= equal * Math.max(Math.abs(a), Math.abs(b));

/** The valleys that the runs start in and are counted in. @param {Shown} shown */
export function valleysOf(shown) {
  const { valleys, roles } = leader(shown).channels;
  const dim = valleys.shape[1] - 2;
  const depths = columnOf(valleys, dim);
  const sharpness = columnOf(valleys, dim + 1);
  /** @param {number} row */
  const valley = (row) => {
    const at = Array.from(valleys.data.subarray(row * (dim + 2), row * (dim + 2) + dim), (x) =>
      format(x),
    );
    return {
      place: dim === 1 ? `x = ${at[0]}` : `(${at.join(", ")})`,
      depth: depths[row],
      sharpness: sharpness[row],
      isAlone: sharpness.filter((value) => isSame(value, sharpness[row])).length === 1,
    };
  };
  return { sharp: valley(roles.data[0]), wide: valley(roles.data[1]) };
}

/** Where the runs are counted. @param {Shown} shown */
export function targetInWords(shown) {
  const { wide } = valleysOf(shown);
  return wide.isAlone ? "the widest valley" : `the valley at ${wide.place}`;
}

/** Where the runs began. @param {Shown} shown */
export function startInWords(shown) {
  if (shown.state.parameters.start === "everywhere") {
    return "The runs started all over the picture.";
  }
  const { sharp, wide } = valleysOf(shown);
  const name = sharp.isAlone ? `the sharpest valley, at ${sharp.place}` : `that at ${sharp.place}`;
  const depth = isSame(sharp.depth, wide.depth)
    ? "as deep as"
    : sharp.depth < wide.depth
      ? "deeper than"
      : "less deep than";
  const alike = sharp.isAlone || wide.isAlone ? "" : "Several valleys are equally wide. ";
  return `${alike}Every run started in ${name}, ${depth} ${targetInWords(shown)}.`;
}
