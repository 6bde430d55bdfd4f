// The perceptron scenes as a person uses them: everything enumerated, pictures changed, loads clicked.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { differingPixels, startDesk } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

test("oracle 16 is played to its end: 41 solutions in 16 clusters", async () => {
  const reader = await desk.open("#perceptron?v=1&d=15&n=12&seed=7&t=0");
  await reader.seesPanels(["energies", "distance"]);
  await reader.play.click();
  await reader.untilReadOut(/all 32768 weight vectors · 41 solutions/);
  await reader.untilText(".marked-slider .note", /16 clusters: the largest of 26, 15 of one alone/);
  await reader.leave();
});

test("2²⁵ weight vectors are gone through within seconds, and may be stopped on the way", async () => {
  const reader = await desk.open("#perceptron?v=1&d=25&n=20&t=0");
  await reader.seesPanels(["energies", "distance"]);
  await reader.play.click();
  await reader.untilReadOut(/[1-9][\d.]* % gone through/);
  await reader.pause();
  const stopped = await reader.readOut.textContent();
  await reader.frames();
  assert.equal(await reader.readOut.textContent(), stopped);
  await reader.goToHash("#perceptron?v=1&d=25&n=20&t=512");
  await reader.untilReadOut(/all 33554432 weight vectors/);
  await reader.leave();
});

test("an even dimension is refused in one sentence, and the picture stays", async () => {
  const reader = await desk.open("#perceptron?v=1&d=15&t=8");
  await reader.seesPanels(["energies", "distance"]);
  const before = await reader.pictures();
  await reader.type("d", "16");
  await reader.untilText("body", /7 to 27 in steps of 2/);
  assert.equal(differingPixels(before.energies, (await reader.pictures()).energies), 0);
  await reader.leave();
});

test("each picture beside the errors, and each “try this”, without complaint", async () => {
  const reader = await desk.open("#perceptron?v=1&d=13&n=8&t=8");
  for (const beside of ["distance", "near", "count"]) {
    await reader.goToHash(`#perceptron?v=1&d=13&n=8&t=8&beside=${beside}`);
    await reader.until(
      async () => (await reader.page.locator(`[data-panel="${beside}"]`).count()) === 1,
      () => `no panel ${beside}`,
    );
    assert.ok(await reader.notice.isHidden());
  }
  const tries = reader.page.locator(".try");
  for (let i = 0; i < (await tries.count()); i += 1) {
    await tries.nth(i).click();
    await reader.frames();
    assert.ok(await reader.notice.isHidden());
  }
  await reader.leave();
});

test("learning: SBPI succeeds where the clipped perceptron does not; a load is clicked", async () => {
  const reader = await desk.open("#perceptron-learning?v=1&d=301&load=0.5&t=60");
  await reader.seesPanels(["errors", "loads"]);
  await reader.untilReadOut(/SBPI 5 of 5, clipped perceptron 0 of 5/);
  const before = await reader.pictures();
  const loads = reader.page.locator('[data-panel="loads"] canvas');
  await loads.focus();
  await loads.press("ArrowLeft");
  await reader.untilAddress({ load: 0.4 });
  await reader.frames();
  assert.ok(differingPixels(before.errors, (await reader.pictures()).errors) > 100);
  await reader.leave();
});

test("very many solutions are all counted: one cluster, and what is compared is told", async () => {
  const reader = await desk.open("#perceptron?v=1&d=21&n=4&t=40&beside=near&algorithm=clipped");
  await reader.seesPanels(["energies", "near"]);
  await reader.untilText(
    ".marked-slider .note",
    /1 cluster: the largest of 162063, 0 of one alone/,
  );
  const drawn = await reader.drawnTexts();
  assert.ok(
    drawn.some((text) => /^\d+ of 1\.62e5 solutions$|^\d+ of 162063 solutions$/.test(text)),
  );
  assert.ok(drawn.includes("found by clipped perceptron"));
  await reader.leave();
});

test("random labels show neighbours alone, and say so where there is no solution", async () => {
  const reader = await desk.open("#perceptron?v=1&d=21&n=14&labels=storage&beside=near&t=40");
  await reader.seesPanels(["energies", "near"]);
  await reader.untilText(".marked-slider .note", /there is no test error/);
  const drawn = await reader.drawnTexts();
  assert.ok(drawn.includes("share of them"));
  assert.ok(!drawn.includes("test error"));
  await reader.goToHash("#perceptron?v=1&d=21&n=40&labels=storage&beside=near&t=40");
  await reader.untilReadOut(/ 0 solutions/);
  await reader.until(
    async () => (await reader.drawnTexts()).includes("There is no solution."),
    () => "no word of there being no solution",
  );
  await reader.leave();
});

test("the card of 33 million plays them within seconds", async () => {
  const reader = await desk.open("#perceptron?v=1&d=7&n=3&t=0");
  await reader.seesPanels(["energies", "distance"]);
  await reader.page.getByRole("button", { name: /33 million/ }).click();
  await reader.untilReadOut(/all 33554432 weight vectors/);
  await reader.leave();
});

test("on a phone no select box makes the page wider than it is", async () => {
  const reader = await desk.open("#perceptron?v=1&beside=near&t=40", { width: 360, height: 740 });
  await reader.seesPanels(["energies", "near"]);
  assert.ok((await reader.page.evaluate(() => document.documentElement.scrollWidth)) <= 360);
  await reader.leave();
});

test("learning: loads that do not fit are left out with a word, and nothing is refused", async () => {
  const reader = await desk.open(
    "#perceptron-learning?v=1&d=2001&labels=teacher&algorithm=belief-propagation&load=0.8&race=&t=0",
  );
  await reader.seesPanels(["errors", "loads"]);
  await reader.untilText(".marked-slider .note", /From load 1\.2 on there is no room/);
  assert.ok(await reader.notice.isHidden());
  await reader.goToHash(
    "#perceptron-learning?v=1&d=2001&labels=teacher&algorithm=belief-propagation&load=4&race=&t=0",
  );
  await reader.untilText(".notice", /^The patterns of all runs would take/);
  assert.equal(await reader.notice.locator("p").count(), 1);
  await reader.leave();
});

test("learning: results of four algorithms stay inside the page", async () => {
  const reader = await desk.open(
    "#perceptron-learning?v=1&d=51&race=clipped,annealing,replicated,belief-propagation&t=5",
  );
  await reader.untilReadOut(/solved: SBPI .*reinforced belief propagation \d of 5/);
  const box = await reader.readOut.boundingBox();
  assert.ok(box && box.x + box.width <= 1280);
  assert.ok((await reader.page.evaluate(() => document.documentElement.scrollWidth)) <= 1280);
  await reader.leave();
});
