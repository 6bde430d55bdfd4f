// How often a run ends in the global well, against the steps that it may take: one line a schedule.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { directLabels } from "../render/label.js";
import { line, rules } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { scatter } from "../render/points.js";
import { nearestIndex } from "../render/read-out.js";
import { scheduleLabel } from "./annealing-runs.js";
import { errorBar, withError } from "./ensemble.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

const alwaysRaced = ["stagewise", "geometric", "quench", "constant"];
const errorsShown = 2;

/** The chosen schedule and those against it, each always in its own look.
 * @param {import("../state/url.js").SceneState} state */
export function racedSchedules({ parameters }) {
  return [...new Set([...alwaysRaced, String(parameters.schedule)])];
}

/** @param {string} schedule */
export const budgetKey = (schedule) => `budget ${schedule}`;

/** @param {Shown} shown @returns {Panel} */
export function budgetPanel(shown) {
  return {
    id: "budget",
    label: "share of the runs that end in the global well over the steps a run may take",
    grow: 1.2,
    aspect: 0.95,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/** Of a budget no stage can be told to wait until it has equilibrated: it gets its due share.
 * @param {Shown} shown @param {string} schedule */
function nameOf(shown, schedule) {
  return schedule === "stagewise" ? "as each stage needs" : scheduleLabel(shown, schedule);
}

/** @param {Shown} shown @param {import("../render/types.js").Theme} theme */
function runsOf(shown, theme) {
  return racedSchedules(shown.state).map((schedule, i) => {
    const { budgets, success, successStandardError, predictedSuccess, limit } =
      shown.reports[budgetKey(schedule)].channels;
    return {
      label: nameOf(shown, schedule),
      style: theme.series[i],
      budgets: budgets.data,
      x: budgets.data.slice(0, success.data.length),
      y: success.data,
      error: successStandardError.data,
      predicted: predictedSuccess.data,
      limit: limit.data[0],
    };
  });
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width } = surface;
  const runs = runsOf(shown, theme);
  const count = formatStep(Number(shown.state.parameters.replicates));
  const height = withLegend(ctx, surface, [
    { label: `of ${count} runs each:` },
    ...runs.map(({ label, style }) => ({
      label,
      style: { ...style, dash: [] },
      kind: /** @type {const} */ ("path"),
    })),
    { label: "two-well theory", style: theme.theory },
  ]);
  const { budgets } = runs[0];
  const place = frame({
    width,
    height,
    xDomain: [budgets[0] / 1.15, budgets[budgets.length - 1] * 1.15],
    yDomain: [0, 1.02],
    xScale: "log",
  });
  axes(
    ctx,
    place,
    { x: { label: "steps a run may take" }, y: { label: "share that ends in the global well" } },
    theme,
  );
  const limit = runs.find(({ label }) => label === nameOf(shown, "geometric"))?.limit ?? 1;
  rules(ctx, place, { y: [limit] }, { ...theme.bound, width: theme.widths.thin });
  for (const { budgets: all, predicted } of runs) {
    line(ctx, place, { x: all, y: predicted }, { ...theme.theory, width: 1.25 });
  }
  for (const { x, y, error, style } of runs) {
    line(ctx, place, { x, y }, { ...style, dash: [] });
    for (const [i, budget] of x.entries()) {
      const reach = errorsShown * error[i];
      errorBar(ctx, place, budget, [y[i] - reach, y[i] + reach], style);
    }
    scatter(ctx, place, { x, y }, style, { radius: 3.5 });
  }
  directLabels(
    ctx,
    place,
    runs.map(({ budgets: x, predicted, label, style }) => ({ x, y: predicted, label, style })),
    theme,
  );
  return { hover: (/** @type {number} */ px) => read(runs, place, px) };
}

/**
 * @param {ReturnType<typeof runsOf>} runs
 * @param {import("../render/frame.js").Frame} place
 * @param {number} px
 */
function read(runs, place, px) {
  const { budgets } = runs[0];
  const at = nearestIndex(place, { x: budgets, y: budgets }, px);
  const rows = runs.map(({ label, x, y, error, predicted }) => {
    const measured = at < x.length ? withError(y[at], error[at]) : "under way";
    return `${label}: ${measured} (theory ${format(predicted[at])})`;
  });
  return [`${formatStep(budgets[at])} steps`, ...rows].join("\n");
}

/** In words. @param {Shown} shown */
export function successInWords(shown) {
  const parts = racedSchedules(shown.state).map((schedule) => {
    const { success } = shown.reports[budgetKey(schedule)].channels;
    const last = success.data[success.data.length - 1];
    return last === undefined ? "" : `${nameOf(shown, schedule)} ${format(last)}`;
  });
  const known = parts.filter((part) => part !== "");
  return known.length > 0 ? `Success with the largest budget spent: ${known.join(", ")}.` : "";
}
