// The loss along the path that was found, against that along the straight line.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { directLabels } from "../render/label.js";
import { line, rules } from "../render/line.js";
import { format } from "../render/numbers.js";
import { column } from "../render/path.js";
import { scatter } from "../render/points.js";
import { pairShown, picture, resultOf } from "./connectivity-runs.js";
import { decadesAround, forNames } from "./ensemble.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

/** @param {Shown} shown @returns {Panel} */
export function profilePanel(shown) {
  return {
    id: "profile",
    label: "the loss along the path and along the straight line between its ends, with the level",
    grow: 1,
    aspect: 1.2,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/** @param {import("../lab.js").Channel} channel */
const curveOf = ({ data }) => ({
  x: column(data, 2, 0),
  y: column(data, 2, 1),
});

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width } = surface;
  const { profile, chord, path } = picture(shown);
  const { level, wall, isWalled } = resultOf(picture(shown), pairShown(shown));
  const curves = [
    { label: "along the path", ...curveOf(profile), style: theme.measured },
    { label: "straight line", ...curveOf(chord), style: theme.second },
  ];
  const marks = [
    { label: `level ${format(level)}`, y: level, style: theme.bound },
    ...(isWalled
      ? [
          {
            label: `no path stays below ${format(wall)}`,
            y: wall,
            style: theme.theory,
          },
        ]
      : []),
  ];
  const height = withLegend(ctx, surface, [...curves, ...marks]);
  const place = frame({
    width,
    height,
    xDomain: [0, 1],
    yDomain: decadesAround([...curves.map(({ y }) => y), [level, wall]], level / 100),
    yScale: "log",
  });
  axes(ctx, place, { x: { label: "share of the way from A to B" }, y: { label: "loss" } }, theme);
  for (const { y, style } of marks) {
    rules(ctx, place, { y: [y] }, style);
  }
  for (const curve of curves.toReversed()) {
    line(ctx, place, curve, curve.style);
  }
  const [found] = curves;
  const each = (found.y.length - 1) / (path.shape[0] - 1);
  const beads = Array.from({ length: path.shape[0] }, (_, bead) => bead * each);
  scatter(
    ctx,
    place,
    { x: beads.map((i) => found.x[i]), y: beads.map((i) => found.y[i]) },
    theme.measured,
    { radius: beads.length > 24 ? 2 : 3 },
  );
  directLabels(
    ctx,
    place,
    [
      ...curves.map(forNames),
      ...marks.map(({ label, y, style }) => ({
        label,
        style,
        x: [0, 0.5, 1],
        y: [y, y, y],
      })),
    ],
    theme,
  );
  return {
    hover: (/** @type {number} */ px) => {
      const share = place.invert(px, place.plot.top)[0];
      return share < 0 || share > 1
        ? ""
        : [
            `${format(100 * share, 2)} % of the way`,
            ...curves.map(({ label, x, y }) => `${label}: loss ${format(y[nearest(x, share)])}`),
            ...marks.map(({ label }) => label),
          ].join("\n");
    },
  };
}

/** @param {Float64Array} values ascending @param {number} wanted */
function nearest(values, wanted) {
  let best = 0;
  for (let i = 1; i < values.length; i += 1) {
    best = Math.abs(values[i] - wanted) < Math.abs(values[best] - wanted) ? i : best;
  }
  return best;
}
