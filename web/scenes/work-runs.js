// The gap over the work at one size, down to the target.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { directLabels } from "../render/label.js";
import { line, rules } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { nearestIndex } from "../render/read-out.js";
import { withLegend } from "./step-size-runs.js";
import { methods, run, sizeShown, styles } from "./work-methods.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

/** @param {Shown} shown @returns {Panel} */
export function runsPanel(shown) {
  return {
    id: "runs",
    label: `mean gap over the term gradients spent, at n = ${sizeShown(shown)}, with the target`,
    grow: 1,
    aspect: 1.2,
    paint: (ctx, surface) => paintRuns(ctx, surface, shown),
  };
}

/**
 * The trace of every method at the size shown.
 * @param {Shown} shown
 */
function traces(shown) {
  const { data, shape } = run(shown).channels.trace;
  const at = sizeShown(shown);
  const found = methods.map((label) => ({
    label,
    x: /** @type {number[]} */ ([]),
    y: /** @type {number[]} */ ([]),
  }));
  for (let i = 0; i < shape[0]; i += 1) {
    const [method, n, evaluations, gap] = data.subarray(4 * i, 4 * i + 4);
    if (n === at) {
      found[method].x.push(Math.max(1, evaluations));
      found[method].y.push(gap);
    }
  }
  return found;
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintRuns(ctx, surface, shown) {
  const { theme, width } = surface;
  const target = run(shown).channels.target.data[0];
  const looks = styles(theme);
  const all = traces(shown).map((trace, i) => ({ ...trace, style: looks[i] }));
  const lines = all.filter(({ x }) => x.length > 0);
  const height = withLegend(ctx, surface, [
    { label: `n = ${formatStep(sizeShown(shown))}:` },
    ...lines.map(({ label, style }) => ({ label, style })),
    { label: `target ε = ${format(target)}`, style: theme.bound },
  ]);
  const gaps = lines.flatMap(({ y }) => y).filter((gap) => gap > 0);
  const work = lines.flatMap(({ x }) => x);
  const place = frame({
    width,
    height,
    xDomain: [1, Math.max(1000, ...work) * 1.3],
    yDomain: [target / 4, Math.max(...gaps, 100 * target) * 1.6],
    xScale: "log",
    yScale: "log",
  });
  axes(ctx, place, { x: { label: "term gradients spent" }, y: { label: "mean of f − f*" } }, theme);
  rules(ctx, place, { y: [target] }, theme.bound);
  for (const series of lines) {
    line(ctx, place, series, series.style);
  }
  directLabels(ctx, place, lines, theme);
  return {
    hover: (/** @type {number} */ px) => {
      const spent = place.invert(px, 0)[0];
      const rows = lines
        .filter(({ x }) => spent <= x[x.length - 1] * 1.05)
        .map((series) => `${series.label}: ${format(series.y[nearestIndex(place, series, px)])}`);
      const head = `${formatStep(spent)} term gradients`;
      return rows.length > 0 ? [head, ...rows].join("\n") : "";
    },
  };
}
