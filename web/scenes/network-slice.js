// The training loss around the weights, in two random directions scaled to the weights themselves.

import { heat, heatDark } from "virtual:colour-tables";
import { insideAxes } from "../render/axes.js";
import { contour, contourLines } from "../render/contour.js";
import { frame } from "../render/frame.js";
import { heatmap } from "../render/heatmap.js";
import { format } from "../render/numbers.js";
import { rings } from "../render/points.js";
import { lanes, methodRuns } from "./network-runs.js";
import { paintNotice, untilTheEnd } from "./network-spectrum.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/types.js").Field} Field */

// The loss doubles from one contour to the next.
const levels = Array.from({ length: 24 }, (_, i) => 0.001 * 2 ** i);

/** @type {WeakMap<Float64Array, Field & { contours: import("../render/contour.js").Contour[] }>} */
const fields = new WeakMap();

/** One for each method. @param {Shown} shown @returns {Panel[]} */
export function slicePanels(shown) {
  return methodRuns(shown).map(({ label }, i) => ({
    id: `slice-${i + 1}`,
    label: `training loss around the weights of ${label}, with contours at every doubling`,
    grow: 1,
    aspect: 1.05,
    paint: (ctx, surface) => paint(ctx, surface, shown, i),
  }));
}

/** @param {Record<string, import("../lab.js").Channel>} channels */
function fieldOf({ slice, sliceAxis }) {
  let known = fields.get(slice.data);
  if (!known) {
    const domain = /** @type {[number, number]} */ ([
      sliceAxis.data[0],
      sliceAxis.data[sliceAxis.data.length - 1],
    ]);
    const field = {
      rows: slice.shape[0],
      cols: slice.shape[1],
      data: slice.data,
      xDomain: domain,
      yDomain: domain,
    };
    known = { ...field, contours: contourLines(field, levels) };
    fields.set(slice.data, known);
  }
  return known;
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 * @param {number} index of the method
 */
function paint(ctx, surface, shown, index) {
  const { theme, width, createImage } = surface;
  const all = lanes(shown, theme);
  const ended = all.flatMap(({ runs }) => runs.filter(({ channels }) => channels.slice));
  const { label, style, runs } = all[index];
  const channels = runs[0]?.channels;
  if (!channels?.slice) {
    return paintNotice(ctx, surface, theme, untilTheEnd);
  }
  const field = fieldOf(channels);
  const middle = field.data[(field.data.length - 1) / 2];
  const height = withLegend(ctx, surface, [
    {
      label: `${label}: loss ${format(middle)} here`,
      style,
      kind: "point",
    },
  ]);
  const size = Math.min(width, height);
  const place = frame({
    width,
    height,
    xDomain: field.xDomain,
    yDomain: field.yDomain,
    margins: { left: (width - size) / 2, right: (width - size) / 2, top: 0, bottom: height - size },
  });
  // The same colours for every method.
  const range = /** @type {[number, number]} */ ([
    Math.min(...ended.map(({ channels: { slice } }) => Math.min(...slice.data))),
    Math.max(...ended.map(({ channels: { slice } }) => Math.max(...slice.data))),
  ]);
  surface.layer("slice", [field, ...range, theme.name, width, height], (ground) => {
    heatmap(ground, place, field, theme.name === "dark" ? heatDark : heat, {
      createImage,
      transform: Math.log,
      range,
      undefinedColour: theme.colours.undefinedValue,
    });
    contour(ground, place, field.contours, {
      colour: theme.colours.contour,
      width: theme.widths.contour,
    });
  });
  rings(ctx, place, { x: [0], y: [0] }, style, { radius: 5 });
  insideAxes(ctx, place, { x: { label: "direction 1" }, y: { label: "direction 2" } }, theme);
  return {
    hover: (/** @type {number} */ px, /** @type {number} */ py) => {
      const { plot } = place;
      if (px < plot.left || px > plot.right || py < plot.top || py > plot.bottom) {
        return "";
      }
      const [a, b] = place.invert(px, py);
      const cell = (/** @type {number} */ value) =>
        Math.round(((value + 1) / 2) * (field.cols - 1));
      const value = field.data[cell(b) * field.cols + cell(a)];
      return `(${format(a, 2)}, ${format(b, 2)}): training loss ${format(value)}`;
    },
  };
}
