// What the scenes with the binary perceptron share: their runs, thresholds and small tables.

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../state/url.js").SceneState} SceneState */

/** What the right-hand picture of the enumeration may show. */
export const looks = [
  { id: "distance", label: "distance to the teacher" },
  { id: "near", label: "neighbours" },
  { id: "count", label: "solutions against patterns" },
];

const seedsCounted = 8;

/** @param {SceneState} state */
export function seedsShown({ parameters, view }) {
  const first = Number(parameters.seed);
  const count = view.beside === "count" ? seedsCounted : 1;
  return Array.from({ length: count }, (_, i) => first + i);
}

/** @param {Shown} shown the run with the seed that the reader chose */
export function runOf(shown) {
  return shown.reports[String(shown.state.parameters.seed)];
}

/**
 * Loads at which, for many weights, something ends (replica theory).
 * @param {SceneState} state
 */
export function thresholds({ parameters }) {
  return parameters.labels === "teacher"
    ? [
        { load: 1.245, label: "only the teacher is left" },
        { load: 1.493, label: "no other valley is left" },
      ]
    : [{ load: 0.833, label: "nothing is left" }];
}

/** @param {Shown} shown @param {string} id */
export function algorithmLabel({ tables }, id) {
  const choices = tables.parameters.find((parameter) => parameter.id === "algorithm")?.choices;
  return choices?.find((choice) => choice.id === id)?.label ?? id;
}

/** @param {Shown} shown */
export function hasTeacher({ state }) {
  return state.parameters.labels === "teacher";
}

/** Bars around whole numbers. @param {ArrayLike<number>} heights */
export function barsOf(heights) {
  return { edges: Array.from({ length: heights.length + 1 }, (_, k) => k - 0.5), heights };
}

/** @param {ArrayLike<number>} values */
export function meanAndError(values) {
  const count = values.length;
  const mean = Array.from(values).reduce((sum, value) => sum + value, 0) / count;
  const squares = Array.from(values).reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: count > 1 ? Math.sqrt(squares / (count - 1) / count) : 0 };
}
