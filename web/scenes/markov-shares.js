// The law of the chain on the grid: shares of many chains, the matrix's power, the stationary law;
// and how fast the powers reach it.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { histogram } from "../render/histogram.js";
import { directLabels } from "../render/label.js";
import { line, rules } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { scatter } from "../render/points.js";
import { nearestIndex } from "../render/read-out.js";
import { forNames } from "./ensemble.js";
import { greatest } from "./extremes.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {Record<string, import("../lab.js").Channel>} Channels */

// So that the dot of the step shown is whole.
const roomBeyond = 1.05;
const leastSteps = 20;
const leastDistance = 1e-6;
// The law of the first steps stands in few cells: its bars are cut at this multiple of the last law's.
const tallest = 2.2;

/** @param {Shown} shown @returns {Panel} */
export function sharesPanel(shown) {
  return {
    id: "shares",
    label: "the share of the chains in each cell, the matrix’s prediction and the stationary law",
    grow: 1.15,
    aspect: 1.2,
    paint: (ctx, surface) => paintShares(ctx, surface, shown),
  };
}

/** @param {Shown} shown @returns {Panel} */
export function distancePanel(shown) {
  return {
    id: "distance",
    label: "the distance of the law from the stationary one over the steps",
    grow: 0.85,
    aspect: 1.2,
    paint: (ctx, surface) => paintDistance(ctx, surface, shown),
  };
}

/** @param {ArrayLike<number>} shares */
function perCent(shares) {
  return Float64Array.from(shares, (share) => 100 * share);
}

/** Edges of the cells. @param {Channels} channels */
function edgesOf({ grid, window }) {
  const count = grid.data.length;
  const [low, high] = window.data;
  return Float64Array.from({ length: count + 1 }, (_, i) => low + ((high - low) * i) / count);
}

/** Shares as the line along the tops of their cells.
 * @param {Float64Array} edges @param {Float64Array} heights */
function tops(edges, heights) {
  const x = new Float64Array(2 * heights.length);
  const y = new Float64Array(2 * heights.length);
  heights.forEach((height, i) => {
    x.set([edges[i], edges[i + 1]], 2 * i);
    y.set([height, height], 2 * i);
  });
  return { x, y };
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintShares(ctx, surface, shown) {
  const { theme, width } = surface;
  const { channels } = shown.reports.run;
  const { shares, modelShares, law, stationary, window } = channels;
  const exact = law.data.length > 0;
  const height = withLegend(ctx, surface, [
    {
      label: `${formatStep(Number(shown.state.parameters.replicates))} chains`,
      style: theme.measured,
      kind: "band",
    },
    ...(exact ? [{ label: "start · Pᵗ", style: theme.theory }] : []),
    ...(exact ? [{ label: "stationary π", style: theme.bound }] : []),
    { label: "model (3)", style: theme.second },
  ]);
  const edges = edgesOf(channels);
  const bars = perCent(shares.data);
  const limit = perCent(stationary.data);
  const model = perCent(modelShares.data);
  const settled = exact ? greatest([limit]) : greatest([bars]);
  const top = Math.min(1.15 * greatest([bars, limit, model]), tallest * settled);
  const [low, high] = window.data;
  const place = frame({ width, height, xDomain: [low, high], yDomain: [0, top] });
  const y = { label: `chains in a cell after ${formatStep(shown.step)} steps`, unit: "%" };
  axes(ctx, place, { x: { label: "x" }, y }, theme);
  histogram(ctx, place, { edges, heights: bars }, theme.measured, 0.45);
  line(ctx, place, tops(edges, model), { ...theme.second, dash: [], width: 1.25 });
  if (exact) {
    line(ctx, place, tops(edges, limit), { ...theme.bound, width: 1.5 });
    line(ctx, place, tops(edges, perCent(law.data)), theme.theory);
  }
  return {
    hover: (/** @type {number} */ px) => {
      const [x] = place.invert(px, 0);
      const cell = Math.floor((bars.length * (x - low)) / (high - low));
      return cell < 0 || cell >= bars.length
        ? ""
        : [
            `cell at ${format(channels.grid.data[cell])}`,
            `chains ${format(bars[cell])} %, model ${format(model[cell])} %`,
            ...(exact ? [`Pᵗ ${format(100 * law.data[cell])} %, π ${format(limit[cell])} %`] : []),
          ].join("\n");
    },
  };
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintDistance(ctx, surface, shown) {
  const { theme, width } = surface;
  const { totalVariation, secondEigenvalue, sharesDistance } = shown.reports.run.channels;
  const distance = totalVariation.data;
  const rate = secondEigenvalue.data[0] ?? 0;
  const height = withLegend(ctx, surface, [
    { label: "Pᵗ from π", style: theme.theory },
    { label: "|λ₂|ᵗ", style: theme.bound },
    { label: "chains from Pᵗ, now", style: theme.measured, kind: "point" },
  ]);
  const steps = Math.max(leastSteps, distance.length - 1);
  const x = Float64Array.from({ length: steps + 1 }, (_, t) => t);
  const last = distance[distance.length - 1] ?? 1;
  const [measured = 1, byChance = 1] = sharesDistance.data;
  const lowest = Math.min(1e-2, last / 2, measured / 2, byChance / 2);
  const bottom = Math.max(leastDistance, lowest);
  const place = frame({
    width,
    height,
    xDomain: [0, roomBeyond * steps],
    yDomain: [10 ** Math.floor(Math.log10(bottom)), 1.3],
    yScale: "log",
  });
  axes(ctx, place, { x: { label: "steps t" }, y: { label: "total variation" } }, theme);
  if (distance.length === 0) {
    return {};
  }
  const powers = { x, y: x.map((t) => rate ** t), label: "|λ₂|ᵗ", style: theme.bound };
  const exact = { y: distance, label: "Pᵗ from π", style: theme.theory };
  line(ctx, place, powers, theme.bound);
  line(ctx, place, exact, theme.theory);
  rules(ctx, place, { y: [byChance] }, { ...theme.measured, dash: [2, 3], width: 1 });
  scatter(ctx, place, { x: [distance.length - 1], y: [measured] }, theme.measured, { radius: 4 });
  const chance = { x: [0.5 * steps, steps], y: [byChance, byChance] };
  const chanceName = { ...chance, label: "chance alone", style: theme.measured };
  directLabels(ctx, place, [forNames(powers), forNames(exact), chanceName], theme);
  return {
    hover: (/** @type {number} */ px) => {
      const t = nearestIndex(place, { y: distance }, px);
      return t < 0
        ? ""
        : [
            `step ${formatStep(t)}`,
            `Pᵗ from π: ${format(distance[t])}`,
            `|λ₂|ᵗ = ${format(rate ** t)}`,
            `now the chains are ${format(measured)} from Pᵗ, ${format(byChance)} by chance`,
          ].join("\n");
    },
  };
}
