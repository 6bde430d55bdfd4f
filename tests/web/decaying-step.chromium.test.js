// The scene of Theorem 8, used as a reader would.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { near, startDesk } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

const panels = ["gap", "sums"];
const note = ".marked-slider .note";

test("it opens with the theorem in force, plays, and a link shows the same picture again", async () => {
  const reader = await desk.open("#decaying-step");
  await reader.untilReadOut(/^step 3000 · 3000 gradients$/);
  await reader.untilText(note, /^Theorem 8 holds with ν = 38\.7; L = 4\.67, m = 4\.67/);
  await reader.playTo(3050);
  await reader.untilAddress({ t: (text) => Number(text) >= 3050 });
  await reader.seesPanels(panels);
  await desk.showsAgain(reader);
  assert.deepEqual(await reader.complaints(), []);
  await reader.leave();
});

test("by hand: the slider moves one run while it plays, and the link keeps the moves", async () => {
  const reader = await desk.open("#decaying-step");
  await reader.press("2 · Beat it by hand");
  await reader.until(
    async () => (await reader.step()) > 3 && (await reader.step()) < 2000,
    () => "it never played from the start",
  );
  const slider = reader.page.getByRole("slider", { name: "step scale α₀, slider" });
  await reader.untilText(note, /By hand α = 0\.0860/);
  await slider.fill("700");
  await reader.untilText(note, /Theorem 8 holds.*By hand α = 0\.01\d/);
  await reader.untilStep(300);
  await reader.pause();
  await reader.untilReadOut(/by hand: [1-4] of 4$/);
  await reader.untilAddress({ edits: (text) => /^\d+:alpha0:0\.06\d*$/.test(text ?? "") });
  await reader.seesPanels(panels);
  await desk.showsAgain(reader);
  await reader.leave();
});

test("each try sets its state and tells what it promises", async () => {
  const reader = await desk.open("#decaying-step");
  await reader.press("1 · It stops short");
  await reader.untilReadOut(/^step 20000 /);
  const canvas = reader.page.locator('[data-panel="gap"] canvas');
  const place = await reader.placeOn(canvas, 0.95, 0.3);
  await reader.page.mouse.move(place.x, place.y);
  await reader.untilText(".tip", /inverse time: \d\.\d*e−[45] ± .*\s*too fast: 0\.0[78]/);
  await reader.press("3 · α₀ far below 1/m");
  await reader.untilText(note, /^Theorem 8 says nothing here: it needs α₀ > 1\/m\./);
  await reader.press("4 · From the minimiser");
  await reader.untilText(note, /^Theorem 8 holds with ν = 2\.75;/);
  await reader.press("5 · Slower than 1/t");
  await reader.untilReadOut(/^step 10000 /);
  await reader.press("6 · Real data");
  await reader.untilText(note, /^Theorem 8 holds with ν = 5\d\.\d; L = 5\.0\d, m = 1\.01/);
  await reader.seesPanels(panels);
  assert.deepEqual(await reader.complaints(), []);
  await reader.leave();
});

test("averages of slowly falling steps win over the iterates, and no theorem is claimed", async () => {
  const reader = await desk.open("#decaying-step?schedule=averaged&race=&alpha0=0.1");
  const gapOf = async () => {
    const [, gap] = /step 3000: for averages ([\d.]+(?:e−\d+)?)/.exec(await reader.allText()) ?? [];
    return Number(gap?.replace("−", "-"));
  };
  await reader.untilText(".summary", /step 3000: for averages/);
  const iterate = await gapOf();
  await reader.choose("method", "averaged-sgd");
  await reader.untilText(note, /it needs αₜ = α₀\/\(t₀ \+ t\) and α₀ > 1\/m and plain SGD\./);
  await reader.untilAddress({ method: "averaged-sgd" });
  await reader.until(
    async () => (await gapOf()) < 0.5 * iterate,
    async () => `the average is at ${await gapOf()}, the iterate at ${iterate}`,
  );
  await reader.leave();
});

test("another objective brings its own 2/m and a first step that the theorem allows", async () => {
  const reader = await desk.open("#decaying-step?t=200");
  await reader.choose("objective", "least-squares");
  await reader.untilText(note, /^Theorem 8 holds .* m = 0\.1\d/);
  await reader.untilAddress({ alpha0: near(18.5, 1.5) });
  await reader.leave();
});
