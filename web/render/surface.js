// A field as a surface seen from a side and above, in parallel projection, drawn from the back to the
// front; water up to a level lies over it.

/** @typedef {import("./types.js").DrawContext} DrawContext */
/** @typedef {import("./types.js").Field} Field */
/** @typedef {import("./types.js").Theme} Theme */
/**
 * @typedef {object} SurfaceView
 * @property {number} azimuth from where it is seen, in degrees
 * @property {number} elevation of the eye above the horizon, in degrees
 * @property {(value: number) => number} height of a value, from 0 to 1
 */
/** @typedef {{ x: number, y: number }} Pixel */
/** @typedef {(x: number, y: number, height: number) => Pixel} Projection */

const radians = Math.PI / 180;
// Of the width of the ground: how high a height of 1 stands.
const relief = 0.45;
// Light comes from the upper left of the picture, whatever side is seen.
const light = { x: -0.5, y: -0.35, z: 0.8 };

/**
 * Where a point of the ground, x and y in the field's domains, and a height from 0 to 1 lie.
 * @param {{ width: number, height: number }} room in pixels
 * @param {Field} field
 * @param {SurfaceView} view
 * @returns {Projection}
 */
export function projection({ width, height }, { xDomain, yDomain }, { azimuth, elevation }) {
  const [cos, sin] = [Math.cos(azimuth * radians), Math.sin(azimuth * radians)];
  const [flat, steep] = [Math.sin(elevation * radians), Math.cos(elevation * radians)];
  const aspect = (yDomain[1] - yDomain[0]) / (xDomain[1] - xDomain[0]);
  // The circle in which the ground turns, so that its size does not jump.
  const radius = Math.hypot(1, aspect) / 2;
  const tall = 2 * radius * flat + relief * steep;
  const scale = Math.min(width / (2 * radius), height / tall);
  const middle = { x: width / 2, y: height / 2 + (relief * steep * scale) / 2 };
  return (x, y, z) => {
    const a = (x - xDomain[0]) / (xDomain[1] - xDomain[0]) - 0.5;
    const b = ((y - yDomain[0]) / (yDomain[1] - yDomain[0]) - 0.5) * aspect;
    const right = a * cos - b * sin;
    const back = a * sin + b * cos;
    return {
      x: middle.x + scale * right,
      y: middle.y - scale * (back * flat + z * relief * steep),
    };
  };
}

/**
 * Every so many-th row or column, the last one always.
 * @param {number} count
 * @param {number} cells
 */
function spread(count, cells) {
  return Array.from({ length: cells + 1 }, (_, i) => Math.round((i * (count - 1)) / cells));
}

/**
 * @param {DrawContext} ctx
 * @param {Pixel[]} corners
 * @param {string} colour
 */
function fillPolygon(ctx, corners, colour) {
  ctx.fillStyle = colour;
  ctx.strokeStyle = colour; // closes the seams between neighbours
  ctx.beginPath();
  ctx.moveTo(corners[0].x, corners[0].y);
  for (const { x, y } of corners.slice(1)) {
    ctx.lineTo(x, y);
  }
  ctx.closePath();
  ctx.fill();
  ctx.stroke();
}

/**
 * The part of a cell that lies lower than the water, at the water's height.
 * @param {number[]} x of its corners, one after the other
 * @param {number[]} y
 * @param {number[]} z
 * @param {number} level
 * @returns {{ x: number, y: number }[]} its corners; none of a dry cell
 */
export function wetPart(x, y, z, level) {
  const corners = [];
  for (let k = 0; k < z.length; k += 1) {
    const next = (k + 1) % z.length;
    if (z[k] < level) {
      corners.push({ x: x[k], y: y[k] });
    }
    if (z[k] < level !== z[next] < level) {
      const share = (level - z[k]) / (z[next] - z[k]);
      corners.push({ x: x[k] + share * (x[next] - x[k]), y: y[k] + share * (y[next] - y[k]) });
    }
  }
  return corners;
}

/**
 * How bright a cell is, from the heights at its corners; 1 for level ground.
 * @param {number[]} z at (left, front), (right, front), (right, back), (left, back)
 * @param {number} cellWidth in units of relief
 * @param {number} cellDepth
 */
function brightness([a, b, c, d], cellWidth, cellDepth) {
  const slopeX = (b + c - a - d) / (2 * cellWidth);
  const slopeY = (c + d - a - b) / (2 * cellDepth);
  const length = Math.hypot(slopeX, slopeY, 1);
  const dot = (-slopeX * light.x - slopeY * light.y + light.z) / length;
  return Math.max(0.55, Math.min(1.25, 0.35 + (0.65 * dot) / light.z));
}

/**
 * @param {Uint8Array} table 256 × (red, green, blue)
 * @param {number} z from 0 to 1
 * @param {number} shade
 */
function shaded(table, z, shade) {
  const at = 3 * Math.max(0, Math.min(255, Math.round(255 * z)));
  const [red, green, blue] = [0, 1, 2].map((k) => Math.min(255, Math.round(table[at + k] * shade)));
  return `rgb(${red}, ${green}, ${blue})`;
}

/**
 * @typedef {object} SurfaceOptions
 * @property {Uint8Array} colours of heights: 256 × (red, green, blue)
 * @property {number} [gain] how much brighter than these
 * @property {number} [cells] along the longer side
 * @property {{ level: number, colour: (row: number, col: number) => string }} [water] up to a value
 *   of the field, its colour by the sample that it covers
 */

/**
 * @param {DrawContext} ctx
 * @param {Projection} project
 * @param {Field} field
 * @param {SurfaceView} view
 * @param {SurfaceOptions} options
 */
export function surface(ctx, project, field, view, { colours, gain = 1, cells = 48, water }) {
  const { rows, cols, data, xDomain, yDomain } = field;
  const aspect = (yDomain[1] - yDomain[0]) / (xDomain[1] - xDomain[0]);
  const columns = spread(cols, Math.round(cells / Math.max(1, aspect)));
  const lines = spread(rows, Math.round(cells * Math.min(1, aspect)));
  const x = columns.map((c) => xDomain[0] + ((xDomain[1] - xDomain[0]) * c) / (cols - 1));
  const y = lines.map((r) => yDomain[0] + ((yDomain[1] - yDomain[0]) * r) / (rows - 1));
  const heights = lines.map((r) => columns.map((c) => view.height(data[r * cols + c])));
  const surfaceOfWater = water ? view.height(water.level) : 0;
  const cellWidth = 1 / (relief * (columns.length - 1));
  const cellDepth = aspect / (relief * (lines.length - 1));
  // From the back to the front.
  const fromRight = Math.sin(view.azimuth * radians) > 0;
  const fromTop = Math.cos(view.azimuth * radians) > 0;
  ctx.save();
  ctx.lineWidth = 0.6;
  ctx.setLineDash([]);
  ctx.lineJoin = "round";
  for (let m = 0; m + 1 < lines.length; m += 1) {
    const j = fromTop ? lines.length - 2 - m : m;
    for (let n = 0; n + 1 < columns.length; n += 1) {
      const i = fromRight ? columns.length - 2 - n : n;
      const z = [heights[j][i], heights[j][i + 1], heights[j + 1][i + 1], heights[j + 1][i]];
      const ground = [x[i], x[i + 1], x[i + 1], x[i]];
      const depth = [y[j], y[j], y[j + 1], y[j + 1]];
      const corners = z.map((height, k) => project(ground[k], depth[k], height));
      const mean = (z[0] + z[1] + z[2] + z[3]) / 4;
      fillPolygon(ctx, corners, shaded(colours, mean, gain * brightness(z, cellWidth, cellDepth)));
      const wet = water ? wetPart(ground, depth, z, surfaceOfWater) : [];
      if (water && wet.length > 2) {
        const top = wet.map((corner) => project(corner.x, corner.y, surfaceOfWater));
        const lowest = z.indexOf(Math.min(...z));
        const [row, col] = [lowest < 2 ? j : j + 1, lowest % 3 === 0 ? i : i + 1];
        fillPolygon(ctx, top, water.colour(lines[row], columns[col]));
      }
    }
  }
  ctx.restore();
}
