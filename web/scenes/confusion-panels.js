// The left picture of the confusion scene, three rows over one axis of x: the parabolas, the way of
// one run, and the cloud of all runs.

import { xAxis, yAxis } from "../render/axes.js";
import { band } from "../render/band.js";
import { curve } from "../render/curve.js";
import { frame } from "../render/frame.js";
import { histogram } from "../render/histogram.js";
import { haloText, labelPoint } from "../render/label.js";
import { legend, legendLayout } from "../render/legend.js";
import { line, rules } from "../render/line.js";
import { counted, format, formatStep } from "../render/numbers.js";
import { crosses, handle, rings, scatter } from "../render/points.js";
import { isTable, lossOfTerm, pulls, termsOf, withTerm } from "./confusion-data.js";
import { handlesOf } from "./confusion-handles.js";
import { goesByEpochs } from "./confusion-moments.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../ui/figure.js").Handle} Handle */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Theme} Theme */
/** @typedef {import("../render/frame.js").Frame} Frame */
/** @typedef {import("../render/legend.js").LegendItem} LegendItem */
/** @typedef {import("./confusion-data.js").Channels} Channels */
/** @typedef {{ parabolas: Frame, way: Frame, cloud: Frame }} Rows */

// A curve for each of the many samples of a data set would hide them all.
const mostParabolas = 60;
const shownSteps = 40;
const margins = { left: 56, top: 26, right: 16, bottom: 38 };
const handleGap = 28;
const rowGap = 22;
const legendGap = 6;
const ringReach = 9;
const closeUp = 2.5;
const lossNameWidth = 44;

/** @param {Shown} shown @returns {Panel} */
export function linePanel(shown) {
  return {
    id: "line",
    label: "the parabolas of the terms, the way of one run and the cloud of all runs over x",
    hint: isTable(shown.state.parameters)
      ? "Drag a minimiser sideways, or up to steepen its parabola; drag it out to remove it. Double click adds one. Keys: Enter chooses, arrows move, Delete removes, + adds."
      : "Drag the start, or move it with the arrow keys.",
    grow: 1.25,
    aspect: 0.95,
    paint: (ctx, surface) => paintLine(ctx, surface, shown),
  };
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintLine(ctx, surface, shown) {
  const { theme, held } = surface;
  const { channels } = shown.reports.run;
  const [low, high] = channels.window.data;
  const xDomain = held?.xDomain ?? /** @type {[number, number]} */ ([low, high]);
  const rows = rowsOf(ctx, surface, shown, xDomain);
  shadeRegion(ctx, rows, channels, theme);
  paintParabolas(ctx, rows.parabolas, channels, theme);
  paintWay(ctx, rows.way, shown, theme);
  paintCloud(ctx, rows.cloud, shown, theme);
  xAxis(ctx, rows.cloud, { label: "x" }, theme);
  const handles = handlesOf(rows.parabolas, shown);
  paintHandles(ctx, rows.parabolas, handles, surface);
  return {
    handles,
    hover: (/** @type {number} */ px, /** @type {number} */ py) => read(rows, channels, px, py),
    ...(isTable(shown.state.parameters) && {
      add: (/** @type {number} */ px) =>
        withTerm(termsOf(channels.terms), rows.parabolas.invert(px, 0)[0]),
    }),
  };
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 * @param {[number, number]} xDomain
 * @returns {Rows}
 */
function rowsOf(ctx, { width, height, theme }, shown, xDomain) {
  const { channels } = shown.reports.run;
  const items = legendItems(shown, theme);
  const tall = legendLayout(ctx, items, width, theme).height;
  legend(ctx, items, { x: 0, y: height - tall, width }, theme);
  const bottom = height - tall - legendGap - margins.bottom;
  const room = Math.max(30, bottom - margins.top - handleGap - rowGap);
  const first = margins.top + 0.42 * room;
  const second = first + handleGap + 0.22 * room;
  /** @param {number} from @param {number} to @param {[number, number]} yDomain */
  const row = (from, to, yDomain) =>
    frame({
      width,
      height,
      xDomain,
      yDomain,
      margins: { ...margins, top: from, bottom: height - to },
    });
  const oldest = Math.max(0, channels.path.data.length - 1 - shownSteps);
  // Room in steps for the ring around the newest one, and for the oldest dot.
  const ring = (ringReach / (second - first - handleGap)) * shownSteps;
  return {
    parabolas: row(margins.top, first, [0, highest(channels, xDomain)]),
    way: row(first + handleGap, second, [-oldest - shownSteps - ring, ring - oldest]),
    cloud: row(second + rowGap, bottom, [0, densest(channels)]),
  };
}

/** @param {Shown} shown @param {Theme} theme @returns {LegendItem[]} */
function legendItems({ state, reports }, theme) {
  const count = Number(state.parameters.replicates);
  /** @type {LegendItem[]} */
  const items = [
    { label: "one term ℓᵢ", style: termStyle(theme) },
    { label: "mean f", style: meanStyle(theme) },
    {
      label: counted(count, "run"),
      style: theme.measured,
      kind: "band",
    },
  ];
  if (bellOf(reports.run.channels)) {
    const which = goesByEpochs(state) ? "exact mean, variance now" : "stationary mean, variance";
    items.push({ label: which, style: theme.theory });
  }
  return items;
}

/** Its mean and variance, where there is a limit law of some width. @param {Channels} channels */
function bellOf({ minimizer, predictedBias, predictedVariance }) {
  const [variance = 0] = predictedVariance.data;
  return variance > 0 ? { mean: minimizer.data[0] + predictedBias.data[0], variance } : null;
}

/**
 * What the cloud is compared with: the limit law, or, where that goes round with the epoch, the law of
 * this step as far as it is known.
 * @param {Shown} shown
 */
function theoryNow({ state, reports }) {
  const { channels } = reports.run;
  if (!goesByEpochs(state)) {
    return bellOf(channels);
  }
  const { minimizer, predictedMeanError, predictedSecondMoment, predictionIsExact } = channels;
  const t = predictionIsExact.data.length - 1;
  const error = predictedMeanError.data[t];
  const variance = predictedSecondMoment.data[t] - error ** 2;
  return predictionIsExact.data[t] === 1 && variance > 0
    ? { mean: minimizer.data[0] + error, variance }
    : null;
}

/** @param {Theme} theme */
function termStyle(theme) {
  const { muted: colour } = theme.colours;
  return { colour, width: theme.widths.thin, dash: [], marker: /** @type {const} */ ("circle") };
}

/** @param {Theme} theme */
function meanStyle(theme) {
  return { ...termStyle(theme), colour: theme.colours.text, width: 2 };
}

/** f, by its minimum, minimiser and curvature. @param {Channels} channels */
function meanLoss({ constants, minimizer }) {
  const [curvature, , minimum] = constants.data;
  return (/** @type {number} */ x) => minimum + (curvature / 2) * (x - minimizer.data[0]) ** 2;
}

/**
 * Low enough to see the terms fight in the region, though f may rise beyond it outside.
 * @param {Channels} channels
 * @param {[number, number]} xDomain
 */
function highest(channels, xDomain) {
  const losses = [...channels.leastOfTerms.data.keys()].map((i) => lossOfTerm(channels, i));
  const atBorders = [...channels.region.data].flatMap((x) => losses.map((loss) => loss(x)));
  const whole = Math.max(...xDomain.map(meanLoss(channels)));
  const fight = closeUp * atBorders.reduce((most, value) => Math.max(most, value), 0);
  return Math.max(fight > 0 ? Math.min(whole, fight) : whole, 1e-12);
}

/** The bars and the bell fit; a cloud that has hardly spread is cut off. @param {Channels} channels */
function densest(channels) {
  const bars = channels.density.data.reduce((most, value) => Math.max(most, value), 0);
  const theory = bellOf(channels);
  const bell = theory ? 1 / Math.sqrt(2 * Math.PI * theory.variance) : bars;
  return 1.12 * Math.min(Math.max(bars, bell, 1e-6), 3 * Math.max(bell, 1e-6));
}

/**
 * @param {DrawContext} ctx
 * @param {Rows} rows
 * @param {Channels} channels
 * @param {Theme} theme
 */
function shadeRegion(ctx, { parabolas, way, cloud }, { region: { data } }, theme) {
  const whole = frame({
    width: cloud.width,
    height: cloud.height,
    xDomain: cloud.xDomain,
    yDomain: [0, 1],
    margins: { ...margins, top: parabolas.plot.top, bottom: cloud.height - cloud.plot.bottom },
  });
  const tint = { colour: theme.colours.oscillate };
  band(ctx, whole, { x: [...data], lower: [0, 0], upper: [1, 1] }, tint, 1);
  rules(ctx, whole, { x: [...data] }, { ...theme.bound, width: theme.widths.thin });
  const { left, right } = way.plot;
  const ends = [...data].map((x) => Math.min(right, Math.max(left, whole.x(x))));
  ctx.save();
  ctx.font = theme.fonts.label;
  const text = "region of confusion";
  const half = ctx.measureText(text).width / 2;
  const centre = Math.min(
    right - half,
    Math.max(left + lossNameWidth + half, (ends[0] + ends[1]) / 2),
  );
  haloText(ctx, text, centre, parabolas.plot.top - 9, theme, { align: "center" });
  ctx.restore();
}

/**
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Channels} channels
 * @param {Theme} theme
 */
function paintParabolas(ctx, place, channels, theme) {
  yAxis(ctx, place, { label: "loss" }, theme);
  const count = channels.leastOfTerms.data.length;
  ctx.save();
  ctx.globalAlpha = count > 12 ? 0.35 : 0.8;
  for (let i = 0; i < count; i += Math.ceil(count / mostParabolas)) {
    curve(ctx, place, lossOfTerm(channels, i), termStyle(theme));
  }
  ctx.restore();
  const f = meanLoss(channels);
  curve(ctx, place, f, meanStyle(theme));
  const x = channels.path.data.slice(-1);
  scatter(ctx, place, { x, y: [f(x[0])] }, theme.measured, { radius: 4.5 });
}

/**
 * Time runs down, towards the cloud.
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Shown} shown
 * @param {Theme} theme
 */
function paintWay(ctx, place, { reports }, theme) {
  const { channels } = reports.run;
  const now = channels.path.data.length - 1;
  const from = Math.max(0, now - shownSteps);
  const x = channels.path.data.slice(from);
  const down = [...x.keys()].map((k) => -(from + k));
  const { plot } = place;
  ctx.save();
  ctx.font = theme.fonts.label;
  const text = phase(channels);
  const whole = `one run, ${text}`;
  const fits = ctx.measureText(whole).width < plot.width;
  haloText(ctx, fits ? whole : text, plot.left + 2, plot.top - 6, theme, {});
  ctx.restore();
  line(ctx, place, { x, y: down }, { ...theme.measured, width: 1 });
  scatter(ctx, place, { x, y: down }, theme.measured, { radius: 1.8 });
  rings(ctx, place, { x: x.slice(-1), y: down.slice(-1) }, theme.measured, { radius: 4.5 });
}

/** @param {number} count */
function pull(count) {
  return count === 1 ? "1 pulls" : `${count} pull`;
}

/** What the terms make of the run that is shown. @param {Channels} channels */
function phase(channels) {
  const x = channels.path.data[channels.path.data.length - 1];
  const { left, right } = pulls(termsOf(channels.terms), x);
  const step = `step ${formatStep(channels.path.data.length - 1)}`;
  if (left > 0 && right > 0) {
    return `${step}, inside: ${pull(left)} left, ${pull(right)} right`;
  }
  const side = left > 0 ? "left" : "right";
  return left + right > 0
    ? `${step}, outside: all ${left + right} pull ${side}`
    : `${step}: no term pulls`;
}

/**
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Shown} shown
 * @param {Theme} theme
 */
function paintCloud(ctx, place, shown, theme) {
  const { channels } = shown.reports.run;
  yAxis(ctx, place, { label: "density of all runs" }, theme);
  const { density, densityEdges, minimizer } = channels;
  histogram(ctx, place, { edges: densityEdges.data, heights: density.data }, theme.measured, 0.55);
  const theory = theoryNow(shown);
  if (theory) {
    const { mean, variance } = theory;
    const peak = 1 / Math.sqrt(2 * Math.PI * variance);
    curve(ctx, place, (x) => peak * Math.exp(-((x - mean) ** 2) / (2 * variance)), theme.theory);
  }
  const ink = { colour: theme.colours.text };
  crosses(ctx, place, { x: minimizer.data, y: [0] }, ink);
  const [px, py] = [place.x(minimizer.data[0]), place.y(0)];
  labelPoint(ctx, place, "x*", px, py, theme, { distance: 7 });
}

/**
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Handle[]} handles
 * @param {Surface} surface
 */
function paintHandles(ctx, place, handles, { theme, active = -1 }) {
  for (const [i, { x }] of handles.entries()) {
    const label = i === 0 ? "start" : undefined;
    const at = { x: place.invert(x, 0)[0], y: 0, label };
    handle(ctx, place, at, theme, { active: i === active });
  }
}

/**
 * @param {Rows} rows
 * @param {Channels} channels
 * @param {number} px
 * @param {number} py
 */
function read(rows, channels, px, py) {
  const { plot } = rows.cloud;
  if (px < plot.left || px > plot.right) {
    return "";
  }
  const x = rows.cloud.invert(px, py)[0];
  if (py > plot.top) {
    const { density, densityEdges } = channels;
    const width = densityEdges.data[1] - densityEdges.data[0];
    const bin = Math.floor((x - densityEdges.data[0]) / width);
    const share = 100 * (density.data[bin] ?? 0) * width;
    return [`x = ${format(x)}`, `${format(share)} % of the runs in this bar`].join("\n");
  }
  const { left, right } = pulls(termsOf(channels.terms), x);
  return [
    `x = ${format(x)}, f = ${format(meanLoss(channels)(x))}`,
    `${pull(left)} left, ${pull(right)} right`,
  ].join("\n");
}
