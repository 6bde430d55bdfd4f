// What the learning scene tells of its runs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { loadsLeftOut, loadsOf, median } from "../../web/scenes/perceptron-learning-runs.js";

test("the median of an even number of runs is between the two in the middle", () => {
  assert.equal(median([21, 10, 24, 12, 29, 14, 23, 17, 22, 19]), 20);
  assert.equal(median([9, 100, 11]), 11);
  assert.equal(median([7]), 7);
});

test("loads that an algorithm cannot hold are told, and not shown", () => {
  const shown = /** @type {any} */ ({
    state: {
      parameters: { algorithm: "belief-propagation", labels: "teacher", load: 0.8 },
      view: { race: "clipped" },
    },
    reports: Object.fromEntries([
      ...[0.4, 0.8].map((load) => [`belief-propagation ${load}`, {}]),
      ...[0.4, 0.8, 1.2, 1.6, 2, 2.4, 2.8, 3.2].map((load) => [`clipped ${load}`, {}]),
    ]),
  });
  assert.deepEqual(loadsOf(shown, "belief-propagation"), [0.4, 0.8]);
  assert.equal(loadsOf(shown, "clipped").length, 8);
  assert.deepEqual(loadsLeftOut(shown), [1.2, 1.6, 2, 2.4, 2.8, 3.2, 3.6]);
});
