// The solutions: how far from the teacher, how close to one another, how many after so many patterns.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { histogram } from "../render/histogram.js";
import { haloText } from "../render/label.js";
import { line } from "../render/line.js";
import { format } from "../render/numbers.js";
import { rings, scatter } from "../render/points.js";
import { errorBar } from "./ensemble.js";
import { greatest } from "./extremes.js";
import {
  algorithmLabel,
  barsOf,
  hasTeacher,
  meanAndError,
  runOf,
  seedsShown,
} from "./perceptron-runs.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

const companyBins = 12;

/** @param {Shown} shown @returns {Panel} */
export function solutionsPanel(shown) {
  const look = String(shown.state.view.beside);
  const paint = { distance: paintDistance, near: paintNear, count: paintCount }[look];
  const label = {
    distance: "solutions by their distance to the teacher, and the test error at each distance",
    near: hasTeacher(shown)
      ? "test error of each solution against how many solutions are near it"
      : "how many solutions have how many others near them",
    count: "the number of solutions against the number of patterns, over eight instances",
  }[look];
  return {
    id: look,
    label: label ?? "",
    grow: 1,
    aspect: 1.2,
    paint: (ctx, surface) => paint?.(ctx, surface, shown) ?? {},
  };
}

/** @param {Shown} shown */
function shareDone(shown) {
  const [gone, all] = runOf(shown).channels.done.data;
  return gone / all;
}

/** Two plots, one above the other. @param {number} width @param {number} height */
function halves(width, height) {
  const middle = Math.round(height * 0.48);
  return {
    upper: { width, height: middle, margins: { left: 56, top: 26, right: 16, bottom: 12 } },
    lower: {
      width,
      height,
      margins: { left: 56, top: middle + 26, right: 16, bottom: 38 },
    },
  };
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintDistance(ctx, surface, shown) {
  const { theme, width } = surface;
  const { teacherDistance, expectedDistance, testError, testErrorSampled } = runOf(shown).channels;
  const share = shareDone(shown);
  const counts = teacherDistance.data;
  const expected = expectedDistance.data.map((count) => share * count);
  const height = withLegend(ctx, surface, [
    { label: "solutions so far", style: theme.measured, kind: "band" },
    { label: "expected; εₖ exactly", style: theme.theory },
    { label: "εₖ from 4000 patterns", style: { ...theme.measured, dash: [] }, kind: "point" },
  ]);
  const { upper, lower } = halves(width, height);
  const disagreement = hasTeacher(shown) ? "test error" : "labels that differ";
  const xDomain = /** @type {[number, number]} */ ([-0.6, counts.length - 0.4]);
  const top = Math.max(1, ...counts, ...expected) * 1.15;
  const above = frame({ ...upper, xDomain, yDomain: [0, top] });
  axes(ctx, above, { x: { label: "" }, y: { label: "solutions" } }, theme);
  histogram(ctx, above, barsOf(counts), theme.measured);
  const k = Array.from(expected, (_, at) => at);
  line(ctx, above, { x: k, y: expected }, theme.theory);
  const below = frame({ ...lower, xDomain, yDomain: [0, 1] });
  const x = {
    label: hasTeacher(shown) ? "flips k from the teacher" : "flips k from a vector at random",
  };
  axes(ctx, below, { x, y: { label: `${disagreement} εₖ` } }, theme);
  line(ctx, below, { x: k, y: testError.data }, theme.theory);
  const sampled = k.map((at) => testErrorSampled.data[2 * at]);
  for (const at of k) {
    const error = testErrorSampled.data[2 * at + 1];
    errorBar(ctx, below, at, [sampled[at] - error, sampled[at] + error], theme.measured);
  }
  scatter(ctx, below, { x: k, y: sampled }, { ...theme.measured, marker: "circle" });
  return {
    hover: (/** @type {number} */ px) => {
      const at = Math.round(above.invert(px, 0)[0]);
      return at >= 0 && at < counts.length
        ? [
            `${at} flips: ${format(counts[at])} solutions, expected ${format(expected[at])}`,
            `${disagreement} ${format(testError.data[at])}, sampled ${format(sampled[at])} ± ${format(testErrorSampled.data[2 * at + 1])}`,
          ].join("\n")
        : "";
    },
  };
}

/** @typedef {{ error: number, near: number }} Solution with its test error and its neighbours */

/**
 * @param {import("../lab.js").Channel | undefined} channel
 * @param {Float64Array} testError
 * @returns {Solution[]}
 */
function solutionsOf(channel, testError) {
  const [rows, columns] = channel?.shape ?? [0, 0];
  return Array.from({ length: rows }, (_, k) => {
    const [distance, near] = channel?.data.subarray(k * columns) ?? [];
    return { error: testError[distance], near };
  });
}

/** Fewer neighbours are seen better. @param {number} near */
const place01 = (near) => Math.log10(1 + near);

/** @param {Shown} shown */
function companyOf(shown) {
  const { channels } = runOf(shown);
  const testError = channels.testError.data;
  const all = solutionsOf(channels.solutions, testError);
  const found = solutionsOf(channels.learned, testError);
  const { radius, algorithm } = shown.state.parameters;
  const solutions = channels.energyHistogram.data[0];
  return {
    all,
    found,
    most: greatest([[1], all.map(({ near }) => near), found.map(({ near }) => near)]),
    x: { label: `log₁₀(1 + other solutions within ${radius} flips)` },
    // Of very many only some are compared with all.
    who: all.length < solutions ? `${all.length} of ${format(solutions)} solutions` : "solutions",
    finder: algorithmLabel(shown, String(algorithm)),
  };
}

/** @param {ReturnType<typeof companyOf>} company */
function companyInWords({ all, found, who, finder }) {
  const average = (/** @type {Solution[]} */ list) => meanAndError(list.map(({ near }) => near));
  return [
    `neighbours of ${who}: ${format(average(all).mean)} on average`,
    found.length > 0
      ? `of those found by ${finder}: ${format(average(found).mean)} ± ${format(average(found).error)} (${found.length} of 60 runs)`
      : `none of 60 runs of ${finder} finds one`,
  ].join("\n");
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintNear(ctx, surface, shown) {
  const company = companyOf(shown);
  if (company.all.length === 0) {
    const { theme } = surface;
    ctx.font = theme.fonts.label;
    const text =
      shareDone(shown) < 1 ? "Compared once all are gone through." : "There is no solution.";
    haloText(ctx, text, 12, 40, theme, {});
    return {};
  }
  return hasTeacher(shown)
    ? paintTestErrors(ctx, surface, company)
    : paintCompany(ctx, surface, company);
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {ReturnType<typeof companyOf>} company
 */
function paintTestErrors(ctx, surface, company) {
  const { theme, width } = surface;
  const { all, found, most, x, who, finder } = company;
  const meanStyle = { ...theme.measured, colour: theme.colours.text };
  const height = withLegend(ctx, surface, [
    { label: who, style: theme.measured, kind: "point" },
    { label: `found by ${finder}`, style: theme.second, kind: "ring" },
    { label: "mean ± s.e.", style: meanStyle },
  ]);
  const place = frame({
    width,
    height,
    xDomain: [-0.08, place01(most) + 0.08],
    yDomain: [-0.03, greatest([[0.1], all.map(({ error }) => error)]) * 1.1],
  });
  axes(ctx, place, { x, y: { label: "test error" } }, theme);
  const points = (/** @type {Solution[]} */ list) => ({
    x: list.map(({ near }) => place01(near)),
    y: list.map(({ error }) => error),
  });
  scatter(ctx, place, points(all), theme.measured, { radius: 2.5, opacity: 0.35 });
  const means = binned(all, most);
  for (const { x: at, mean, error } of means) {
    errorBar(ctx, place, at, [mean - error, mean + error], meanStyle);
  }
  line(
    ctx,
    place,
    { x: means.map(({ x: at }) => at), y: means.map(({ mean }) => mean) },
    meanStyle,
  );
  rings(ctx, place, points(found), theme.second, { radius: 4.5 });
  return { hover: () => companyInWords(company) };
}

/**
 * Random labels have no test error: neighbours alone.
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {ReturnType<typeof companyOf>} company
 */
function paintCompany(ctx, surface, company) {
  const { theme, width } = surface;
  const { all, found, most, x, who, finder } = company;
  const style = { ...theme.second, marker: /** @type {const} */ ("none") };
  const height = withLegend(ctx, surface, [
    { label: who, style: theme.measured, kind: "band" },
    { label: `found by ${finder}`, style },
  ]);
  const edges = Array.from(
    { length: companyBins + 1 },
    (_, k) => (k * place01(most)) / companyBins,
  );
  const shares = [all, found].map((list) => sharesIn(list, edges));
  const place = frame({
    width,
    height,
    xDomain: [0, place01(most)],
    yDomain: [0, greatest(shares) * 1.1],
  });
  axes(ctx, place, { x, y: { label: "share of them" } }, theme);
  histogram(ctx, place, { edges, heights: shares[0] }, theme.measured);
  if (found.length > 0) {
    const outline = shares[1].flatMap((share) => [share, share]);
    line(ctx, place, { x: edges.flatMap((at) => [at, at]).slice(1, -1), y: outline }, style);
  }
  return { hover: () => companyInWords(company) };
}

/** @param {Solution[]} list @param {number[]} edges of bins of equal width */
function sharesIn(list, edges) {
  const bins = edges.length - 1;
  const shares = new Array(bins).fill(0);
  for (const { near } of list) {
    shares[Math.min(bins - 1, Math.floor((place01(near) / edges[bins]) * bins))] += 1 / list.length;
  }
  return shares;
}

/** @param {Solution[]} all @param {number} most */
function binned(all, most) {
  const bins = 6;
  const span = place01(most) || 1;
  return Array.from({ length: bins }, (_, b) => {
    const inside = all.filter(({ near }) => {
      return Math.min(bins - 1, Math.floor((place01(near) / span) * bins)) === b;
    });
    return {
      x: ((b + 0.5) * span) / bins,
      count: inside.length,
      ...meanAndError(inside.map(({ error }) => error)),
    };
  }).filter(({ count }) => count > 1);
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintCount(ctx, surface, shown) {
  const { theme, width } = surface;
  const { expectedByPatterns, done } = runOf(shown).channels;
  const runs = seedsShown(shown.state).map((seed) => shown.reports[String(seed)].channels);
  const share = done.data[0] / done.data[1];
  const height = withLegend(ctx, surface, [
    { label: "each of eight instances", style: { ...theme.bound, dash: [] } },
    { label: "their mean ± s.e.", style: theme.measured },
    { label: "expected", style: theme.theory },
  ]);
  const m = Array.from(expectedByPatterns.data, (_, k) => k);
  const means = m.map((k) => meanAndError(runs.map((run) => run.solutionsByPatterns.data[k])));
  const place = frame({
    width,
    height,
    xDomain: [0, m.length - 1],
    yDomain: [0.5, 2 * expectedByPatterns.data[0]],
    yScale: "log",
  });
  axes(ctx, place, { x: { label: "patterns" }, y: { label: "solutions" } }, theme);
  for (const run of runs) {
    const thin = { ...theme.bound, dash: [], width: theme.widths.thin };
    line(ctx, place, { y: run.solutionsByPatterns.data }, thin);
  }
  line(ctx, place, { y: expectedByPatterns.data.map((count) => share * count) }, theme.theory);
  line(ctx, place, { y: means.map(({ mean }) => mean) }, theme.measured);
  means.forEach(({ mean, error }, k) => {
    errorBar(ctx, place, k, [Math.max(0.5, mean - error), mean + error], theme.measured);
  });
  return {
    hover: (/** @type {number} */ px) => {
      const k = Math.round(place.invert(px, 0)[0]);
      return k >= 0 && k < m.length
        ? `${k} patterns: ${format(means[k].mean)} ± ${format(means[k].error)} solutions, expected ${format(share * expectedByPatterns.data[k])}`
        : "";
    },
  };
}
