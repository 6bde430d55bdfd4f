// The ellipse of a mean and a covariance: where a fraction of a normal cloud lies.

import { applyStroke, insidePlot, toPixels, trace } from "./polyline.js";

const corners = 96;

/**
 * The points m + r (λ₁^½ cos t · u₁ + λ₂^½ sin t · u₂), with λ and u the covariance's eigenpairs.
 * @param {ArrayLike<number>} mean two numbers
 * @param {ArrayLike<number>} covariance row-major 2 × 2, symmetric
 * @param {number} radius in standard deviations; √(−2 log(1 − p)) holds the fraction p
 * @returns {{ x: number[], y: number[] } | null} closed; null if the covariance is not finite and
 *   positive semidefinite
 */
export function ellipsePoints(mean, covariance, radius) {
  const [a, b, c] = [covariance[0], (covariance[1] + covariance[2]) / 2, covariance[3]];
  const middle = (a + c) / 2;
  const spread = Math.hypot((a - c) / 2, b);
  const least = middle - spread;
  const finite = Number.isFinite(mean[0] + mean[1] + middle + spread);
  if (!finite || least < -1e-9 * Math.abs(middle)) {
    return null;
  }
  const tilt = Math.atan2(2 * b, a - c) / 2;
  const [long, short] = [Math.sqrt(middle + spread), Math.sqrt(Math.max(0, least))];
  const angles = Array.from({ length: corners + 1 }, (_, k) => (2 * Math.PI * k) / corners);
  return {
    x: angles.map(
      (t) =>
        mean[0] +
        radius * (long * Math.cos(t) * Math.cos(tilt) - short * Math.sin(t) * Math.sin(tilt)),
    ),
    y: angles.map(
      (t) =>
        mean[1] +
        radius * (long * Math.cos(t) * Math.sin(tilt) + short * Math.sin(t) * Math.cos(tilt)),
    ),
  };
}

/**
 * @param {import("./types.js").DrawContext} ctx
 * @param {import("./types.js").Frame} frame
 * @param {{ mean: ArrayLike<number>, covariance: ArrayLike<number>, radius?: number }} ellipse
 * @param {import("./types.js").SeriesStyle} style
 */
export function covarianceEllipse(ctx, frame, { mean, covariance, radius = 1 }, style) {
  const points = ellipsePoints(mean, covariance, radius);
  if (!points) {
    return;
  }
  insidePlot(ctx, frame, () => {
    applyStroke(ctx, style);
    ctx.beginPath();
    trace(ctx, frame, toPixels(frame, points));
    ctx.stroke();
  });
}
