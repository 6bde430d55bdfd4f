// The scene of Lemmas 5 and 6, used as a reader would.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { near, startDesk } from "./page-driver.js";

/** @typedef {import("./page-driver.js").Reader} Reader */

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

const panels = ["points", "descent"];

/** @param {Reader} reader */
function slope(reader) {
  return reader.page.getByRole("textbox", { name: "slope σ", exact: true });
}

test("it opens, plays, and a link shows the same picture again", async () => {
  const reader = await desk.open("#gradient-noise?t=0");
  assert.equal(await slope(reader).inputValue(), "3");
  await reader.playTo(5);
  await reader.untilAddress({ t: (text) => Number(text) >= 5 });
  await reader.seesPanels(panels);
  await desk.showsAgain(reader);
  await reader.leave();
});

test("the line is turned by dragging it, by keys and by the slider; too flat, it says so", async () => {
  const reader = await desk.open("#gradient-noise");
  const canvas = reader.page.locator('[data-panel="points"] canvas');
  const steep = await reader.placeOn(canvas, 0.8, 0.2);
  const flat = await reader.placeOn(canvas, 0.8, 0.6);
  await reader.drag(steep, flat);
  await reader.untilAddress({ sigma: (text) => text !== null && Number(text) < 1.5 });
  await reader.untilText(
    ".marked-slider .note",
    /is below the least, 1\.50: far enough out .* no σ₀ is enough/,
  );
  await reader.press("recommended");
  await reader.untilAddress({ sigma: near(3, 1e-6) });
  await reader.untilText(".marked-slider .note", /^σ₀ = 6\.02, σ = 3.*the least possible σ₀/);
  await canvas.focus();
  await reader.page.keyboard.press("ArrowUp");
  await reader.untilAddress({ sigma: near(3.06, 1e-6) });
  await slope(reader).fill("2");
  await slope(reader).press("Enter");
  // σ₀ = E r² + (E a²r)²/(σA² − E a⁴)
  await reader.untilText(".marked-slider .note", /^σ₀ = 7\.55, σ = 2;/);
  await reader.leave();
});

test("each try sets its state and tells what it promises", async () => {
  const reader = await desk.open("#gradient-noise");
  const note = ".marked-slider .note";
  await reader.press("1 · Too flat");
  await reader.untilText(note, /^σ = 1\.30 is below the least/);
  await reader.press("2 · Near the floor it goes up");
  await reader.untilAddress({ x0: "1.3", sigma: null });
  await reader.press("3 · Does σ fall with b?");
  await reader.untilText(note, /^Batches of 16: σ₀ = 0\.376, σ = 1\.13; .* [1-9]\d+ of 440 points/);
  await reader.press("4 · Gradient descent");
  await reader.untilText(note, /gradient descent: no noise, σ₀ = 0 and σ = 1/);
  await reader.press("5 · Real data");
  await reader.untilText(note, /^σ₀ = 4\.50, σ = 76\.4/);
  await reader.press("6 · A classifier");
  await reader.untilText(note, /a proved σ₀, not the least/);
  await reader.seesPanels(panels);
  assert.deepEqual(await reader.complaints(), []);
  await reader.leave();
});

test("the bias is a number with its error, and 0 over all terms", async () => {
  const reader = await desk.open("#gradient-noise");
  await reader.untilReadOut(/^step 40 · bias [\d.]+ ± [\d.]+ % drawn, (0|\de−\d+) exact$/);
  await reader.untilText(
    ".summary",
    /the mean of 4100 drawn gradients is [\d.]+ ± [\d.]+ % off ∇f/,
  );
  await reader.leave();
});

test("hovering reads both sides of the lemmas, and a point", async () => {
  const reader = await desk.open("#gradient-noise");
  const descent = reader.page.locator('[data-panel="descent"] canvas');
  const there = await reader.placeOn(descent, 0.5, 0.4);
  await reader.page.mouse.move(there.x, there.y);
  await reader.untilText(
    ".tip",
    /step \d+\s*E f\(xₜ₊₁\) − f\(xₜ\) = .*Lemma 5: at most .*Lemma 6/s,
  );
  await reader.leave();
});

test("sigma moves while it plays", async () => {
  const reader = await desk.open("#gradient-noise?t=0&points=5000&axes=log");
  await reader.play.click();
  await reader.page.getByRole("slider", { name: "slope σ, slider" }).fill("300");
  await reader.untilText(".marked-slider .note", /σ = 2\.50/);
  await reader.play.click();
  await reader.untilAddress({ edits: (text) => /^\d+:sigma:2\.5$/.test(text ?? "") });
  await reader.leave();
});
