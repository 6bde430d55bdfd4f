// The line: walkers lying in the landscape of f, and their histogram over the Gibbs law; for several
// chains one histogram each, over one axis of x.

import { xAxis, yAxis } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { histogram } from "../render/histogram.js";
import { haloText } from "../render/label.js";
import { line, rules } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { handle } from "../render/points.js";
import { allowedValue } from "./allowed-values.js";
import { withError } from "./ensemble.js";
import { finiteEnds } from "./extremes.js";
import { chainsShown, isCircle, last, mainChannels } from "./gibbs-runs.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../ui/figure.js").Handle} Handle */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Theme} Theme */
/** @typedef {import("../render/frame.js").Frame} Frame */
/** @typedef {import("./gibbs-runs.js").Channels} Channels */
/** @typedef {ReturnType<typeof chainsShown>[number]} Chain */

const margins = { left: 56, top: 24, right: 16, bottom: 38 };
const rowGap = 26;
const landscapeShare = 0.5;
// The tallest pile of walkers, of the height of the landscape.
const pileShare = 0.34;
// In units of 1/β above the lowest f: what walkers climb is below.
const climbed = 5;

/** @param {Shown} shown @returns {Panel} */
export function linePanel(shown) {
  return {
    id: "line",
    label: "f with the walkers lying on it, and their histogram over the Gibbs law",
    hint: "Drag the start, or move it with the arrow keys.",
    grow: 1.3,
    aspect: 0.95,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width, height: whole } = surface;
  const chains = chainsShown(shown, theme);
  const bottom = withLegend(ctx, surface, legendItems(shown, chains, theme)) - margins.bottom;
  const single = chains.length === 1;
  const channels = mainChannels(shown);
  const [low, high] = channels.window.data;
  /** @param {number} top @param {number} end @param {[number, number]} yDomain */
  const row = (top, end, yDomain) =>
    frame({
      width,
      height: whole,
      xDomain: surface.held?.xDomain ?? [low, high],
      yDomain,
      margins: { ...margins, top, bottom: whole - end },
    });
  const middle = margins.top + landscapeShare * (bottom - margins.top - rowGap);
  const landscape = single ? row(margins.top, middle, heights(shown)) : null;
  const first = single ? middle + rowGap : margins.top;
  const each = (bottom - first - rowGap * (chains.length - 1)) / chains.length;
  const rows = chains.map((_, k) => {
    const top = first + k * (each + rowGap);
    return row(top, top + each, [0, tallest(chains)]);
  });
  if (landscape) {
    paintLandscape(ctx, landscape, shown, theme);
  }
  for (const [k, place] of rows.entries()) {
    paintHistogram(ctx, place, chains[k], shown, theme, single);
  }
  xAxis(ctx, rows[rows.length - 1], { label: "x" }, theme);
  const start = startHandle(landscape ?? rows[0], shown, landscape !== null);
  handle(ctx, landscape ?? rows[0], start.at, theme, { active: surface.active === 0 });
  return {
    handles: [start.handle],
    hover: (/** @type {number} */ px, /** @type {number} */ py) =>
      read(rows, chains, shown, px, py),
  };
}

/** @param {Shown} shown @param {Chain[]} chains @param {Theme} theme */
function legendItems(shown, chains, theme) {
  const { theory, bound } = theme;
  /** @type {import("../render/legend.js").LegendItem[]} */
  const items = chains.map(({ label, style }) => ({ label, style, kind: "band" }));
  if (chains.some(({ channels }) => channels.gibbs.data.length > 0)) {
    items.push({ label: "Gibbs law e^(−βf)/Z", style: theory });
  }
  if (chains.some(({ channels }) => channels.chainLaw.data.length > 0)) {
    items.push({ label: "the chain’s own limit law", style: bound });
  }
  if (shown.state.view.overlay === "notes") {
    items.push({ label: "law at temperature α/b", style: theme.series[3] });
  }
  return items;
}

/**
 * From the lowest f to where walkers climb, with the start and the barriers between wells.
 * @param {Shown} shown
 * @returns {[number, number]}
 */
function heights(shown) {
  const { curve, grid, beta } = mainChannels(shown);
  const f = curve.data;
  const [lowest, greatest] = finiteEnds(f);
  const barriers = f.filter((value, i) => value > f[i - 1] && value >= f[i + 1]);
  const start = valueAt(grid.data, f, startOf(shown));
  const top = Math.max(
    Number.isFinite(start) ? start : lowest,
    lowest + climbed / beta.data[0],
    ...barriers,
  );
  const highest = Math.min(top, greatest);
  return [lowest - 0.06 * (highest - lowest), highest + pileShare * (highest - lowest)];
}

/** On a circle folded onto the turn that is drawn. @param {Shown} shown */
function startOf(shown) {
  const x0 = Number(shown.state.parameters.x0);
  if (!isCircle(shown)) {
    return x0;
  }
  const [low, high] = mainChannels(shown).window.data;
  return x0 - (high - low) * Math.floor((x0 - low) / (high - low));
}

/**
 * Between the points of a grid.
 * @param {ArrayLike<number>} grid even
 * @param {ArrayLike<number>} values
 * @param {number} x
 */
function valueAt(grid, values, x) {
  const step = (grid[grid.length - 1] - grid[0]) / (grid.length - 1);
  const at = Math.min(grid.length - 1, Math.max(0, (x - grid[0]) / step));
  const i = Math.min(grid.length - 2, Math.floor(at));
  return values[i] + (at - i) * (values[i + 1] - values[i]);
}

/** Room for the laws, and for a histogram that has not spread yet up to twice that.
 * @param {Chain[]} chains */
function tallest(chains) {
  /** @param {"gibbs" | "chainLaw" | "histogram"} id */
  const peak = (id) => Math.max(0, ...chains.flatMap(({ channels }) => [...channels[id].data]));
  const laws = 1.15 * Math.max(peak("gibbs"), peak("chainLaw"));
  const walkers = 1.05 * peak("histogram");
  return laws > 0 ? Math.max(laws, Math.min(walkers, 2 * laws)) : walkers;
}

/**
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Shown} shown
 * @param {Theme} theme
 */
function paintLandscape(ctx, place, shown, theme) {
  const { curve, grid, histogram: density, edges, beta } = mainChannels(shown);
  yAxis(ctx, place, { label: "f(x), and the walkers on it" }, theme);
  const level = finiteEnds(curve.data)[0] + 1 / beta.data[0];
  if (level < place.yDomain[1]) {
    rules(ctx, place, { y: [level] }, { ...theme.bound, width: theme.widths.thin });
    ctx.save();
    ctx.font = theme.fonts.label;
    const quiet = { align: /** @type {const} */ ("right"), colour: theme.colours.muted };
    haloText(ctx, "1/β up", place.plot.right - 3, place.y(level) - 4, theme, quiet);
    ctx.restore();
  }
  const ink = { ...theme.measured, colour: theme.colours.text, dash: [] };
  line(ctx, place, { x: grid.data, y: curve.data }, ink);
  const unit = (pileShare * place.plot.height) / Math.max(1e-300, ...density.data);
  ctx.save();
  ctx.beginPath();
  ctx.rect(place.plot.left, place.plot.top, place.plot.width, place.plot.height);
  ctx.clip();
  ctx.fillStyle = theme.measured.colour;
  ctx.globalAlpha = 0.55;
  for (let i = 0; i < density.data.length; i += 1) {
    if (density.data[i] > 0) {
      const [left, right] = [place.x(edges.data[i]), place.x(edges.data[i + 1])];
      const base = place.y(valueAt(grid.data, curve.data, (edges.data[i] + edges.data[i + 1]) / 2));
      const tall = Math.max(1, density.data[i] * unit);
      ctx.fillRect(left + 0.5, base - tall, Math.max(1, right - left - 1), tall);
    }
  }
  ctx.restore();
}

/**
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Chain} chain
 * @param {Shown} shown
 * @param {Theme} theme
 * @param {boolean} single
 */
function paintHistogram(ctx, place, chain, shown, theme, single) {
  const { channels, style } = chain;
  const { edges, grid, gibbs, chainLaw, curve } = channels;
  yAxis(ctx, place, { label: "" }, theme);
  title(ctx, place, chain, theme, single);
  const bars = { edges: edges.data, heights: channels.histogram.data };
  histogram(ctx, place, bars, style, 0.5);
  if (chainLaw.data.length > 0) {
    line(ctx, place, stairs(edges.data, chainLaw.data), theme.bound);
  }
  line(ctx, place, { x: grid.data, y: gibbs.data }, theme.theory);
  if (shown.state.view.overlay === "notes") {
    const law = lawAt(grid.data, curve.data, channels.beta.data[0] / 2);
    line(ctx, place, { x: grid.data, y: law }, theme.series[3]);
  }
}

/**
 * What the row shows, and its main number against both laws, as far as there is room.
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Chain} chain
 * @param {Theme} theme
 * @param {boolean} single
 */
function title(ctx, { plot }, { label, channels }, theme, single) {
  const name = single ? "density" : label;
  ctx.save();
  ctx.font = theme.fonts.label;
  ctx.fillStyle = theme.colours.text;
  ctx.textAlign = "left";
  ctx.fillText(name, plot.left + 2, plot.top - 8);
  const room = plot.width - ctx.measureText(name).width - 20;
  const fits = numbersOf(channels).find((text) => ctx.measureText(text).width <= room);
  ctx.textAlign = "right";
  ctx.fillStyle = theme.colours.muted;
  ctx.fillText(fits ?? "", plot.right, plot.top - 8);
  ctx.restore();
}

/**
 * The share of the right well, or the variance: from long to short.
 * @param {Channels} channels
 * @returns {string[]}
 */
function numbersOf(channels) {
  const { wells, wellMass, wellMassStandardError, gibbsWellMass } = channels;
  if (wells.data.length > 1) {
    const percent = (/** @type {number} */ share) => format(100 * share);
    const at = format(last(wells.data));
    const error = format(100 * last(wellMassStandardError.data), 2);
    const measured = `${percent(last(wellMass.data))} ± ${error} %`;
    const law = `Gibbs ${percent(last(gibbsWellMass.data))} %`;
    return [`in the well at ${at}: ${measured} · ${law}`, `well at ${at}: ${measured}`, measured];
  }
  const { variance, varianceStandardError, gibbsVariance, predictedVariance } = channels;
  const measured = `variance ${withError(variance.data[0], varianceStandardError.data[0])}`;
  const gibbs = gibbsVariance.data.length > 0 ? `Gibbs ${format(gibbsVariance.data[0])}` : "";
  const own = predictedVariance.data.length > 0 ? `limit ${format(predictedVariance.data[0])}` : "";
  const joined = (/** @type {string[]} */ parts) => parts.filter(Boolean).join(" · ");
  return [joined([measured, own, gibbs]), joined([measured, gibbs]), measured];
}

/** The outline of bars. @param {ArrayLike<number>} edges @param {ArrayLike<number>} heights */
function stairs(edges, heights) {
  const x = [];
  const y = [];
  for (let i = 0; i < heights.length; i += 1) {
    x.push(edges[i], edges[i + 1]);
    y.push(heights[i], heights[i]);
  }
  return { x, y };
}

/**
 * e^(−βf)/Z over the window.
 * @param {ArrayLike<number>} grid
 * @param {ArrayLike<number>} f
 * @param {number} beta
 */
function lawAt(grid, f, beta) {
  const values = Array.from(f);
  const [lowest] = finiteEnds(values);
  const weights = values.map((value) => {
    return Number.isNaN(value) ? 0 : Math.exp(-beta * (value - lowest));
  });
  const sum = weights.reduce((a, b) => a + b, 0) * (grid[1] - grid[0]);
  return weights.map((weight) => weight / sum);
}

/**
 * @param {Frame} place
 * @param {Shown} shown
 * @param {boolean} onCurve
 */
function startHandle(place, shown, onCurve) {
  const { grid, curve } = mainChannels(shown);
  const [low, high] = place.xDomain;
  const x0 = Number(shown.state.parameters.x0);
  const x = startOf(shown);
  const at = { x, y: onCurve ? valueAt(grid.data, curve.data, x) : 0, label: "start" };
  const digits = 10 ** Math.floor(Math.log10((high - low) / 500));
  /** @param {number} value */
  const rounded = (value) =>
    Number(
      (
        Math.round(allowedValue(shown.tables.parameters, "x0", value) / digits) * digits
      ).toPrecision(6),
    );
  /** @type {Handle} */
  const moved = {
    x: Math.min(place.plot.right, Math.max(place.plot.left, place.x(at.x))),
    y: Math.min(place.plot.bottom, Math.max(place.plot.top, place.y(at.y))),
    name: `start, at ${format(x0)}`,
    xDomain: place.xDomain,
    move: (px) => ({ x0: rounded(Math.min(high, Math.max(low, place.invert(px, 0)[0]))) }),
    nudge: (right) => ({ x0: rounded(x0 + (right * (high - low)) / 100) }),
  };
  return { at, handle: moved };
}

/**
 * @param {Frame[]} rows
 * @param {Chain[]} chains
 * @param {Shown} shown
 * @param {number} px
 * @param {number} py
 */
function read(rows, chains, shown, px, py) {
  const k = rows.findIndex(({ plot }) => py >= plot.top && py <= plot.bottom);
  const { channels } = chains[Math.max(0, k)];
  const { edges, histogram: density, chainLaw, grid, gibbs, curve } = channels;
  const [x] = rows[0].invert(px, 0);
  const width = edges.data[1] - edges.data[0];
  const bin = Math.floor((x - edges.data[0]) / width);
  if (bin < 0 || bin >= density.data.length) {
    return "";
  }
  const place = `x = ${format(x)}, f = ${format(valueAt(grid.data, curve.data, x))}`;
  const share = density.data[bin] * width;
  const count = Number(shown.state.parameters.replicates);
  const error = Math.sqrt((share * (1 - share)) / count) / width;
  const rest = [
    `density ${withError(density.data[bin], error)} (${formatStep(Math.round(share * count))} walkers)`,
  ];
  if (gibbs.data.length > 0) {
    rest.push(`Gibbs law ${format(valueAt(grid.data, gibbs.data, x))}`);
  }
  if (chainLaw.data.length > 0) {
    rest.push(`the chain’s limit ${format(chainLaw.data[bin])}`);
  }
  return [place, ...rest].join("\n");
}
