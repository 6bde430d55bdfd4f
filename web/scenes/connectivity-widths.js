// Barriers and lengths over the width of the networks, means over the pairs.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { haloText } from "../render/label.js";
import { line, rules } from "../render/line.js";
import { format } from "../render/numbers.js";
import { scatter } from "../render/points.js";
import { meanInWords, rowsByWidth, widths } from "./connectivity-runs.js";
import { errorBar } from "./ensemble.js";
import { greatest, least } from "./extremes.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").SeriesStyle} SeriesStyle */
/** @typedef {import("../render/frame.js").Frame} Frame */
/** @typedef {ReturnType<typeof rowsByWidth>[number]} Row */
/** @typedef {"barrier" | "chordBarrier" | "lengthRatio"} Measure */

const xDomain = /** @type {[number, number]} */ ([1.5, 44]);
const guidePoints = 60;

/** @param {Shown} shown @returns {Panel} */
export function barrierPanel(shown) {
  return {
    id: "barriers",
    label: "the barrier along the path, found or not, and along the straight line, over the width",
    grow: 1.2,
    aspect: 1.2,
    paint: (ctx, surface) => paintBarriers(ctx, surface, shown),
  };
}

/** @param {Shown} shown @returns {Panel} */
export function lengthPanel(shown) {
  return {
    id: "lengths",
    label: "the length of the path over that of the straight line, over the width",
    grow: 1,
    aspect: 1.2,
    paint: (ctx, surface) => paintLengths(ctx, surface, shown),
  };
}

/**
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Row[]} rows
 * @param {Measure} measure
 * @param {SeriesStyle} style
 */
function series(ctx, place, rows, measure, style) {
  const x = rows.map(({ width }) => width);
  const y = rows.map((row) => row[measure].mean);
  line(ctx, place, { x, y }, style);
  rows.forEach((row, i) => {
    const { mean, error } = row[measure];
    if (error > 0) {
      errorBar(ctx, place, x[i], [mean - error, mean + error], style);
    }
  });
  scatter(ctx, place, { x, y }, style, { radius: 4 });
}

/** Where the bars end. @param {Row[]} rows @param {Measure[]} measures */
function highestOf(rows, measures) {
  return greatest(
    measures.map((measure) => rows.map((row) => row[measure].mean + barOf(row[measure]))),
  );
}

/** One pair alone gives no error. @param {{ error: number }} value */
const barOf = ({ error }) => (Number.isNaN(error) ? 0 : error);

/** The width from which quadratic units have no bad valley; none is known for ReLU. @param {Shown} shown */
function threshold({ state: { parameters } }) {
  return parameters.activation === "quadratic" ? [2 * Number(parameters.dimension)] : [];
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintBarriers(ctx, surface, shown) {
  const { theme, width } = surface;
  const rows = rowsByWidth(shown);
  const dimension = Number(shown.state.parameters.dimension);
  const isRelu = shown.state.parameters.activation === "relu";
  const height = withLegend(ctx, surface, [
    { label: "path, found or not", style: theme.measured, kind: "path" },
    { label: "straight line", style: theme.second, kind: "path" },
    ...(isRelu
      ? [
          {
            label: `∝ p^(−1/${dimension}), for the eye`,
            style: theme.theory,
          },
        ]
      : [{ label: "p = 2d", style: theme.bound }]),
    { label: "bars: ± 1 standard error; above: paths found" },
  ]);
  const place = frame({
    width,
    height,
    xDomain,
    yDomain: [0, Math.max(1e-6, 1.2 * highestOf(rows, ["barrier", "chordBarrier"]))],
    xScale: "log",
  });
  axes(
    ctx,
    place,
    {
      x: { label: "hidden units p" },
      y: { label: "barrier above the level" },
    },
    theme,
  );
  rules(ctx, place, { x: threshold(shown) }, theme.bound);
  if (isRelu && rows.length > 0) {
    line(ctx, place, guide(rows[0].barrier.mean, dimension), theme.theory);
  }
  series(ctx, place, rows, "chordBarrier", theme.second);
  series(ctx, place, rows, "barrier", theme.measured);
  paintCounts(ctx, place, rows, theme);
  return { hover: hoverOver(place, rows) };
}

/** Through the mean at the smallest width. @param {number} start @param {number} dimension */
function guide(start, dimension) {
  const x = Array.from(
    { length: guidePoints },
    (_, i) => widths[0] * (xDomain[1] / widths[0]) ** (i / (guidePoints - 1)),
  );
  return { x, y: x.map((p) => start * (p / widths[0]) ** (-1 / dimension)) };
}

/**
 * "3/5" above each width where there is room: how many pairs a path was found for.
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Row[]} rows
 * @param {import("../render/theme.js").Theme} theme
 */
function paintCounts(ctx, place, rows, theme) {
  ctx.save();
  ctx.font = theme.fonts.label;
  const pitch = place.x(widths[1]) - place.x(widths[0]);
  const fitting = rows.filter(
    ({ found, pairs }) => ctx.measureText(`${found}/${pairs}`).width + 4 < pitch,
  );
  for (const { width, found, pairs } of fitting) {
    haloText(ctx, `${found}/${pairs}`, place.x(width), place.plot.top + 14, theme, {
      align: "center",
      colour: theme.measured.colour,
    });
  }
  ctx.restore();
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintLengths(ctx, surface, shown) {
  const { theme, width } = surface;
  const rows = rowsByWidth(shown);
  const height = withLegend(ctx, surface, [
    { label: "path, found or not", style: theme.measured, kind: "path" },
    { label: "as short as can be", style: theme.bound },
  ]);
  const place = frame({
    width,
    height,
    xDomain,
    yDomain: [0.9, Math.max(1.5, 1.05 * highestOf(rows, ["lengthRatio"]))],
    xScale: "log",
  });
  axes(
    ctx,
    place,
    {
      x: { label: "hidden units p" },
      y: { label: "length / straight line" },
    },
    theme,
  );
  rules(ctx, place, { y: [1] }, theme.bound);
  rules(ctx, place, { x: threshold(shown) }, theme.bound);
  series(ctx, place, rows, "lengthRatio", theme.measured);
  return { hover: hoverOver(place, rows) };
}

/** @param {Frame} place @param {Row[]} rows */
function hoverOver(place, rows) {
  return (/** @type {number} */ px) => {
    const near = rows.toSorted(
      (a, b) => Math.abs(place.x(a.width) - px) - Math.abs(place.x(b.width) - px),
    )[0];
    return near ? inWords(near).join("\n") : "";
  };
}

/** @param {Row} row */
function inWords(row) {
  const { width, pairs, found, searched, walled, raised } = row;
  return [
    `p = ${width}: a path found for ${found} of ${pairs} pairs`,
    ...(searched < pairs ? [`${pairs - searched} still searching`] : []),
    ...(walled > 0 ? [`${walled} proven to have none at this level`] : []),
    ...(raised.length > 0
      ? [`${raised.length} measured from ${format(least([raised]))} or more, where training stops`]
      : []),
    `barrier ${meanInWords(row.barrier)}`,
    `on the straight line ${meanInWords(row.chordBarrier)}`,
    `length ${meanInWords(row.lengthRatio)}`,
  ];
}

/** @param {Shown} shown */
export function widthsInWords(shown) {
  return `${rowsByWidth(shown)
    .map((row) => inWords(row).join(", "))
    .join(". ")}.`;
}
