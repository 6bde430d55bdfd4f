// Evaluations to the target over n, both axes logarithmic: measured, by theory, and the crossover.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { directLabels, haloText } from "../render/label.js";
import { line, rules } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { crosses, handle, scatter } from "../render/points.js";
import { nearestIndex } from "../render/read-out.js";
import { withLegend } from "./step-size-runs.js";
import {
  cells,
  methods,
  ruleHolds,
  run,
  sizeShown,
  spent,
  styles,
  theories,
} from "./work-methods.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("./work-methods.js").Cell} Cell */

// Beyond the largest number shown, so that the arrows of what did not arrive have a place.
const roomAbove = 5;
const arrowLength = 13;

/** @param {Shown} shown @returns {Panel} */
export function sizesPanel(shown) {
  return {
    id: "sizes",
    label: "term gradients to the target over the number of terms n, both axes logarithmic",
    hint: "Click a size to see its runs; arrow keys go to the next one.",
    grow: 1.2,
    aspect: 1.25,
    paint: (ctx, surface) => paintSizes(ctx, surface, shown),
  };
}

/** @param {Cell[][]} table @param {number} budget @returns {[number, number]} */
function workDomain(table, budget) {
  const all = table.flat();
  const values = all
    .flatMap(({ evaluations, predicted }) => [evaluations, predicted])
    .filter((value) => value > 0 && Number.isFinite(value));
  const beyond = all.some(({ state }) => state === "beyond");
  const high = beyond ? budget : Math.max(...values, 1000);
  return [Math.min(...values, 100) / 1.5, high * roomAbove];
}

/** @param {ArrayLike<number>} sizes @returns {[number, number]} */
function sizeDomain(sizes) {
  const [low, high] = [sizes[0], sizes[sizes.length - 1]];
  return [low / 1.4, high * 1.4];
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintSizes(ctx, surface, shown) {
  const { theme, width } = surface;
  const { channels } = run(shown);
  const sizes = channels.n.data;
  const budget = channels.budget.data[0];
  const looks = styles(theme);
  const table = methods.map((_, method) => cells(shown, method));
  const height = withLegend(ctx, surface, [
    ...methods.map((label, i) => ({
      label,
      style: { ...looks[i], dash: [] },
      kind: /** @type {const} */ ("path"),
    })),
    { label: "theory", style: theme.theory },
    ...(ruleHolds(shown) ? [{ label: "n* with 1/ε = n* log 1/ε", style: theme.bound }] : []),
  ]);
  const place = frame({
    width,
    height,
    xDomain: sizeDomain(sizes),
    yDomain: workDomain(table, budget),
    xScale: "log",
    yScale: "log",
  });
  axes(
    ctx,
    place,
    { x: { label: "terms n" }, y: { label: `term gradients to reach f − f* ≤ ε` } },
    theme,
  );
  const crossover = channels.crossoverSize.data[0];
  const predictions = table.map((row, i) => ({
    ...predictedPoints(row),
    label: theories[i],
    style: theme.theory,
  }));
  for (const prediction of predictions) {
    line(ctx, place, prediction, theme.theory);
    if (sizes.length === 1) {
      crosses(ctx, place, prediction, theme.theory);
    }
  }
  for (const [method, row] of table.entries()) {
    paintMeasured(ctx, place, row, looks[method], budget, theme);
  }
  /** @type {import("../render/types.js").Box[]} */
  const taken = [];
  if (ruleHolds(shown)) {
    rules(ctx, place, { x: [crossover] }, theme.bound);
    taken.push(...nameSides(ctx, place, crossover, theme));
  }
  const lines = table.map((row, i) => ({
    ...measuredPoints(row),
    label: methods[i],
    style: looks[i],
  }));
  directLabels(ctx, place, [...lines, ...predictions], theme, taken);
  const at = sizeShown(shown);
  const picked = { x: at, y: place.yDomain[0], label: `n = ${formatStep(at)}` };
  handle(ctx, place, picked, theme, { taken });
  return {
    hover: (/** @type {number} */ px) => readSize(shown, sizes, table, place, px),
    place: (/** @type {number} */ px) => ({ at: sizes[nearest(sizes, place, px)] }),
    nudge: (/** @type {number} */ right, /** @type {number} */ up) => {
      const i = sizes.indexOf(at) + Math.sign(right || up);
      return { at: sizes[Math.max(0, Math.min(sizes.length - 1, i))] };
    },
  };
}

/**
 * @param {DrawContext} ctx
 * @param {import("../render/frame.js").Frame} place
 * @param {Cell[]} row
 * @param {import("../render/types.js").SeriesStyle} style
 * @param {number} budget
 * @param {import("../render/theme.js").Theme} theme
 */
function paintMeasured(ctx, place, row, style, budget, theme) {
  const known = row.filter(isPoint);
  const points = measuredPoints(row);
  line(ctx, place, points, { ...style, dash: [] });
  scatter(ctx, place, points, style, { radius: 4 });
  for (const { n, evaluations, error } of known) {
    const ends = { x: [n, n], y: [Math.max(1, evaluations - error), evaluations + error] };
    line(ctx, place, ends, { ...style, dash: [], width: 1.25 });
  }
  for (const { n } of row.filter(({ state }) => state === "beyond")) {
    arrowUp(ctx, place.x(n), place.y(budget), style);
    ctx.font = theme.fonts.label;
    haloText(ctx, ">", place.x(n) + 7, place.y(budget) - 3, theme, { colour: style.colour });
  }
}

/** @param {Cell} cell */
const isPoint = ({ state, evaluations }) => state === "known" && evaluations > 0;

/** @param {Cell[]} row */
function measuredPoints(row) {
  const known = row.filter(isPoint);
  return { x: known.map(({ n }) => n), y: known.map(({ evaluations }) => evaluations) };
}

/** @param {Cell[]} row */
function predictedPoints(row) {
  const known = row.filter(({ predicted }) => predicted > 0 && Number.isFinite(predicted));
  return { x: known.map(({ n }) => n), y: known.map(({ predicted }) => predicted) };
}

/**
 * More than this: not a point on the line.
 * @param {DrawContext} ctx @param {number} x @param {number} y
 * @param {import("../render/types.js").SeriesStyle} style
 */
function arrowUp(ctx, x, y, style) {
  ctx.save();
  ctx.strokeStyle = style.colour;
  ctx.lineWidth = 1.75;
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(x - 5, y);
  ctx.lineTo(x + 5, y);
  ctx.moveTo(x, y);
  ctx.lineTo(x, y - arrowLength);
  ctx.moveTo(x - 4, y - arrowLength + 5);
  ctx.lineTo(x, y - arrowLength);
  ctx.lineTo(x + 4, y - arrowLength + 5);
  ctx.stroke();
  ctx.restore();
}

/**
 * @param {DrawContext} ctx
 * @param {import("../render/frame.js").Frame} place
 * @param {number} crossover
 * @param {import("../render/theme.js").Theme} theme
 */
function nameSides(ctx, place, crossover, theme) {
  const { plot } = place;
  const x = Math.max(plot.left, Math.min(plot.right, place.x(crossover)));
  const baseline = plot.top + 12;
  /** @type {import("../render/types.js").Box[]} */
  const taken = [];
  ctx.save();
  ctx.font = theme.fonts.label;
  for (const [text, align, room] of /** @type {[string, "left" | "right", number][]} */ ([
    ["rule: GD", "right", x - plot.left],
    ["rule: SGD", "left", plot.right - x],
  ])) {
    const wide = ctx.measureText(text).width + 12;
    if (room >= wide) {
      const left = align === "right" ? x - wide : x;
      haloText(ctx, text, align === "right" ? x - 6 : x + 6, baseline, theme, {
        colour: theme.colours.muted,
        align,
      });
      taken.push({ left, right: left + wide, top: plot.top, bottom: baseline + 4 });
    }
  }
  ctx.restore();
  return taken;
}

/**
 * @param {Float64Array} sizes
 * @param {import("../render/frame.js").Frame} place
 * @param {number} px
 */
function nearest(sizes, place, px) {
  return Math.max(0, nearestIndex(place, { x: sizes, y: sizes }, px));
}

/**
 * @param {Shown} shown
 * @param {Float64Array} sizes
 * @param {Cell[][]} table
 * @param {import("../render/frame.js").Frame} place
 * @param {number} px
 */
function readSize(shown, sizes, table, place, px) {
  const i = nearest(sizes, place, px);
  const budget = run(shown).channels.budget.data[0];
  const rows = methods.map((label, method) => {
    const cell = table[method][i];
    const error = cell.state === "known" && cell.error > 0 ? ` ± ${format(cell.error, 2)}` : "";
    const theory =
      cell.state !== "pending" && Number.isFinite(cell.predicted)
        ? ` (theory ${formatStep(cell.predicted)})`
        : "";
    return `${label}: ${spent(cell, budget, formatStep)}${error}${theory}`;
  });
  return [`n = ${formatStep(sizes[i])}`, ...rows].join("\n");
}
