// What the arrow keys do to the number in an entry.

import assert from "node:assert/strict";
import { test } from "node:test";
import { nudged } from "../../web/ui/inputs.js";

/** @param {number} initial @param {number} min @param {number} max */
function linear(initial, min, max) {
  return /** @type {import("../../web/lab.js").Parameter} */ ({
    id: "p",
    kind: "real",
    scale: "linear",
    initial,
    min,
    max,
    stride: 1,
  });
}

test("an arrow on a linear scale moves every value, and the other arrow takes it back", () => {
  for (const parameter of [linear(-2, -5000, 5000), linear(5, -1e6, 1e6), linear(0, -5000, 5000)]) {
    for (const value of [0, 0.1, -0.7, 20.1, 99.9, 150, -1234.5, 4999]) {
      for (const by of [1, -1, 10, -10]) {
        const there = nudged(parameter, value, by);
        assert.equal(Math.sign(there - value), Math.sign(by), `${value} by ${by}`);
        assert.equal(nudged(parameter, there, -by), value, `${value} by ${by} and back`);
      }
    }
  }
});

test("a step suits the range and the usual value, and ends at the range's ends", () => {
  for (const [parameter, value, next] of /** @type {const} */ ([
    [linear(0.001, 0, 0.2), 0.001, 0.002],
    [linear(0.0001, 0, 1), 0.0001, 0.0002],
    [linear(0, 0, 0.5), 0.1, 0.11],
    [linear(-2, -100, 100), -1.5, -1.45],
    [linear(0.8, 0, 0.999), 0.995, 0.999],
  ])) {
    assert.equal(nudged(parameter, value, 1), next);
  }
  assert.equal(nudged(linear(0.001, 0, 0.2), 0.001, -10), 0);
});
