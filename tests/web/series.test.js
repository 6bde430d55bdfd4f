// Channels as tables, and the CSV made of them.

import assert from "node:assert/strict";
import test from "node:test";
import { blocksOf, csvParts } from "../../web/state/series.js";

/** @param {string} id @param {string} shape as the core declares it */
const info = (id, shape) => ({ id, label: `the ${id}`, unit: "", shape, costly: false });

/** @param {number[]} shape @param {number[]} numbers */
const channel = (shape, numbers) => ({ shape, data: Float64Array.from(numbers) });

const infos = [
  info("gap", "[t+1]"),
  info("path", "[t+1, d]"),
  info("constants", "[2]"),
  info("law", "[k, 2]"),
  info("curve", "[k]"),
  info("field", "[rows, columns]"),
  info("empty", "[g or 0]"),
];
/** @type {import("../../web/state/series.js").RunNumbers[]} */
const runs = [
  {
    key: "gd",
    infos,
    channels: {
      gap: channel([3], [4, 2, 1]),
      constants: channel([2], [10, 1]),
      path: channel([3, 2], [1, 2, 3, 4, 5, 6]),
      law: channel([2, 2], [0.5, Number.NaN, 0.25, 0.75]),
      curve: channel([2], [7, 8]),
      field: channel(
        [2, 9],
        Array.from({ length: 18 }, (_, i) => i),
      ),
      empty: channel([0], []),
    },
  },
  { key: "adam", infos, channels: { gap: channel([2], [4, 3]) } },
];

test("what goes by steps is one table over all runs; the rest by extent, a wide one apart", () => {
  const names = blocksOf(runs).map(({ bySteps, rows, columns }) => [
    bySteps,
    rows,
    columns.map(({ run, info: { id }, component }) => `${run} ${id} ${component}`).join(),
  ]);
  const field = Array.from({ length: 9 }, (_, j) => `gd field ${j}`).join();
  assert.deepEqual(names, [
    [true, 3, "gd gap null,gd path 0,gd path 1,adam gap null"],
    [false, 2, "gd constants null"],
    [false, 2, "gd law 0,gd law 1,gd curve null"],
    [false, 2, field],
  ]);
});

test("at step 0 a single number is not taken for a series", () => {
  const channels = { gap: channel([1], [4]), constants: channel([1], [10]) };
  const [bySteps, other] = blocksOf([{ key: "gd", infos, channels }]);
  assert.deepEqual(
    [bySteps, other].map(({ columns }) => columns.map(({ info: { id } }) => id)),
    [["gap"], ["constants"]],
  );
});

test("the CSV has every number once, and nothing in the place of what is none", () => {
  const text = [...csvParts(blocksOf(runs), "https://example.org/#x?v=1")].join("");
  const blocks = text.split("\n\n");
  assert.equal(
    blocks[0],
    [
      "# https://example.org/#x?v=1",
      "# the gap; the path",
      "step,gd gap,gd path 0,gd path 1,adam gap",
      "0,4,1,2,4",
      "1,2,3,4,3",
      "2,1,5,6,",
    ].join("\n"),
  );
  assert.equal(
    blocks[2],
    ["# the law; the curve", "index,gd law 0,gd law 1,gd curve", "0,0.5,,7", "1,0.25,0.75,8"].join(
      "\n",
    ),
  );
  assert.match(blocks[3], /\n1,9,10,11,12,13,14,15,16,17\n$/);
});
