// How many weight vectors err on how many patterns, and what is expected of random patterns.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { histogram } from "../render/histogram.js";
import { line } from "../render/line.js";
import { format } from "../render/numbers.js";
import { barsOf, runOf } from "./perceptron-runs.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

/** @param {Shown} shown @returns {Panel} */
export function energyPanel(shown) {
  return {
    id: "energies",
    label: "the number of weight vectors by their number of errors, on a logarithmic axis",
    grow: 1,
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
  const { energyHistogram, expectedHistogram, done } = runOf(shown).channels;
  const share = done.data[0] / done.data[1];
  const expected = expectedHistogram.data.map((count) => share * count);
  const turned = expected.map((count, e) => (count + expected[expected.length - 1 - e]) / 2);
  const height = withLegend(ctx, surface, [
    { label: "weight vectors gone through", style: theme.measured, kind: "band" },
    { label: "expected over random patterns", style: theme.theory },
  ]);
  const n = energyHistogram.data.length - 1;
  const top = Math.max(...energyHistogram.data, ...turned, 10);
  const place = frame({
    width,
    height,
    xDomain: [-0.6, n + 0.6],
    yDomain: [0.5, 2 * top],
    yScale: "log",
  });
  axes(ctx, place, { x: { label: "errors E" }, y: { label: "weight vectors" } }, theme);
  histogram(ctx, place, barsOf(energyHistogram.data), theme.measured);
  if (share > 0) {
    const x = Array.from(turned, (_, e) => e);
    line(ctx, place, { x, y: share < 1 ? turned : expected }, theme.theory);
  }
  return {
    hover: (/** @type {number} */ px) => {
      const e = Math.round(place.invert(px, 0)[0]);
      return e >= 0 && e <= n
        ? [
            `E = ${e}: ${format(energyHistogram.data[e])} weight vectors`,
            `as many with E = ${n - e}: their opposites`,
            `expected ${format(share < 1 ? turned[e] : expected[e])}`,
          ].join("\n")
        : "";
    },
  };
}
