// How many steps equilibrium takes at each stage: across the barrier, and in a convex bowl.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { directLabels } from "../render/label.js";
import { line } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { scatter } from "../render/points.js";
import { nearestIndex } from "../render/read-out.js";
import { decadesAround, errorBar, withError } from "./ensemble.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Theme} Theme */

export const waitingKey = "waiting";
const errorsShown = 2;
// Steps beyond these cannot be waited for, and would flatten the rest.
const mostSteps = 1e9;

/** @param {Shown} shown @returns {Panel} */
export function waitingPanel(shown) {
  return {
    id: "waiting",
    label: "steps to cross the barrier, and to relax in a bowl, over 1/T, one point a stage",
    grow: 1.2,
    aspect: 0.95,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/** @param {Shown} shown */
function times(shown) {
  const { channels } = shown.reports[waitingKey];
  /** @param {string} id */
  const data = (id) => channels[id].data;
  return {
    beta: data("beta"),
    passage: data("passage"),
    passageError: data("passageStandardError"),
    arrived: data("arrived"),
    exact: data("exactPassage"),
    kramers: data("kramersPassage"),
    relaxation: data("relaxation"),
    relaxationError: data("relaxationStandardError"),
    predicted: data("predictedRelaxation"),
    stepSizes: data("stepSizes"),
  };
}

/**
 * The lines of the theory.
 * @param {ReturnType<typeof times>} all
 * @param {Theme} theme
 */
function theoryOf(all, theme) {
  const { beta, exact, kramers, predicted, stepSizes } = all;
  const thin = { ...theme.theory, width: 1.1, dash: [2, 2.5] };
  const atFirstPace = exact.map((steps, k) => (steps * stepSizes[k]) / stepSizes[0]);
  return [
    { label: "mean passage, exact", style: theme.theory, x: beta, y: exact },
    { label: "Kramers", style: theme.bound, x: beta, y: kramers },
    { label: "if α stayed at α₀", style: thin, x: beta, y: atFirstPace },
    { label: "bowl: 1/(αk)", style: theme.theory, x: beta, y: predicted },
  ].filter(({ y }) => y.length > 0);
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width } = surface;
  const all = times(shown);
  const theory = theoryOf(all, theme);
  const crosses = all.passage.length > 0;
  const height = withLegend(ctx, surface, [
    ...(crosses
      ? [{ label: "well to well", style: theme.measured, kind: /** @type {const} */ ("point") }]
      : []),
    { label: "convex bowl", style: theme.second, kind: "point" },
    { label: "theory", style: theme.theory },
    ...(crosses ? [{ label: "Kramers", style: theme.bound }] : []),
  ]);
  const { beta } = all;
  const [first, last] = [beta[0], beta[beta.length - 1]];
  const margin = 0.06 * (last - first || first);
  const seen = theory.map(({ y }) => y.filter((steps) => steps < mostSteps));
  const place = frame({
    width,
    height,
    xDomain: [first - margin, last + margin],
    yDomain: decadesAround(seen),
    yScale: "log",
  });
  axes(
    ctx,
    place,
    { x: { label: "1/T, one point a stage" }, y: { label: "steps to equilibrate" } },
    theme,
  );
  for (const each of theory) {
    line(ctx, place, each, each.style);
  }
  for (const [values, errors, style] of /** @type {const} */ ([
    [all.passage, all.passageError, theme.measured],
    [all.relaxation, all.relaxationError, theme.second],
  ])) {
    const known = [...values.keys()].filter((k) => values[k] > 0);
    for (const k of known) {
      const reach = errorsShown * errors[k];
      errorBar(ctx, place, beta[k], [values[k] - reach, values[k] + reach], style);
    }
    const points = { x: known.map((k) => beta[k]), y: known.map((k) => values[k]) };
    scatter(ctx, place, points, style, { radius: 4 });
  }
  directLabels(ctx, place, theory, theme);
  return {
    hover: (/** @type {number} */ px) => read(all, nearestIndex(place, { x: beta, y: beta }, px)),
  };
}

/**
 * @param {ReturnType<typeof times>} all
 * @param {number} k
 */
function read(all, k) {
  const { beta, stepSizes, passage, passageError, arrived, exact, kramers } = all;
  const rows = [`T = ${format(1 / beta[k])}, α = ${format(stepSizes[k])}`];
  if (passage.length > 0) {
    const share = arrived[k] < 1 ? `, ${format(100 * arrived[k])} % arrived` : "";
    const measured = passage[k] > 0 ? withError(passage[k], passageError[k]) : "none arrived yet";
    rows.push(`well to well: ${measured}${share}`);
    rows.push(
      `exact ${steps(exact[k])}${kramers.length > 0 ? `, Kramers ${steps(kramers[k])}` : ""}`,
    );
  }
  const relaxed =
    all.relaxation[k] > 0 ? withError(all.relaxation[k], all.relaxationError[k]) : "under way";
  rows.push(`bowl: ${relaxed}, theory ${format(all.predicted[k])}`);
  return rows.join("\n");
}

/** @param {number} value */
function steps(value) {
  return value < 1e5 ? formatStep(value) : format(value);
}

/** In words. @param {Shown} shown */
export function waitingInWords(shown) {
  const { passage, passageError, exact, relaxation, predicted } = times(shown);
  const k = relaxation.length - 1;
  const across =
    passage.length > 0 && passage[k] > 0
      ? `From well to well it takes ${withError(passage[k], passageError[k])} steps at the coldest stage (exact ${steps(exact[k])}). `
      : "";
  const bowl = relaxation[k] > 0 ? `${format(relaxation[k])} ` : "";
  return `${across}In the bowl it takes ${bowl}steps (theory ${format(predicted[k])}).`;
}
