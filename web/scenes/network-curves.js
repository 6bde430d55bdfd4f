// Loss or error of the training and the test set over the gradients spent.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { directLabels, haloText } from "../render/label.js";
import { line, rules } from "../render/line.js";
import { format } from "../render/numbers.js";
import { nearestIndex } from "../render/read-out.js";
import { forNames } from "./ensemble.js";
import { epochsOf, lanes, leader } from "./network-runs.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

/** What the picture may follow; a factor of 100 makes a share a percentage. */
export const followed = [
  { id: "error", label: "error", train: "trainError", test: "testError", factor: 100, unit: "%" },
  { id: "loss", label: "loss", train: "trainLoss", test: "testLoss", factor: 1, unit: "" },
];

// How far below the least positive value, on the logarithmic axis, zero is drawn.
const footFactor = 2;

/** @param {Shown} shown */
function followedOf({ state }) {
  return followed.find(({ id }) => id === state.view.curve) ?? followed[0];
}

/** @param {Shown} shown @returns {Panel} */
export function curvesPanel(shown) {
  const { label } = followedOf(shown);
  return {
    id: "curves",
    label: `${label} of the training and the test set over the gradient evaluations, on a logarithmic axis`,
    grow: 1.35,
    aspect: 1.25,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/**
 * @param {Shown} shown
 * @param {import("../render/theme.js").Theme} theme
 */
function seriesOf(shown, theme) {
  const { train, test, factor } = followedOf(shown);
  return lanes(shown, theme).flatMap(({ label, style, runs }) =>
    runs.flatMap((report) => {
      const x = epochsOf(report);
      const scaled = (/** @type {string} */ id) =>
        report.channels[id].data.map((value) => factor * value);
      return [
        {
          label: `${label}, train`,
          x,
          y: scaled(train),
          style: { ...style, dash: [2, 3], width: 1.4 },
        },
        { label: `${label}, test`, x, y: scaled(test), style },
      ];
    }),
  );
}

/**
 * A logarithmic axis has no zero: a line at its foot stands for it, and says so.
 * @param {DrawContext} ctx
 * @param {import("../render/frame.js").Frame} place
 * @param {number} foot
 * @param {string} text
 * @param {import("../render/theme.js").Theme} theme
 */
function paintFoot(ctx, place, foot, text, theme) {
  rules(ctx, place, { y: [foot] }, { ...theme.bound, colour: theme.colours.muted, width: 1 });
  ctx.save();
  ctx.font = theme.fonts.label;
  const colour = theme.colours.muted;
  haloText(ctx, text, place.plot.left + 6, place.y(foot) - 5, theme, { colour });
  ctx.restore();
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width } = surface;
  const { label, unit } = followedOf(shown);
  const { budget, samples } = leader(shown).channels;
  const series = seriesOf(shown, theme);
  const height = withLegend(
    ctx,
    surface,
    series.toReversed().map(({ label: name, style }) => ({ label: name, style })),
  );
  const values = series.flatMap(({ y }) => [...y]);
  const positive = values.filter((value) => value > 0);
  const low = Math.min(...positive);
  const hasZero = values.includes(0);
  const place = frame({
    width,
    height,
    xDomain: [0, Number(shown.state.parameters.epochs)],
    yDomain: [low / (hasZero ? footFactor * 1.2 : 1.5), Math.max(...positive) * 1.5],
    yScale: "log",
  });
  axes(
    ctx,
    place,
    { x: { label: "gradient evaluations", unit: "epochs" }, y: { label, unit } },
    theme,
  );
  const foot = low / footFactor;
  if (hasZero) {
    paintFoot(ctx, place, foot, `${label} 0${unit && ` ${unit}`}`, theme);
  }
  const drawn = series.map((each) => ({
    ...each,
    y: each.y.map((value) => (value === 0 ? foot : value)),
  }));
  for (const each of drawn) {
    line(ctx, place, each, each.style);
  }
  directLabels(ctx, place, drawn.map(forNames), theme);
  return {
    hover: (/** @type {number} */ px) => {
      const at = nearestIndex(place, series[0], px);
      const rows = series
        .filter(({ y }) => at >= 0 && at < y.length)
        .map(({ label: name, y }) => `${name}: ${format(y[at])}${unit && ` ${unit}`}`);
      const spent = Math.round(series[0].x[at] * samples.data[0]);
      return at < 0 || budget.data[0] === 0
        ? ""
        : [`epoch ${format(series[0].x[at])}, ${format(spent)} gradients`, ...rows].join("\n");
    },
  };
}
