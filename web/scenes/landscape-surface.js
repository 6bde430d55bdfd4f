// The landscape from the side: a surface that can be turned, with the water in it and the way down.

import { heat, heatDark } from "virtual:colour-tables";
import { sortedFinite } from "../render/heatmap.js";
import { haloText } from "../render/label.js";
import { format } from "../render/numbers.js";
import { column, mostPathPoints } from "../render/path.js";
import { thinPath } from "../render/polyline.js";
import { surface as drawSurface, projection } from "../render/surface.js";
import { axisNames } from "./landscape-map.js";
import { chosenLake, lakesOf, namesAt, waterColours, waterLevel } from "./landscape-water.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Field} Field */

const margin = 14;
const elevations = { low: 8, high: 86 };
const degreesByKey = 5;
// Light on dark colours.
const darkGain = 1.8;
// Steps shorter than this, in pixels, are drawn as one.
const visible = 1.5;

/** @param {Shown} shown @returns {Panel} */
export function surfacePanel(shown) {
  return {
    id: "surface",
    label: "f as a surface in three dimensions, with water up to the level",
    hint: "Drag to turn it: left and right around, up and down for the height of the eye. Arrow keys turn it too.",
    grow: 0.95,
    aspect: 1.2,
    paint: (ctx, surface) => paintSurface(ctx, surface, shown),
  };
}

// Walls that rise to more than this multiple of what is below four fifths of the picture are cut off
// there: they would dwarf the valley.
const shownShare = 0.8;
const highestWall = 2;

/** @typedef {{ field: Field, height: (value: number) => number, top: number }} Ground */
/** @type {WeakMap<Float64Array, Ground>} */
const grounds = new WeakMap();

/** @param {Shown} shown */
function groundOf({ reports }) {
  const { field: channel, window, lowest } = reports.run.channels;
  let ground = grounds.get(channel.data);
  if (!ground) {
    const [xMin, xMax, yMin, yMax] = window.data;
    /** @type {Field} */
    const field = {
      rows: channel.shape[0],
      cols: channel.shape[1],
      data: channel.data,
      xDomain: [xMin, xMax],
      yDomain: [yMin, yMax],
    };
    const sorted = sortedFinite(channel.data);
    const base = lowest.data[0];
    const usual = sorted[Math.floor(shownShare * (sorted.length - 1))];
    const highest = sorted[sorted.length - 1];
    const top = highest - base > highestWall * (usual - base) ? usual : highest;
    const height = (/** @type {number} */ value) =>
      Math.sqrt(Math.min(1, Math.max(0, value - base) / (top - base || 1)));
    ground = { field, height, top };
    grounds.set(channel.data, ground);
  }
  return ground;
}

/** @param {number} value @param {number} low @param {number} high */
const clamp = (value, low, high) => Math.min(high, Math.max(low, Math.round(value)));

/** @param {number} degrees */
const around = (degrees) => ((Math.round(degrees) % 360) + 360) % 360;

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintSurface(ctx, surface, shown) {
  const { theme, width, height } = surface;
  const { field, height: heightOf, top } = groundOf(shown);
  const azimuth = Number(shown.state.view.azimuth);
  const elevation = Number(shown.state.view.elevation);
  const view = { azimuth, elevation, height: heightOf };
  const room = { width: width - 2 * margin, height: height - 3 * margin };
  const inner = projection(room, field, view);
  const project = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ z) => {
    const at = inner(x, y, z);
    return { x: at.x + margin, y: at.y + margin };
  };
  const level = waterLevel(shown);
  const madeOf = [field, azimuth, elevation, level, chosenLake(shown)];
  surface.layer("surface", madeOf, (ground) => {
    drawSurface(ground, project, field, view, {
      ...(theme.name === "dark" ? { colours: heatDark, gain: darkGain } : { colours: heat }),
      water: { level, colour: waterColour(shown, surface, field) },
    });
  });
  paintWay(ctx, project, heightOf, shown, surface);
  paintNames(ctx, project, field, shown, surface);
  paintScale(ctx, top, surface);
  return {
    hover: () => "",
    place: (/** @type {number} */ px, /** @type {number} */ py) => ({
      azimuth: around(360 * (px / width)),
      elevation: clamp(elevations.high * (py / height), elevations.low, elevations.high),
    }),
    nudge: (/** @type {number} */ right, /** @type {number} */ up) => ({
      azimuth: around(azimuth + degreesByKey * right),
      elevation: clamp(elevation + degreesByKey * up, elevations.low, elevations.high),
    }),
  };
}

/**
 * @param {Shown} shown
 * @param {Surface} surface
 * @param {Field} field
 * @returns {(row: number, col: number) => string}
 */
function waterColour(shown, { theme }, { cols }) {
  const { channels } = shown.reports.run;
  const names = namesAt(lakesOf(channels), waterLevel(shown));
  const chosen = chosenLake(shown);
  const { lake, chosen: told } = waterColours(theme);
  return (row, col) => {
    const isChosen = names[channels.branch.data[row * cols + col]] === chosen;
    return `rgb(${(isChosen ? told : lake).join(", ")})`;
  };
}

/**
 * The way down, on the ground, as far as it is in the picture.
 * @param {DrawContext} ctx
 * @param {import("../render/surface.js").Projection} project
 * @param {(value: number) => number} heightOf
 * @param {Shown} shown
 * @param {Surface} surface
 */
function paintWay(ctx, project, heightOf, shown, { theme }) {
  const { path, f, window } = shown.reports.run.channels;
  const [xMin, xMax, yMin, yMax] = window.data;
  const x = column(path.data, 2, 0);
  const y = column(path.data, 2, 1);
  /** @type {import("../render/polyline.js").Polyline} */
  const way = { x: [], y: [] };
  for (let t = 0; t < x.length; t += 1) {
    if (x[t] >= xMin && x[t] <= xMax && y[t] >= yMin && y[t] <= yMax) {
      const at = project(x[t], y[t], heightOf(f.data[t]));
      const last = way.x.length - 1;
      const step = Math.hypot(at.x - way.x[last], at.y - way.y[last]);
      if (last < 0 || step > visible || t === x.length - 1) {
        way.x.push(at.x);
        way.y.push(at.y);
      }
    }
  }
  const shownWay = thinPath(way, mostPathPoints);
  ctx.save();
  ctx.setLineDash([]);
  ctx.lineJoin = "round";
  for (const { colour, width } of [
    { colour: theme.colours.surface, width: theme.widths.path + theme.widths.halo },
    { colour: theme.second.colour, width: theme.widths.path + 0.75 },
  ]) {
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.beginPath();
    shownWay.x.forEach((at, i) => {
      if (i === 0) {
        ctx.moveTo(at, shownWay.y[i]);
      } else {
        ctx.lineTo(at, shownWay.y[i]);
      }
    });
    ctx.stroke();
  }
  const last = way.x.length - 1;
  if (last >= 0) {
    ctx.fillStyle = theme.second.colour;
    ctx.beginPath();
    ctx.arc(way.x[last], way.y[last], 4, 0, 2 * Math.PI);
    ctx.fill();
  }
  ctx.restore();
}

/**
 * The names of the axes at the edges that face the reader.
 * @param {DrawContext} ctx
 * @param {import("../render/surface.js").Projection} project
 * @param {Field} field
 * @param {Shown} shown
 * @param {Surface} surface
 */
function paintNames(ctx, project, { xDomain, yDomain }, shown, { theme, height }) {
  const [x, y] = axisNames(shown);
  const middleX = (xDomain[0] + xDomain[1]) / 2;
  const middleY = (yDomain[0] + yDomain[1]) / 2;
  const ends = [
    { name: x, at: [project(middleX, yDomain[0], 0), project(middleX, yDomain[1], 0)] },
    { name: y, at: [project(xDomain[0], middleY, 0), project(xDomain[1], middleY, 0)] },
  ];
  ctx.save();
  ctx.font = theme.fonts.label;
  for (const { name, at } of ends) {
    const front = at[0].y > at[1].y ? at[0] : at[1];
    const baseline = Math.min(height - 24, front.y + 16);
    haloText(ctx, name, front.x, baseline, theme, { align: "center" });
  }
  ctx.restore();
}

/**
 * What is up.
 * @param {DrawContext} ctx
 * @param {number} top
 * @param {Surface} surface
 */
function paintScale(ctx, top, { theme, width, height }) {
  ctx.save();
  ctx.font = theme.fonts.tick;
  const name = "height: √(f − min f)";
  const whole = `${name}, up to f = ${format(top)}`;
  const text = ctx.measureText(whole).width < width - 8 ? whole : name;
  haloText(ctx, text, 4, height - 6, theme, { colour: theme.colours.muted });
  ctx.restore();
}
