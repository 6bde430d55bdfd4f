// The two sums of every schedule as they grow: how far its steps can carry, and how much noise they
// let in.

import { axes } from "../render/axes.js";
import { axisMargins, frame } from "../render/frame.js";
import { directLabels } from "../render/label.js";
import { line } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { iterateDomain } from "./decaying-step-gap.js";
import { overIterates, racers } from "./decaying-step-runs.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

const sums = [
  { column: 0, label: "Σα: how far it can still go", share: 0.5 },
  { column: 1, label: "Σα²: how much noise it lets in", share: 0.5 },
];
const upperMargins = { ...axisMargins, bottom: 20 };

/** @param {Shown} shown @returns {Panel} */
export function sumsPanel(shown) {
  return {
    id: "sums",
    label: "the sums of α and of α² over the iterates, one line a schedule",
    grow: 0.85,
    aspect: 0.9,
    paint: (ctx, surface) => paintSums(ctx, surface, shown),
  };
}

/** @param {{ x: number[], y: number[] }[]} lines @returns {[number, number]} */
function domainOf(lines) {
  const values = lines.flatMap(({ y }) => y).filter((value) => value > 0);
  const low = Math.min(...values, 1);
  const high = Math.max(...values, 10 * low);
  return [low / 1.3, high * 1.6];
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintSums(ctx, surface, shown) {
  const { theme, width } = surface;
  const runs = racers(shown, theme);
  const height = withLegend(
    ctx,
    surface,
    runs.map(({ label, style }) => ({ label, style })),
  );
  const half = height / 2;
  for (const [i, { column, label }] of sums.entries()) {
    const lines = runs.map(({ channels, style, label: name }) => ({
      ...overIterates(channels.sums, column),
      style,
      label: name,
    }));
    const place = frame({
      width,
      height: i === 0 ? half : height,
      xDomain: iterateDomain(shown),
      yDomain: domainOf(lines),
      xScale: "log",
      yScale: "log",
      margins: i === 0 ? upperMargins : { ...axisMargins, top: half + axisMargins.top },
    });
    axes(
      ctx,
      place,
      { x: { label: i === 0 ? "" : "iterate t, the start is 1" }, y: { label } },
      theme,
    );
    for (const series of lines) {
      line(ctx, place, series, series.style);
    }
    directLabels(ctx, place, lines, theme);
  }
  const place = frame({
    width,
    height,
    xDomain: iterateDomain(shown),
    yDomain: [0, 1],
    xScale: "log",
  });
  return { hover: (/** @type {number} */ px) => readSums(runs, place.invert(px, 0)[0]) };
}

/**
 * @param {ReturnType<typeof racers>} runs
 * @param {number} iterate
 */
function readSums(runs, iterate) {
  const t = Math.max(0, Math.round(iterate) - 1);
  const rows = runs
    .filter(({ channels }) => t < channels.sums.shape[0])
    .map(({ label, channels: { sums: both } }) => {
      return `${label}: Σα = ${format(both.data[2 * t])}, Σα² = ${format(both.data[2 * t + 1])}`;
    });
  return rows.length > 0 ? [`step ${formatStep(t)}`, ...rows].join("\n") : "";
}
