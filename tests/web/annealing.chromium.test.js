// The annealing scene, used as a reader would.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { near, startDesk } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

const note = ".marked-slider .note";

test("it opens in the third stage, plays on, and a link shows the same picture again", async () => {
  const reader = await desk.open("#annealing");
  await reader.untilReadOut(/^step 3000 · T = 0\.490 · global well 0\.8\d\d ± 0\.011$/);
  await reader.untilText(
    note,
    /Stage 3 of 5, α = 0\.0245: not equilibrated, R̂ = 1\.\d+ > 1\.20\. T = αs²\/\(2b\) = 0\.490, the barrier is 1\.12 T; Gibbs says 0\.862\./,
  );
  await reader.play.click();
  await reader.untilText(note, /Stage 4 of 5, α = 0\.0171/);
  await reader.pause();
  await reader.untilAddress({ t: (text) => Number(text) > 5000 });
  await reader.seesPanels(["landscape", "ladder"]);
  await desk.showsAgain(reader);
  await reader.leave();
});

test("cooled too fast, below the barrier, or with the notes' temperature: each try says what is so", async () => {
  const reader = await desk.open("#annealing");
  await reader.press("1 · Cooled too fast");
  await reader.untilReadOut(/^step 800 · T = 0\.0824 · global well 0\.7\d\d ± 0\.014$/);
  await reader.untilText(note, /not equilibrated, R̂ = 1\d\.\d > 1\.20.*Gibbs says 0\.999/);
  await reader.press("5 · c below the barrier");
  await reader.untilReadOut(/^step 392 · T = 0\.168 · global well 0\.5\d\d/);
  await reader.type("depth", "0.6");
  await reader.page.locator(".transport .play").click();
  await reader.untilReadOut(/^step 3037 · T = 0\.168 · global well 0\.8\d\d/);
  await reader.press("6 · α/b or α/(2b)?");
  await reader.untilReadOut(/^step 18\s?000 · T = 0\.343 · global well 0\.9\d\d/);
  const canvas = reader.page.locator('[data-panel="ladder"] canvas');
  const place = await reader.placeOn(canvas, 0.93, 0.7);
  await reader.page.mouse.move(place.x, place.y);
  await reader.untilText(
    ".tip",
    /stage 4\s*T = 0\.343, α = 0\.0171\s*share 0\.9\d+ ± .*\s*Gibbs 0\.935/,
  );
  assert.deepEqual(await reader.complaints(), []);
  await reader.leave();
});

test("what a budget buys: the points come one by one, and agree with the theory", async () => {
  const reader = await desk.open("#annealing?picture=budget&replicates=300&t=900");
  await reader.seesPanels(["landscape", "budget"]);
  const canvas = reader.page.locator('[data-panel="budget"] canvas');
  const left = await reader.placeOn(canvas, 0.42, 0.5);
  await reader.page.mouse.move(left.x, left.y);
  await reader.untilText(
    ".tip",
    /^\d+ steps\s*as each stage needs: 0\.\d+ ± .*\s*geometric: 0\.[78]\d+ ±.*\s*cold from the start: 0\.[1-4]/,
  );
  const right = await reader.placeOn(canvas, 0.93, 0.5);
  await reader.page.mouse.move(right.x, right.y);
  await reader.untilText(".tip", /8000 steps\s*as each stage needs: under way \(theory 0\.9/);
  await reader.leave();
});

test("how long is long enough: Kramers between wells, 1/(αk) in a bowl", async () => {
  const reader = await desk.open("#annealing");
  await reader.press("3 · How long is long enough?");
  await reader.untilReadOut(/^step 4000 /);
  await reader.seesPanels(["landscape", "waiting"]);
  const canvas = reader.page.locator('[data-panel="waiting"] canvas');
  const first = await reader.placeOn(canvas, 0.16, 0.5);
  await reader.page.mouse.move(first.x, first.y);
  await reader.untilText(
    ".tip",
    /well to well: [45]\d\.\d ± 1\.\d\s*exact 48, Kramers 44\s*bowl: 1\.\d+ ±/,
  );
  await reader.press("4 · A convex bowl");
  await reader.untilText(note, /^Stage \d of 6.*T = αs²\/\(2b\) = [\d.]+; Gibbs says 1\.$/);
  await reader.untilText(".summary", /In the bowl it takes 5\d\.\d steps \(theory 59\.0\)/);
  await reader.leave();
});

test("in the plane the start is dragged, and too long a step is named", async () => {
  const reader = await desk.open("#annealing?objective=double-well&replicates=200&t=400");
  const from = await reader.placeOn(reader.landscape, 0.75, 0.5);
  const to = await reader.placeOn(reader.landscape, 0.25, 0.4);
  await reader.drag(from, to);
  await reader.untilAddress({ x0: near(-0.95, 0.2) });
  const alpha = reader.page.getByRole("textbox", { name: "first step size α₀", exact: true });
  await alpha.fill("0.5");
  await alpha.press("Enter");
  await reader.untilText(".warning", /^Diverged at step \d+: α₀ = 0\.500 is too long a step/);
  await reader.type("stages", "20");
  await reader.type("cooling", "0.3");
  await reader.untilText(
    ".notice p, .complaint",
    /^stages: the last temperature would be .*; it must be at least 0\.0001\.$/,
  );
  await reader.leave();
});
