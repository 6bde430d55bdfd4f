// The landscape from above: contours, the water on them, critical points, and the way down.

import { insideAxes, insideAxesBoxes } from "../render/axes.js";
import { drawFieldImage } from "../render/heatmap.js";
import { line } from "../render/line.js";
import { format, formatStep } from "../render/numbers.js";
import { column, path } from "../render/path.js";
import { crosses, handle, rings, scatter } from "../render/points.js";
import { nearestPoint } from "../render/read-out.js";
import { paintLandscape, planeMoves, planeWithLegend } from "./landscape-field.js";
import { chosenLake, lakesOf, namesAt, waterColours, waterLevel } from "./landscape-water.js";
import { objectiveFormula } from "./objective-formula.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {Record<string, import("../lab.js").Channel>} Channels */

const hoverRadius = 12;
const opacity = { lake: 185, chosen: 205 };

/** What the axes are. @param {Shown} shown @returns {[string, string]} */
export function axisNames({ state: { parameters } }) {
  if (parameters.objective !== "linear-network") {
    return ["x", "y"];
  }
  if (parameters.network !== "depth-2-wide") {
    return ["w₁", "w₂"];
  }
  return parameters.plane === "equal" ? ["u₁ = v₁", "u₂ = v₂"] : ["u₁", "v₁"];
}

/** @param {Shown} shown @returns {Panel} */
export function mapPanel(shown) {
  return {
    id: "map",
    label: "contours of f, the lakes below the water level, and the way down from the start",
    hint: "Click or drag to set the start; the lake in which the point is now stands out. Arrow keys move it.",
    grow: 1,
    aspect: 1.2,
    paint: (ctx, surface) => paintMap(ctx, surface, shown),
  };
}

/** The last image of the water. @type {WeakMap<object, { key: string, of: Float64Array, image: unknown }>} */
const images = new WeakMap();

/**
 * @param {Shown} shown
 * @param {Surface} surface
 */
function waterImage(shown, { theme, createImage }) {
  const { channels } = shown.reports.run;
  const level = waterLevel(shown);
  const chosen = chosenLake(shown);
  const key = [level, chosen, theme.name].join(" ");
  const last = images.get(createImage);
  if (last?.key === key && last.of === channels.branch.data) {
    return last.image;
  }
  const [rows, cols] = channels.field.shape;
  const names = namesAt(lakesOf(channels), level);
  const colours = waterColours(theme);
  const rgba = new Uint8ClampedArray(4 * rows * cols);
  for (let row = 0; row < rows; row += 1) {
    for (let col = 0; col < cols; col += 1) {
      const at = row * cols + col;
      if (channels.field.data[at] <= level) {
        const kind = names[channels.branch.data[at]] === chosen ? "chosen" : "lake";
        rgba.set([...colours[kind], opacity[kind]], 4 * ((rows - 1 - row) * cols + col));
      }
    }
  }
  const image = createImage(cols, rows, rgba);
  images.set(createImage, { key, of: channels.branch.data, image });
  return image;
}

/** @param {Channels} channels @returns {{ x: number, y: number, f: number, eigenvalues: number[] }[]} */
function criticalPointsOf({ criticalPoints: { shape, data } }) {
  const columns = shape[1];
  return Array.from({ length: data.length / columns }, (_, k) => {
    const [x, y, f, ...eigenvalues] = data.subarray(k * columns, (k + 1) * columns);
    return { x, y, f, eigenvalues };
  });
}

/** @param {{ eigenvalues: number[] }} point */
function kindOf({ eigenvalues }) {
  // An eigenvalue of 0: it bends up no further than rounding tells, but nowhere down.
  if (eigenvalues[0] >= 0) {
    return "minimum";
  }
  return (eigenvalues.at(-1) ?? 0) < 0 ? "maximum" : "saddle";
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paintMap(ctx, surface, shown) {
  const { theme } = surface;
  const { channels } = shown.reports.run;
  const { geodesic, window } = channels;
  const point = /** @type {const} */ ("point");
  const critical = criticalPointsOf(channels);
  const minima = critical.filter((each) => kindOf(each) === "minimum");
  const others = critical.filter((each) => kindOf(each) !== "minimum");
  const saddles = { ...theme.series[2], marker: /** @type {const} */ ("diamond") };
  const items = [
    { label: methodLabel(shown), style: theme.second, kind: /** @type {const} */ ("path") },
    ...(others.length > 0 ? [{ label: "saddles, summits", style: saddles, kind: point }] : []),
    ...(geodesic.data.length > 0 ? [{ label: "along the floor", style: theme.theory }] : []),
    { label: formulaOf(shown) },
  ];
  const place = planeWithLegend(ctx, surface, window.data, items);
  paintLandscape(place, channels, channels.lowest.data[0], surface);
  const [rows, cols] = channels.field.shape;
  const [xMin, xMax, yMin, yMax] = window.data;
  const field = {
    rows,
    cols,
    data: channels.field.data,
    xDomain: /** @type {[number, number]} */ ([xMin, xMax]),
    yDomain: /** @type {[number, number]} */ ([yMin, yMax]),
  };
  drawFieldImage(ctx, place, field, waterImage(shown, surface));
  crosses(ctx, place, pointsOf(minima), { colour: theme.colours.text });
  scatter(ctx, place, pointsOf(others), saddles, { radius: 4 });
  if (geodesic.data.length > 0) {
    line(ctx, place, pairs(geodesic.data), theme.theory);
  }
  const points = pairs(channels.path.data);
  const [xName, yName] = axisNames(shown);
  const names = { x: { label: xName }, y: { label: yName } };
  const taken = insideAxesBoxes(ctx, place, names, theme);
  path(ctx, place, points, theme.second, theme, { taken });
  rings(ctx, place, { x: points.x.slice(-1), y: points.y.slice(-1) }, theme.second);
  const { parameters: start } = shown.state;
  handle(ctx, place, { x: Number(start.x0), y: Number(start.y0), label: "start" }, theme, {
    taken,
  });
  insideAxes(ctx, place, names, theme);
  return {
    hover: (/** @type {number} */ px, /** @type {number} */ py) =>
      readCritical(place, critical, px, py) || readPath(place, points, channels, px, py),
    ...planeMoves(place, window.data, start),
  };
}

/** @param {ArrayLike<number>} data */
const pairs = (data) => ({ x: column(data, 2, 0), y: column(data, 2, 1) });

/** @param {{ x: number, y: number }[]} points */
const pointsOf = (points) => ({ x: points.map(({ x }) => x), y: points.map(({ y }) => y) });

/**
 * @param {import("../render/frame.js").Frame} place
 * @param {ReturnType<typeof criticalPointsOf>} critical
 * @param {number} px
 * @param {number} py
 */
function readCritical(place, critical, px, py) {
  const k = nearestPoint(place, pointsOf(critical), px, py, hoverRadius);
  if (k < 0) {
    return "";
  }
  const { x, y, f, eigenvalues } = critical[k];
  return [
    `${kindOf(critical[k])} at (${format(x)}, ${format(y)})`,
    `f = ${format(f)}`,
    `eigenvalues of ∇²f: ${eigenvalues.map(format).join(", ")}`,
  ].join("\n");
}

/**
 * @param {import("../render/frame.js").Frame} place
 * @param {{ x: Float64Array, y: Float64Array }} points
 * @param {Channels} channels
 * @param {number} px
 * @param {number} py
 */
function readPath(place, points, { f, gradientNorm }, px, py) {
  const t = nearestPoint(place, points, px, py, hoverRadius);
  return t < 0
    ? ""
    : [
        `step ${formatStep(t)}: (${format(points.x[t])}, ${format(points.y[t])})`,
        `f = ${format(f.data[t])}, ‖∇f‖ = ${format(gradientNorm.data[t])}`,
      ].join("\n");
}

/** @param {Shown} shown @param {string} id */
function choiceOf({ state, tables }, id) {
  const { choices } = tables.parameters.find((parameter) => parameter.id === id) ?? { choices: [] };
  return choices.find((choice) => choice.id === state.parameters[id]);
}

/** @param {Shown} shown */
export function methodLabel(shown) {
  return choiceOf(shown, "method")?.label ?? "";
}

/** @param {Shown} shown */
function formulaOf(shown) {
  const { objective, weightDecay } = shown.state.parameters;
  if (objective !== "linear-network") {
    return `f = ${objectiveFormula(shown)}`;
  }
  const decay = Number(weightDecay) > 0 ? ` + ${format(Number(weightDecay))}‖w‖²` : "";
  return `f = ${choiceOf(shown, "network")?.help ?? ""}${decay}`;
}
