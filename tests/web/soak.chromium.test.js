// A short soak: the long one is `npm run soak`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isFlat, soak } from "./soak.js";

test("runs that come and go leave no memory behind", async () => {
  const wanted = ["confusion", "constant-step", "markov", "perceptron"];
  const outcomes = await soak({ steps: 3000, cycles: 60, minutes: 0.1 }, () => undefined, wanted);
  assert.deepEqual(
    outcomes.map(({ id }) => id),
    wanted,
  );
  for (const outcome of outcomes) {
    assert.ok(outcome.steps > 0, outcome.id);
    assert.ok(isFlat(outcome), JSON.stringify(outcome));
  }
});

test("growth is seen", () => {
  const outcome = { id: "some", steps: 1, cycles: 1 };
  assert.ok(!isFlat({ ...outcome, core: [65536, 131072], script: [0, 0] }));
  assert.ok(!isFlat({ ...outcome, core: [65536, 65536], script: [1e6, 9e6] }));
});
