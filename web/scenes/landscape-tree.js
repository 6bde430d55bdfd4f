// Beside the landscape: its merge tree, the number of lakes over the level, or what the flow keeps.

import { axes, yAxis } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { haloText } from "../render/label.js";
import { line, rules } from "../render/line.js";
import { counted, format, formatStep } from "../render/numbers.js";
import { rings } from "../render/points.js";
import { nearestIndex } from "../render/read-out.js";
import { finiteEnds } from "./extremes.js";
import {
  chosenLake,
  countAt,
  lakesOf,
  namesAt,
  waterColours,
  waterLevel,
} from "./landscape-water.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("./landscape-water.js").Lake} Lake */

const decades = 4;
// A landscape whose lakes all begin this far up, as a share of its height, needs no logarithm.
const leastShare = 0.01;
const countPoints = 240;
const heightName = { label: "f − min f" };

/** @param {Shown} shown @returns {Panel} */
export function besidePanel(shown) {
  const kind = String(shown.state.view.beside);
  if (kind === "kept") {
    return {
      id: "kept",
      label: "what gradient flow keeps, over the steps",
      grow: 0.75,
      aspect: 1.2,
      paint: (ctx, surface) => paintKept(ctx, surface, shown),
    };
  }
  return kind === "count"
    ? {
        id: "count",
        label: "the number of lakes over the water level",
        grow: 0.75,
        aspect: 1.2,
        paint: (ctx, surface) => paintCount(ctx, surface, shown),
      }
    : {
        id: "tree",
        label: "the merge tree: every lake from its bottom up to where it flows into a deeper one",
        hint: "Click a branch to put the start at the bottom of its lake; arrow keys go from branch to branch.",
        grow: 0.75,
        aspect: 1.2,
        paint: (ctx, surface) => paintTree(ctx, surface, shown),
      };
}

/**
 * The heights of f above its lowest point that are of interest: all of them on a linear axis, or
 * those of the last decades on a logarithmic one.
 * @param {Shown} shown
 * @returns {{ domain: [number, number], scale: "linear" | "log" }}
 */
export function heightAxis({ reports }) {
  const { channels } = reports.run;
  const base = channels.lowest.data[0];
  const highest = finiteEnds(channels.field.data)[1];
  // A level plain has no height of its own.
  const top = highest - base || 1;
  const others = lakesOf(channels).slice(1);
  const high = others.length > 0 && others.every(({ birth }) => birth - base > leastShare * top);
  return high
    ? { domain: [leastShare * top, top], scale: "linear" }
    : { domain: [top * 10 ** -decades, top], scale: "log" };
}

/** The same with the water level among them. @param {Shown} shown */
function shownHeights(shown) {
  const { domain, scale } = heightAxis(shown);
  const level = waterLevel(shown) - shown.reports.run.channels.lowest.data[0];
  return { domain: withValue(domain, level), scale };
}

/** @param {[number, number]} domain @param {number} value @returns {[number, number]} */
export const withValue = ([low, high], value) => [Math.min(low, value), Math.max(high, value)];

/**
 * The places of the branches from left to right, so that none crosses another: after a lake come
 * those that flow into it, the ones that do so first nearest to it.
 * @param {Lake[]} lakes
 * @returns {number[]} by lake
 */
export function branchPlaces(lakes) {
  /** @type {number[][]} */
  const children = lakes.map(() => []);
  lakes.forEach(({ into }, k) => {
    children[into]?.push(k);
  });
  /** @type {number[]} */
  const places = [];
  let next = 0;
  const visit = (/** @type {number} */ k) => {
    places[k] = next;
    next += 1;
    for (const child of children[k].sort((a, b) => lakes[a].merge - lakes[b].merge)) {
      visit(child);
    }
  };
  visit(0);
  return places;
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintTree(ctx, surface, shown) {
  const { theme, width } = surface;
  const { channels } = shown.reports.run;
  const lakes = lakesOf(channels);
  const base = channels.lowest.data[0];
  const level = waterLevel(shown) - base;
  const places = branchPlaces(lakes);
  const { domain, scale } = shownHeights(shown);
  const [low, high] = domain;
  const ink = {
    ...theme.measured,
    colour: theme.colours.muted,
    marker: /** @type {const} */ ("none"),
  };
  const [red, green, blue] = waterColours(theme).chosen;
  const told = { ...theme.measured, colour: `rgb(${red}, ${green}, ${blue})`, width: 3.5 };
  const chosen = chosenLake(shown);
  const count = countAt(lakes, waterLevel(shown));
  const height = withLegend(ctx, surface, [
    { label: "the point’s lake", style: told },
    { label: "water level", style: theme.bound },
    { label: `${lakeCount(count)} at this level${inSpace(shown)}` },
  ]);
  const place = frame({
    width,
    height,
    xDomain: [-0.6, lakes.length - 0.4],
    yDomain: domain,
    yScale: scale,
    margins: { left: 56, top: 26, right: 12, bottom: 10 },
  });
  yAxis(ctx, place, heightName, theme);
  const clipped = (/** @type {number} */ value) => Math.max(low, Math.min(high, value - base));
  lakes.forEach((lake, k) => {
    const x = places[k];
    const [from, to] = [clipped(lake.birth), clipped(Math.min(lake.merge, base + high))];
    line(ctx, place, { x: [x, x], y: [from, to] }, ink);
    if (Number.isFinite(lake.merge)) {
      line(ctx, place, { x: [places[lake.into], x], y: [to, to] }, ink);
    }
  });
  const names = namesAt(lakes, base + level);
  lakes.forEach((lake, k) => {
    if (names[k] === chosen && lake.birth <= base + level) {
      const to = clipped(Math.min(lake.merge, base + level));
      line(ctx, place, { x: [places[k], places[k]], y: [clipped(lake.birth), to] }, told);
      if (k !== chosen) {
        line(ctx, place, { x: [places[lake.into], places[k]], y: [to, to] }, told);
      }
    }
  });
  rules(ctx, place, { y: [level] }, theme.bound);
  const byPlace = places.map((_, k) => k).sort((a, b) => places[a] - places[b]);
  const current = chosen < 0 ? 0 : places[chosen];
  const bottomAt = (/** @type {number} */ slot) => {
    const { x, y } = lakes[byPlace[Math.max(0, Math.min(lakes.length - 1, Math.round(slot)))]];
    return { x0: Number(x.toPrecision(6)), y0: Number(y.toPrecision(6)) };
  };
  return {
    hover: (/** @type {number} */ px) => {
      const lake = lakes[byPlace[Math.round(place.invert(px, 0)[0])]];
      return lake ? describe(lake) : "";
    },
    place: (/** @type {number} */ px) => bottomAt(place.invert(px, 0)[0]),
    nudge: (/** @type {number} */ right) => bottomAt(current + right),
  };
}

/** @param {Lake} lake */
function describe({ x, y, birth, merge, saddleX, saddleY }) {
  const where = `lake around (${format(x)}, ${format(y)}), bottom f = ${format(birth)}`;
  return Number.isFinite(merge)
    ? `${where}\nflows into a deeper one at f = ${format(merge)},\nover (${format(saddleX)}, ${format(saddleY)})`
    : `${where}\nthe deepest of all`;
}

/** @param {Shown} shown */
export function keptName({ state }) {
  return state.parameters.network === "depth-2-wide" ? "‖u‖² − ‖v‖²" : "w₁² − w₂²";
}

/** "2 lakes" @param {number} count */
export const lakeCount = (count) => counted(count, "lake");

/** What the picture, a slice, does not show. @param {Shown} shown */
export function inSpace({ reports, state }) {
  const { spaceCount } = reports.run.channels;
  const dimension = state.parameters.network === "depth-3" ? "three" : "four";
  return spaceCount.data.length > 0
    ? ` here, ${spaceCount.data[0]} in all ${dimension} dimensions`
    : "";
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintCount(ctx, surface, shown) {
  const { theme, width } = surface;
  const { channels } = shown.reports.run;
  const lakes = lakesOf(channels);
  const base = channels.lowest.data[0];
  const { domain, scale } = shownHeights(shown);
  const [low, high] = domain;
  const along = (/** @type {number} */ share) =>
    scale === "log" ? low * (high / low) ** share : low + (high - low) * share;
  const x = Array.from({ length: countPoints + 1 }, (_, k) => along(k / countPoints));
  const y = x.map((above) => countAt(lakes, base + above));
  const height = withLegend(ctx, surface, [
    { label: "lakes in the picture", style: { ...theme.measured, marker: "none" } },
    { label: "water level", style: theme.bound },
  ]);
  const place = frame({
    width,
    height,
    xDomain: domain,
    yDomain: [0, Math.max(...y) + 1],
    xScale: scale,
  });
  axes(ctx, place, { x: heightName, y: { label: "number of lakes" } }, theme);
  line(ctx, place, stairs(x, y), { ...theme.measured, marker: "none" });
  const level = waterLevel(shown) - base;
  rules(ctx, place, { x: [level] }, theme.bound);
  rings(ctx, place, { x: [level], y: [countAt(lakes, base + level)] }, theme.measured);
  const set = (/** @type {number} */ to) => ({
    level: Number(Math.min(high, Math.max(low, to)).toPrecision(3)),
  });
  const share =
    scale === "log" ? Math.log(level / low) / Math.log(high / low) : (level - low) / (high - low);
  return {
    hover: (/** @type {number} */ px) => {
      const above = place.invert(px, 0)[0];
      return above >= low && above <= high
        ? `${format(above)} above the lowest point: ${lakeCount(countAt(lakes, base + above))}`
        : "";
    },
    place: (/** @type {number} */ px) => set(place.invert(px, 0)[0]),
    nudge: (/** @type {number} */ right) => set(along(share + right / 60)),
  };
}

/** A count jumps. @param {number[]} x @param {number[]} y */
function stairs(x, y) {
  return {
    x: x.flatMap((at, k) => (k === 0 ? [at] : [at, at])),
    y: y.flatMap((count, k) => (k === 0 ? [count] : [y[k - 1], count])),
  };
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintKept(ctx, surface, shown) {
  const { theme, width } = surface;
  const { conserved, f } = shown.reports.run.channels;
  const kept = conserved.data;
  const name = keptName(shown);
  if (kept.length === 0) {
    ctx.font = theme.fonts.label;
    haloText(ctx, "Only linear networks keep something.", 12, 40, theme, {});
    return {};
  }
  const start = { ...theme.theory, marker: /** @type {const} */ ("none") };
  const measured = { ...theme.measured, marker: /** @type {const} */ ("none") };
  const height = withLegend(ctx, surface, [
    { label: name, style: measured },
    { label: "at the start: the flow keeps it if κ = 0", style: start },
  ]);
  const all = [...kept, 0];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const spare = 0.1 * (high - low || 1);
  const place = frame({
    width,
    height,
    xDomain: [0, Math.max(20, shown.horizon)],
    yDomain: [low - spare, high + spare],
  });
  axes(ctx, place, { x: { label: "steps t" }, y: { label: name } }, theme);
  line(ctx, place, { y: kept }, measured);
  rules(ctx, place, { y: [kept[0]] }, start);
  return {
    hover: (/** @type {number} */ px) => {
      const t = nearestIndex(place, { y: kept }, px);
      return t < 0
        ? ""
        : [
            `step ${formatStep(t)}: ${name} = ${format(kept[t])}`,
            `changed by ${format(kept[t] - kept[0])}; f = ${format(f.data[t])}`,
          ].join("\n");
    },
  };
}
