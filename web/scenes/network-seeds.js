// Every method from several seeds: error against flatness, and the table of means.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { format } from "../render/numbers.js";
import { scatter } from "../render/points.js";
import { nearestPoint } from "../render/read-out.js";
import {
  finishedRuns,
  inWords,
  lanes,
  meanAndError,
  measures,
  methodRuns,
  seedsShown,
} from "./network-runs.js";
import { paintNotice } from "./network-spectrum.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

const [testError, , trace] = measures;
const hoverRadius = 14;

/** @param {Shown} shown @returns {Panel} */
export function flatnessPanel(shown) {
  return {
    id: "flatness",
    label:
      "test error over the trace of the Hessian, one mark for each training: left is flatter, down is better",
    grow: 1,
    aspect: 1.2,
    paint: (ctx, surface) => paintFlatness(ctx, surface, shown),
  };
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintFlatness(ctx, surface, shown) {
  const { theme, width } = surface;
  const clouds = lanes(shown, theme).map((lane) => {
    const runs = finishedRuns(lane.runs);
    return { ...lane, runs, x: runs.map(trace.of), y: runs.map(testError.of) };
  });
  const all = clouds.filter(({ x }) => x.length > 0);
  if (all.length === 0) {
    return paintNotice(
      ctx,
      surface,
      theme,
      "One mark for each training that has ended: press play.",
    );
  }
  const height = withLegend(
    ctx,
    surface,
    all.map(({ label, style }) => ({ label, style, kind: /** @type {const} */ ("point") })),
  );
  const xs = all.flatMap(({ x }) => x).filter((value) => value > 0);
  const ys = all.flatMap(({ y }) => y);
  const place = frame({
    width,
    height,
    xDomain: [Math.min(...xs) / 1.3, Math.max(...xs) * 1.3],
    yDomain: [0, Math.max(...ys) * 1.15],
    xScale: "log",
  });
  axes(
    ctx,
    place,
    {
      x: { label: "trace of the Hessian (flat ← → sharp)" },
      y: { label: "test error", unit: "%" },
    },
    theme,
  );
  for (const { x, y, style } of all) {
    scatter(ctx, place, { x, y }, style, { radius: 4, opacity: 0.55 });
    scatter(ctx, place, { x: [meanAndError(x).mean], y: [meanAndError(y).mean] }, style, {
      radius: 8,
    });
  }
  return {
    hover: (/** @type {number} */ px, /** @type {number} */ py) => {
      for (const { label, runs, x, y } of all) {
        const i = nearestPoint(place, { x, y }, px, py, hoverRadius);
        if (i >= 0) {
          return `${label}, one of ${runs.length} seeds\ntest error ${format(y[i])} %, trace ${format(x[i])}`;
        }
      }
      return "";
    },
  };
}

/** @param {Shown} shown @returns {Panel} */
export function tablePanel(shown) {
  return {
    id: "table",
    label: tableInWords(shown),
    grow: 1.4,
    aspect: 1.3,
    paint: (ctx, surface) => paintTable(ctx, surface, shown),
  };
}

/** @param {Shown} shown */
function rowsOf(shown) {
  return methodRuns(shown).map(({ label, runs: all }) => {
    const runs = finishedRuns(all);
    return {
      label,
      done: runs.length,
      cells: measures.map(({ of }) => meanAndError(runs.map(of))),
    };
  });
}

/** @param {Shown} shown */
export function tableInWords(shown) {
  const seeds = seedsShown(shown.state).length;
  const rows = rowsOf(shown).map(({ label, done, cells }) => {
    const values = measures.map(
      ({ label: name, unit }, i) => `${name} ${inWords(cells[i])} ${unit}`,
    );
    return done === 0
      ? `${label}: none of ${seeds} yet`
      : `${label}, ${done} of ${seeds} seeds: ${values.join(", ")}`;
  });
  return `Means over seeds with their standard errors. ${rows.join(". ")}.`;
}

/**
 * Rows are methods where there is room for every column, else measures.
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintTable(ctx, surface, shown) {
  const { theme, width, height } = surface;
  const seeds = seedsShown(shown.state).length;
  const all = lanes(shown, theme);
  const rows = rowsOf(shown);
  const names = rows.map(({ label, done }) => `${label}, ${done}/${seeds}`);
  const head = measures.map(({ label, unit }) => (unit ? `${label} (${unit})` : label));
  const cells = rows.map((row) => row.cells.map(inWords));
  ctx.save();
  ctx.font = theme.fonts.tick;
  ctx.textBaseline = "alphabetic";
  const widest = Math.max(...[...head, ...cells.flat()].map((text) => ctx.measureText(text).width));
  const nameWidth = Math.max(...names.map((text) => ctx.measureText(text).width)) + 24;
  const upright = nameWidth + measures.length * (widest + 14) > width;
  const columnCount = upright ? rows.length : measures.length;
  const rowCount = upright ? measures.length : rows.length;
  const left = upright
    ? Math.max(...head.map((text) => ctx.measureText(text).width)) + 8
    : nameWidth;
  const pitch = (width - left - 4) / columnCount;
  const rowHeight = Math.min(44, (height - 44) / rowCount);
  const right = (/** @type {number} */ column) => left + (column + 1) * pitch;
  const baseline = (/** @type {number} */ row) => 44 + (row + 0.5) * rowHeight + 4;
  const text = (
    /** @type {string} */ words,
    /** @type {number} */ x,
    /** @type {number} */ y,
    /** @type {CanvasTextAlign} */ align,
    /** @type {string} */ colour,
  ) => {
    ctx.textAlign = align;
    ctx.fillStyle = colour;
    ctx.fillText(words, x, y);
  };
  const { text: ink, muted, grid } = theme.colours;
  const methodNames = upright ? all.map(({ label }) => label) : names;
  (upright ? methodNames : head).forEach((words, column) => {
    text(words, right(column), 26, "right", upright ? all[column].style.colour : muted);
  });
  (upright ? head : methodNames).forEach((words, row) => {
    text(words, 4, baseline(row), "left", upright ? muted : all[row].style.colour);
  });
  for (let row = 0; row < rowCount; row += 1) {
    ctx.fillStyle = grid;
    ctx.fillRect(0, 44 + row * rowHeight, width, 1);
    for (let column = 0; column < columnCount; column += 1) {
      const words = upright ? cells[column][row] : cells[row][column];
      text(words, right(column), baseline(row), "right", ink);
    }
  }
  ctx.restore();
  return {};
}
