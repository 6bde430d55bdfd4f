// The formula of what is minimised: the reader's own as it was typed, else that of the table.

/**
 * @param {import("../ui/scene-view.js").Shown} shown
 * @returns {string} the right-hand side of f = …
 */
export function objectiveFormula({ state, tables }) {
  const { objective, expression } = state.parameters;
  if (objective === "expression") {
    return String(expression);
  }
  const { choices } = tables.parameters.find(({ id }) => id === "objective") ?? { choices: [] };
  return choices.find(({ id }) => id === objective)?.help ?? "";
}
