// The landscape with the walkers on it: their histogram stands on the curve, the Gibbs density beside
// it; in the plane a cloud over the contours.

import { axes, insideAxes, insideAxesBoxes } from "../render/axes.js";
import { axisMargins, frame } from "../render/frame.js";
import { haloText } from "../render/label.js";
import { line, rules } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { crosses, handle, scatter } from "../render/points.js";
import { insidePlot } from "../render/polyline.js";
import {
  barrierOf,
  channelsOf,
  hasTwoWells,
  shareInWords,
  shareOf,
  stageOf,
} from "./annealing-runs.js";
import { lineMoves, paintLandscape, planeWithLegend } from "./landscape-field.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Theme} Theme */
/** @typedef {import("../render/frame.js").Frame} Frame */

// Of the picture's height, for the highest point of the density.
const densityShare = 0.42;
const cloudRadius = 1.6;
// In pixels: names below the deepest minimum, and the barrier beside the temperature.
const roomForNames = 22;
const roomForBarrier = 270;

/** @param {Shown} shown @returns {Panel} */
export function landscapePanel(shown) {
  const isPlane = channelsOf(shown).field.shape[0] > 1;
  return {
    id: "landscape",
    label: isPlane
      ? "contours of f with the cloud of walkers"
      : "f(x) with the histogram of the walkers on it and the Gibbs density",
    hint: "Click or drag to set the start; arrow keys move it.",
    grow: 1,
    aspect: 1.15,
    paint: (ctx, surface) =>
      isPlane ? paintPlane(ctx, surface, shown) : paintLine(ctx, surface, shown),
  };
}

/** The minima and maxima along x. @param {Shown} shown */
function turnsOf(shown) {
  const { shape, data } = channelsOf(shown).criticalPoints;
  return Array.from({ length: shape[0] }, (_, i) => ({
    x: data[3 * i],
    f: data[3 * i + 1],
    isMinimum: data[3 * i + 2] === 1,
  }));
}

/** @param {Shown} shown */
function globalMinimum(shown) {
  const minima = turnsOf(shown).filter(({ isMinimum }) => isMinimum);
  return minima.reduce((best, each) => (each.f < best.f ? each : best));
}

/**
 * From below the deepest minimum to well above what separates the wells; of a bowl, to where the
 * walkers reach at first.
 * @param {Shown} shown
 * @param {number} plotHeight in pixels
 * @returns {[number, number]}
 */
function heightDomain(shown, plotHeight) {
  const turns = turnsOf(shown);
  const low = Math.min(...turns.map(({ f }) => f));
  const { ladder } = channelsOf(shown);
  const high = hasTwoWells(shown) ? Math.max(...turns.map(({ f }) => f)) : low + 3 * ladder.data[0];
  const top = high + 1.1 * (high - low);
  const share = roomForNames / Math.max(3 * roomForNames, plotHeight);
  return [low - (share / (1 - share)) * (top - low), top];
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintLine(ctx, surface, shown) {
  const { theme, width } = surface;
  const { grid, field, gibbs, density, edges, window } = channelsOf(shown);
  const count = formatStep(Number(shown.state.parameters.replicates));
  const height = withLegend(ctx, surface, [
    { label: "f(x)", style: inkStyle(theme) },
    { label: `${count} walkers`, style: theme.measured, kind: "band" },
    { label: "Gibbs law at T", style: theme.theory },
  ]);
  const yDomain = heightDomain(shown, height - axisMargins.top - axisMargins.bottom);
  const place = frame({
    width,
    height,
    xDomain: [window.data[0], window.data[1]],
    yDomain,
    margins: axisMargins,
  });
  axes(ctx, place, { x: { label: "x" }, y: { label: "f(x), and how many are at x" } }, theme);
  const perDensity = (densityShare * (yDomain[1] - yDomain[0])) / Math.max(...gibbs.data);
  /** @param {number} x */
  const f = (x) => interpolated(field.data, grid.data, x);
  paintBars(ctx, place, { edges: edges.data, density: density.data, perDensity, f }, theme);
  line(
    ctx,
    place,
    { x: grid.data, y: gibbs.data.map((rho, i) => field.data[i] + perDensity * rho) },
    theme.theory,
  );
  line(ctx, place, { x: grid.data, y: field.data }, inkStyle(theme));
  paintTemperature(ctx, place, shown, theme);
  const x0 = Number(shown.state.parameters.x0);
  handle(ctx, place, { x: x0, y: f(x0), label: "start" }, theme);
  if (hasTwoWells(shown)) {
    const { x, f: value } = globalMinimum(shown);
    ctx.save();
    ctx.font = theme.fonts.label;
    haloText(ctx, "global minimum", place.x(x), place.y(value) + 15, theme, { align: "center" });
    ctx.restore();
  }
  return {
    hover: (/** @type {number} */ px) => {
      const x = place.invert(px, 0)[0];
      const bin = edges.data.findLastIndex((edge) => edge <= x);
      return bin < 0 || bin >= density.data.length
        ? ""
        : [
            `x = ${format(x)}, f = ${format(f(x))}`,
            `walkers ${format(density.data[bin])} per unit of x`,
            `Gibbs ${format(interpolated(gibbs.data, grid.data, x))}`,
          ].join("\n");
    },
    ...lineMoves(place, window.data, x0),
  };
}

/** @param {Theme} theme */
function inkStyle(theme) {
  return { ...theme.measured, colour: theme.colours.text, dash: [] };
}

/**
 * Values on an even grid at any x inside it.
 * @param {Float64Array} values
 * @param {Float64Array} grid
 * @param {number} x
 */
function interpolated(values, grid, x) {
  const at = ((x - grid[0]) / (grid[1] - grid[0]) || 0) + 0;
  const i = Math.min(grid.length - 2, Math.max(0, Math.floor(at)));
  return values[i] + (at - i) * (values[i + 1] - values[i]);
}

/**
 * Bars that stand on the curve.
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {{ edges: Float64Array, density: Float64Array, perDensity: number,
 *   f: (x: number) => number }} bars
 * @param {Theme} theme
 */
function paintBars(ctx, place, { edges, density, perDensity, f }, theme) {
  insidePlot(ctx, place, () => {
    ctx.fillStyle = theme.measured.colour;
    ctx.globalAlpha = 0.42;
    for (let i = 0; i < density.length; i += 1) {
      if (density[i] > 0) {
        const [left, right] = [place.x(edges[i]), place.x(edges[i + 1])];
        const [a, b] = [f(edges[i]), f(edges[i + 1])];
        const rise = perDensity * density[i];
        // A gap between bars that are wide enough to spare it.
        const gap = right - left > 5 ? 0.5 : 0;
        ctx.beginPath();
        ctx.moveTo(left + gap, place.y(a));
        ctx.lineTo(left + gap, place.y(a + rise));
        ctx.lineTo(right - gap, place.y(b + rise));
        ctx.lineTo(right - gap, place.y(b));
        ctx.closePath();
        ctx.fill();
      }
    }
  });
}

/**
 * T as a height beside the barrier, on the scale of f.
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Shown} shown
 * @param {Theme} theme
 */
function paintTemperature(ctx, place, shown, theme) {
  const { temperature } = stageOf(shown);
  const { plot } = place;
  const base = globalMinimum(shown).f;
  const x = plot.right - 14;
  const [bottom, top] = [place.y(base), Math.max(plot.top + 4, place.y(base + temperature))];
  ctx.save();
  ctx.strokeStyle = theme.colours.text;
  ctx.lineWidth = 1.5;
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.moveTo(x - 4, bottom);
  ctx.lineTo(x + 4, bottom);
  ctx.moveTo(x, bottom);
  ctx.lineTo(x, top);
  ctx.moveTo(x - 4, top);
  ctx.lineTo(x + 4, top);
  ctx.stroke();
  ctx.restore();
  const isWide = plot.width > roomForBarrier;
  const text =
    hasTwoWells(shown) && isWide
      ? `T = ${format(temperature)}, barrier ${format(barrierOf(shown) / temperature, 2)} T`
      : `T = ${format(temperature)}`;
  ctx.save();
  ctx.font = theme.fonts.label;
  haloText(ctx, text, plot.right - 4, bottom + 15, theme, { align: "right" });
  ctx.restore();
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintPlane(ctx, surface, shown) {
  const { theme } = surface;
  const { window, cloud } = channelsOf(shown);
  const items = [
    {
      label: `${formatStep(cloud.shape[0])} walkers`,
      style: theme.measured,
      kind: /** @type {const} */ ("point"),
    },
    { label: "between the wells", style: theme.bound },
    { label: `T = ${format(stageOf(shown).temperature)}` },
  ];
  const place = planeWithLegend(ctx, surface, window.data, items);
  const turns = turnsOf(shown);
  paintLandscape(place, channelsOf(shown), globalMinimum(shown).f, surface);
  const walkers = {
    x: cloud.data.filter((_, i) => i % 2 === 0),
    y: cloud.data.filter((_, i) => i % 2 === 1),
  };
  scatter(ctx, place, walkers, theme.measured, { radius: cloudRadius, opacity: 0.6 });
  const saddles = turns.filter(({ isMinimum }) => !isMinimum).map(({ x }) => x);
  rules(ctx, place, { x: saddles }, theme.bound);
  const minima = turns.filter(({ isMinimum }) => isMinimum);
  const ink = { colour: theme.colours.text };
  crosses(ctx, place, { x: minima.map(({ x }) => x), y: minima.map(() => 0) }, ink);
  const x0 = Number(shown.state.parameters.x0);
  const names = { x: { label: "x" }, y: { label: "y" } };
  const taken = insideAxesBoxes(ctx, place, names, theme);
  handle(ctx, place, { x: x0, y: 0, label: "start" }, theme, { taken });
  insideAxes(ctx, place, names, theme);
  const { share, error } = shareOf(shown);
  return {
    hover: (/** @type {number} */ px, /** @type {number} */ py) => {
      const [x, y] = place.invert(px, py);
      return [
        `(${format(x)}, ${format(y)})`,
        `in the global well ${shareInWords(share, error)}`,
      ].join("\n");
    },
    ...lineMoves(place, window.data, x0),
  };
}
