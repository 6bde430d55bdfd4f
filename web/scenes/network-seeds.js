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
  leader,
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
const headHeight = 44;
const lineHeight = 14;

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
    return paintNotice(ctx, surface, theme, progressInWords(shown));
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
      x: { label: "trace of H (flat ← → sharp)" },
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

/** @param {Shown} shown */
function progressInWords(shown) {
  const { budget } = leader(shown).channels;
  const share = shown.step / budget.data[0];
  return share === 0
    ? "One mark for each training, when it has ended: press play."
    : `${format(Math.floor(100 * share))} % trained; one mark for each when it has ended.`;
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
      cells: measures.map(({ of, atEnd }) => meanAndError((atEnd ? runs : all).map(of))),
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
    return `${label}, ${done} of ${seeds} seeds done: ${values.join(", ")}`;
  });
  return `Means over seeds with their standard errors. ${rows.join(". ")}.`;
}

/**
 * A text in one line or, where that is too wide, broken before its "±" or at its last blank or hyphen.
 * @param {DrawContext} ctx
 * @param {string} text
 * @param {number} room
 */
function linesOf(ctx, text, room) {
  const parts = /^(.*\S)\s+(± .*)$/.exec(text) ?? /^(.*[\s-])(\S+)$/.exec(text);
  return ctx.measureText(text).width <= room || !parts ? [text] : parts.slice(1);
}

/**
 * A column for each method, a row for each measure.
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintTable(ctx, { theme, width, height }, shown) {
  const rows = measures.map(({ label, unit }) => (unit ? `${label} (${unit})` : label));
  const columns = rowsOf(shown);
  ctx.save();
  ctx.font = theme.fonts.tick;
  ctx.textBaseline = "alphabetic";
  const left = Math.max(...rows.map((name) => ctx.measureText(name).width)) + 8;
  const pitch = (width - left - 4) / columns.length;
  const rowHeight = Math.min(48, (height - headHeight) / rows.length);
  const write = (
    /** @type {string} */ text,
    /** @type {number} */ column,
    /** @type {number} */ middle,
    /** @type {string} */ colour,
  ) => {
    const lines = linesOf(ctx, text, pitch - 8);
    ctx.textAlign = "right";
    ctx.fillStyle = colour;
    lines.forEach((line, i) => {
      const offset = (i - (lines.length - 1) / 2) * lineHeight;
      ctx.fillText(line, left + (column + 1) * pitch, middle + offset + 4);
    });
  };
  for (const [column, { label, style }] of lanes(shown, theme).entries()) {
    write(label, column, headHeight / 2, style.colour);
  }
  for (const [row, name] of rows.entries()) {
    const top = headHeight + row * rowHeight;
    ctx.fillStyle = theme.colours.grid;
    ctx.fillRect(0, top, width, 1);
    ctx.textAlign = "left";
    ctx.fillStyle = theme.colours.muted;
    ctx.fillText(name, 4, top + rowHeight / 2 + 4);
    for (const [column, { cells }] of columns.entries()) {
      write(inWords(cells[row]), column, top + rowHeight / 2, theme.colours.text);
    }
  }
  ctx.restore();
  return {};
}
