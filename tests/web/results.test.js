import assert from "node:assert/strict";
import { test } from "node:test";
import { doctestCounts, judge, nodeTestCounts, summary } from "../../web/build/results.js";

test("doctest's closing line is counted", () => {
  const output = `[doctest] doctest version is "2.4.9"
===============================================================================
[doctest] test cases:  12 |  10 passed | 2 failed | 0 skipped
[doctest] assertions: 340 | 338 passed | 2 failed |
[doctest] Status: FAILURE!
`;
  assert.deepEqual(doctestCounts(output), { passed: 10, failed: 2 });
  assert.equal(doctestCounts("Segmentation fault"), null);
});

test("node's closing lines are counted, and a cancelled test as a failed one", () => {
  const output = "ℹ tests 7\nℹ suites 0\nℹ pass 4\nℹ fail 1\nℹ cancelled 2\nℹ skipped 0\n";
  assert.deepEqual(nodeTestCounts(output.replace("", "")), { passed: 4, failed: 3 });
  assert.equal(nodeTestCounts("node: bad option"), null);
});

test("a part that broke without naming a test, or ran none, counts as one failure", () => {
  assert.deepEqual(judge(0, { passed: 3, failed: 0 }), { passed: 3, failed: 0 });
  assert.deepEqual(judge(1, { passed: 3, failed: 2 }), { passed: 3, failed: 2 });
  assert.deepEqual(judge(139, { passed: 3, failed: 0 }), { passed: 3, failed: 1 });
  assert.deepEqual(judge(139, null), { passed: 0, failed: 1 });
  assert.deepEqual(judge(0, null), { passed: 0, failed: 1 });
  assert.deepEqual(judge(0, { passed: 0, failed: 0 }), { passed: 0, failed: 1 });
});

test("the summary closes with the totals alone on a line", () => {
  const lines = summary([
    { part: "core, native", passed: 12, failed: 0, seconds: 1.25 },
    { part: "Node", passed: 30, failed: 2, seconds: 0.5 },
  ]).split("\n");
  assert.equal(lines.at(-1), "42 passed, 2 failed");
  assert.match(lines[2], /^Node +30 +2 +0\.5$/);
});
