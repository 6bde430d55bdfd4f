// What to predict before batches of several sizes are run.

import { format, formatStep } from "../render/numbers.js";
import { lanesOf, reachedAt, reports } from "./batch-size-runs.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */

/** Within this factor numbers of gradients count as equal. */
const alike = 2;

/** Steps and gradients until each batch was at 5 % of the start. @param {Shown} shown */
function spentBy(shown) {
  const { values } = reachedAt(shown);
  return lanesOf(shown)
    .map(({ batch }, k) => ({ batch, steps: values[k] ?? Number.NaN }))
    .map(({ batch, steps }) => ({ batch, steps, gradients: steps * batch }));
}

/** @type {import("../ui/scene.js").Question[]} */
export const questions = [
  {
    source: "Remark 9",
    text: "With steps in proportion to b, what does b = 64 save on the way down to 5 % of the start? Then why do we use mini-batches?",
    options: ["It saves gradients.", "No gradients; only steps.", "Neither: both are as many."],
    set: { scale: "linear", alpha: 0.005 },
    step: 800,
    verdict(shown) {
      const spent = spentBy(shown);
      const [first, last] = [spent[0], spent[spent.length - 1]];
      const savesGradients = first.gradients > alike * last.gradients;
      const savesSteps = first.steps > alike * last.steps;
      const list = spent
        .map(
          ({ batch, steps, gradients }) =>
            `b = ${batch} took ${formatStep(steps)} steps, ${formatStep(gradients)} gradients`,
        )
        .join("; ");
      return {
        answer: savesGradients ? 0 : savesSteps ? 1 : 2,
        text: `${list}. The gradients of one batch do not wait for each other: a machine that computes them together pays by the step.`,
      };
    },
  },
  {
    source: "Remark 10",
    text: "If the step may be b times as long for a batch of b: is that so for every b?",
    options: ["Yes, for every b.", "Only while the step is below about 2/L."],
    set: { scale: "linear", alpha: 0.02 },
    step: 60,
    verdict(shown) {
      const [smoothness] = reports(shown).constants.data;
      const lanes = lanesOf(shown);
      const lost = lanes.filter(({ diverged }) => diverged);
      const largest = Math.max(
        ...lanes.filter(({ diverged }) => !diverged).map(({ alpha }) => alpha),
      );
      const named = lost
        .map(
          ({ batch, alpha, divergedStep }) =>
            `b = ${batch} with α = ${format(alpha)} was lost after ${formatStep(divergedStep)} steps`,
        )
        .join("; ");
      return {
        answer: lost.length > 0 ? 1 : 0,
        text: `2/L = ${format(2 / smoothness)}. ${named || "None was lost"}; steps of up to ${format(largest)} held.`,
      };
    },
  },
];
