// The ladder of temperatures over the steps, and below it the share of the walkers in the global well
// against what the Gibbs law says at each.

import { axes, yAxis } from "../render/axes.js";
import { axisMargins, frame } from "../render/frame.js";
import { directLabels } from "../render/label.js";
import { line, rules } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { rings, scatter } from "../render/points.js";
import { nearestIndex } from "../render/read-out.js";
import { barrierOf, channelsOf, hasTwoWells } from "./annealing-runs.js";
import { errorBand, withError } from "./ensemble.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Theme} Theme */
/** @typedef {import("../render/frame.js").Frame} Frame */

const leastSteps = 1000;
const errorsShown = 2;
const upperShare = 0.38;
const upperMargins = { ...axisMargins, bottom: 4 };

/** @param {Shown} shown @returns {Panel} */
export function ladderPanel(shown) {
  return {
    id: "ladder",
    label: "the temperature over the steps, and the share of the walkers in the global well",
    grow: 1.2,
    aspect: 0.95,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/** @param {Shown} shown */
export function showsNotes({ state }) {
  return state.view.claims === "notes";
}

/** Steps from 1, as a logarithmic axis needs them. @param {Shown} shown */
function stepsOf(shown) {
  return channelsOf(shown).sampledSteps.data.map((step) => step + 1);
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width } = surface;
  const x = stepsOf(shown);
  const height = withLegend(ctx, surface, [
    { label: "share measured, ± 2 standard errors", style: theme.measured },
    { label: "Gibbs law at T", style: theme.theory },
    ...(hasTwoWells(shown) ? [{ label: "two-well theory", style: thinTheory(theme) }] : []),
    ...(showsNotes(shown) ? [{ label: "the notes: T = αs²/b", style: theme.bound }] : []),
    { label: "stage equilibrated", style: endStyle(theme), kind: "point" },
    ...(leftEarly(shown) ? [{ label: "○ left before that" }] : []),
  ]);
  /** @type {[number, number]} */
  const xDomain = [1, Math.max(leastSteps, 1.2 * (shown.horizon + 1))];
  const split = height * upperShare;
  const upper = frame({
    width,
    height: split,
    xDomain,
    yDomain: temperatureDomain(shown),
    xScale: "log",
    yScale: "log",
    margins: upperMargins,
  });
  const lower = frame({
    width,
    height,
    xDomain,
    yDomain: [0, 1.02],
    xScale: "log",
    margins: { ...axisMargins, top: split + axisMargins.top },
  });
  paintTemperatures(ctx, upper, shown, x, theme);
  paintShares(ctx, lower, shown, x, theme);
  return { hover: (/** @type {number} */ px) => read(shown, lower, x, px) };
}

/** @param {Shown} shown @returns {[number, number]} */
function temperatureDomain(shown) {
  const { data } = channelsOf(shown).ladder;
  const barrier = hasTwoWells(shown) ? barrierOf(shown) : data[0];
  const low = Math.min(data[data.length - 1], barrier);
  const high = Math.max(data[0], barrier);
  return [low / 1.35, high * 1.35];
}

/** @param {Theme} theme */
function thinTheory(theme) {
  return { ...theme.theory, width: 1.1, dash: [2, 2.5] };
}

/**
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Shown} shown
 * @param {Float64Array} x
 * @param {Theme} theme
 */
function paintTemperatures(ctx, place, shown, x, theme) {
  const { temperature } = channelsOf(shown);
  yAxis(ctx, place, { label: "temperature T = αs²/(2b)" }, theme);
  const ink = { ...theme.measured, colour: theme.colours.text, dash: [] };
  const series = { x, y: temperature.data };
  if (hasTwoWells(shown)) {
    const barrier = barrierOf(shown);
    rules(ctx, place, { y: [barrier] }, theme.bound);
    const reach = {
      x: Array.from({ length: 12 }, (_, k) => place.xDomain[1] ** (k / 11)),
      y: new Array(12).fill(barrier),
      label: `barrier ${format(barrier)}`,
      style: theme.bound,
    };
    line(ctx, place, series, ink);
    const marks = endMarks(shown, (k) => channelsOf(shown).ladder.data[k]).map(
      ({ x: [step], y }) => {
        const [px, py] = [place.x(step), place.y(y[0])];
        return { left: px - 6, right: px + 6, top: py - 6, bottom: py + 6 };
      },
    );
    const trace = { ...series, label: "", style: ink };
    directLabels(ctx, place, [reach, trace], theme, marks);
  } else {
    line(ctx, place, series, ink);
  }
  stageEnds(ctx, place, shown, (k) => channelsOf(shown).ladder.data[k], theme);
}

/** @param {Theme} theme */
function endStyle(theme) {
  return { ...theme.measured, colour: theme.colours.text };
}

/** @param {Shown} shown */
function isOver(shown) {
  return shown.reports.run.status.state === "finished";
}

/** Whether a stage ended without having passed its test. @param {Shown} shown */
function leftEarly(shown) {
  const passed = [...channelsOf(shown).stageEquilibrated.data];
  return (isOver(shown) ? passed : passed.slice(0, -1)).includes(0);
}

/**
 * A mark where each stage ended: full when it had passed its test, hollow when not. The present one
 * is marked once it has passed.
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Shown} shown
 * @param {(stage: number, entry: number) => number} height
 * @param {Theme} theme
 */
function stageEnds(ctx, place, shown, height, theme) {
  const style = endStyle(theme);
  for (const { passed, ...at } of endMarks(shown, height)) {
    (passed ? scatter : rings)(ctx, place, at, style, { radius: 4 });
  }
}

/** @param {Shown} shown @param {(stage: number, entry: number) => number} height */
function endMarks(shown, height) {
  const { stageIndex, stageEnd, stageEquilibrated } = channelsOf(shown);
  const current = isOver(shown) ? -1 : stageIndex.data.length - 1;
  return Array.from(stageIndex.data, (stage, entry) => ({
    entry,
    passed: stageEquilibrated.data[entry] === 1,
    x: [stageEnd.data[entry] + 1],
    y: [height(stage, entry)],
  })).filter(({ passed, entry }) => passed || entry !== current);
}

/**
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {Shown} shown
 * @param {Float64Array} x
 * @param {Theme} theme
 */
function paintShares(ctx, place, shown, x, theme) {
  const channels = channelsOf(shown);
  const { globalFraction, globalFractionStandardError, predictedGlobalFraction } = channels;
  axes(
    ctx,
    place,
    { x: { label: "step t + 1" }, y: { label: "share in the well of the global minimum" } },
    theme,
  );
  const measured = { x, y: globalFraction.data, error: globalFractionStandardError.data };
  errorBand(ctx, place, measured, theme.measured, 0.25, errorsShown);
  line(ctx, place, { x, y: globalFraction.data }, theme.measured);
  line(ctx, place, { x, y: predictedGlobalFraction.data }, theme.theory);
  if (hasTwoWells(shown)) {
    line(ctx, place, { x, y: channels.relaxedGlobalFraction.data }, thinTheory(theme));
  }
  if (showsNotes(shown)) {
    const y = channels.stage.data.map((stage) => channels.notesPrediction.data[stage]);
    line(ctx, place, { x, y }, theme.bound);
  }
  stageEnds(ctx, place, shown, (_, entry) => channels.stageGlobalFraction.data[entry], theme);
}

/**
 * @param {Shown} shown
 * @param {Frame} place
 * @param {Float64Array} x
 * @param {number} px
 */
function read(shown, place, x, px) {
  const channels = channelsOf(shown);
  const at = nearestIndex(place, { x, y: x }, px);
  if (at < 0) {
    return "";
  }
  /** @param {string} id */
  const of = (id) => channels[id].data[at];
  const stage = of("stage");
  return [
    `step ${formatStep(x[at] - 1)}, stage ${stage + 1}`,
    `T = ${format(of("temperature"))}, α = ${format(channels.stepSizes.data[stage])}`,
    `share ${withError(of("globalFraction"), of("globalFractionStandardError"))}`,
    `Gibbs ${format(of("predictedGlobalFraction"))}`,
    ...(hasTwoWells(shown) ? [`two-well theory ${format(of("relaxedGlobalFraction"))}`] : []),
  ].join("\n");
}
