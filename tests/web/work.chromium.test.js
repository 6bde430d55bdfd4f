// The scene of Remark 11, used as a reader would.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { differingPixels, startDesk } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

const panels = ["sizes", "runs"];
const note = ".marked-slider .note";

test("it opens with every count made, and a link shows the same picture again", async () => {
  const reader = await desk.open("#work");
  await reader.untilReadOut(/20 of 20 counts made$/);
  await reader.untilText(note, /crossover at n\* = 145; n = 1000 lies beyond it: SGD’s side/);
  await reader.untilText(note, /Measured, the lines cross near n = 1\d\d\./);
  await reader.seesPanels(panels);
  await desk.showsAgain(reader);
  await reader.leave();
});

test("counts appear one after the other while it plays", async () => {
  const reader = await desk.open("#work?t=0");
  await reader.untilReadOut(/^step 0 · 0 of 20 counts made: play on$/);
  await reader.play.click();
  await reader.untilReadOut(/· [4-9] of 20 counts made: play on$/);
  await reader.play.click();
  await reader.seesPanels(panels);
  await reader.leave();
});

test("the target moves the crossover, also while it plays", async () => {
  const reader = await desk.open("#work?t=0");
  await reader.play.click();
  const slider = reader.page.getByRole("slider", { name: "target ε, slider" });
  await slider.fill("600");
  await reader.untilText(note, /gradient descent’s side|SGD’s side/);
  assert.deepEqual(await reader.complaints(), []);
  await reader.page.locator(".mark").first().click();
  await reader.untilText(note, /crossover at n\* = 3000;/);
  await reader.leave();
});

test("a click on a size shows its runs, and so do the arrow keys", async () => {
  const reader = await desk.open("#work");
  await reader.untilReadOut(/20 of 20/);
  const canvas = reader.page.locator('[data-panel="sizes"] canvas');
  const before = await reader.pictures();
  const place = await reader.placeOn(canvas, 0.2, 0.4);
  await reader.page.mouse.click(place.x, place.y);
  await reader.untilAddress({ at: "30" });
  await reader.untilText(note, /n = 30 lies below it: gradient descent’s side/);
  const after = await reader.pictures();
  assert.ok(differingPixels(before.runs, after.runs) > 200);
  await canvas.press("ArrowRight");
  await reader.untilAddress({ at: "100" });
  await reader.page.mouse.move(place.x + 1, place.y);
  await reader.untilText(".tip", /n = 30\s*gradient descent: 390 \(theory 465\)\s*SGD: 1\d\d\d ±/);
  await reader.leave();
});

test("the notes' rule is answered by its counter-example: SGD never arrives", async () => {
  const reader = await desk.open("#work");
  await reader.press("2 · Accurate, few data");
  await reader.untilReadOut(/12 of 12 counts made$/);
  await reader.untilText(note, /n = 100 lies below it: gradient descent’s side/);
  await reader.untilText(".summary", /gradient descent 2\d\d\d; SGD > 100.000; SVRG/);
  await reader.leave();
});

test("each try sets its state and tells what it promises", async () => {
  const reader = await desk.open("#work");
  await reader.press("1 · More data");
  await reader.untilReadOut(/^step ([2-9]|1\d) · /);
  await reader.play.click();
  await reader.press("3 · Modest, many data");
  await reader.untilText(".summary", /at n = 3000: gradient descent 2\d.\d\d\d; SGD \d\d\d;/);
  await reader.press("4 · A long valley");
  await reader.untilText(note, /n\* = 1086/);
  await reader.play.click();
  await reader.press("5 · No noise in the labels");
  await reader.untilText(note, /ε = 1e−5.*Measured, the lines cross near/);
  await reader.press("6 · Real data");
  await reader.untilText(note, /ε = 3e−3.*n = 442 lies beyond it: SGD’s side/);
  await reader.untilReadOut(/16 of 16 counts made$/);
  await reader.seesPanels(panels);
  assert.deepEqual(await reader.complaints(), []);
  await reader.leave();
});
