// The share of the runs in the widest valley, over the gradients that they cost.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { directLabels } from "../render/label.js";
import { line } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { scatter } from "../render/points.js";
import { nearestIndex } from "../render/read-out.js";
import { errorBand, forNames, rowsUpTo, sparse, withError } from "./ensemble.js";
import { raceLabel, targetInWords } from "./entropy-sgd-runs.js";
import { racers, withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

const leastGradients = 500;

/** @param {Shown} shown @returns {Panel} */
export function sharePanel(shown) {
  return {
    id: "share",
    label: `the share of the runs in ${targetInWords(shown)}, over gradients, for each method`,
    grow: 1.1,
    aspect: 1.2,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width } = surface;
  const series = racers(shown, theme, raceLabel).map(({ label, style, channels }) => {
    const rows = rowsUpTo(channels.basinFraction.data.length);
    /** @param {string} id */
    const at = (id) => Float64Array.from(rows, (row) => channels[id].data[row]);
    return {
      label,
      style,
      x: at("gradientEvaluations"),
      y: at("basinFraction"),
      error: at("basinFractionStandardError"),
    };
  });
  const height = withLegend(ctx, surface, [
    ...series.map(({ label, style }) => ({ label, style, kind: /** @type {const} */ ("path") })),
    { label: "± 2 standard errors", style: theme.measured, kind: /** @type {const} */ ("band") },
  ]);
  const last = Math.max(...series.map(({ x }) => x[x.length - 1]));
  const place = frame({
    width,
    height,
    xDomain: [0, Math.max(leastGradients, last)],
    yDomain: [0, 1.04],
  });
  axes(
    ctx,
    place,
    { x: { label: "gradients per run" }, y: { label: `share in ${targetInWords(shown)}` } },
    theme,
  );
  for (const each of series.toReversed()) {
    errorBand(ctx, place, each, each.style, 0.2, 2);
    line(ctx, place, each, each.style);
    scatter(ctx, place, sparse(each), each.style, { radius: 3 });
  }
  directLabels(ctx, place, series.map(forNames), theme);
  return {
    hover: (/** @type {number} */ px) => {
      const i = nearestIndex(place, series[0], px);
      if (i < 0) {
        return "";
      }
      return [
        `${formatStep(series[0].x[i])} gradients`,
        ...series
          .filter(({ y }) => i < y.length)
          .map(({ label, y, error }) => `${label}: ${withError(y[i], error[i])}`),
      ].join("\n");
    },
  };
}

/** @param {number} share */
export const percent = (share) => `${format(100 * share, 3)} %`;
