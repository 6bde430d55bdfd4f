// Labels under the ticks of a slider.

import assert from "node:assert/strict";
import { test } from "node:test";
import { labelPlaces } from "../../web/ui/label-places.js";

const gap = 6;

test("labels with room stand under their ticks", () => {
  const labels = [
    { centre: 100, size: 60 },
    { centre: 300, size: 80 },
  ];
  assert.deepEqual(labelPlaces(labels, 400, gap), [100, 300]);
});

test("two that would overlap move apart by equal parts", () => {
  const labels = [
    { centre: 345, size: 130 },
    { centre: 405, size: 130 },
  ];
  assert.deepEqual(labelPlaces(labels, 800, gap), [307, 443]);
});

test("an edge holds the row, and one farther off stays where it is", () => {
  const labels = [
    { centre: 10, size: 100 },
    { centre: 40, size: 50 },
    { centre: 395, size: 40 },
  ];
  assert.deepEqual(labelPlaces(labels, 400, gap), [50, 131, 380]);
});

test("a row that grows takes in its neighbours: never an overlap, always in the order of the ticks", () => {
  const labels = [10, 60, 62, 64, 110, 300].map((centre) => ({ centre, size: 48 }));
  const places = labelPlaces(labels, 330, gap);
  places.forEach((middle, i) => {
    assert.ok(middle >= 24 && middle <= 330 - 24);
    assert.ok(i === 0 || middle - places[i - 1] >= 48 + gap - 1e-9);
  });
  assert.equal(places[5], 300);
});
