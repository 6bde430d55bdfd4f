// Both sides of Lemmas 5 and 6 along a run of SGD: what the next step does to f on average.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { directLabels } from "../render/label.js";
import { line, rules } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { column } from "../render/path.js";
import { nearestIndex } from "../render/read-out.js";
import { errorBand } from "./ensemble.js";
import { greatest, least } from "./extremes.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

const leastSteps = 10;
const leastDecades = 1.5;

/** @param {Shown} shown @returns {Panel} */
export function descentPanel(shown) {
  return {
    id: "descent",
    label: "the expected change of f in the next step of SGD, with the bounds of Lemmas 5 and 6",
    grow: 1,
    aspect: 1.1,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/**
 * The unit of the axis is the least change that matters: a fifth of the median one.
 * @param {Float64Array[]} series
 */
function scaleOf(series) {
  const sizes = series
    .flatMap((values) => [...values])
    .map(Math.abs)
    .filter((size) => size > 0)
    .sort((a, b) => a - b);
  const median = sizes[Math.floor(sizes.length / 2)] ?? 1;
  return 10 ** Math.floor(Math.log10(median / 5));
}

/** @param {Float64Array[]} series @param {number} unit @returns {[number, number]} */
function domainOf(series, unit) {
  const low = Math.min(least(series), 0);
  const high = Math.max(greatest(series), 0);
  const room = unit * 10 ** leastDecades;
  return [1.6 * Math.min(low, -room), 1.6 * Math.max(high, room)];
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width } = surface;
  const { channels } = shown.reports.run;
  const change = channels.descentMeasured.data;
  const error = channels.descentStandardError.data;
  const [fifth, sixth] = [0, 1].map((k) => column(channels.descentBound.data, 2, k));
  const measured = {
    y: change,
    label: "E f(xₜ₊₁) − f(xₜ)",
    style: { ...theme.measured, width: 3 },
  };
  const bounds = [
    { y: fifth, label: "Lemma 5", style: theme.series[3] },
    { y: sixth, label: "Lemma 6", style: theme.bound },
  ];
  const height = withLegend(ctx, surface, [measured, ...bounds]);
  const all = [change, fifth, sixth];
  const unit = scaleOf(all);
  const place = frame({
    width,
    height,
    xDomain: [0, Math.max(leastSteps, shown.horizon)],
    yDomain: domainOf(all, unit),
    yScale: "symlog",
    unit,
  });
  const y = { label: "expected change of f in one step" };
  axes(ctx, place, { x: { label: "steps t" }, y }, theme);
  rules(ctx, place, { y: [0] }, { ...theme.bound, colour: theme.colours.text, width: 1, dash: [] });
  errorBand(ctx, place, { y: change, error }, theme.measured, 0.3);
  for (const each of [measured, ...bounds]) {
    line(ctx, place, each, each.style);
  }
  directLabels(ctx, place, [measured, ...bounds], theme);
  return {
    hover: (/** @type {number} */ px) => {
      const t = nearestIndex(place, measured, px);
      if (t < 0) {
        return "";
      }
      const estimated = error[t] > 0 ? ` ± ${format(error[t])}` : "";
      return [
        `step ${formatStep(t)}`,
        `E f(xₜ₊₁) − f(xₜ) = ${format(change[t])}${estimated}`,
        `Lemma 5: at most ${format(fifth[t])}`,
        `Lemma 6: at most ${format(sixth[t])}`,
      ].join("\n");
    },
  };
}
