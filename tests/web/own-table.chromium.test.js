// A table of the reader's own in every scene that takes data: pasted, its columns chosen, its faults
// named.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { differingPixels, startDesk } from "./page-driver.js";

/** @typedef {import("./page-driver.js").Reader} Reader */

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

// A price that size and age explain in part, and whether it was sold.
const rows = Array.from({ length: 40 }, (_, i) => {
  const size = 1 + ((i * 7) % 40) / 10;
  const age = ((i * 11) % 17) / 4;
  const price = 2 * size - age + ((i * 5) % 9) / 4;
  return [size, age, price, price > 4 ? 1 : 0].join(",");
});
const houses = ["size,age,price,sold", ...rows].join("\n");

const ownData = ".own-data";

/**
 * @param {Reader} reader
 * @param {string} csv
 */
async function paste(reader, csv) {
  const text = reader.page.getByRole("textbox", { name: "your table as CSV" });
  await text.fill(csv);
  await text.blur();
}

/**
 * @param {Reader} reader
 * @param {string} column
 */
async function predict(reader, column) {
  await reader.page.getByRole("radio", { name: `${column} as the target` }).check();
}

for (const [scene, objectives] of /** @type {[string, string[]][]} */ ([
  ["confusion", []],
  ["sampling", ["least-squares", "logistic"]],
  ["batch-size", ["least-squares", "logistic"]],
  ["gradient-noise", ["least-squares", "logistic"]],
  ["constant-step", ["least-squares", "logistic"]],
  ["decaying-step", ["least-squares", "logistic"]],
  ["work", ["least-squares", "logistic"]],
])) {
  test(`${scene}: a table is pasted, a column chosen, and its picture drawn`, async () => {
    const [first] = objectives;
    // Two epochs: the read-out of the orders counts in them.
    const opening = first === undefined ? "t=80" : `objective=${first}&t=80`;
    const reader = await desk.open(`#${scene}?${opening}`);
    const before = await reader.pictures();
    await reader.choose("dataset", "own");
    await paste(reader, houses);
    await reader.untilAddress({ dataset: "own", targetColumn: "sold" });
    await predict(reader, "price");
    await reader.untilAddress({ targetColumn: "price" });
    assert.deepEqual(await reader.complaints(), [], "price");
    for (const objective of objectives.slice(1)) {
      await predict(reader, "sold");
      await reader.untilAddress({ targetColumn: "sold" });
      await reader.choose("objective", objective);
      await reader.untilAddress({ objective });
      assert.deepEqual(await reader.complaints(), [], objective);
    }
    await reader.untilReadOut(/^(step|epoch) [1-9]/);
    const shown = await reader.pictures();
    const changed = Object.keys(shown).filter(
      (panel) => before[panel] && differingPixels(before[panel], shown[panel]) > 200,
    );
    assert.ok(changed.length > 0, Object.keys(shown).join());
    await reader.leave();
  });
}

test("what is wrong with a table is named by line and column, and nothing is lost", async () => {
  const reader = await desk.open("#work?n=10,40&t=5");
  await reader.choose("dataset", "own");
  const broken = houses.replace("\n1.7,", "\n,");
  await paste(reader, broken);
  await reader.untilText(`${ownData} .complaint`, /line 3, column 1/i);
  const text = reader.page.getByRole("textbox", { name: "your table as CSV" });
  assert.equal(await text.inputValue(), broken);
  await paste(reader, houses.replace("\n1.7,", "\nlarge,"));
  await reader.untilAddress({ dataset: "own", features: "age,price" });
  await reader.untilText(`${ownData} .columns`, /size.*no numbers: line 3 is “large”/s);
  await paste(reader, houses);
  await reader.untilAddress({ features: "size,age", targetColumn: "sold" });
  await reader.leave();
});
