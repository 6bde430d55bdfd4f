// The scene of one step as a Markov chain, used as a reader would.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { playsSmoothly } from "./long-tasks.js";
import { startDesk } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

const note = ".marked-slider .note";
const onePanels = ["map", "law", "variance"];
const linePanels = ["line", "law", "variance"];
const gridPanels = ["matrix", "shares", "distance"];

test("it opens on one step, plays, and a link shows the same picture again", async () => {
  const reader = await desk.open("#markov");
  await reader.seesPanels(onePanels);
  await reader.untilReadOut(/^step 0 · variance 0\.0166 ± \S+, exact 0\.0166$/);
  await reader.play.click();
  await reader.untilStep(4);
  await reader.play.click();
  await reader.press("Reset");
  await reader.untilReadOut(/^step 0 /);
  for (let step = 1; step <= 5; step += 1) {
    await reader.press("Step ▶");
    await reader.untilReadOut(new RegExp(`^step ${step} `));
  }
  await reader.untilAddress({ t: "5" });
  await desk.showsAgain(reader);
  await reader.leave();
});

test("the point is dragged over the map and moved by keys, and the cloud goes with it", async () => {
  const reader = await desk.open("#markov");
  const canvas = reader.page.locator('[data-panel="map"] canvas');
  const before = await reader.readOut.textContent();
  await reader.drag(
    await reader.placeOn(canvas, 0.5, 0.5),
    await reader.placeOn(canvas, 0.75, 0.3),
  );
  await reader.untilAddress({ x0: (text) => text !== null, y0: (text) => text !== null });
  assert.notEqual(await reader.readOut.textContent(), before);
  const held = (await reader.address()).get("x0");
  await canvas.focus();
  await reader.page.keyboard.press("ArrowRight");
  await reader.untilAddress({ x0: (text) => Number(text) > Number(held) });
  const { x, y } = await reader.placeOn(canvas, 0.5, 0.5);
  await reader.page.mouse.move(x, y);
  await reader.untilText(".tip", /mean w₁ .* ± .*, exact .*Var w₂ .* ± .*, exact/s);
  await reader.leave();
});

test("each try sets its state and tells what it promises", async () => {
  const reader = await desk.open("#markov");
  await reader.press("1 · Sixteen instead of one");
  await reader.untilText(note, /c = 1\/b = 0\.0625/);
  await reader.press("2 · Half of all, without replacement");
  await reader.untilText(note, /c = \(n − b\)\/\(\(n − 1\)b\) = 2\.27e−3 with n = 442/);
  await reader.press("3 · The identity, everywhere");
  await reader.untilAddress({ model: "identity" });
  await reader.seesPanels(onePanels);
  await reader.press("4 · Three places to go");
  await reader.untilAddress({ objective: "scalar", t: (text) => text === null || text === "0" });
  await reader.seesPanels(linePanels);
  await reader.press("5 · The past matters");
  await reader.untilText(note, /^2 of 3 terms of the epoch are used\. The next step is certain/);
  await reader.untilReadOut(/^step 2 · variance 0, exact 0$/);
  await reader.press("6 · A chain as a matrix");
  await reader.untilStep(6);
  await reader.play.click();
  await reader.untilReadOut(/^step \d+ · \S+ from π · gap 1 − \|λ₂\| = 0\.5/);
  await reader.seesPanels(gridPanels);
  assert.deepEqual(await reader.complaints(), []);
  await reader.leave();
});

test("another objective brings a step size and a point that fit it", async () => {
  const reader = await desk.open("#markov");
  await reader.choose("objective", "scalar");
  await reader.untilAddress({ objective: "scalar", alpha: (text) => Number(text) < 0.2 });
  await reader.choose("picture", "grid");
  await reader.untilReadOut(/from π/);
  await reader.seesPanels(gridPanels);
  await reader.choose("sampling", "reshuffle");
  await reader.untilText(note, /Markov from epoch to epoch only: no matrix/);
  await reader.choose("picture", "step");
  await reader.type("batch", "4");
  await reader.until(
    async () => (await reader.complaints()).some((text) => /batch must be at most 3/.test(text)),
    () => "a batch of four of three terms was never refused",
  );
  await reader.leave();
});

test("10 000 replicates leave the page responsive, on the map and on the grid", async () => {
  const reader = await desk.open("#markov?replicates=10000&points=both");
  await playsSmoothly(reader, 15);
  await reader.goToHash("#markov?objective=scalar&picture=grid&alpha=0.05&x0=1.7&replicates=10000");
  await reader.untilReadOut(/from π/);
  await reader.seesPanels(gridPanels);
  await playsSmoothly(reader, 15);
  await reader.leave();
});
