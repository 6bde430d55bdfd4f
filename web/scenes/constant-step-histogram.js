// How f - f* is spread over the replicates at the step shown, against the floor.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { histogram } from "../render/histogram.js";
import { directLabels } from "../render/label.js";
import { line } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { boundLostAt } from "./constant-step-gap.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

const leastDecades = 3;
const mostDecades = 6;

/** @param {Shown} shown @returns {Panel} */
export function histogramPanel(shown) {
  return {
    id: "histogram",
    label: "how f(x) − f* is spread over the runs at this step, with mean, bound and floor",
    grow: 1,
    aspect: 1.3,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/**
 * Upright lines: the mean, and what theory says of it.
 * @param {Shown} shown
 * @param {import("../render/theme.js").Theme} theme
 */
function marks(shown, theme) {
  const { channels } = shown.reports.run;
  const list = [{ value: channels.gap.data.at(-1), label: "mean", style: theme.measured }];
  if (channels.predictedExcess.data.length > 0) {
    const [excess] = channels.predictedExcess.data;
    list.push({ value: excess, label: "exact limit of the mean", style: theme.theory });
  }
  if (boundLostAt(shown) < 0) {
    const thin = { ...theme.bound, width: theme.widths.thin };
    list.push({ value: channels.bound.data.at(-1), label: "bound now", style: theme.bound });
    list.push({ value: channels.floor.data[0], label: "floor", style: thin });
  }
  return list.map((mark) => ({ ...mark, value: mark.value ?? 0 })).filter(({ value }) => value > 0);
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width } = surface;
  const { gapEdges, gapShare } = shown.reports.run.channels;
  const shares = gapShare.data.map((share) => 100 * share);
  const list = marks(shown, theme);
  const height = withLegend(ctx, surface, [
    { label: "runs", style: theme.measured, kind: "band" },
    ...list,
  ]);
  const top = 1.18 * Math.max(...shares);
  const place = frame({
    width,
    height,
    xDomain: domainOf(gapEdges.data, list),
    yDomain: [0, top],
    xScale: "log",
  });
  const x = { label: `f(x) − f* at step ${formatStep(shown.step)}` };
  axes(ctx, place, { x, y: { label: "runs per ⅛ decade", unit: "%" } }, theme);
  histogram(ctx, place, { edges: gapEdges.data, heights: shares }, theme.measured);
  const lines = list.map(({ value, label, style }) => {
    const y = Float64Array.from({ length: 20 }, (_, k) => (top * k) / 19);
    return { x: y.map(() => value), y, label, style };
  });
  for (const each of lines) {
    line(ctx, place, each, each.style);
  }
  directLabels(ctx, place, lines, theme);
  return {
    hover: (/** @type {number} */ px) => {
      const [value] = place.invert(px, 0);
      const bin = gapEdges.data.findLastIndex((edge) => edge <= value);
      return bin >= 0 && bin < shares.length
        ? `${format(gapEdges.data[bin])} to ${format(gapEdges.data[bin + 1])}\n${format(shares[bin])} % of the runs`
        : "";
    },
  };
}

/**
 * @param {Float64Array} edges
 * @param {{ value: number }[]} list
 * @returns {[number, number]}
 */
function domainOf(edges, list) {
  const values = [edges[0], edges[edges.length - 1], ...list.map(({ value }) => value)];
  const high = 10 ** Math.ceil(Math.log10(Math.max(...values)));
  const low = 10 ** Math.floor(Math.log10(Math.min(...values)));
  return [Math.max(Math.min(low, high / 10 ** leastDecades), high / 10 ** mostDecades), high];
}
