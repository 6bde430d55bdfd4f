// How large sampled gradients are against the full one, at many x, and the line over all of them.

import { axes } from "../render/axes.js";
import { curve } from "../render/curve.js";
import { frame } from "../render/frame.js";
import { directLabels, haloText, labelPoint } from "../render/label.js";
import { format, formatStep } from "../render/numbers.js";
import { column } from "../render/path.js";
import { handle, rings, scatter } from "../render/points.js";
import { nearestPoint } from "../render/read-out.js";
import { greatest, least, leastPositive } from "./extremes.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/frame.js").Frame} Frame */

const hoverRadius = 10;
// The newest of them: more would say no more.
const mostPoints = 1200;
// The handle stands at this share of the width, or on a steep line so far below the top.
const handleShare = 0.82;
const handleDepth = 0.1;
const leastTermSlope = 1e-3;
const reach = 2.5;
const descentGap = 8;
const descentHeight = 10;

/** @param {Shown} shown @returns {Panel} */
export function pointsPanel(shown) {
  return {
    id: "points",
    label: "E‖∇f_B‖² against ‖∇f‖² at many x, with the line σ₀ + σ‖∇f‖²",
    hint: "Drag the line up or down to turn it; the arrow keys do the same.",
    grow: 1.15,
    aspect: 1.05,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/** @type {WeakMap<Float64Array, { x: Float64Array, y: Float64Array }>} */
const columns = new WeakMap();

/** @param {import("../lab.js").Channel} channel [k, 2] */
function pairs({ data }) {
  const known = columns.get(data) ?? { x: column(data, 2, 0), y: column(data, 2, 1) };
  columns.set(data, known);
  return known;
}

/** Points of the batch that lie above the notes' line σ₀/b + (σ/b)‖∇f‖². @param {Shown} shown */
export function aboveNotesLine(shown) {
  const { points, termConstants } = shown.reports.run.channels;
  const batch = Number(shown.state.parameters.batch);
  const [sigma0, sigma] = termConstants.data;
  const { x, y } = pairs(points);
  const above = y.filter((value, i) => value > ((sigma0 + sigma * x[i]) / batch) * (1 + 1e-9));
  return { above: above.length, all: y.length };
}

/** @param {Shown} shown */
export function showsNotes({ state }) {
  return state.view.rule === "notes" && Number(state.parameters.batch) > 1;
}

/**
 * @param {Shown} shown
 * @param {import("../render/theme.js").Theme} theme
 */
function lines(shown, theme) {
  const { sigma0, sigma, sigmaHolds, termConstants } = shown.reports.run.channels;
  const batch = Number(shown.state.parameters.batch);
  const list = [
    {
      f: (/** @type {number} */ x) => sigma0.data[0] + sigma.data[0] * x,
      label: sigmaHolds.data[0] === 1 ? "σ₀ + σ‖∇f‖²" : "covers these points only",
      style: theme.theory,
    },
    {
      f: (/** @type {number} */ x) => x,
      label: "gradient descent: σ₀ = 0, σ = 1",
      style: theme.bound,
    },
  ];
  if (showsNotes(shown)) {
    const [termSigma0, termSigma] = termConstants.data;
    list.push({
      f: (x) => (termSigma0 + termSigma * x) / batch,
      label: "the notes: σ₀/b + (σ/b)‖∇f‖²",
      style: theme.series[2],
    });
  }
  return list;
}

/**
 * On linear axes the part where the noise at the minimum and the slope weigh about the same; on
 * logarithmic ones all points. The line in use has no say, so that it moves in a window that stays.
 * @param {Shown} shown
 */
function domains(shown) {
  const { points, leastSigma, recommendedSigma, sigma0, sigma, isTight, varianceFactor } =
    shown.reports.run.channels;
  const { x, y } = pairs(points);
  if (shown.state.view.axes === "linear") {
    const c = varianceFactor.data[0];
    const noise = least([y]);
    const far = c > 0 ? (reach * noise) / (1 + c * (leastSigma.data[0] - 1)) : greatest([x]) / 100;
    const line = 1.1 * noise + (1 + c * (recommendedSigma.data[0] - 1)) * far;
    // A line that is proved and not the least may lie far above.
    const proved = isTight.data[0] === 1 ? 0 : sigma0.data[0] + sigma.data[0] * far;
    const high = 1.06 * greatest([[line, proved], y.filter((_, i) => x[i] <= far)]);
    return {
      xDomain: /** @type {[number, number]} */ ([0, far]),
      yDomain: /** @type {[number, number]} */ ([0, high]),
    };
  }
  const decade = (/** @type {number} */ value, /** @type {(a: number) => number} */ round) =>
    10 ** round(Math.log10(value));
  const xDomain = [decade(leastPositive([x]), Math.floor), decade(greatest([x]), Math.ceil)];
  const top = greatest([y, sigma0.data]);
  const yDomain = [decade(leastPositive([y]), Math.floor), decade(top, Math.ceil)];
  return {
    xDomain: /** @type {[number, number]} */ (xDomain),
    yDomain: /** @type {[number, number]} */ (yDomain),
  };
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width } = surface;
  const { channels } = shown.reports.run;
  const list = lines(shown, theme);
  const iterateStyle = { ...theme.second, width: 1 };
  const height = withLegend(ctx, surface, [
    { label: "points x", style: theme.measured, kind: "point" },
    { label: "a run of SGD", style: iterateStyle, kind: "point" },
    ...list,
  ]);
  const scale = shown.state.view.axes === "linear" ? "linear" : "log";
  const place = frame({ width, height, ...domains(shown), xScale: scale, yScale: scale });
  const single = Number(shown.state.parameters.batch) === 1;
  const yName = single ? "E‖∇f_ω(x)‖²" : "E‖∇f_B(x)‖²";
  axes(ctx, place, { x: { label: "‖∇f(x)‖²" }, y: { label: yName } }, theme);
  const points = pairs(channels.points);
  const iterates = pairs(channels.iterates);
  const most = { x: points.x.slice(-mostPoints), y: points.y.slice(-mostPoints) };
  scatter(ctx, place, most, theme.measured, { radius: 2, opacity: 0.5 });
  scatter(ctx, place, iterates, iterateStyle, { radius: 2.2, opacity: 0.75 });
  for (const { f, style } of list) {
    curve(ctx, place, f, style);
  }
  /** @type {import("../render/types.js").Box[]} */
  const taken = [];
  drawContact(ctx, place, surface, shown, taken);
  nameDescent(ctx, place, theme, taken);
  const turn = turning(place, shown);
  if (turn) {
    handle(ctx, place, { ...turn.at, label: "turn" }, theme, { taken });
  }
  directLabels(
    ctx,
    place,
    list.map((each) => ({
      ...each,
      ...sampled(place, each.f),
      label: each.style === theme.bound ? "" : each.label,
    })),
    theme,
    taken,
  );
  return { hover: hoverOver(place, points, iterates), place: turn?.place, nudge: turn?.nudge };
}

/**
 * Below the line of gradient descent, where no point ever lies.
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {import("../render/theme.js").Theme} theme
 * @param {import("../render/types.js").Box[]} taken
 */
function nameDescent(ctx, place, theme, taken) {
  const { left, right, top, bottom } = place.plot;
  const end = Math.min(place.xDomain[1], place.yDomain[1]);
  const start = Math.max(place.xDomain[0], place.yDomain[0], 0);
  const at = place.xScale === "log" ? Math.sqrt(start * end) : (start + end) / 2;
  const [x, y] = [Number(place.x(at)), Number(place.y(at))];
  ctx.save();
  ctx.font = theme.fonts.label;
  const text = "gradient descent";
  const box = {
    left: x + descentGap,
    top: y + descentGap,
    right: x + descentGap + ctx.measureText(text).width,
    bottom: y + descentGap + descentHeight,
  };
  if (end > start && box.left > left && box.right < right && box.top > top && box.bottom < bottom) {
    haloText(ctx, text, box.left, box.bottom, theme, { colour: theme.colours.bound });
    taken.push(box);
  }
  ctx.restore();
}

/** @param {Frame} place @param {(x: number) => number} f */
function sampled(place, f) {
  const count = 60;
  const { left, width } = place.plot;
  const x = Float64Array.from({ length: count }, (_, k) =>
    Number(place.x.invert(left + (width * k) / (count - 1))),
  );
  return { x, y: x.map(f) };
}

/**
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Surface} surface
 * @param {Shown} shown
 * @param {import("../render/types.js").Box[]} taken
 */
function drawContact(ctx, place, { theme }, shown, taken) {
  const { touch, varianceFactor } = shown.reports.run.channels;
  if (touch.data.length === 0 || varianceFactor.data[0] === 0) {
    return;
  }
  const [x, y] = touch.data;
  rings(ctx, place, { x: [x], y: [y] }, theme.theory, { radius: 5 });
  const [left, top] = [Number(place.x(x)), Number(place.y(y))];
  if (x >= place.xDomain[0] && y >= place.yDomain[0]) {
    labelPoint(ctx, place, "touches here", left, top, theme, {
      colour: theme.theory.colour,
      taken,
    });
  }
}

/**
 * The handle on the line. The slope that a pointer means is taken from the noise at the minimum, as
 * sigma0 itself depends on the slope. Where no noise is left (a batch of all terms) there is nothing to turn.
 * @param {Frame} place
 * @param {Shown} shown
 */
function turning(place, shown) {
  const { points, sigma0, sigma, termConstants, varianceFactor } = shown.reports.run.channels;
  const c = varianceFactor.data[0];
  if (c === 0) {
    return undefined;
  }
  const { left, width, top, height } = place.plot;
  const [atShare, high] = place.invert(left + handleShare * width, top + handleDepth * height);
  const below = (high - sigma0.data[0]) / sigma.data[0];
  const x = below > 0 ? Math.min(atShare, below) : atShare;
  const y = sigma0.data[0] + sigma.data[0] * x;
  const noise = least([pairs(points).y]);
  /** @param {number} termSlope */
  const change = (termSlope) => ({ sigma: rounded(Math.max(leastTermSlope, termSlope)) });
  return {
    at: { x, y },
    place: (/** @type {number} */ _, /** @type {number} */ py) => {
      const [, pointed] = place.invert(0, py);
      return change(1 + ((pointed - noise) / x - 1) / c);
    },
    nudge: (/** @type {number} */ right, /** @type {number} */ up) =>
      change(termConstants.data[1] * 1.02 ** (right + up)),
  };
}

/** Three digits, and short in a link. @param {number} value */
function rounded(value) {
  return Number(value.toPrecision(3));
}

/**
 * @param {Frame} place
 * @param {{ x: Float64Array, y: Float64Array }} points
 * @param {{ x: Float64Array, y: Float64Array }} iterates
 */
function hoverOver(place, points, iterates) {
  return (/** @type {number} */ px, /** @type {number} */ py) => {
    const step = nearestPoint(place, iterates, px, py, hoverRadius);
    const index = step < 0 ? nearestPoint(place, points, px, py, hoverRadius) : step;
    const { x, y } = step < 0 ? points : iterates;
    return index < 0
      ? ""
      : [
          step < 0 ? "a point x" : `SGD, step ${formatStep(step)}`,
          `‖∇f‖² = ${format(x[index])}`,
          `E‖∇f_B‖² = ${format(y[index])}`,
        ].join("\n");
  };
}
