// Marker shapes, about equal in weight, so that series are told apart without colour.

/** @typedef {import("./types.js").DrawContext} DrawContext */
/** @typedef {import("./types.js").MarkerShape} MarkerShape */

/** Corners in units of the radius. @type {Partial<Record<MarkerShape, [number, number][]>>} */
const polygons = {
  square: [
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ],
  triangle: [
    [0, -1.3],
    [1.2, 0.85],
    [-1.2, 0.85],
  ],
  "triangle-down": [
    [0, 1.3],
    [1.2, -0.85],
    [-1.2, -0.85],
  ],
  diamond: [
    [0, -1.35],
    [1.35, 0],
    [0, 1.35],
    [-1.35, 0],
  ],
};

/** Segments in units of the radius. @type {Partial<Record<MarkerShape, number[][]>>} */
const strokes = {
  plus: [
    [-1.35, 0, 1.35, 0],
    [0, -1.35, 0, 1.35],
  ],
  cross: [
    [-1, -1, 1, 1],
    [-1, 1, 1, -1],
  ],
};

/**
 * @param {DrawContext} ctx fill and stroke are set here to the colour
 * @param {number} x in pixels
 * @param {number} y
 * @param {MarkerShape} shape
 * @param {number} radius in pixels
 * @param {string} colour
 */
export function drawMarker(ctx, x, y, shape, radius, colour) {
  if (shape === "none") {
    return;
  }
  const segments = strokes[shape];
  ctx.beginPath();
  if (segments) {
    ctx.strokeStyle = colour;
    ctx.lineWidth = Math.max(1.2, 0.55 * radius);
    ctx.lineCap = "butt";
    ctx.setLineDash([]);
    for (const [x0, y0, x1, y1] of segments) {
      ctx.moveTo(x + radius * x0, y + radius * y0);
      ctx.lineTo(x + radius * x1, y + radius * y1);
    }
    ctx.stroke();
    return;
  }
  outline(ctx, x, y, shape, radius);
  ctx.fillStyle = colour;
  ctx.fill();
}

/** @param {DrawContext} ctx @param {number} x @param {number} y @param {MarkerShape} shape
 * @param {number} radius */
function outline(ctx, x, y, shape, radius) {
  const corners = polygons[shape];
  if (!corners) {
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  corners.forEach(([dx, dy], index) => {
    if (index === 0) {
      ctx.moveTo(x + radius * dx, y + radius * dy);
    } else {
      ctx.lineTo(x + radius * dx, y + radius * dy);
    }
  });
  ctx.closePath();
}
