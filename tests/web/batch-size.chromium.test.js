// The scene about batch sizes in the hands of a person.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDesk } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

const panels = ["gap", "variance", "step"];

/** @param {import("./page-driver.js").Reader} reader */
async function stepsToGoal(reader) {
  const text = (await reader.readOut.textContent()) ?? "";
  return [...text.slice(text.indexOf("after")).matchAll(/[\d.]+/g)].map(([number]) =>
    Number(number),
  );
}

test("opens, plays, and a link gives the same picture again", async () => {
  const reader = await desk.open("#batch-size?axis=epochs&scale=linear&alpha=0.004&t=120");
  await reader.untilReadOut(/^step 120 · 5 % after .* epochs$/);
  await reader.seesPanels(panels);
  await desk.showsAgain(reader);
  await reader.press("▶ Play");
  await reader.untilReadOut(/^step 1[3-9]\d/);
  await reader.press("❚❚ Pause");
  await reader.leave();
});

test("per evaluation nothing is gained, per step a factor of b", async () => {
  const reader = await desk.open("#batch-size");
  await reader.press("Pay by the gradient");
  await reader.untilReadOut(/^step 800 .* evaluations$/);
  const evaluations = await stepsToGoal(reader);
  assert.equal(evaluations.length, 4);
  assert.ok(Math.max(...evaluations) < 1.25 * Math.min(...evaluations), `${evaluations}`);
  await reader.choose("axis", "steps");
  await reader.untilReadOut(/^step 800 .* steps$/);
  const steps = await stepsToGoal(reader);
  assert.deepEqual(
    steps,
    evaluations.map((count, k) => count / [1, 4, 16, 64][k]),
  );
  await reader.leave();
});

test("the warning names the condition that fails, and α is dragged in the last picture", async () => {
  const reader = await desk.open("#batch-size?t=50");
  await reader.untilText(".note", /^α ≤ 1\/\(Lσ\) for every batch/);
  const step = reader.page.locator('[data-panel="step"] canvas');
  await reader.drag(await reader.placeOn(step, 0.5, 0.66), await reader.placeOn(step, 0.5, 0.5));
  await reader.untilText(".note", /^b = 1(, \d+)*: α > 1\/\(Lσ\) with this/);
  await reader.choose("scale", "linear");
  await reader.untilText(".note", /64: α ≥ 2\/L = 0\.951, even gradient descent diverges/);
  await step.focus();
  const before = Number(await reader.alpha.inputValue());
  await reader.page.keyboard.press("ArrowDown");
  await reader.untilAddress({
    scale: "linear",
    alpha: String(Number((before / 1.05).toPrecision(3))),
  });
  await reader.leave();
});

test("what cannot be drawn is refused beside its entry", async () => {
  const reader = await desk.open("#batch-size?t=10");
  await reader.choose("replacement", "without");
  await reader.untilAddress({ replacement: "without" });
  await reader.type("batches", "1, 400");
  await reader.untilText('[data-parameter="batches"] .complaint', /from 1 to 342/);
  await reader.type("batches", "1, 342");
  await reader.untilReadOut(/^step 10 · 5 % after – · – steps/);
  await reader.leave();
});

test("every “try this” leads where it says", async () => {
  const reader = await desk.open("#batch-size");
  await reader.press("Then why mini-batches?");
  await reader.untilReadOut(/^step 400 · 5 % after 2\d\d · 6\d · 1\d · 4 steps/);
  await reader.press("Too long a step");
  await reader.untilText(".note", /b = 64: E f grew a hundredfold/);
  await reader.press("All n at once");
  await reader.untilText(".summary", /batch 342 is [\d.]+e−(9|10) above the minimum/);
  await reader.press("σ does not fall by b");
  await reader.untilText(".note", /b = 8, 64, 512: α ≥ 2\/L = 0\.429/);
  await reader.press("The rate is 1 − αm/b");
  await reader.untilText(".summary", /batch 1 is 0\.29\d above the minimum/);
  assert.ok((await reader.drawnTexts()).includes("the notes: (1 − α/m)ᵗ"));
  await reader.leave();
});
