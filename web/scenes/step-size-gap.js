// f(x) - f* over the steps on a logarithmic axis, with what theory says of it.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { directLabels } from "../render/label.js";
import { line } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { nearestIndex } from "../render/read-out.js";
import { greatest, least } from "./extremes.js";
import { heightOf, leader, minimumIsKnown, racers, withShortLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

const leastSteps = 30;
const leastDecades = 6;
// Higher than this multiple of the start a run is not followed.
const divergence = 100;

/** @param {Shown} shown @returns {Panel} */
export function gapPanel(shown) {
  return {
    id: "gap",
    label: minimumIsKnown(shown)
      ? "f(x) − f* over the steps, on a logarithmic axis, with the rate that theory gives"
      : "f(x) over the steps",
    grow: 1,
    aspect: 1.3,
    paint: (ctx, surface) => paintGap(ctx, surface, shown),
  };
}

/**
 * From the highest start, or as far above it as a run grew before it counted as diverged, down to
 * the lowest value that is worth a decade, at least six decades apart.
 * @param {ReturnType<typeof racers>} runs
 * @returns {[number, number]}
 */
function gapDomain(runs) {
  const gaps = runs.flatMap(({ channels }) => [...channels.gap.data]);
  const start = Math.max(...runs.map(({ channels }) => channels.gap.data[0]), 1e-12);
  const top = 1.5 * Math.min(divergence * start, Math.max(...gaps, start));
  const roundingFloor = start * 1e-17;
  const positive = gaps.filter((gap) => gap > 0);
  const low = Math.max(roundingFloor, Math.min(...positive, start * 10 ** -leastDecades));
  return [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(top))];
}

/**
 * Of f itself, where there is no minimum to hold it against.
 * @param {Float64Array[]} series
 * @returns {[number, number]}
 */
function valueDomain(series) {
  const [low, high] = [least(series), greatest(series)];
  const margin = 0.05 * (high - low);
  return [low - margin, high + margin];
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintGap(ctx, surface, shown) {
  const { theme, width } = surface;
  const runs = racers(shown, theme);
  const { channels } = leader(shown);
  const holds = shown.reports.gd?.channels.theoryHolds.data[0] === 1;
  const rates = holds ? rateLines(shown, channels.constants.data, theme) : [];
  const known = minimumIsKnown(shown);
  const { atStep, of } = heightOf(shown);
  const measured = runs.map(({ label, style, channels }) => ({ y: of(channels), label, style }));
  const height = withShortLegend(ctx, surface, [...measured, ...rates], rates);
  const place = frame({
    width,
    height,
    xDomain: [0, Math.max(leastSteps, shown.horizon)],
    yDomain: known ? gapDomain(runs) : valueDomain(measured.map(({ y }) => y)),
    yScale: known ? "log" : "linear",
  });
  axes(ctx, place, { x: { label: "steps t" }, y: { label: atStep } }, theme);
  for (const rate of rates) {
    line(ctx, place, rate, rate.style);
  }
  for (const series of measured) {
    line(ctx, place, series, series.style);
  }
  directLabels(ctx, place, [...measured, ...rates], theme);
  return {
    hover: (/** @type {number} */ px) => {
      const t = nearestIndex(place, { y: of(channels) }, px);
      const rows = measured
        .filter(({ y }) => t < y.length)
        .map(({ label, y }) => `${label}: ${format(y[t])}`);
      return t < 0 ? "" : [`step ${formatStep(t)}`, ...rows].join("\n");
    },
  };
}

/**
 * Theory for gradient descent, carried on to the end of the axis.
 * @param {Shown} shown
 * @param {Float64Array} constants
 * @param {import("../render/theme.js").Theme} theme
 */
function rateLines(shown, constants, theme) {
  const { rate, bound } = shown.reports.gd.channels;
  const end = Math.max(leastSteps, shown.horizon);
  return [
    { y: continued(rate.data, end), label: "theory: worst case ρ²ᵗ", style: theme.theory },
    { y: continued(bound.data, end), label: "bound (1 − αm)ᵗ", style: theme.bound },
  ].filter(({ y }) => constants[1] > 0 && y.length > 1);
}

/**
 * A geometric sequence goes on as it ended.
 * @param {Float64Array} values
 * @param {number} end
 */
function continued(values, end) {
  const series = [...values];
  const last = series.length - 1;
  const ratio = last > 0 && series[last - 1] > 0 ? series[last] / series[last - 1] : 1;
  while (last > 0 && series.length <= end) {
    series.push(series[series.length - 1] * ratio);
  }
  return series;
}
