// Theorem 7 over the steps: the mean gap of the ensemble, its spread, what is exact and what is
// promised.

import { axes } from "../render/axes.js";
import { band } from "../render/band.js";
import { frame } from "../render/frame.js";
import { directLabels, labelPoint } from "../render/label.js";
import { line, rules } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { column } from "../render/path.js";
import { nearestIndex } from "../render/read-out.js";
import { errorBand, withError } from "./ensemble.js";
import { greatest, leastPositive } from "./extremes.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Series & { label: string,
 *   style: import("../render/types.js").SeriesStyle }} Line */

const leastSteps = 10;
// The lower quantiles of a law with mass near 0 would squeeze all else.
const spreadBelow = 1.6;
// What the notes claim is close to the mean, and has to be told from it.
const claimBelow = 0.4;
const fewDecades = 100;
const roundingFloor = 1e-17;

/** @param {Shown} shown @returns {Panel} */
export function gapPanel(shown) {
  return {
    id: "gap",
    label: "mean of f(x) − f* over the steps, on a logarithmic axis, with Theorem 7's bound",
    grow: 1.5,
    aspect: 1.1,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/** Steps for which Theorem 7 speaks. @param {Shown} shown */
function stepsUnderBound({ reports }) {
  const { boundHolds } = reports.run.channels;
  const lost = boundHolds.data.indexOf(0);
  return lost < 0 ? boundHolds.data.length : lost;
}

/** Where a live change broke the condition, or would at the next step; −1 if it holds.
 * @param {Shown} shown */
export function boundLostAt(shown) {
  const { boundHolds, conditionHolds } = shown.reports.run.channels;
  const steps = stepsUnderBound(shown);
  return steps === boundHolds.data.length && conditionHolds.data[0] === 1 ? -1 : steps - 1;
}

/** @param {Shown} shown @param {import("../render/theme.js").Theme} theme @returns {Line[]} */
function predictions({ reports, horizon }, theme) {
  const { predictedGap, predictedExcess } = reports.run.channels;
  if (predictedGap.data.length === 0) {
    return [];
  }
  const thin = { ...theme.theory, width: theme.widths.thin };
  const ends = [0, Math.max(leastSteps, horizon)];
  return [
    { y: predictedGap.data, label: "theory: exact mean", style: theme.theory },
    ...[...predictedExcess.data].map((excess) => {
      return { x: ends, y: [excess, excess], label: "its limit", style: thin };
    }),
  ];
}

/** @param {Shown} shown */
function showsNotes({ state }) {
  return state.view.exponent === "notes";
}

/** @param {Shown} shown @param {import("../render/theme.js").Theme} theme @returns {Line[]} */
function bounds(shown, theme) {
  const { bound, floors } = shown.reports.run.channels;
  const steps = stepsUnderBound(shown);
  if (boundLostAt(shown) === 0) {
    return [];
  }
  const thin = { ...theme.bound, width: theme.widths.thin };
  /** @type {Line[]} */
  const list = [
    { y: bound.data.slice(0, steps), label: "bound of Theorem 7", style: theme.bound },
    { y: floors.data.slice(0, steps), label: "floor αLσ₀/(2m)", style: thin },
  ];
  if (showsNotes(shown) && steps > 1) {
    // After t + 1 updates the notes allow what is right after t.
    const x = Float64Array.from({ length: steps - 1 }, (_, t) => t + 1);
    const y = bound.data.slice(0, steps - 1);
    list.push({ x, y, label: "the notes’ exponent t", style: theme.series[2] });
  }
  return list;
}

/**
 * Whole decades about what is drawn, where there are several.
 * @param {ArrayLike<number>} mean
 * @param {Line[]} lines
 * @param {Float64Array} upper
 * @param {number} decadesBelow the least mean
 * @returns {[number, number]}
 */
function domainOf(mean, lines, upper, decadesBelow) {
  const top = Math.max(greatest([mean, upper, ...lines.map(({ y }) => y)]), 1e-12);
  const low = Math.min(leastPositive([mean]), top);
  const bottom = Math.max(low / 10 ** decadesBelow, top * roundingFloor);
  return top < fewDecades * bottom
    ? [bottom, 1.2 * top]
    : [10 ** Math.floor(Math.log10(bottom)), 10 ** Math.ceil(Math.log10(1.2 * top))];
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width } = surface;
  const { channels } = shown.reports.run;
  const mean = channels.gap.data;
  const error = channels.gapStandardError.data;
  const quantiles = [0, 1, 3, 4].map((k) => column(channels.quantiles.data, 5, k));
  const measured = { y: mean, label: "mean of f − f*", style: theme.measured };
  const lines = [...predictions(shown, theme), ...bounds(shown, theme)];
  const bandStyle = { ...theme.measured, width: 0 };
  const height = withLegend(ctx, surface, [
    measured,
    { label: "± 1 standard error", style: measured.style, kind: "band" },
    { label: "5, 25, 75, 95 % of the runs", style: bandStyle, kind: "band" },
    ...lines,
  ]);
  const place = frame({
    width,
    height,
    xDomain: [0, Math.max(leastSteps, shown.horizon)],
    yDomain: domainOf(mean, lines, quantiles[3], showsNotes(shown) ? claimBelow : spreadBelow),
    yScale: "log",
  });
  axes(ctx, place, { x: { label: "steps t" }, y: { label: "f(xₜ) − f*" } }, theme);
  band(ctx, place, { lower: quantiles[0], upper: quantiles[3] }, bandStyle, 0.1);
  band(ctx, place, { lower: quantiles[1], upper: quantiles[2] }, bandStyle, 0.13);
  errorBand(ctx, place, { y: mean, error }, bandStyle, 0.4);
  line(ctx, place, measured, measured.style);
  for (const each of lines) {
    line(ctx, place, each, each.style);
  }
  /** @type {import("../render/types.js").Box[]} */
  const taken = [];
  drawLoss(ctx, place, surface, shown, taken);
  directLabels(ctx, place, [measured, ...lines], theme, taken);
  return { hover: (/** @type {number} */ px) => readOut(shown, nearestIndex(place, measured, px)) };
}

/**
 * Where the theorem falls silent, and why.
 * @param {DrawContext} ctx
 * @param {import("../render/frame.js").Frame} place
 * @param {Surface} surface
 * @param {Shown} shown
 * @param {import("../render/types.js").Box[]} taken
 */
function drawLoss(ctx, place, { theme }, shown, taken) {
  const step = boundLostAt(shown);
  if (step < 0) {
    return;
  }
  const [, strongConvexity] = shown.reports.run.channels.constants.data;
  const reason =
    shown.state.parameters.method !== "sgd"
      ? "not plain SGD"
      : strongConvexity > 0
        ? "α > 1/(Lσ)"
        : "m = 0";
  rules(ctx, place, { x: [step] }, { ...theme.bound, width: theme.widths.thin });
  labelPoint(ctx, place, `no bound: ${reason}`, place.x(step), place.plot.top + 12, theme, {
    colour: theme.colours.theory,
    taken,
  });
}

/** @param {Shown} shown @param {number} t */
function readOut(shown, t) {
  const { channels } = shown.reports.run;
  if (t < 0) {
    return "";
  }
  const [mean, error] = [channels.gap.data[t], channels.gapStandardError.data[t]];
  const rows = [`step ${formatStep(t)}`, `mean ${withError(mean, error)}`];
  if (channels.predictedGap.data.length > t) {
    rows.push(`exact ${format(channels.predictedGap.data[t])}`);
  }
  if (t < stepsUnderBound(shown)) {
    rows.push(`bound ${format(channels.bound.data[t])}`);
    rows.push(`floor ${format(channels.floors.data[t])}`);
  }
  return rows.join("\n");
}
