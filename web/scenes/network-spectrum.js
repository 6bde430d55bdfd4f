// The spectrum of the training loss's Hessian at the weights, once a run has ended.

import { axes } from "../render/axes.js";
import { frame } from "../render/frame.js";
import { line } from "../render/line.js";
import { format } from "../render/numbers.js";
import { scatter } from "../render/points.js";
import { inWords, lanes } from "./network-runs.js";
import { withLegend } from "./step-size-runs.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Panel} Panel */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */

const points = 400;
// The width of the bell that stands for an eigenvalue, as a share of the range.
const breadth = 0.008;
const lowestDensity = 1e-4;

/** @param {Shown} shown @returns {Panel} */
export function spectrumPanel(shown) {
  return {
    id: "spectrum",
    label:
      "density of the eigenvalues of the Hessian on a logarithmic axis, the largest ones as marks",
    grow: 1.3,
    aspect: 1.2,
    paint: (ctx, surface) => paint(ctx, surface, shown),
  };
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {import("../render/theme.js").Theme} theme
 * @param {string} text
 */
export function paintNotice(ctx, { width, height }, theme, text) {
  ctx.save();
  ctx.font = theme.fonts.label;
  ctx.textAlign = "center";
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = theme.colours.muted;
  ctx.fillText(text, width / 2, height / 2);
  ctx.restore();
  return {};
}

export const untilTheEnd = "Measured when the training has ended: press play.";

/**
 * The share of the eigenvalues by unit of the axis, each a bell.
 * @param {Float64Array} nodes value and share in turn
 * @param {Float64Array} at
 * @param {number} width
 */
function densityOf(nodes, at, width) {
  return at.map((x) => {
    let sum = 0;
    for (let i = 0; i < nodes.length; i += 2) {
      const u = (x - nodes[i]) / width;
      sum += nodes[i + 1] * Math.exp(-0.5 * u * u);
    }
    return sum / (width * Math.sqrt(2 * Math.PI));
  });
}

/**
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {Shown} shown
 */
function paint(ctx, surface, shown) {
  const { theme, width } = surface;
  const ended = lanes(shown, theme).flatMap(({ label, style, runs }) =>
    runs
      .filter(({ channels }) => channels.hessianSpectrum)
      .map(({ channels }) => ({
        label,
        style,
        nodes: channels.hessianSpectrum.data,
        largest: channels.hessianEigenvalues.data,
        trace: channels.trace.data,
        nearZero: channels.nearZero.data[0],
      })),
  );
  if (ended.length === 0) {
    return paintNotice(ctx, surface, theme, untilTheEnd);
  }
  const height = withLegend(
    ctx,
    surface,
    ended.map(({ label, style, largest, trace, nearZero }) => ({
      label: `${label}: λmax ${format(largest[0])}, trace ${inWords({ mean: trace[0], error: trace[1], count: 2 })}, ${format(100 * nearZero)} % near 0`,
      style,
    })),
  );
  const values = ended.flatMap(({ nodes, largest }) => [
    ...nodes.filter((_, i) => i % 2 === 0),
    largest[0],
  ]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const range = high - low || 1;
  const at = Float64Array.from(
    { length: points },
    (_, i) => low + range * (-0.04 + (1.08 * i) / (points - 1)),
  );
  const bells = ended.map(({ nodes }) => densityOf(nodes, at, breadth * range));
  const top = Math.max(...bells.map((bell) => Math.max(...bell)));
  const place = frame({
    width,
    height,
    xDomain: [at[0], at[points - 1]],
    yDomain: [top * lowestDensity, top * 2],
    yScale: "log",
  });
  axes(
    ctx,
    place,
    { x: { label: "eigenvalue λ of the Hessian" }, y: { label: "share of the eigenvalues by λ" } },
    theme,
  );
  for (const [i, { style, largest }] of ended.entries()) {
    line(ctx, place, { x: at, y: bells[i] }, style);
    const base = top * lowestDensity * (1.6 + 1.2 * i);
    scatter(ctx, place, { x: largest, y: largest.map(() => base) }, style, { radius: 3.5 });
  }
  return {
    hover: (/** @type {number} */ px) => {
      const x = place.invert(px, 0)[0];
      const rows = ended.map(({ label, largest }) => {
        const above = largest.filter((value) => value >= x).length;
        return `${label}: ${above === largest.length ? `${above} or more` : above} eigenvalues above`;
      });
      return [`λ = ${format(x)}`, ...rows].join("\n");
    },
  };
}
