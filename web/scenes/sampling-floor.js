// The floor of each order over the step size, on logarithmic axes: slopes 1 and 2.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { directLabels } from "../render/label.js";
import { line, rules } from "../render/line.js";
import { format } from "../render/numbers.js";
import { handle, rings, scatter } from "../render/points.js";
import { nearestPoint } from "../render/read-out.js";
import { columnOf, decadesAround, errorBar, forNames, stepSizeOf, withError } from "./ensemble.js";
import { main, orderStyles, shares } from "./sampling-runs.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

/** @typedef {{ label: string, style: import("../render/types.js").SeriesStyle,
 *   x: ArrayLike<number>, y: ArrayLike<number> }} NamedLine */

const hoverRadius = 14;
// What the start leaves of f − f* is a small part of the floor: the run has arrived.
const settled = 0.05;

/** @param {Shown} shown @returns {Panel} */
export function floorPanel(shown) {
  return {
    id: "floor",
    label: "the floor of E f − f* over the step size, on logarithmic axes",
    hint: "Drag to set the step size; arrow keys change it.",
    grow: 1,
    aspect: 1.15,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/** The last gaps of each run, at its own step size. @param {Shown} shown */
function measuredFloors(shown) {
  return shares.flatMap(({ key, share }) => {
    const { gap, gapStandardError, diverged, constants } = shown.reports[key].channels;
    const alpha = share * stepSizeOf(shown);
    const [columns, last] = [gap.shape[1], gap.data.length - gap.shape[1]];
    const left = gap.data[0] * Math.exp(-2 * alpha * constants.data[1] * shown.step);
    return Array.from({ length: columns }, (_, k) => ({
      k,
      alpha,
      value: gap.data[last + k],
      error: gapStandardError.data[last + k],
      isSettled: left < settled * gap.data[last + k],
    })).filter(({ k, value }) => diverged.data[k] !== 1 && value > 0);
  });
}

/** @typedef {ReturnType<typeof measuredFloors>[number]} MeasuredFloor */

/**
 * @param {Shown} shown
 * @param {import("../render/theme.js").Theme} theme
 */
function exactCurves(shown, theme) {
  const { floorAlpha, floorCurve } = shown.reports[main].channels;
  const names = ["replacement ∝ α", "reshuffled ∝ α²", "shuffled once ∝ α²", "cyclic ∝ α²"];
  return floorAlpha.data.length === 0
    ? []
    : names.map((label, k) => ({
        label,
        style: theme.theory,
        x: floorAlpha.data,
        y: columnOf(floorCurve, k),
      }));
}

/**
 * Lines of slope 1 and 2 to hold the measured points against, where no exact curve is known.
 * @param {MeasuredFloor[]} floors
 * @param {[number, number]} domain of α
 * @param {import("../render/theme.js").Theme} theme
 */
function guides(floors, domain, theme) {
  return [1, 2].flatMap((slope) => {
    const through = floors.findLast(({ k, isSettled }) => k === slope - 1 && isSettled);
    return through
      ? [
          {
            label: `slope ${slope}`,
            style: theme.bound,
            x: domain,
            y: domain.map((alpha) => through.value * (alpha / through.alpha) ** slope),
          },
        ]
      : [];
  });
}

/**
 * @param {NamedLine[]} lines
 * @param {import("../render/theme.js").Theme} theme
 */
function legendOf(lines, theme) {
  if (lines.length === 0) {
    return [];
  }
  const { style } = lines[0];
  const isZero = lines.every(({ y }) => Math.max(...Array.from(y)) === 0);
  const exact = isZero ? "exact floor: 0" : "exact floor";
  return [{ label: style === theme.theory ? exact : "slopes 1 and 2", style }];
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width } = surface;
  const styles = orderStyles(shown, theme);
  const floors = measuredFloors(shown);
  const alpha = stepSizeOf(shown);
  const curves = exactCurves(shown, theme);
  /** @type {[number, number]} */
  const span = [alpha / 8, alpha * 4];
  const xDomain = curves.length > 0 ? stretched(curves[0].x, alpha) : span;
  /** @type {NamedLine[]} */
  const lines = curves.length > 0 ? curves : guides(floors, xDomain, theme);
  const height = withLegend(ctx, surface, [
    { label: "runs at α, α/2, α/4", style: styles[0].style, kind: "point" },
    ...legendOf(lines, theme),
    ...(floors.every(({ isSettled }) => isSettled) ? [] : [{ label: "open: still falling" }]),
  ]);
  const place = frame({
    width,
    height,
    xDomain,
    yDomain: decadesAround([
      floors.map(({ value }) => value),
      ...curves.map(({ x, y }) => y.filter((_, i) => x[i] > span[0] && x[i] < span[1])),
    ]),
    xScale: "log",
    yScale: "log",
  });
  axes(ctx, place, { x: { label: "step size α" }, y: { label: "floor of E f − f*" } }, theme);
  const ink = { ...theme.measured, colour: theme.colours.muted, dash: [], width: 1 };
  rules(ctx, place, { x: [alpha] }, ink);
  for (const each of lines) {
    line(ctx, place, each, each.style);
  }
  for (const floor of floors) {
    drawFloor(ctx, place, floor, styles[floor.k].style);
  }
  /** @type {import("../render/types.js").Box[]} */
  const taken = [];
  handle(ctx, place, { x: alpha, y: place.yDomain[0], label: "α" }, theme, { taken });
  directLabels(ctx, place, lines.map(forNames), theme, taken);
  return {
    hover: (/** @type {number} */ px, /** @type {number} */ py) => {
      const points = { x: floors.map((each) => each.alpha), y: floors.map(({ value }) => value) };
      const at = nearestPoint(place, points, px, py, hoverRadius);
      return at < 0 ? "" : inWords(floors[at], styles[floors[at].k].label);
    },
    place: (/** @type {number} */ px) => ({
      alpha: kept(Number(place.x.invert(px)), place.xDomain),
    }),
    nudge: (/** @type {number} */ right, /** @type {number} */ up) => ({
      alpha: kept(alpha * 1.05 ** (right + up), place.xDomain),
    }),
  };
}

/**
 * The domain of the exact curves, and α in it.
 * @param {ArrayLike<number>} x
 * @param {number} alpha
 * @returns {[number, number]}
 */
function stretched(x, alpha) {
  return [Math.min(x[0] * 4, alpha / 6), Math.max(x[x.length - 1] * 1.5, alpha * 1.3)];
}

/** Three digits, inside the picture. @param {number} alpha @param {[number, number]} domain */
function kept(alpha, [low, high]) {
  return Number(Math.min(high, Math.max(low, alpha)).toPrecision(3));
}

/**
 * @param {DrawContext} ctx
 * @param {import("../render/types.js").Frame} place
 * @param {MeasuredFloor} floor
 * @param {import("../render/types.js").SeriesStyle} style
 */
function drawFloor(ctx, place, { alpha, value, error, isSettled }, style) {
  const point = { x: [alpha], y: [value] };
  errorBar(ctx, place, alpha, [value - error, value + error], style);
  if (isSettled) {
    scatter(ctx, place, point, style, { radius: 4 });
  } else {
    rings(ctx, place, point, style, { radius: 3.5 });
  }
}

/** @param {MeasuredFloor} floor @param {string} label */
function inWords({ alpha, value, error, isSettled }, label) {
  return [
    `${label}, α = ${format(alpha)}`,
    `E f − f* = ${withError(value, error)}`,
    isSettled ? "settled" : "still on its way down",
  ].join("\n");
}
