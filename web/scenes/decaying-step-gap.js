// The mean gap of every schedule on logarithmic axes, with Theorem 8 and the exact mean over it, and
// the score below.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { directLabels } from "../render/label.js";
import { line } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { byHand, leader, overIterates, racers, shortNumber } from "./decaying-step-runs.js";
import { errorBand, withError } from "./ensemble.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

export const leastIterates = 1000;
const leastDecades = 2;
const errorsShown = 2;

/** @param {Shown} shown @returns {Panel} */
export function gapPanel(shown) {
  return {
    id: "gap",
    label: "mean of f(x) − f* over the iterates, both axes logarithmic, one line a schedule",
    grow: 1.25,
    aspect: 1.2,
    paint: (ctx, surface) => paintGap(ctx, surface, shown),
  };
}

/** @param {Shown} shown @returns {[number, number]} */
export function iterateDomain(shown) {
  return [1, Math.max(leastIterates, shown.horizon + 1)];
}

/**
 * Some decades below the calmest run's highest gap: a start at the minimiser has none of its own.
 * @param {ReturnType<typeof racers>} runs
 * @returns {[number, number]}
 */
function gapDomain(runs) {
  const gaps = runs.map(({ channels }) => overIterates(channels.gap).y.filter((gap) => gap > 0));
  const peaks = gaps.map((values) => Math.max(...values, 1e-300));
  const calm = Math.min(...peaks);
  const top = Math.min(100 * calm, Math.max(...peaks));
  const ends = gaps.map((values) => values.at(-1) ?? calm);
  const low = Math.max(calm * 1e-12, Math.min(...ends, calm * 10 ** -leastDecades));
  return [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(1.2 * top))];
}

/**
 * The score: every schedule's gap at the iterate shown, after as many gradients as the others.
 * @param {Shown} shown
 * @param {ReturnType<typeof racers>} runs
 * @returns {import("../render/legend.js").LegendItem[]}
 */
function scores(shown, runs) {
  const best = ranking(shown)[0]?.schedule;
  const items = runs.map(({ schedule, label, style, channels, status }) => {
    const gap = channels.gap.data.at(-1) ?? 0;
    const crown = schedule === best && runs.length > 1 ? " ✓" : "";
    const score = status.state === "diverged" ? "diverged" : shortNumber(gap) + crown;
    return { label: `${label} ${score}`, style };
  });
  return [{ label: `gap at step ${formatStep(shown.step)}:` }, ...items];
}

/**
 * The schedules from the least gap to the greatest.
 * @param {Shown} shown
 */
export function ranking(shown) {
  return Object.entries(shown.reports)
    .filter(([, { status }]) => status.state !== "diverged")
    .map(([schedule, { channels }]) => ({ schedule, gap: channels.gap.data.at(-1) ?? 0 }))
    .sort((a, b) => a.gap - b.gap);
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintGap(ctx, surface, shown) {
  const { theme, width } = surface;
  const runs = racers(shown, theme);
  const first = leader(shown);
  const holds = first.channels.theoryHolds.data[0] === 1;
  const bound = holds ? [boundLine(shown, theme)] : [];
  const exact = runs
    .filter(({ channels }) => channels.predictedGap.data.length > 0)
    .map(({ channels }) => ({
      ...overIterates(channels.predictedGap),
      label: "theory: exact mean",
      style: { ...theme.theory, width: 1.25, dash: [4, 4] },
    }));
  const height = withLegend(ctx, surface, [
    ...scores(shown, runs),
    { label: `± ${errorsShown} standard errors`, style: runs[0].style, kind: "band" },
    ...exact.slice(0, 1),
    ...bound.map(({ label, style }) => ({ label, style })),
  ]);
  const place = frame({
    width,
    height,
    xDomain: iterateDomain(shown),
    yDomain: gapDomain(runs),
    xScale: "log",
    yScale: "log",
  });
  axes(
    ctx,
    place,
    { x: { label: "iterate t, the start is 1" }, y: { label: "mean of f(xₜ) − f*" } },
    theme,
  );
  const measured = runs.map(({ schedule, label, style, channels }) => {
    const gap = overIterates(channels.gap);
    const error = overIterates(channels.gapStandardError).y;
    const opacity = schedule === byHand ? 0.22 : 0.14;
    errorBand(ctx, place, { ...gap, error }, style, opacity, errorsShown);
    return { ...gap, label, style };
  });
  for (const series of [...bound, ...measured, ...exact]) {
    line(ctx, place, series, series.style);
  }
  directLabels(ctx, place, [...measured, ...bound], theme);
  return { hover: (/** @type {number} */ px) => readGaps(runs, place.invert(px, 0)[0]) };
}

/**
 * Up to the right end of the axis: it is known before the run gets there.
 * @param {Shown} shown
 * @param {import("../render/theme.js").Theme} theme
 */
function boundLine(shown, theme) {
  const nu = leader(shown).channels.nu.data[0];
  const t0 = Number(shown.state.parameters.t0);
  const [from, to] = iterateDomain(shown);
  const count = 200;
  const x = Array.from({ length: count }, (_, i) => from * (to / from) ** (i / (count - 1)));
  return {
    x,
    y: x.map((t) => nu / (t0 + t)),
    label: "Theorem 8: ν/(t₀ + t)",
    style: theme.bound,
  };
}

/**
 * @param {ReturnType<typeof racers>} runs
 * @param {number} iterate
 */
function readGaps(runs, iterate) {
  const t = Math.max(0, Math.round(iterate) - 1);
  const rows = runs
    .filter(({ channels }) => t < channels.gap.data.length)
    .map(({ label, channels: { gap, gapStandardError, schedule } }) => {
      const value = withError(gap.data[t], gapStandardError.data[t]);
      return `${label}: ${value}, α = ${format(schedule.data[t])}`;
    });
  return rows.length > 0 ? [`step ${formatStep(t)}`, ...rows].join("\n") : "";
}
