// The shape of a step's law beside that of its Gaussian model, in deviations.

import { axes } from "../render/axes.js";
import { curve } from "../render/curve.js";
import { frame } from "../render/frame.js";
import { histogram } from "../render/histogram.js";
import { haloText } from "../render/label.js";
import { line } from "../render/line.js";
import { format } from "../render/numbers.js";
import { withError } from "./ensemble.js";
import { isOnLine, modelName } from "./markov-runs.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Theme} Theme */
/** @typedef {import("../render/frame.js").Frame} Frame */
/** @typedef {Record<string, import("../lab.js").Channel>} Channels */

const reach = 4.2;
const bellPeak = 1 / Math.sqrt(2 * Math.PI);
// Bars taller than this are cut, and told.
const top = 2.6 * bellPeak;
const leastApart = 30;
// A panel in which numbers would push the picture out; the read-out has them too.
const narrow = 230;

/** @param {Shown} shown @returns {Panel} */
export function lawPanel(shown) {
  return {
    id: "law",
    label: "the law of the next point along its widest direction, beside the Gaussian model’s",
    grow: 1,
    aspect: 1.15,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/** Skewness and excess kurtosis, measured and exact. @param {Channels} channels @returns {string[]} */
export function shapeInWords({ shape, shapeStandardError, predictedShape }) {
  return ["skewness", "excess kurtosis"].flatMap((name, k) =>
    shape.data.length > k
      ? `${name} ${withError(shape.data[k], shapeStandardError.data[k])} (exact ${format(predictedShape.data[k])})`
      : [],
  );
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width } = surface;
  const { channels } = shown.reports.run;
  const height = withLegend(ctx, surface, [
    { label: "SGD", style: theme.measured, kind: "band" },
    { label: modelName(shown), style: theme.second },
    { label: "bell N(0, 1)", style: theme.theory },
    ...(width < narrow ? [] : shapeInWords(channels).map((label) => ({ label }))),
  ]);
  const place = frame({ width, height, xDomain: [-reach, reach], yDomain: [0, top] });
  const where = isOnLine(shown.state) ? " from x − α∇f" : " along the ellipse";
  const x = { label: `xₜ₊₁${width < narrow ? "" : where}`, unit: "deviations" };
  axes(ctx, place, { x, y: { label: "density" } }, theme);
  const { density, modelDensity, densityEdges } = channels;
  const bars = { edges: densityEdges.data, heights: density.data };
  histogram(ctx, place, bars, theme.measured, 0.5);
  line(ctx, place, outline({ ...bars, heights: modelDensity.data }), {
    ...theme.second,
    dash: [],
    width: 1.25,
  });
  curve(ctx, place, (u) => bellPeak * Math.exp((-u * u) / 2), theme.theory);
  tellCut(ctx, place, bars, theme);
  return {
    hover: (/** @type {number} */ px) => {
      const [u] = place.invert(px, 0);
      const bin = densityEdges.data.findLastIndex((edge) => edge <= u);
      if (bin < 0 || bin >= density.data.length) {
        return "";
      }
      const binWidth = densityEdges.data[bin + 1] - densityEdges.data[bin];
      const share = (/** @type {Float64Array} */ data) => format(100 * data[bin] * binWidth);
      return [
        `${format(u)} deviations`,
        `SGD ${share(density.data)} %, model ${share(modelDensity.data)} % a bar`,
        ...shapeInWords(channels),
      ].join("\n");
    },
  };
}

/** The upper edge of bars as a line. @param {{ edges: Float64Array, heights: Float64Array }} bars */
function outline({ edges, heights }) {
  const x = new Float64Array(2 * heights.length);
  const y = new Float64Array(2 * heights.length);
  for (const [i, height] of heights.entries()) {
    x[2 * i] = edges[i];
    x[2 * i + 1] = edges[i + 1];
    y[2 * i] = height;
    y[2 * i + 1] = height;
  }
  return { x, y };
}

/**
 * What a bar that is cut off holds.
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {{ edges: Float64Array, heights: Float64Array }} bars
 * @param {Theme} theme
 */
function tellCut(ctx, place, { edges, heights }, theme) {
  const cut = [...heights.keys()]
    .filter((i) => heights[i] > top && Math.abs(edges[i]) < reach)
    .map((i) => ({
      share: 100 * heights[i] * (edges[i + 1] - edges[i]),
      middle: Number(place.x((edges[i] + edges[i + 1]) / 2)),
    }));
  if (cut.some(({ middle }, k) => k > 0 && middle - cut[k - 1].middle < leastApart)) {
    return; // side by side they would cover one another, and the axis tells as much
  }
  ctx.save();
  ctx.font = theme.fonts.tick;
  for (const { share, middle } of cut) {
    haloText(ctx, `${share.toFixed(0)} %`, middle, place.plot.top + 11, theme, {
      align: "center",
      colour: theme.measured.colour,
    });
  }
  ctx.restore();
}
