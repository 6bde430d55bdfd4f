// What the scene about batch sizes holds, batch by batch.

import { format, formatStep } from "../render/numbers.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */

/** The one run of this scene. */
export const key = "run";

/** What the picture of the gap may count. */
export const axisChoices = [
  { id: "steps", label: "steps", help: "" },
  { id: "epochs", label: "epochs", help: "" },
  { id: "evaluations", label: "gradient evaluations", help: "" },
];

// f − f* below this share of its value at the start is a goal reached.
const goal = 0.05;

/** @param {Shown} shown */
export function reports(shown) {
  return shown.reports[key].channels;
}

/** @param {import("../state/url.js").SceneState} state */
export function isLinear({ parameters }) {
  return parameters.scale === "linear";
}

/** n, the number of terms, from the curve that ends there with a variance of 0. @param {Shown} shown */
function termsOf(shown) {
  const { varianceCurveBatch, varianceCurve } = reports(shown);
  const last = varianceCurveBatch.data.findIndex((_, i) => varianceCurve.data[2 * i + 1] === 0);
  return varianceCurveBatch.data[last < 0 ? varianceCurveBatch.data.length - 1 : last];
}

/** One entry for each batch. @param {Shown} shown */
export function lanesOf(shown) {
  const { batches, alphas, stepLimit, diverged, divergedStep, gap } = reports(shown);
  return Array.from(batches.data, (batch, k) => ({
    batch,
    alpha: alphas.data[k],
    limit: stepLimit.data[k],
    diverged: diverged.data[k] === 1,
    divergedStep: divergedStep.data[k],
    gap: gap.data[gap.data.length - batches.data.length + k],
  }));
}

/** What a step of each batch costs in the unit of the axis, and its name. @param {Shown} shown */
export function axisOf(shown) {
  const batches = lanesOf(shown).map(({ batch }) => batch);
  switch (shown.state.view.axis) {
    case "epochs": {
      const terms = termsOf(shown);
      return {
        cost: batches.map((batch) => batch / terms),
        name: { label: "epochs" },
        unit: "epochs",
      };
    }
    case "evaluations":
      return {
        cost: batches,
        name: { label: "gradient evaluations" },
        unit: "evaluations",
      };
    default:
      return { cost: batches.map(() => 1), name: { label: "steps t" }, unit: "steps" };
  }
}

/** Whole steps and evaluations, parts of epochs. @param {number} cost */
export function formatCost(cost) {
  return Number.isInteger(cost) ? formatStep(cost) : format(cost);
}

/**
 * Where each batch first fell to the goal, on the axis in use; null if it has not.
 * @param {Shown} shown
 */
export function reachedAt(shown) {
  const { gap } = reports(shown);
  const [rows, columns] = gap.shape;
  const { cost, unit } = axisOf(shown);
  const values = cost.map((each, k) => {
    let step = 0;
    while (step < rows && gap.data[step * columns + k] > goal * gap.data[k]) {
      step += 1;
    }
    return step < rows ? step * each : null;
  });
  return { values, unit };
}
