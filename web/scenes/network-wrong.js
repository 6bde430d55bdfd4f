// What the network gets wrong: the digits themselves, and which are taken for which.

import { heatmapImage } from "../render/heatmap.js";
import { legend, legendLayout } from "../render/legend.js";
import { sequentialTable } from "./network-colours.js";
import { lanes, leader, methodRuns } from "./network-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

const side = 8;
const titleHeight = 24;
const captionHeight = 17;
const markHeight = 3;
const smallestTile = 34;
const largestTile = 76;
const tileGap = 10;
const digits = 10;

/** The rows of the data set that a run gets wrong. @param {import("../simulation/worker-link.js").Report | undefined} report */
function wrongRows(report) {
  const data = report?.channels.wrongLabels?.data ?? new Float64Array();
  return Array.from({ length: data.length / 3 }, (_, i) => data[3 * i + 2]);
}

/** @param {Shown} shown @returns {Panel} */
export function wrongPanel(shown) {
  return {
    id: "wrong",
    label: `${wrongRows(leader(shown)).length} test digits that ${methodRuns(shown)[0].label} takes for another one, each with its label and the answer`,
    grow: 1,
    aspect: 1.1,
    paint: (ctx, surface) => paintDigits(ctx, surface, shown),
  };
}

/**
 * The largest tiles of which all fit, or the smallest.
 * @param {number} count
 * @param {number} width
 * @param {number} height
 */
function tiling(count, width, height) {
  for (let tile = largestTile; tile > smallestTile; tile -= 2) {
    const columns = Math.floor((width + tileGap) / (tile + tileGap));
    const rows = Math.floor(height / (tile + captionHeight + 4));
    if (columns * rows >= count) {
      return { tile, columns, room: columns * rows };
    }
  }
  const columns = Math.max(1, Math.floor((width + tileGap) / (smallestTile + tileGap)));
  const rows = Math.max(1, Math.floor(height / (smallestTile + captionHeight + 4)));
  return { tile: smallestTile, columns, room: columns * rows };
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintDigits(ctx, { width, height, theme, createImage }, shown) {
  const { wrongDigits, wrongLabels, samples } = leader(shown).channels;
  const rows = wrongRows(leader(shown));
  const [first, second] = lanes(shown, theme);
  const alsoWrong = new Set(wrongRows(second?.runs[0]));
  const names =
    second && rows.length > 0
      ? [
          {
            label: `wrong by ${second.label} too`,
            style: { ...theme.second, dash: [], width: markHeight },
          },
        ]
      : [];
  const notes = legendLayout(ctx, names, width - 8, theme).height;
  const { tile, columns, room } = tiling(rows.length, width - 8, height - titleHeight - notes);
  const hidden = Math.max(0, rows.length - room);
  const drawn = rows.slice(0, room);
  const part = hidden ? `, ${drawn.length} shown` : "";
  const counts = `${rows.length} of ${samples.data[1]}`;
  const titles = [
    `${first.label}: ${counts} test digits wrong${part}`,
    `${first.label}: ${counts} wrong${part}`,
    `${first.label}: ${counts}${part}`,
    `${counts} wrong`,
    counts,
  ];
  title(ctx, titles, width - 8, theme);
  const table = sequentialTable(theme.colours.surface, theme.colours.text);
  const places = drawn.map((row, i) => ({
    row,
    x: 4 + (i % columns) * (tile + tileGap),
    y: titleHeight + Math.floor(i / columns) * (tile + captionHeight + 4),
    label: wrongLabels.data[3 * i],
    answer: wrongLabels.data[3 * i + 1],
  }));
  ctx.save();
  for (const [i, { row, x, y, label, answer }] of places.entries()) {
    const pixels = wrongDigits.data.subarray(64 * i, 64 * i + 64);
    const field = upright(pixels);
    ctx.imageSmoothingEnabled = false;
    ctx.drawImage(
      heatmapImage(field, table, {
        createImage,
        range: [0, 1],
        undefinedColour: theme.colours.undefinedValue,
      }),
      x,
      y,
      tile,
      tile,
    );
    ctx.strokeStyle = theme.colours.border;
    ctx.lineWidth = 1;
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.rect(x + 0.5, y + 0.5, tile - 1, tile - 1);
    ctx.stroke();
    ctx.font = theme.fonts.tick;
    ctx.textAlign = "center";
    ctx.textBaseline = "alphabetic";
    ctx.fillStyle = theme.colours.text;
    ctx.fillText(`${label} → ${answer}`, x + tile / 2, y + tile + 13);
    if (alsoWrong.has(row)) {
      ctx.fillStyle = theme.second.colour;
      ctx.fillRect(x, y + tile - markHeight, tile, markHeight);
    }
  }
  ctx.restore();
  legend(ctx, names, { x: 4, y: height - notes, width: width - 8 }, theme);
  return {
    hover: (/** @type {number} */ px, /** @type {number} */ py) => {
      const found = places.find(
        ({ x, y }) => px >= x && px <= x + tile && py >= y && py <= y + tile + captionHeight,
      );
      return found
        ? `a ${found.label} taken for a ${found.answer}\nrow ${found.row + 1} of the data set${alsoWrong.has(found.row) ? `\n${second.label} errs on it too` : ""}`
        : "";
    },
  };
}

/** Pixels come from the top row down, fields from the bottom up. @param {Float64Array} pixels */
function upright(pixels) {
  const data = Float64Array.from(pixels, (_, i) => {
    const row = side - 1 - Math.floor(i / side);
    return pixels[row * side + (i % side)];
  });
  return {
    rows: side,
    cols: side,
    data,
    xDomain: /** @type {[number, number]} */ ([0, side - 1]),
    yDomain: /** @type {[number, number]} */ ([0, side - 1]),
  };
}

/**
 * @param {DrawContext} ctx
 * @param {string[]} texts the first that fits is written, or the last
 * @param {number} width
 * @param {import("../render/theme.js").Theme} theme
 */
function title(ctx, texts, width, theme) {
  ctx.save();
  ctx.font = theme.fonts.label;
  const text =
    texts.find((each) => ctx.measureText(each).width <= width) ?? texts[texts.length - 1];
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = theme.colours.text;
  ctx.fillText(text, 4, 15);
  ctx.restore();
}

/** @param {Shown} shown @returns {Panel} */
export function matrixPanel(shown) {
  return {
    id: "matrix",
    label: `test digits by their label (rows) and by the answer (columns) of ${methodRuns(shown)[0].label}: off the diagonal are errors`,
    grow: 0.95,
    aspect: 1.05,
    paint: (ctx, surface) => paintMatrix(ctx, surface, shown),
  };
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintMatrix(ctx, { width, height, theme }, shown) {
  const { confusionMatrix } = leader(shown).channels;
  const left = 34;
  const top = 44;
  const cell = Math.max(
    8,
    Math.floor(Math.min((width - left - 6) / digits, (height - top - 6) / digits)),
  );
  const count = (/** @type {number} */ row, /** @type {number} */ column) =>
    confusionMatrix.data[digits * row + column];
  let most = 1;
  for (let i = 0; i < digits * digits; i += 1) {
    most = i % (digits + 1) === 0 ? most : Math.max(most, confusionMatrix.data[i]);
  }
  const by = methodRuns(shown)[0].label;
  title(
    ctx,
    [`label ↓ taken by ${by} for →`, "label ↓ taken for →", "taken for →"],
    width - 8,
    theme,
  );
  ctx.save();
  ctx.textBaseline = "alphabetic";
  ctx.font = theme.fonts.tick;
  ctx.textAlign = "center";
  ctx.fillStyle = theme.colours.muted;
  for (let i = 0; i < digits; i += 1) {
    ctx.fillText(String(i), left + (i + 0.5) * cell, top - 7);
    ctx.fillText(String(i), left - 14, top + (i + 0.5) * cell + 4);
  }
  for (let row = 0; row < digits; row += 1) {
    for (let column = 0; column < digits; column += 1) {
      const [x, y] = [left + column * cell, top + row * cell];
      const value = count(row, column);
      const isRight = row === column;
      ctx.fillStyle = theme.colours.grid;
      ctx.globalAlpha = isRight ? 1 : 0.45;
      ctx.fillRect(x + 0.5, y + 0.5, cell - 1, cell - 1);
      ctx.fillStyle = theme.measured.colour;
      ctx.globalAlpha = isRight || value === 0 ? 0 : 0.25 + (0.55 * value) / most;
      ctx.fillRect(x + 0.5, y + 0.5, cell - 1, cell - 1);
      ctx.globalAlpha = 1;
      // In cells too small for a number their colour tells it, and the hover.
      if (value > 0 && ctx.measureText(String(value)).width < cell) {
        ctx.fillStyle = isRight ? theme.colours.muted : theme.colours.text;
        ctx.fillText(String(value), x + cell / 2, y + cell / 2 + 4);
      }
    }
  }
  ctx.restore();
  return {
    hover: (/** @type {number} */ px, /** @type {number} */ py) => {
      const [column, row] = [Math.floor((px - left) / cell), Math.floor((py - top) / cell)];
      const inside = column >= 0 && column < digits && row >= 0 && row < digits;
      return inside ? `label ${row}, answer ${column}: ${count(row, column)}` : "";
    },
  };
}
