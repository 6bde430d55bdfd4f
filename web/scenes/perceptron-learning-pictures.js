// Errors over the epochs at one load, and the share of runs that succeed over all loads.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { line, rules } from "../render/line.js";
import { counted, format } from "../render/numbers.js";
import { column } from "../render/path.js";
import { scatter } from "../render/points.js";
import { errorBar } from "./ensemble.js";
import {
  algorithmsOf,
  highestLoad,
  keyOf,
  loadsOf,
  median,
  reportOf,
} from "./perceptron-learning-runs.js";
import { algorithmLabel, hasTeacher, thresholds } from "./perceptron-runs.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

/** @param {Shown} shown @returns {Panel} */
export function errorsPanel(shown) {
  return {
    id: "errors",
    label: hasTeacher(shown)
      ? "patterns that each run errs on over the epochs, and its overlap with the teacher"
      : "patterns that each run errs on over the epochs",
    grow: 1,
    aspect: 1.2,
    paint: (ctx, surface) => paintErrors(ctx, surface, shown),
  };
}

/** @param {Shown} shown @returns {Panel} */
export function loadsPanel(shown) {
  return {
    id: "loads",
    label: "the share of runs without an error against the load",
    hint: "Click a load to see its runs; arrow keys go to the next one.",
    grow: 1,
    aspect: 1.2,
    paint: (ctx, surface) => paintLoads(ctx, surface, shown),
  };
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintErrors(ctx, surface, shown) {
  const { theme, width } = surface;
  const runs = algorithmsOf(shown.state).map((id, i) => ({
    label: algorithmLabel(shown, id),
    style: { ...theme.series[i % theme.series.length], marker: /** @type {const} */ ("none") },
    errors: reportOf(shown, id).channels.errors,
  }));
  const height = withLegend(ctx, surface, runs);
  const highest = Math.max(1, ...runs.flatMap(({ errors }) => [...errors.data]));
  const place = frame({
    width,
    height,
    xDomain: [0, Math.max(10, shown.horizon)],
    yDomain: [0, highest],
    yScale: "symlog",
    unit: 1,
  });
  axes(ctx, place, { x: { label: "epochs" }, y: { label: "errors (linear near 0)" } }, theme);
  for (const { errors, style } of runs) {
    const count = errors.shape[1];
    for (let r = 0; r < count; r += 1) {
      line(
        ctx,
        place,
        { y: column(errors.data, count, r) },
        { ...style, width: theme.widths.thin },
      );
    }
  }
  return {
    hover: (/** @type {number} */ px) => {
      const t = Math.round(place.invert(px, 0)[0]);
      const rows = runs
        .filter(({ errors }) => t >= 0 && t < errors.shape[0])
        .map(({ label, errors }) => {
          const count = errors.shape[1];
          return `${label}: ${Array.from(errors.data.subarray(t * count, (t + 1) * count)).join(", ")}`;
        });
      return rows.length > 0 ? [`errors after ${counted(t, "epoch")}`, ...rows].join("\n") : "";
    },
  };
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintLoads(ctx, surface, shown) {
  const { theme, width } = surface;
  const chosen = Number(shown.state.parameters.load);
  const marks = thresholds(shown.state);
  const runs = algorithmsOf(shown.state).map((id, i) => ({
    id,
    label: algorithmLabel(shown, id),
    style: theme.series[i % theme.series.length],
    loads: loadsOf(shown, id),
  }));
  const loads = [...new Set(runs.flatMap((run) => run.loads))].sort((a, b) => a - b);
  const height = withLegend(ctx, surface, [
    ...runs,
    {
      label: `theory’s thresholds: ${marks.map(({ load }) => load).join(", ")}`,
      style: theme.bound,
    },
  ]);
  const last = highestLoad(shown.state);
  const place = frame({ width, height, xDomain: [0, last * 1.06], yDomain: [0, 1.05] });
  const y = { label: "share of runs that have succeeded" };
  axes(ctx, place, { x: { label: "load n/d" }, y }, theme);
  rules(ctx, place, { x: marks.map(({ load }) => load) }, theme.bound);
  rules(ctx, place, { x: [chosen] }, { ...theme.bound, colour: theme.colours.handle, dash: [] });
  const shareAt = (/** @type {string} */ id, /** @type {number} */ load) =>
    shown.reports[keyOf(id, load)].channels.solvedShare.data;
  for (const { id, style, loads: own } of runs) {
    const shares = own.map((load) => shareAt(id, load));
    line(ctx, place, { x: own, y: shares.map(([share]) => share) }, style);
    scatter(ctx, place, { x: own, y: shares.map(([share]) => share) }, style, { radius: 3 });
    own.forEach((load, k) => {
      const [share, error] = shares[k];
      errorBar(ctx, place, load, [Math.max(0, share - error), Math.min(1, share + error)], style);
    });
  }
  const nearest = (/** @type {number} */ to) =>
    loads.reduce(
      (best, load) => (Math.abs(load - to) < Math.abs(best - to) ? load : best),
      loads[0] ?? chosen,
    );
  return {
    hover: (/** @type {number} */ px) => {
      const load = nearest(place.invert(px, 0)[0]);
      const rows = runs.map(({ id, label, loads: own }) => {
        if (!own.includes(load)) {
          return `${label}: too many patterns to hold`;
        }
        const [share, error] = shareAt(id, load);
        const solved = shown.reports[keyOf(id, load)].channels.solvedAt.data.filter((t) => t >= 0);
        const time = solved.length === 0 ? "" : `, median ${format(median(solved))} epochs`;
        return `${label}: ${format(share)} ± ${format(error)}${time}`;
      });
      return [`load ${format(load)}`, ...rows].join("\n");
    },
    place: (/** @type {number} */ px) => ({ load: nearest(place.invert(px, 0)[0]) }),
    nudge: (/** @type {number} */ right) => {
      const next = loads.indexOf(nearest(chosen)) + right;
      return { load: loads[Math.max(0, Math.min(loads.length - 1, next))] ?? chosen };
    },
  };
}
