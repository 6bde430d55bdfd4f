// The path between two networks, in the plane through both and the mean of its beads.

import { insideAxes } from "../render/axes.js";
import { contourLines } from "../render/contour.js";
import { labelPoint } from "../render/label.js";
import { line } from "../render/line.js";
import { format } from "../render/numbers.js";
import { column } from "../render/path.js";
import { rings, scatter } from "../render/points.js";
import { nearestPoint } from "../render/read-out.js";
import { pairShown, picture, resultOf } from "./connectivity-runs.js";
import { paintLandscape, planeWithLegend } from "./landscape-field.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/frame.js").Frame} Frame */
/** @typedef {import("./connectivity-runs.js").Channels} Channels */

const hoverRadius = 12;

/** The shore of a level, kept as long as the field. @type {WeakMap<Float64Array,
 *   { level: number, lines: import("../render/contour.js").OpenLine[] }>} */
const shores = new WeakMap();

/** @param {Shown} shown @returns {Panel} */
export function planePanel(shown) {
  return {
    id: "plane",
    label:
      "the path between the two networks in the plane through both and the mean of its beads, on the loss in that plane",
    grow: 1.1,
    aspect: 1.2,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme } = surface;
  const channels = picture(shown);
  const { level, beads } = resultOf(channels, pairShown(shown));
  const place = planeWithLegend(ctx, surface, channels.window.data, [
    {
      label: "the path’s beads, projected",
      style: theme.measured,
      kind: "path",
    },
    { label: "straight line", style: theme.second },
    { label: "where the plane is at L₀", style: theme.bound },
  ]);
  paintLandscape(place, channels, 0, surface);
  for (const shore of shoresOf(channels, level)) {
    line(ctx, place, shore, theme.bound);
  }
  const points = {
    x: column(channels.path.data, 2, 0),
    y: column(channels.path.data, 2, 1),
  };
  straight(ctx, place, { x: [0, 1], y: [0, 0] }, theme.second);
  straight(ctx, place, points, theme.measured);
  const inner = { x: points.x.slice(1, -1), y: points.y.slice(1, -1) };
  scatter(ctx, place, inner, theme.measured, {
    radius: beads > 24 ? 2.5 : 3.5,
  });
  const ends = { x: [0, 1], y: [0, 0] };
  rings(ctx, place, ends, { colour: theme.colours.handle }, { radius: 6, width: 2 });
  for (const [i, name] of ["A", "B"].entries()) {
    labelPoint(ctx, place, name, place.x(i), place.y(0), theme, {
      distance: 9,
    });
  }
  const isOfBeads = channels.planeBeads.data[0] > 2;
  const upwards = isOfBeads ? "towards the beads’ mean" : "downhill from the middle";
  insideAxes(
    ctx,
    place,
    {
      x: { label: "from A to B, in ‖B − A‖" },
      y: { label: upwards },
    },
    theme,
  );
  return {
    hover: (/** @type {number} */ px, /** @type {number} */ py) =>
      readBead(place, points, channels, px, py) || readGround(place, channels, px, py),
  };
}

/**
 * A polyline that may turn back: a series over x must not.
 * @param {DrawContext} ctx
 * @param {Frame} place
 * @param {{ x: ArrayLike<number>, y: ArrayLike<number> }} points
 * @param {import("../render/types.js").SeriesStyle} style
 */
function straight(ctx, place, { x, y }, style) {
  for (let i = 1; i < x.length; i += 1) {
    line(ctx, place, { x: [x[i - 1], x[i]], y: [y[i - 1], y[i]] }, style);
  }
}

/** @param {Channels} channels @param {number} level */
function shoresOf({ field, window }, level) {
  let known = shores.get(field.data);
  if (known?.level !== level) {
    const [xMin, xMax, yMin, yMax] = window.data;
    const [rows, cols] = field.shape;
    /** @type {import("../render/types.js").Field} */
    const ground = {
      rows,
      cols,
      data: field.data,
      xDomain: [xMin, xMax],
      yDomain: [yMin, yMax],
    };
    const lines = contourLines(ground, [level]).flatMap((each) => each.lines);
    known = { level, lines };
    shores.set(field.data, known);
  }
  return known.lines;
}

/**
 * @param {Frame} place
 * @param {{ x: Float64Array, y: Float64Array }} points
 * @param {Channels} channels
 * @param {number} px
 * @param {number} py
 */
function readBead(place, points, { profile, path }, px, py) {
  const bead = nearestPoint(place, points, px, py, hoverRadius);
  if (bead < 0) {
    return "";
  }
  const segments = path.shape[0] - 1;
  const perSegment = (profile.shape[0] - 1) / segments;
  const loss = profile.data[2 * bead * perSegment + 1];
  return `bead ${bead + 1} of ${segments + 1}\nloss ${format(loss)}, at the bead itself`;
}

/**
 * @param {Frame} place
 * @param {Channels} channels
 * @param {number} px
 * @param {number} py
 */
function readGround(place, { field, window }, px, py) {
  const [rows, cols] = field.shape;
  const [xMin, xMax, yMin, yMax] = window.data;
  const [x, y] = place.invert(px, py);
  const col = Math.round(((x - xMin) / (xMax - xMin)) * (cols - 1));
  const row = Math.round(((y - yMin) / (yMax - yMin)) * (rows - 1));
  if (col < 0 || col >= cols || row < 0 || row >= rows) {
    return "";
  }
  return `loss ${format(field.data[row * cols + col])}, in the plane`;
}
