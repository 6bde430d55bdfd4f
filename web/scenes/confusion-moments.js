// The right picture of the confusion scene: what the ensemble measures over the steps, with its
// exact value over it.

import { axes } from "../render/axes.js";
import { band } from "../render/band.js";
import { frame } from "../render/frame.js";
import { haloText } from "../render/label.js";
import { legend, legendLayout } from "../render/legend.js";
import { line, rules } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { scatter } from "../render/points.js";
import { nearestIndex } from "../render/read-out.js";
import { errorBand, withError } from "./ensemble.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Theme} Theme */
/** @typedef {import("../render/types.js").SeriesStyle} SeriesStyle */
/** @typedef {import("./confusion-data.js").Channels} Channels */
/**
 * @typedef {object} Measure
 * @property {string} name
 * @property {"log" | "linear"} scale
 * @property {Float64Array} mean
 * @property {Float64Array} error its standard error
 * @property {Float64Array} exact
 * @property {number | null} stationary null where no limit is known
 */

const leastSteps = 30;
const legendGap = 6;

const drawnAnew = ["replacement", "distinct"];

/**
 * Whether each epoch goes through the terms one by one: what is stationary then is what stands at the
 * ends of epochs; in between the law goes round.
 * @param {import("../state/url.js").SceneState} state
 */
export const goesByEpochs = ({ parameters }) => !drawnAnew.includes(String(parameters.sampling));

/** What can be shown, by the id of the view parameter's choice. */
export const measures = [
  { id: "secondMoment", label: "E (x − x*)²" },
  { id: "excess", label: "E f(x) − f*" },
  { id: "meanError", label: "E x − x*" },
];

/** @param {Shown} shown @returns {Measure} */
export function measureOf({ state, reports }) {
  const { channels } = reports.run;
  const id = String(state.view.measure);
  const name = measures.find((measure) => measure.id === id)?.label ?? id;
  const series = {
    name,
    mean: channels[id].data,
    error: channels[`${id}StandardError`].data,
  };
  const [bias = null] = channels.predictedBias.data;
  if (id === "meanError") {
    const exact = channels.predictedMeanError.data;
    return { ...series, scale: "linear", exact, stationary: bias };
  }
  const exact = channels.predictedSecondMoment.data;
  // f is a parabola of curvature A about x*, so its excess is A/2 times the second moment.
  const factor = id === "excess" ? channels.constants.data[0] / 2 : 1;
  return {
    ...series,
    scale: "log",
    exact: exact.map((value) => factor * value),
    stationary: bias === null ? null : factor * (channels.predictedVariance.data[0] + bias ** 2),
  };
}

/** @param {Shown} shown @returns {Panel} */
export function momentsPanel(shown) {
  const { name } = measureOf(shown);
  return {
    id: "moments",
    label: `${name} over the steps, measured with its standard error and exact`,
    grow: 1,
    aspect: 1.2,
    paint: (ctx, surface) => paintMoments(ctx, surface, shown),
  };
}

/** The steps at which the prediction is exact. @param {Channels} channels */
function exactSteps({ predictionIsExact: { data } }) {
  return [...data.keys()].filter((t) => data[t] === 1);
}

/**
 * @param {Measure} measure
 * @param {Channels} channels
 * @returns {[number, number]}
 */
function domainOf({ scale, mean, error, exact, stationary }, channels) {
  const theory = exactSteps(channels).map((t) => exact[t]);
  const values = [...mean, ...theory, ...(stationary === null ? [] : [stationary])];
  if (scale === "log") {
    const positive = values.filter((value) => value > 0);
    const top = Math.max(...positive, 1e-12);
    const low = Math.max(Math.min(...positive, top), top * 1e-12);
    return [low / 1.6, top * 1.6];
  }
  const reach = error.reduce((most, value) => Math.max(most, value), 0);
  const [low, high] = [Math.min(0, ...values) - reach, Math.max(0, ...values) + reach];
  return [low - 0.05 * (high - low), high + 0.05 * (high - low)];
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintMoments(ctx, { width, height: whole, theme }, shown) {
  const { channels } = shown.reports.run;
  const measure = measureOf(shown);
  const steps = exactSteps(channels);
  const sparse = steps.length < measure.mean.length;
  const measured = { y: measure.mean, label: "measured", style: theme.measured };
  const theory = {
    x: steps,
    y: steps.map((t) => measure.exact[t]),
    label: sparse ? "exact, where marked" : "exact",
    style: theme.theory,
  };
  const items = [
    measured,
    { label: "± one standard error", style: theme.measured, kind: /** @type {const} */ ("band") },
    theory,
  ];
  const tall = legendLayout(ctx, items, width, theme).height;
  legend(ctx, items, { x: 0, y: whole - tall, width }, theme);
  const place = frame({
    width,
    height: whole - tall - legendGap,
    xDomain: [0, Math.max(leastSteps, shown.horizon)],
    yDomain: domainOf(measure, channels),
    yScale: measure.scale,
  });
  const settles = measure.stationary !== null;
  const inside = firstInside(channels);
  if (settles && inside < measure.mean.length) {
    tintInside(ctx, place, inside, theme);
  }
  axes(ctx, place, { x: { label: "steps t" }, y: { label: measure.name } }, theme);
  errorBand(ctx, place, { y: measure.mean, error: measure.error }, theme.measured, 0.3);
  line(ctx, place, measured, theme.measured);
  line(ctx, place, theory, theme.theory);
  if (sparse) {
    scatter(ctx, place, theory, { ...theme.theory, marker: "diamond" }, { radius: 3 });
  }
  const stationary = goesByEpochs(shown.state) ? "epoch ends" : "stationary";
  paintStationary(ctx, place, measure.stationary, stationary, theme);
  if (settles) {
    namePhases(ctx, place, inside < measure.mean.length ? inside : Number.MAX_VALUE, theme);
  }
  return {
    hover: (/** @type {number} */ px) => {
      const t = nearestIndex(place, { y: measure.mean }, px);
      return t < 0 ? "" : readAt(measure, channels, t);
    },
  };
}

/**
 * @param {DrawContext} ctx
 * @param {import("../render/frame.js").Frame} place
 * @param {number | null} value
 * @param {string} name
 * @param {Theme} theme
 */
function paintStationary(ctx, place, value, name, theme) {
  if (value === null || (place.yScale === "log" && value <= 0)) {
    return;
  }
  rules(ctx, place, { y: [value] }, { ...theme.theory, width: theme.widths.thin });
  const { right, top, bottom } = place.plot;
  const y = place.y(value);
  // Where the measured line does not come from: below the floor, and beyond a bias.
  const under = place.yScale === "log" || value < 0;
  const baseline = (under && y + 18 < bottom) || y - 18 < top ? y + 15 : y - 6;
  ctx.save();
  ctx.font = theme.fonts.label;
  const text = `${name} ${format(value)}`;
  const quiet = { colour: theme.colours.theory, align: /** @type {const} */ ("right") };
  haloText(ctx, text, right - 4, baseline, theme, quiet);
  ctx.restore();
}

/**
 * The step from which on most runs are in the region; beyond the last if they are not yet.
 * @param {Channels} channels
 */
function firstInside({ insideShare: { data } }) {
  const outside = data.findLastIndex((share) => share < 0.5);
  return outside + 1;
}

/**
 * @param {DrawContext} ctx
 * @param {import("../render/frame.js").Frame} place
 * @param {number} inside
 * @param {Theme} theme
 */
function tintInside(ctx, place, inside, theme) {
  const [low, high] = place.yDomain;
  const x = [inside - 0.5, place.xDomain[1]];
  const tint = { colour: theme.colours.oscillate };
  band(ctx, place, { x, lower: [low, low], upper: [high, high] }, tint, 0.6);
}

/**
 * @param {DrawContext} ctx
 * @param {import("../render/frame.js").Frame} place
 * @param {number} inside
 * @param {Theme} theme
 */
function namePhases(ctx, place, inside, theme) {
  const { left, right, top } = place.plot;
  const border = Math.max(left, Math.min(right, place.x(inside - 0.5)));
  ctx.save();
  ctx.font = theme.fonts.label;
  const baseline = top + 13;
  /** @param {string} text @param {number} from @param {number} to */
  const name = (text, from, to) => {
    if (ctx.measureText(text).width + 10 < to - from) {
      haloText(ctx, text, (from + to) / 2, baseline, theme, { align: "center" });
    }
  };
  name(border - left > 130 ? "outside: fast" : "fast", left, border);
  name("inside: fighting", border, right);
  ctx.restore();
}

/**
 * @param {Measure} measure
 * @param {Channels} channels
 * @param {number} t
 */
function readAt({ name, mean, error, exact }, channels, t) {
  const share = channels.insideShare.data[t];
  const isExact = channels.predictionIsExact.data[t] === 1;
  return [
    `step ${formatStep(t)}`,
    `${name} = ${withError(mean[t], error[t])}`,
    ...(isExact ? [`exact ${format(exact[t])}`] : []),
    `${format(100 * share)} % of the runs inside the region`,
  ].join("\n");
}
