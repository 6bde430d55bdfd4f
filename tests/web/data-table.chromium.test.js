// The numbers of a figure as a table, for whoever does not see it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDesk } from "./page-driver.js";

/** @typedef {import("./page-driver.js").Reader} Reader */

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

/** Opens it by keys alone. @param {Reader} reader */
async function openTable(reader) {
  await reader.page.locator(".data-table > summary").focus();
  await reader.page.keyboard.press("Enter");
  await reader.page.locator(".data-table table").waitFor();
}

/** @param {Reader} reader @returns {Promise<string[][]>} the rows, headings first */
function cells(reader) {
  return reader.page
    .locator(".data-table tr")
    .evaluateAll((rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.textContent ?? "")),
    );
}

test("a table has the steps of the run, with a caption, and follows it", async () => {
  const reader = await desk.open("#step-size?alpha=0.15&x0=1&y0=1&race=&t=5");
  await openTable(reader);
  const caption = reader.page.locator(".data-table caption");
  assert.equal(await caption.textContent(), "By step");
  const [head, ...rows] = await cells(reader);
  assert.equal(rows.length, 6);
  const [step, x, y] = head;
  assert.deepEqual(
    [step, x.endsWith("[1]"), y.endsWith("[2]")],
    ["step", true, true],
    head.join("|"),
  );
  assert.deepEqual(rows[2].slice(0, 3), ["2", "0.722", "0.250"]);
  await reader.page.keyboard.press("Escape");
  await reader.press("Step ▶");
  await reader.until(
    async () => (await cells(reader)).length === 8,
    async () => `the table has ${(await cells(reader)).length - 1} rows`,
  );
  await reader.leave();
});

test("of a long run some rows are shown, the last among them, and it says so", async () => {
  const reader = await desk.open("#constant-step?t=1000");
  await openTable(reader);
  const [, ...rows] = await cells(reader);
  assert.equal(rows.length, 40);
  assert.deepEqual([rows[0][0], rows.at(-1)?.[0]], ["0", "1000"]);
  await reader.untilText(".data-table .note", /^Shown are 40 of 1001 rows; the CSV/);
  const region = reader.page.getByRole("region", { name: "data table" });
  await region.focus();
  assert.equal(await region.evaluate((node) => node === document.activeElement), true);
  await reader.leave();
});

test("what does not go by steps is chosen from a list", async () => {
  const reader = await desk.open("#markov");
  await openTable(reader);
  const choice = reader.page.getByRole("combobox", { name: "table" });
  const names = await choice.locator("option").allTextContents();
  assert.ok(names.length > 5, names.join("|"));
  assert.equal(new Set(names).size, names.length, names.join("|"));
  for (const name of names) {
    await choice.selectOption({ label: name });
    const [head, ...rows] = await cells(reader);
    assert.ok(head.length > 1 && rows.length > 0, name);
  }
  await reader.leave();
});
