// Which runs the step-size scene holds, and what they are called.

/** @typedef {import("../ui/scene-view.js").Shown} Shown */

/** @param {Record<string, import("../lab.js").Value>} values */
export function isOnData(values) {
  return values.objective === "least-squares" || values.objective === "logistic";
}

/**
 * The methods in the race: the chosen one, then those against it.
 * @param {import("../state/url.js").SceneState} state
 */
export function racedMethods({ parameters, view }) {
  const others = String(view.race).split(",");
  return [...new Set([String(parameters.method), ...others])].filter((id) => id !== "");
}

/** The run that carries what belongs to the objective. @param {Shown} shown */
export function leader(shown) {
  return shown.reports[racedMethods(shown.state)[0]];
}

/** @param {Shown} shown @param {string} id */
export function methodLabel({ tables }, id) {
  const methods = tables.parameters.find((parameter) => parameter.id === "method")?.choices;
  return methods?.find((choice) => choice.id === id)?.label ?? id;
}
