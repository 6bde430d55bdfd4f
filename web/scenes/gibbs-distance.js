// How far the walkers are from the Gibbs law, over the steps: falling, and flat where the bias of the
// step and chance hold it.

import { axes } from "../render/axes.js";
import { band } from "../render/band.js";
import { frame } from "../render/frame.js";
import { directLabels } from "../render/label.js";
import { line } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { nearestIndex } from "../render/read-out.js";
import { withError } from "./ensemble.js";
import { chainsShown, mainChannels } from "./gibbs-runs.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Series & { label: string,
 *   style: import("../render/types.js").SeriesStyle }} Line */
/** @typedef {ReturnType<typeof chainsShown>[number]} Chain */

/** In the order of the channels `floor`, `bias` and `limit`. */
export const measures = [
  { id: "kl", label: "KL divergence", symbol: "KL", unit: "nats" },
  { id: "totalVariation", label: "total variation", symbol: "TV", unit: "" },
  { id: "w2", label: "Wasserstein distance W₂ (on the line)", symbol: "W₂", unit: "" },
];
const leastSteps = 20;
// What lies higher is a start far away, of which nothing more is to be seen.
const mostDecades = 5;

/** The measure chosen, or the first one where that is not taken. @param {Shown} shown */
export function measureOf(shown) {
  const chosen = measures.findIndex(({ id }) => id === shown.state.view.measure);
  const at = mainChannels(shown)[measures[chosen].id].data.length > 0 ? chosen : 0;
  return { ...measures[at], at };
}

/**
 * The values of a chain by the measure chosen.
 * @param {Shown} shown
 * @param {import("./gibbs-runs.js").Channels} channels
 */
export function distanceOf(shown, channels) {
  const { id, at } = measureOf(shown);
  const predicted = `predicted${id[0].toUpperCase()}${id.slice(1)}`;
  return {
    times: channels.times.data,
    measured: channels[id].data,
    error: channels[`${id}StandardError`]?.data ?? new Float64Array(channels[id].data.length),
    predicted: channels[predicted].data,
    floor: channels.floor.data[at],
    bias: channels.bias.data[at],
    limit: channels.limit.data[at],
  };
}

/** @param {Shown} shown @returns {Panel} */
export function distancePanel(shown) {
  return {
    id: "distance",
    label: "distance of the walkers from the Gibbs law over the steps, on logarithmic axes",
    grow: 1,
    aspect: 1.15,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/** @param {ArrayLike<number>} x @param {ArrayLike<number>} y */
function fromFirstStep(x, y) {
  return { x: Array.from(x).slice(1, y.length), y: Array.from(y).slice(1) };
}

/**
 * @param {Shown} shown
 * @param {Chain[]} chains
 * @param {import("../render/theme.js").Theme} theme
 */
function linesOf(shown, chains, theme) {
  const { symbol } = measureOf(shown);
  const several = chains.length > 1;
  const ends = [1, Math.max(leastSteps, shown.horizon)];
  /** @type {Line[]} */
  const measured = [];
  /** @type {Line[]} */
  const theory = [];
  for (const { channels, label, style } of chains) {
    const { times, predicted, limit, floor, ...rest } = distanceOf(shown, channels);
    measured.push({
      ...fromFirstStep(times, rest.measured),
      label: several ? label : `${symbol}, measured`,
      style,
    });
    const thin = { ...theme.theory, width: theme.widths.thin };
    if (predicted.length > 1) {
      theory.push({ ...fromFirstStep(times, predicted), label: "expected", style: theme.theory });
    }
    if (limit > 1.05 * floor) {
      theory.push({ x: ends, y: [limit, limit], label: "limit at this α", style: thin });
    }
  }
  const { floor } = distanceOf(shown, chains[0].channels);
  const chance = {
    x: ends,
    y: [floor, floor],
    label: "chance alone",
    style: theme.bound,
  };
  return { measured, theory, chance };
}

/**
 * Whole decades about what is drawn.
 * @param {Line[]} lines
 * @returns {[number, number]}
 */
function decades(lines) {
  const values = lines.flatMap(({ y }) => Array.from(y)).filter((value) => value > 0);
  const bottom = Math.floor(Math.log10(Math.min(...values)) - 0.1);
  const top = Math.ceil(Math.log10(Math.max(...values)));
  return [10 ** bottom, 10 ** Math.max(bottom + 1, Math.min(top, bottom + mostDecades))];
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width } = surface;
  const chains = chainsShown(shown, theme);
  if (mainChannels(shown).floor.data.length === 0) {
    return paintNothing(ctx, surface);
  }
  const { symbol, unit } = measureOf(shown);
  const { measured, theory, chance } = linesOf(shown, chains, theme);
  const known = new Map(theory.map((each) => [each.label, each]));
  const height = withLegend(ctx, surface, [...measured, ...known.values(), chance]);
  const all = [...measured, ...theory, chance];
  const place = frame({
    width,
    height,
    xDomain: [1, Math.max(leastSteps, shown.horizon)],
    yDomain: decades(all),
    xScale: "log",
    yScale: "log",
  });
  const name = { label: `${symbol}(walkers | Gibbs law)`, unit };
  axes(ctx, place, { x: { label: "steps t" }, y: name }, theme);
  line(ctx, place, chance, chance.style);
  for (const [k, each] of measured.entries()) {
    const { error } = distanceOf(shown, chains[k].channels);
    const spread = {
      x: each.x,
      lower: Array.from(each.y, (value, i) => value - error[i + 1]),
      upper: Array.from(each.y, (value, i) => value + error[i + 1]),
    };
    band(ctx, place, spread, each.style, 0.25);
    line(ctx, place, each, each.style);
  }
  for (const each of theory) {
    line(ctx, place, each, each.style);
  }
  directLabels(ctx, place, [...measured, chance], theme);
  return {
    hover: (/** @type {number} */ px) => readOut(shown, chains, place, px),
  };
}

/** @param {DrawContext} ctx @param {Surface} surface */
function paintNothing(ctx, { width, height, theme }) {
  ctx.save();
  ctx.font = theme.fonts.label;
  ctx.fillStyle = theme.colours.text;
  ctx.textAlign = "center";
  ctx.fillText("∫ e^(−βf) dx is infinite: there is no law to be near to.", width / 2, height / 2);
  ctx.restore();
  return {};
}

/**
 * @param {Shown} shown
 * @param {Chain[]} chains
 * @param {import("../render/frame.js").Frame} place
 * @param {number} px
 */
function readOut(shown, chains, place, px) {
  const { symbol } = measureOf(shown);
  const { times } = distanceOf(shown, chains[0].channels);
  const i = nearestIndex(place, { x: times, y: times }, px);
  const rows = chains.flatMap(({ label, channels }) => {
    const { measured, error, predicted } = distanceOf(shown, channels);
    if (!(i < measured.length)) {
      return [];
    }
    const name = chains.length > 1 ? label : symbol;
    const expected = i < predicted.length ? `, expected ${format(predicted[i])}` : "";
    return [`${name} ${withError(measured[i], error[i])}${expected}`];
  });
  return [`step ${formatStep(times[Math.max(0, i)])}`, ...rows].join("\n");
}
