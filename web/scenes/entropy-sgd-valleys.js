// The landscape with the runs in it, and the inner loop of one of them: x′ wandering about x, its
// running mean μ, and the step of x towards it.

import { insideAxes, xAxis, yAxis } from "../render/axes.js";
import { axisMargins, frame } from "../render/frame.js";
import { histogram } from "../render/histogram.js";
import { line, rules } from "../render/line.js";
import { format } from "../render/numbers.js";
import { column } from "../render/path.js";
import { crosses, rings, scatter } from "../render/points.js";
import { raceLabel } from "./entropy-sgd-runs.js";
import { finiteEnds } from "./extremes.js";
import { highestHill, paintLandscape, planeWithLegend } from "./landscape-field.js";
import { leader, racedMethods, withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Theme} Theme */
/** @typedef {import("../render/frame.js").Frame} Frame */
/** @typedef {Record<string, import("../lab.js").Channel>} Channels */

const rowGap = 26;
const mostDots = 1000;
// Of the height between the deepest valley and the barrier.
const wallShare = 0.5;

/** @param {Shown} shown @returns {Panel} */
export function valleysPanel(shown) {
  const isLine = leader(shown).channels.path.shape[1] === 1;
  return {
    id: "valleys",
    label: "the landscape, the runs of the first method in it, and the inner loop of one run",
    grow: 1.2,
    aspect: 1.05,
    paint: (ctx, surface) =>
      isLine ? paintLine(ctx, surface, shown) : paintPlane(ctx, surface, shown),
  };
}

/** @param {Theme} theme */
function ink(theme) {
  return { ...theme.measured, colour: theme.colours.text, width: 1.25, dash: [] };
}

/** @typedef {import("../render/legend.js").LegendItem} LegendItem */

/**
 * @param {Shown} shown
 * @param {Theme} theme
 * @param {{ runs: LegendItem["kind"], mean: LegendItem[] }} looks of the runs, and of what belongs
 *   to the mean of the inner loop
 * @returns {LegendItem[]}
 */
function items(shown, theme, { runs, mean }) {
  const { innerMean } = leader(shown).channels;
  return [
    {
      label: `runs of ${raceLabel(shown, racedMethods(shown.state)[0])}`,
      style: theme.measured,
      kind: runs,
    },
    { label: "one run, x", style: { ...ink(theme), marker: "circle" }, kind: "point" },
    ...(innerMean.data.length > 0
      ? [
          {
            label: "its inner loop, x′",
            style: theme.second,
            kind: /** @type {const} */ ("point"),
          },
          ...mean,
        ]
      : []),
  ];
}

/** @param {Theme} theme */
function meanLine(theme) {
  return { ...theme.theory, width: 1 };
}

/** @param {Theme} theme */
function meanMark(theme) {
  return { ...theme.theory, marker: /** @type {const} */ ("diamond") };
}

/** @param {Theme} theme */
function ringBefore(theme) {
  return { ...ink(theme), colour: theme.colours.muted };
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintLine(ctx, surface, shown) {
  const { theme, width, height } = surface;
  const { channels } = leader(shown);
  const legend = items(shown, theme, {
    runs: "band",
    mean: [
      { label: "its mean μ", style: meanLine(theme) },
      { label: "x before the step", style: ringBefore(theme), kind: "ring" },
    ],
  });
  const bottom = withLegend(ctx, surface, legend);
  const middle = axisMargins.top + 0.6 * (bottom - axisMargins.top - axisMargins.bottom - rowGap);
  const xDomain = /** @type {[number, number]} */ ([
    channels.window.data[0],
    channels.window.data[1],
  ]);
  /** @param {number} top @param {number} end @param {[number, number]} yDomain */
  const row = (top, end, yDomain) =>
    frame({
      width,
      height,
      xDomain,
      yDomain,
      margins: { ...axisMargins, top, bottom: height - end },
    });
  const upper = row(axisMargins.top, middle, valleyHeights(channels));
  const densest = Math.max(1e-6, ...channels.density.data);
  const lower = row(middle + rowGap, bottom - axisMargins.bottom, [0, 1.1 * densest]);
  yAxis(ctx, upper, { label: "f" }, theme);
  line(ctx, upper, { x: channels.grid.data, y: channels.field.data }, ink(theme));
  yAxis(ctx, lower, { label: "density of the runs" }, theme);
  histogram(
    ctx,
    lower,
    { edges: channels.densityEdges.data, heights: channels.density.data },
    theme.measured,
    0.55,
  );
  xAxis(ctx, lower, { label: "x" }, theme);
  paintInnerLine(ctx, upper, channels, theme);
  return {
    hover: (/** @type {number} */ px) => {
      const { plot } = upper;
      if (px < plot.left || px > plot.right) {
        return "";
      }
      const x = upper.invert(px, 0)[0];
      return `x = ${format(x)}, f = ${format(heightAt(channels, x))}`;
    },
  };
}

/** The depth of the deepest valley. @param {Channels} channels */
function lowestOf({ valleys }) {
  return Math.min(...column(valleys.data, valleys.shape[1], valleys.shape[1] - 2));
}

/** f between the points of its grid. @param {Channels} channels @param {number} x */
function heightAt({ grid, field }, x) {
  const { data } = grid;
  const at = ((x - data[0]) / (data[data.length - 1] - data[0])) * (data.length - 1);
  const i = Math.min(data.length - 2, Math.max(0, Math.floor(at)));
  return field.data[i] + (at - i) * (field.data[i + 1] - field.data[i]);
}

/** Valleys and barriers fill the picture; high walls are cut off. @param {Channels} channels
 * @returns {[number, number]} */
function valleyHeights({ field }) {
  const values = field.data;
  const [low, highest] = finiteEnds(values);
  const barrier = highestHill(values) ?? highest;
  const top = Math.min(highest, barrier + wallShare * (barrier - low));
  const margin = 0.06 * Math.max(top - low, 1e-9);
  return [low - margin, top + margin];
}

/** @param {DrawContext} ctx @param {Frame} place @param {Channels} channels @param {Theme} theme */
function paintInnerLine(ctx, place, channels, theme) {
  const { path, innerTrail, innerMean } = channels;
  const now = path.data[path.data.length - 1];
  /** @param {ArrayLike<number>} xs */
  const onCurve = (xs) => ({ x: xs, y: Array.from(xs, (x) => heightAt(channels, x)) });
  if (innerMean.data.length > 0) {
    const before = innerTrail.data[0];
    scatter(ctx, place, onCurve(innerTrail.data), theme.second, { radius: 2.5, opacity: 0.8 });
    rules(ctx, place, { x: [innerMean.data[0]] }, meanLine(theme));
    rings(ctx, place, onCurve([before]), ringBefore(theme), { radius: 5 });
  }
  scatter(
    ctx,
    place,
    onCurve([now]),
    { colour: theme.colours.text, marker: "circle" },
    { radius: 5 },
  );
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintPlane(ctx, surface, shown) {
  const { theme } = surface;
  const { channels } = leader(shown);
  const legend = items(shown, theme, {
    runs: "point",
    mean: [{ label: "its mean μ", style: meanMark(theme), kind: "point" }],
  });
  const place = planeWithLegend(ctx, surface, channels.window.data, legend);
  paintLandscape(place, channels, lowestOf(channels), surface);
  const walkers = channels.x.data.subarray(0, 2 * mostDots);
  scatter(ctx, place, { x: column(walkers, 2, 0), y: column(walkers, 2, 1) }, theme.measured, {
    radius: 1.8,
    opacity: 0.6,
  });
  const { valleys, innerTrail, innerMean, path } = channels;
  crosses(
    ctx,
    place,
    { x: column(valleys.data, 4, 0), y: column(valleys.data, 4, 1) },
    { colour: theme.colours.text },
  );
  if (innerMean.data.length > 0) {
    const trail = { x: column(innerTrail.data, 2, 0), y: column(innerTrail.data, 2, 1) };
    line(ctx, place, trail, { ...theme.second, width: 1, dash: [] });
    scatter(ctx, place, trail, theme.second, { radius: 2.5 });
    const mean = { x: [innerMean.data[0]], y: [innerMean.data[1]] };
    scatter(ctx, place, mean, meanMark(theme), { radius: 5 });
  }
  const now = path.data.subarray(-2);
  scatter(
    ctx,
    place,
    { x: [now[0]], y: [now[1]] },
    { colour: theme.colours.text, marker: "circle" },
    { radius: 5 },
  );
  insideAxes(ctx, place, { x: { label: "x" }, y: { label: "y" } }, theme);
  return {
    hover: (/** @type {number} */ px, /** @type {number} */ py) => {
      const { plot } = place;
      const [x, y] = place.invert(px, py);
      const isInside = px >= plot.left && px <= plot.right && py >= plot.top && py <= plot.bottom;
      return isInside ? `(${format(x)}, ${format(y)})` : "";
    },
  };
}
