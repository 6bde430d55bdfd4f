// The scene of Theorem 7, used as a reader would.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { differingPixels, near, startDesk } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

const panels = ["gap", "histogram"];

test("it opens, plays, and a link shows the same picture again", async () => {
  const reader = await desk.open("#constant-step?t=0");
  await reader.playTo(5);
  await reader.untilAddress({ t: (text) => Number(text) >= 5 });
  await reader.seesPanels(panels);
  await desk.showsAgain(reader);
  await reader.leave();
});

test("past 1/(Lσ) the condition is named, and a smaller step brings the bound back", async () => {
  const reader = await desk.open("#constant-step");
  const before = await reader.pictures();
  await reader.type("alpha", "0.1");
  await reader.untilText(
    ".marked-slider .note",
    /Theorem 7 does not apply: α = 0\.100 is above 1\/\(Lσ\) = 0\.0714/,
  );
  await reader.page.locator(".mark").first().click();
  await reader.untilAddress({ alpha: near(0.0714, 0.001) });
  await reader.untilText(".marked-slider .note", /^L = 4\.67, m = 4\.67, σ₀ = 6\.02, σ = 3/);
  const after = await reader.pictures();
  assert.ok(differingPixels(before.gap, after.gap) > 200);
  await reader.leave();
});

test("the step moved while it plays is kept in the link, with the bound lost from there", async () => {
  const reader = await desk.open("#constant-step?t=20");
  await reader.play.click();
  await reader.alphaSlider.fill("780");
  await reader.untilText(".marked-slider .note", /does not apply/);
  await reader.untilStep(40);
  await reader.alphaSlider.fill("200");
  await reader.untilText(".marked-slider .note", /the bound is lost since/);
  await reader.play.click();
  await reader.untilAddress({
    edits: (text) => /^\d+:alpha:0\.3\d*,\d+:alpha:0\.00\d+$/.test(text ?? ""),
  });
  await reader.leave();
});

test("each try sets its state and tells what it promises", async () => {
  const reader = await desk.open("#constant-step");
  await reader.press("1 · Halve the step");
  await reader.untilAddress({ alpha: "0.025", t: "120" });
  await reader.press("2 · By your hand");
  await reader.until(
    async () => (await reader.step()) < 100 && (await reader.step()) > 3,
    () => "it never played from the start",
  );
  await reader.play.click();
  await reader.untilAddress({ alpha: "0.07" });
  await reader.press("3 · One exponent too few");
  await reader.untilAddress({ exponent: "notes", t: "6" });
  await reader.press("Reset");
  await reader.press("Step ▶");
  await reader.untilReadOut(/^step 1 · 1 gradients · 0\.125$/);
  await reader.press("4 · Past 1/(Lσ)");
  await reader.untilText(".marked-slider .note", /does not apply: α = 0\.200/);
  await reader.press("5 · Divide σ by b?");
  await reader.untilText(".marked-slider .note", /^Diverged at step \d/);
  await reader.press("6 · Real data");
  await reader.untilReadOut(/^step 200 · 6400 gradients/);
  await reader.untilText(".marked-slider .note", /^L = 2\.10, m = 0\.330/);
  await reader.seesPanels(panels);
  assert.deepEqual(await reader.complaints(), []);
  await reader.leave();
});

test("hovering reads the mean, the exact value, the bound and the floor", async () => {
  const reader = await desk.open("#constant-step");
  const canvas = reader.page.locator('[data-panel="gap"] canvas');
  const { x, y } = await reader.placeOn(canvas, 0.6, 0.4);
  await reader.page.mouse.move(x, y);
  await reader.untilText(
    ".tip",
    /step \d+\s*mean [\d.e−]+ ± [\d.e−]+\s*exact [\d.e−]+\s*bound [\d.e−]+\s*floor 0\.151/,
  );
  await reader.leave();
});

test("another method is chosen: nothing is claimed of it, and SAGA has no floor", async () => {
  const reader = await desk.open("#constant-step");
  await reader.choose("method", "momentum");
  await reader.untilText(".marked-slider .note", /^Theorem 7 speaks of plain SGD only/);
  assert.ok(await reader.control("momentum").isVisible());
  await reader.choose("method", "saga");
  await reader.untilReadOut(/^step 60 · 63 gradients · [\d.]+e−\d+ ±/);
  assert.ok(await reader.control("momentum").isHidden());
  assert.ok((await reader.drawnTexts()).includes("no bound: not plain SGD"));
  await reader.type("batch", "2");
  await reader.untilText('[data-parameter="batch"] .complaint', /must be 1 for SAGA/);
  await reader.seesPanels(panels);
  await reader.leave();
});

test("a table of one's own is awaited, whatever goes on meanwhile", async () => {
  const reader = await desk.open("#constant-step?objective=least-squares&replicates=100&t=0");
  const dataset = reader.control("dataset").locator("select");
  const place = reader.page.locator(".own-data");
  await reader.press("▶ Play");
  await reader.choose("dataset", "own");
  await place.waitFor({ state: "visible" });
  await reader.press("Step ▶");
  await reader.frames();
  assert.equal(await place.isVisible(), true);
  assert.equal(await dataset.inputValue(), "own");
  await place.getByRole("textbox").fill("size,price\n1,3\n2,5\n4,8\n5,9.5\n7,14");
  await place.getByRole("textbox").blur();
  await reader.untilAddress({ dataset: "own", features: "size" });
  await reader.choose("dataset", "penguins");
  await place.waitFor({ state: "hidden" });
  await reader.leave();
});
