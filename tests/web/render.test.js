// Frames, axes, labels, legends and read-outs, drawn into a context that lists its calls.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axes, insideAxes, insideAxesBoxes } from "../../web/render/axes.js";
import { frame } from "../../web/render/frame.js";
import { directLabels, labelPoint } from "../../web/render/label.js";
import { legend } from "../../web/render/legend.js";
import { nearestIndex, nearestPoint } from "../../web/render/read-out.js";
import { themeFrom } from "../../web/render/theme.js";
import { overlap, plainFrame, recordingContext, textBoxes } from "./recording-context.js";

const theme = themeFrom("light");
const noNames = { x: { label: "" }, y: { label: "" } };

test("a frame maps both ways and keeps units equal when asked to", () => {
  const log = frame({
    width: 300,
    height: 200,
    xDomain: [0, 5],
    yDomain: [1e-6, 10],
    yScale: "log",
  });
  for (const [x, y] of [
    [0, 1e-6],
    [2.5, 0.01],
    [5, 10],
  ]) {
    const back = log.invert(log.x(x), log.y(y));
    assert.ok(Math.abs(back[0] - x) < 1e-9 && Math.abs(back[1] / y - 1) < 1e-9);
  }
  assert.equal(log.y(10), log.plot.top);
  const equal = plainFrame({ xDomain: [-1, 1], yDomain: [-3, 3], equalUnits: true });
  assert.ok(Math.abs(equal.x(1) - equal.x(0) - (equal.y(0) - equal.y(1))) < 1e-9);
  assert.deepEqual(equal.yDomain, [-3, 3]);
  assert.deepEqual(equal.xDomain, [-6, 6]);
});

test("a frame makes do with an unusable domain", () => {
  for (const yDomain of [
    [0, 0],
    [5, 5],
    [-1, 0],
    [Number.NaN, 1],
    [1, Infinity],
    [0, 1e-3],
  ]) {
    for (const yScale of ["linear", "log"]) {
      const { yDomain: used, y } = plainFrame({ yDomain, yScale });
      assert.ok(used[0] < used[1] && (yScale === "linear" || used[0] > 0), `${yDomain} ${yScale}`);
      assert.equal(y(used[1]), 0);
    }
  }
});

test("an axis too low for round steps still has two ticks, which tell its scale", () => {
  const { ctx, calls } = recordingContext();
  const place = plainFrame({ width: 200, height: 32, xDomain: [0, 1], yDomain: [0, 950] });
  axes(ctx, place, { x: { label: "" }, y: { label: "" } }, theme);
  const ticks = calls.filter(
    ({ name, state }) => name === "fillText" && state.textAlign === "right",
  );
  assert.deepEqual(
    ticks.map(({ args }) => args[0]),
    ["0", "900"],
  );
});

test("a symmetric logarithmic axis has powers of ten of both signs, and 0 between them", () => {
  const place = frame({
    width: 400,
    height: 400,
    xDomain: [0, 1],
    yDomain: [-20, 3],
    yScale: "symlog",
    unit: 0.01,
  });
  for (const y of [-20, -1, -1e-3, 0, 1e-3, 0.1, 3]) {
    assert.ok(Math.abs(place.invert(0, place.y(y))[1] - y) < 1e-9 * Math.abs(y) + 1e-15);
  }
  assert.ok(Math.abs(place.y(-1) + place.y(1) - 2 * place.y(0)) < 1e-9);
  const { ctx, calls } = recordingContext();
  axes(ctx, place, { x: { label: "t" }, y: { label: "change" } }, theme);
  const labels = textBoxes(calls).map(({ text }) => text);
  for (const label of ["−10¹", "−1", "−10⁻¹", "0", "10⁻¹", "1"]) {
    assert.ok(labels.includes(label), `${label} is not among ${labels}`);
  }
});

test("tick labels never touch, on any axis at any size", () => {
  /** @type {[[number, number], import("../../web/render/frame.js").ScaleKind][]} */
  const domains = [
    [[0, 50], "linear"],
    [[-0.004, 0.0031], "linear"],
    [[1e6, 1000050], "linear"],
    [[0, 123456], "linear"],
    [[1e-7, 4e-7], "linear"],
    [[1e-6, 10], "log"],
    [[1e-30, 1e12], "log"],
    [[0.03, 0.4], "log"],
    [[0.31, 0.34], "log"],
    [[2, 700], "log"],
  ];
  for (const [domain, kind] of domains) {
    for (const width of [120, 240, 480, 1200]) {
      const height = width / 1.5;
      const { ctx, calls } = recordingContext();
      const drawn = frame({
        width,
        height,
        xDomain: domain,
        yDomain: domain,
        xScale: kind,
        yScale: kind,
      });
      axes(ctx, drawn, { x: { label: "t" }, y: { label: "f" } }, theme);
      const boxes = textBoxes(calls);
      assert.ok(boxes.length >= 4, `${domain} at ${width}: at least a tick each and both names`);
      boxes.forEach((box, i) => {
        const clash = boxes.slice(0, i).find((other) => overlap(box, other));
        assert.equal(clash, undefined, `${box.text} on ${clash?.text}, ${domain} at ${width}`);
        // Seven characters have room at the left; longer ones belong below.
        assert.ok(box.right <= width + 1e-9 && (box.left >= 0 || box.text.length > 7), box.text);
      });
      assert.equal(new Set(boxes.map(({ text, top }) => `${text} ${top}`)).size, boxes.length);
    }
  }
});

test("log axes name decades, and parts of decades when there are few", () => {
  /** @param {[number, number]} yDomain */
  const labels = (yDomain) => {
    const { ctx, calls } = recordingContext();
    const drawn = frame({ width: 400, height: 350, xDomain: [0, 1], yDomain, yScale: "log" });
    axes(ctx, drawn, { x: { label: "t" }, y: { label: "f", unit: "m" } }, theme);
    return calls.filter(({ name }) => name === "fillText").map(({ args }) => args[0]);
  };
  for (const label of ["10⁻³", "10⁻¹", "1", "10¹", "f (m)"]) {
    assert.ok(labels([1e-4, 10]).includes(label), label);
  }
  for (const label of ["0.05", "0.1", "0.2"]) {
    assert.ok(labels([0.04, 0.5]).includes(label), label);
  }
});

test("axes inside a landscape keep the corners free for the names", () => {
  const { ctx, calls } = recordingContext();
  insideAxes(ctx, plainFrame(), { x: { label: "weight of bmi" }, y: { label: "y" } }, theme);
  const boxes = textBoxes(calls);
  boxes.forEach((box, i) => {
    assert.ok(!boxes.slice(0, i).some((other) => overlap(box, other)), box.text);
    assert.ok(box.left >= 0 && box.right <= 200 && box.top >= 0 && box.bottom <= 100, box.text);
  });
});

test("an axis of a narrow plot still has two ticks, inside a landscape, too", () => {
  /** @type {[number, number][]} */
  const domains = [
    [-2.6, 2.9],
    [-3.9, 1.2],
    [0.1, 0.45],
  ];
  for (const xDomain of domains) {
    const { ctx, calls } = recordingContext();
    axes(ctx, frame({ width: 190, height: 200, xDomain, yDomain: [0, 1] }), noNames, theme);
    const below = textBoxes(calls).filter(({ top }) => top > 160);
    assert.ok(below.length >= 2, `${xDomain}: ${below.map(({ text }) => text)}`);
    const inside = recordingContext();
    const names = { x: { label: "weight of mean, w₁" }, y: { label: "y" } };
    insideAxes(inside.ctx, plainFrame({ width: 330, height: 200, xDomain }), names, theme);
    const ticks = textBoxes(inside.calls).filter(({ text }) => /^[−\d.]+$/.test(text));
    assert.ok(ticks.filter(({ top }) => top > 160).length >= 2, `${xDomain} inside`);
  }
});

test("a title that has no room loses its unit, then its end", () => {
  const titleAt = (/** @type {number} */ width) => {
    const { ctx, calls } = recordingContext();
    const name = { label: "mean_texture", unit: "standardised" };
    axes(
      ctx,
      frame({ width, height: 200, xDomain: [0, 1], yDomain: [0, 1] }),
      { x: name, y: name },
      theme,
    );
    const titles = textBoxes(calls).filter(({ text }) => text.startsWith("m"));
    for (const { text, left, right } of titles) {
      assert.ok(left >= 0 && right <= width, `${text} at ${width}`);
    }
    return titles.map(({ text }) => text);
  };
  assert.deepEqual(titleAt(400), Array(2).fill("mean_texture (standardised)"));
  assert.deepEqual(titleAt(150), Array(2).fill("mean_texture"));
  assert.ok(titleAt(80).every((text) => text.endsWith("…")));
});

test("many labels at one place move apart, and keep clear of the axes", () => {
  const { ctx, calls } = recordingContext();
  const place = plainFrame({ width: 400, height: 300 });
  const names = { x: { label: "x" }, y: { label: "y" } };
  const taken = insideAxesBoxes(ctx, place, names, theme);
  for (let k = 0; k < 4; k += 1) {
    labelPoint(ctx, place, "left the picture at step 12", 398, 297, theme, { taken });
  }
  insideAxes(ctx, place, names, theme);
  const boxes = textBoxes(calls);
  boxes.forEach((box, i) => {
    const clash = boxes.slice(0, i).find((other) => overlap(box, other));
    assert.equal(clash, undefined, `${box.text} on ${clash?.text}`);
  });
});

test("labels stay inside the plot and off each other", () => {
  const { ctx, calls } = recordingContext();
  /** @type {import("../../web/render/types.js").Box[]} */
  const taken = [];
  for (const [x, y] of [
    [2, 2],
    [198, 98],
    [100, 50],
    [104, 52],
  ]) {
    labelPoint(ctx, plainFrame(), "start", x, y, theme, { taken });
  }
  const boxes = textBoxes(calls);
  boxes.forEach((box, i) => {
    assert.ok(box.left >= 0 && box.right <= 200 && box.top >= 0 && box.bottom <= 100);
    assert.ok(!boxes.slice(0, i).some((other) => overlap(box, other)));
  });
});

test("names on lines cover no line, and each is next to its own", () => {
  const drawn = frame({ width: 480, height: 300, xDomain: [0, 100], yDomain: [0, 1] });
  const lines = [0.01, 0.02, 0.05, 0.2].map((rate, k) => {
    const y = Array.from({ length: 101 }, (_, t) => Math.exp(-rate * t));
    return { label: `rate ${rate}`, style: theme.series[k], y };
  });
  const { ctx, calls } = recordingContext();
  const placed = directLabels(ctx, drawn, lines, theme);
  assert.ok(placed.length >= 3, `${placed}`);
  const boxes = textBoxes(calls);
  boxes.forEach((box, i) => {
    assert.ok(!boxes.slice(0, i).some((other) => overlap(box, other)));
    /** @param {number[]} y least distance of a line's points from the box */
    const distance = (y) =>
      Math.min(
        ...y.map((value, t) => {
          const [px, py] = [drawn.x(t), drawn.y(value)];
          return Math.hypot(
            Math.max(box.left - px, 0, px - box.right),
            Math.max(box.top - py, 0, py - box.bottom),
          );
        }),
      );
    const own = lines.find(({ label }) => label === box.text);
    const others = lines.filter((each) => each !== own);
    assert.ok(own && distance(own.y) > 0 && distance(own.y) < 20);
    for (const other of others) {
      assert.ok(distance(other.y) > distance(own.y), box.text);
    }
  });
});

test("a legend wraps within its width and breaks long names between words", () => {
  const items = theme.series.map((style, k) => ({ label: `method number ${k}`, style }));
  const long = { label: "a name that is much longer than the legend is wide", style: theme.theory };
  const { ctx, calls } = recordingContext();
  const height = legend(
    ctx,
    [...items, long, { label: "f(x)" }],
    { x: 7, y: 3, width: 250 },
    theme,
  );
  const boxes = textBoxes(calls);
  for (const box of boxes) {
    assert.ok(box.left >= 7 && box.right <= 257, box.text);
  }
  for (const [i, box] of boxes.entries()) {
    assert.ok(!boxes.slice(0, i).some((other) => overlap(box, other)), box.text);
  }
  assert.ok(Math.max(...boxes.map(({ bottom }) => bottom)) <= 3 + height);
  const dashes = calls.filter(({ name }) => name === "stroke").map(({ state }) => `${state.dash}`);
  assert.equal(new Set(dashes).size, 8);
  assert.equal(legend(ctx, [], { x: 0, y: 0, width: 100 }, theme), 0);
});

test("the pointer finds the nearest datum", () => {
  const series = { x: [0, 1, 4, 9], y: [0, 0, 0, 0] };
  const indices = [-50, 9, 11, 51, 129, 131, 500].map((px) =>
    nearestIndex(plainFrame(), series, px),
  );
  assert.deepEqual(indices, [0, 0, 1, 2, 2, 3, 3]);
  assert.equal(nearestIndex(plainFrame(), { y: [] }, 5), -1);
  assert.equal(nearestIndex(plainFrame(), { y: [3, 3, 3] }, 21), 1);
  const log = plainFrame({ xDomain: [1, 100], xScale: "log" });
  assert.equal(nearestIndex(log, { x: [0, 1, 10, 100], y: [1, 1, 1, 1] }, 99), 2);
  const points = { x: [1, 1, 5, Number.NaN], y: [0.5, 0.5, 0.5, 0.5] };
  assert.equal(nearestPoint(plainFrame(), points, 22, 51, 8), 1);
  assert.equal(nearestPoint(plainFrame(), points, 60, 51, 8), -1);
});
