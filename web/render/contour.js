// Contour lines of a field, thinned where they would run into each other.

import { contours as marchingSquares } from "d3-contour";
import { heightTransform, sortedFinite } from "./heatmap.js";
import { insidePlot, toPixels, trace } from "./polyline.js";

/** @typedef {import("./types.js").Field} Field */
/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {{ x: number[], y: number[] }} OpenLine in data units */
/** @typedef {{ level: number, lines: OpenLine[] }} Contour */

/**
 * Levels evenly spaced in heightTransform: quadratic about the minimum, geometric far from it.
 * @param {Field} field
 * @param {number} count
 * @param {number} [minimum] f*
 * @returns {number[]} ascending
 */
export function geometricLevels(field, count, minimum) {
  const { transform, inverse } = heightTransform(field, minimum);
  const sorted = sortedFinite(field.data);
  if (sorted.length === 0 || sorted[0] === sorted[sorted.length - 1]) {
    return [];
  }
  const low = transform(sorted[0]);
  const high = transform(sorted[sorted.length - 1]);
  return Array.from({ length: count }, (_, k) => {
    return inverse(low + ((high - low) * (k + 0.5)) / count);
  });
}

/**
 * @param {Field} field at two pixels a cell (fieldSize) or finer
 * @param {number[]} levels
 * @returns {Contour[]} to be kept while the field stays the same
 */
export function contourLines(field, levels) {
  const { rows, cols, xDomain, yDomain } = field;
  if (rows < 2 || cols < 2) {
    return [];
  }
  const values = Array.from(field.data);
  const isGenuine = values.every(Number.isFinite) ? isInside : isInsideAndFinite;
  const generator = marchingSquares().size([cols, rows]);
  // d3-contour puts sample (i, j) at (i + ½, j + ½).
  const toX = (/** @type {number} */ u) => {
    return xDomain[0] + ((u - 0.5) * (xDomain[1] - xDomain[0])) / (cols - 1);
  };
  const toY = (/** @type {number} */ v) => {
    return yDomain[0] + ((v - 0.5) * (yDomain[1] - yDomain[0])) / (rows - 1);
  };
  return levels.map((level) => {
    const rings = generator.contour(values, level).coordinates.flat();
    const lines = rings.flatMap((ring) =>
      openLines(
        ring,
        ring.map(([u, v]) => isGenuine(field, u, v)),
      ),
    );
    return {
      level,
      lines: lines.map((points) => {
        return { x: points.map(([u]) => toX(u)), y: points.map(([, v]) => toY(v)) };
      }),
    };
  });
}

// Beside a value that is not finite, d3-contour puts the point on the finite sample itself; looking
// this far around it, in cells, finds the neighbour.
const slack = 1e-6;

/**
 * Rings close along the border of the grid and around what is not finite; those parts are no
 * contour and are cut out.
 * @param {number[][]} ring
 * @param {boolean[]} genuine which of its points are the contour's
 * @returns {number[][][]}
 */
function openLines(ring, genuine) {
  /** @type {number[][][]} */
  const lines = [];
  /** @type {number[][]} */
  let current = [];
  for (let i = 0; i < ring.length; i += 1) {
    if (genuine[i]) {
      current.push(ring[i]);
    }
    if (!genuine[i] || i === ring.length - 1) {
      if (current.length > 1) {
        lines.push(current);
      }
      current = [];
    }
  }
  return lines;
}

/** @param {Field} field @param {number} u @param {number} v */
function isInside({ rows, cols }, u, v) {
  return u >= 0.5 && v >= 0.5 && u <= cols - 0.5 && v <= rows - 0.5;
}

/** @param {Field} field @param {number} u @param {number} v */
function isInsideAndFinite(field, u, v) {
  const { rows, cols, data } = field;
  if (!isInside(field, u, v)) {
    return false;
  }
  const around = [
    [u, v - slack],
    [u, v + slack],
    [u - slack, v],
    [u + slack, v],
  ];
  return around.every(([a, b]) =>
    [Math.floor, Math.ceil].every((roundU) => {
      return [Math.floor, Math.ceil].every((roundV) => {
        const col = Math.max(0, Math.min(cols - 1, roundU(a - 0.5)));
        const row = Math.max(0, Math.min(rows - 1, roundV(b - 0.5)));
        return Number.isFinite(data[row * cols + col]);
      });
    }),
  );
}

/**
 * @param {import("./types.js").DrawContext} ctx
 * @param {Frame} frame
 * @param {Contour[]} contours from contourLines
 * @param {import("./types.js").StrokeStyle} style
 * @param {{ leastGap?: number }} [options] lines that run closer than this many pixels to others
 *   over much of their length are left out
 */
export function contour(ctx, frame, contours, style, { leastGap = 5 } = {}) {
  const inPixels = contours.map(({ lines }) => lines.map((line) => toPixels(frame, line)));
  insidePlot(ctx, frame, () => {
    ctx.strokeStyle = style.colour;
    ctx.lineWidth = style.width;
    ctx.lineJoin = "round";
    ctx.setLineDash([]);
    // One path a level: where translucent lines of one level meet they do not darken.
    for (const lines of uncrowded(inPixels, frame, leastGap)) {
      ctx.beginPath();
      for (const line of lines) {
        trace(ctx, frame, line);
      }
      ctx.stroke();
    }
  });
}

/**
 * Coarse levels claim their place first, the levels between them follow while there is room, so
 * that what is left is evenly spaced.
 * @param {import("./polyline.js").Polyline[][]} levels
 * @param {Frame} frame
 * @param {number} gap
 */
function uncrowded(levels, frame, gap) {
  const columns = Math.ceil((2 * frame.plot.width) / gap) + 5;
  // Squares two away leave at least the width of two between them: the gap.
  const reach = [-2, -1, 0, 1, 2];
  const around = reach.flatMap((row) => reach.map((col) => row * columns + col));
  const rows = Math.ceil((2 * frame.plot.height) / gap) + 5;
  // What would be marked beyond the ends of the grid is left out, and never asked for.
  const near = new Uint8Array(columns * rows);
  const kept = [];
  for (const index of coarseFirst(levels.length)) {
    const cells = cellsOf(levels[index], frame, gap / 2, columns);
    const crowded = cells.filter((cell) => near[cell] === 1);
    if (crowded.length > 0.4 * cells.length) {
      continue;
    }
    for (const cell of cells) {
      for (const offset of around) {
        near[cell + offset] = 1;
      }
    }
    kept.push(levels[index]);
  }
  return kept;
}

/** @param {number} count @returns {number[]} 0, 4, 8, ..., 2, 6, ..., 1, 3, 5, ... */
function coarseFirst(count) {
  const indices = [...Array(count).keys()];
  return [
    ...indices.filter((i) => i % 4 === 0),
    ...indices.filter((i) => i % 4 === 2),
    ...indices.filter((i) => i % 2 === 1),
  ];
}

/**
 * The squares of a given side that the lines' points lie in.
 * @param {import("./polyline.js").Polyline[]} lines
 * @param {Frame} frame
 * @param {number} side
 * @param {number} columns
 */
function cellsOf(lines, { plot }, side, columns) {
  const cells = new Set();
  for (const { x, y } of lines) {
    for (let i = 0; i < x.length; i += 1) {
      if (x[i] < plot.left || x[i] > plot.right || y[i] < plot.top || y[i] > plot.bottom) {
        continue;
      }
      cells.add(
        Math.floor((y[i] - plot.top) / side) * columns + Math.floor((x[i] - plot.left) / side),
      );
    }
  }
  return [...cells];
}
