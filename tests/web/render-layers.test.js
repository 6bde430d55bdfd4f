// What is drawn into a plot: fields, contours, paths, series, clouds.

import assert from "node:assert/strict";
import { test } from "node:test";
import { band } from "../../web/render/band.js";
import { contour, contourLines, geometricLevels } from "../../web/render/contour.js";
import { curve, hops } from "../../web/render/curve.js";
import { covarianceEllipse, ellipsePoints } from "../../web/render/ellipse.js";
import { fieldSize } from "../../web/render/frame.js";
import { drawFieldImage, fieldColours, heightTransform } from "../../web/render/heatmap.js";
import { histogram } from "../../web/render/histogram.js";
import { line } from "../../web/render/line.js";
import { column, path } from "../../web/render/path.js";
import { handle, scatter } from "../../web/render/points.js";
import { thinColumns, thinPath } from "../../web/render/polyline.js";
import { themeFrom } from "../../web/render/theme.js";
import { plainFrame, recordingContext, textBoxes, vertices } from "./recording-context.js";

const theme = themeFrom("light");

const greys = Uint8Array.from({ length: 768 }, (_, i) => Math.floor(i / 3));

/**
 * A sampled function as a field.
 * @param {(x: number, y: number) => number} f
 * @param {number} rows
 * @param {number} cols
 * @param {[number, number]} xDomain
 * @param {[number, number]} yDomain
 */
function fieldOf(f, rows, cols, xDomain, yDomain) {
  const data = new Float64Array(rows * cols);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < cols; j += 1) {
      const x = xDomain[0] + ((xDomain[1] - xDomain[0]) * j) / (cols - 1);
      const y = yDomain[0] + ((yDomain[1] - yDomain[0]) * i) / (rows - 1);
      data[i * cols + j] = f(x, y);
    }
  }
  return { rows, cols, data, xDomain, yDomain };
}

test("a field's colours follow its values, its first row at the bottom", () => {
  const data = [0, 1, 2, 3, Number.NaN, Infinity];
  const field = { rows: 3, cols: 2, data, xDomain: [0, 1], yDomain: [0, 1] };
  const rgba = fieldColours(/** @type {any} */ (field), greys, {
    undefinedColour: "#010203",
    createImage: () => null,
  });
  const pixel = (/** @type {number} */ k) => Array.from(rgba.slice(4 * k, 4 * k + 4));
  assert.deepEqual(pixel(4), [0, 0, 0, 255]);
  assert.deepEqual(pixel(3), [255, 255, 255, 255]);
  assert.deepEqual(pixel(5), [85, 85, 85, 255]);
  assert.deepEqual(pixel(0), [1, 2, 3, 255]);
  assert.deepEqual(pixel(1), [1, 2, 3, 255]);
});

test("the height transform is monotone, undone by its inverse, and starts at f*", () => {
  const field = fieldOf((x, y) => x * x + y * y, 21, 21, [-1, 1], [-1, 1]);
  const { transform, inverse } = heightTransform(field, 0);
  assert.equal(transform(0), 0);
  assert.ok(transform(0.1) < transform(0.2) && transform(0.2) < transform(2));
  assert.ok(Math.abs(inverse(transform(0.7)) - 0.7) < 1e-12);
});

test("the middle of each image pixel lies on its sample", () => {
  const { ctx, calls } = recordingContext();
  const field = {
    rows: 5,
    cols: 11,
    data: new Float64Array(55),
    xDomain: [0, 10],
    yDomain: [0, 1],
  };
  drawFieldImage(ctx, plainFrame(), /** @type {any} */ (field), "image");
  const [image, x, y, width, height] = calls.find(({ name }) => name === "drawImage")?.args ?? [];
  assert.equal(image, "image");
  assert.equal(x + (0.5 * width) / 11, 0);
  assert.equal(x + (10.5 * width) / 11, 200);
  assert.equal(y + (0.5 * height) / 5, 0);
  assert.equal(y + (4.5 * height) / 5, 100);
});

test("contours lie where the function has their level, and nowhere else", () => {
  const field = fieldOf((x, y) => x * x + 4 * y * y, 101, 161, [-2, 3], [-1, 1.5]);
  const [inner, outer] = contourLines(field, [1, 6]);
  assert.equal(inner.lines.length, 1);
  for (const { level, lines } of [inner, outer]) {
    for (const { x, y } of lines) {
      for (const [i, at] of x.entries()) {
        // Linear interpolation over a cell of size h errs by at most h²/8 times the curvature.
        assert.ok(Math.abs(at * at + 4 * y[i] * y[i] - level) < (8 * 0.03125 ** 2) / 8, `${level}`);
      }
    }
  }
  assert.ok(outer.lines.length > 1, "cut where it leaves the field");
  const widest = Math.max(...inner.lines[0].x);
  assert.ok(Math.abs(widest - 1) < 1e-3 && Math.abs(Math.min(...inner.lines[0].x) + 1) < 1e-3);
});

test("contours do not run around what is not finite", () => {
  const field = fieldOf(
    (x, y) => (Math.hypot(x, y) < 0.5 ? Number.NaN : 3 + x),
    61,
    61,
    [-1, 1],
    [-1, 1],
  );
  const [{ lines }] = contourLines(field, [3]);
  for (const { x } of lines) {
    for (const at of x) {
      assert.ok(Math.abs(at) < 1e-9);
    }
  }
  assert.equal(lines.length, 2);
});

test("levels ascend inside the field's range; a constant field has none", () => {
  const field = fieldOf((x, y) => x * x + y * y, 41, 41, [-1, 1], [-1, 1]);
  const levels = geometricLevels(field, 9);
  assert.equal(levels.length, 9);
  levels.forEach((level, k) => {
    assert.ok(level > (levels[k - 1] ?? 0) && level < 2);
  });
  const flat = fieldOf(() => 1, 5, 5, [0, 1], [0, 1]);
  assert.deepEqual(geometricLevels(flat, 5), []);
});

test("crowded contours are thinned to an even spacing", () => {
  const drawn = plainFrame({ xDomain: [0, 1], yDomain: [0, 1] });
  const { cols, rows } = fieldSize(drawn);
  const field = fieldOf((x) => x, rows, cols, [0, 1], [0, 1]);
  const levels = Array.from({ length: 100 }, (_, k) => (k + 0.5) / 100);
  const { ctx, calls } = recordingContext();
  contour(ctx, drawn, contourLines(field, levels), { colour: "#000", width: 1 }, { leastGap: 5 });
  const starts = vertices(calls)
    .filter(({ name }) => name === "moveTo")
    .map(({ x }) => x);
  assert.ok(starts.length >= 20 && starts.length <= 40, `${starts.length} of 100`);
  starts
    .sort((a, b) => a - b)
    .forEach((x, k) => {
      assert.ok(k === 0 || x - starts[k - 1] >= 5, `gap ${x - starts[k - 1]}`);
    });
});

test("thinning keeps what is seen", () => {
  const x = Array.from({ length: 10_000 }, (_, i) => i / 50);
  const y = x.map((_, i) => (i === 4321 ? -7 : i === 8765 ? 9 : Math.sin(i)));
  const columns = thinColumns({ x, y });
  assert.ok(columns.x.length <= 4 * 201);
  const plane = thinPath({ x: y, y: x }, 2000);
  assert.ok(plane.x.length <= 2000);
  for (const kept of [columns.y, plane.x]) {
    assert.equal(Math.min(...kept), -7);
    assert.equal(Math.max(...kept), 9);
  }
  assert.deepEqual([columns.x[0], columns.x.at(-1)], [x[0], x.at(-1)]);
  assert.deepEqual([plane.y[0], plane.y.at(-1)], [x[0], x.at(-1)]);
});

test("a path never hands the context a far or undefined point", () => {
  const x = [1, 5, -1e6, 1e308, 5, Number.NaN, 5];
  const y = [0.5, 0.5, 1e200, -1e308, 0.5, 0.5, 0.5];
  const { ctx, calls } = recordingContext();
  path(ctx, plainFrame(), { x, y }, theme.measured, theme);
  for (const call of vertices(calls)) {
    assert.ok(
      call.x >= -30 && call.x <= 230 && call.y >= -30 && call.y <= 130,
      `${call.x} ${call.y}`,
    );
  }
});

test("a path that leaves is marked at the border with its step", () => {
  const { ctx, calls } = recordingContext();
  const points = { x: [5, 5, 5, 5], y: [0.5, 0.75, 1.25, 9] };
  const left = path(ctx, plainFrame(), points, theme.measured, theme);
  assert.deepEqual(left, { step: 2, x: 100, y: 0, dx: 0, dy: -1 });
  const [box] = textBoxes(calls).filter(({ text }) => text === "left the picture at step 2");
  assert.ok(box.left >= 0 && box.right <= 200 && box.top >= 0 && box.bottom <= 100);

  const undefinedInside = { x: [1, 2, Number.NaN, 3], y: [0.5, 0.5, 0.5, 0.5] };
  const stopped = path(ctx, plainFrame(), undefinedInside, theme.measured, theme);
  assert.deepEqual(stopped, { step: 2, x: 40, y: 50, dx: 0, dy: 0 });

  const returns = { x: [1, 20, 2], y: [0.5, 0.5, 0.5] };
  assert.equal(path(ctx, plainFrame(), returns, theme.measured, theme), null);
  assert.equal(path(ctx, plainFrame(), points, theme.measured, theme, { until: 1 }), null);
});

test("columns of a row-major table", () => {
  assert.deepEqual([...column([1, 2, 3, 4, 5, 6], 2, 1)], [2, 4, 6]);
});

test("a line breaks where a log axis has no place, and a lone point is a dot", () => {
  const { ctx, calls } = recordingContext();
  const drawn = plainFrame({ yDomain: [0.01, 1], yScale: "log" });
  line(ctx, drawn, { y: [1, 0.1, 0, 0.1, -1, 0.1, 0.01] }, theme.measured);
  const points = vertices(calls);
  assert.deepEqual(
    points.map(({ name }) => name),
    ["moveTo", "lineTo", "moveTo", "lineTo", "moveTo", "lineTo"],
  );
  assert.deepEqual([points[0].x, points[1].x], [0, 20]);
  assert.ok(Math.abs(points[2].x - 60) < 0.1 && Math.abs(points[3].x - 60) < 0.1);
  assert.deepEqual([points[4].x, points[5].x], [100, 120]);
  assert.ok(calls.some(({ name }) => name === "clip"));
});

test("a band whose lower side is not positive reaches the bottom of a log axis", () => {
  const { ctx, calls } = recordingContext();
  const drawn = plainFrame({ yDomain: [0.01, 1], yScale: "log" });
  band(ctx, drawn, { x: [0, 5, 10], lower: [0.1, 0, 0.1], upper: [1, 1, 1] }, theme.measured);
  const middle = vertices(calls)
    .filter(({ x }) => x === 100)
    .map(({ y }) => y);
  assert.deepEqual(middle, [0, 101]);
  assert.equal(calls.filter(({ name }) => name === "fill").length, 1);
});

test("a histogram's bars have its heights", () => {
  const { ctx, calls } = recordingContext();
  histogram(ctx, plainFrame(), { edges: [0, 1, 5], heights: [1, 0.25] }, theme.measured);
  const bars = calls.filter(({ name }) => name === "fillRect").map(({ args }) => args);
  assert.deepEqual(bars, [
    [0.5, 0, 19, 100],
    [20.5, 75, 79, 25],
  ]);
});

test("every point of a covariance ellipse is as many deviations from the mean", () => {
  const [a, b, c] = [2, 0.7, 0.5];
  const points = ellipsePoints([1, -1], [a, b, b, c], 2);
  points?.x.forEach((x, k) => {
    const [u, v] = [x - 1, points.y[k] + 1];
    const squared = (c * u * u - 2 * b * u * v + a * v * v) / (a * c - b * b);
    assert.ok(Math.abs(squared - 4) < 1e-9);
  });
  assert.equal(ellipsePoints([0, 0], [1, 2, 2, 1], 1), null);
  const { ctx, calls } = recordingContext();
  const broken = { mean: [0, Number.NaN], covariance: [1, 0, 0, 1] };
  covarianceEllipse(ctx, plainFrame(), broken, theme.theory);
  assert.equal(calls.length, 0);
});

test("iterates hop level, then to the graph", () => {
  const { ctx, calls } = recordingContext();
  hops(ctx, plainFrame(), { x: [1, 4, 3], y: [1, 0.5, 0.25] }, theme.measured);
  const stairs = vertices(calls).map(({ x, y }) => [x, y]);
  assert.deepEqual(stairs, [
    [20, 0],
    [80, 0],
    [80, 50],
    [60, 50],
    [60, 75],
  ]);
  curve(ctx, plainFrame(), (x) => 1 / (x - 5), theme.measured);
  assert.ok(vertices(calls).every(({ y }) => Math.abs(y) < 200));
});

test("a handle outside the plot is drawn whole at the border, and says so", () => {
  const { ctx, calls } = recordingContext();
  const at = handle(ctx, plainFrame(), { x: 1e6, y: 0.5, label: "start" }, theme);
  assert.deepEqual(at, { x: 191.5, y: 50 });
  assert.deepEqual(
    textBoxes(calls).map(({ text }) => text),
    ["start, outside"],
  );
  assert.deepEqual(handle(ctx, plainFrame(), { x: 10, y: 0.5 }, theme), { x: 200, y: 50 });
  assert.equal(handle(ctx, plainFrame(), { x: Number.NaN, y: 0 }, theme), null);
});

test("a cloud draws the points that are in the picture", () => {
  const { ctx, calls } = recordingContext();
  const cloud = { x: [1, 2, 99, Number.NaN], y: [0.5, 0.5, 0.5, 0.5] };
  scatter(ctx, plainFrame(), cloud, theme.measured);
  const centres = calls.filter(({ name }) => name === "arc").map(({ args }) => args.slice(0, 2));
  assert.deepEqual(centres, [
    [20, 50],
    [40, 50],
  ]);
});
