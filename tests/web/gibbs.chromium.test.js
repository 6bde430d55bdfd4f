// The scene of the Gibbs law, used as a reader would.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { differingPixels, near, startDesk } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

const note = ".marked-slider .note";
const summary = ".summary";
const linePanels = ["line", "distance"];
const planePanels = ["map", "law-0", "distance"];

test("walkers fall, KL falls to what is expected, and a link shows the same picture again", async () => {
  const reader = await desk.open("#gibbs?t=0");
  await reader.seesPanels(linePanels);
  await reader.untilReadOut(/^step 0 · KL \d/);
  await reader.play.click();
  await reader.untilStep(8);
  await reader.play.click();
  await reader.goToHash("#gibbs?t=400");
  await reader.untilReadOut(/^step 400 · KL \S+ ± \S+$/);
  // Chance and the bias of α, and no more.
  const known =
    /^1\/β = 0\.500, αL = 0\.400\. KL (\S+) ± (\S+), in the limit (\S+): \S+ is chance, of 10.000/;
  await reader.untilText(note, known);
  const text = (await reader.page.locator(note).textContent()) ?? "";
  const [, measured, error, expected] = known.exec(text) ?? [];
  assert.ok(Math.abs(numberOf(measured) - numberOf(expected)) < 5 * numberOf(error), measured);
  const pictures = await reader.pictures();
  const again = await desk.open("#gibbs?t=400");
  const copies = await again.pictures();
  for (const panel of linePanels) {
    assert.equal(differingPixels(pictures[panel], copies[panel]), 0);
  }
  await reader.leave();
  await again.leave();
});

/** "4.28e−3" as the page writes it. @param {string} text */
function numberOf(text) {
  return Number(text.replace("−", "-"));
}

test("the start is dragged and moved by keys; α changes while walkers walk", async () => {
  const reader = await desk.open("#gibbs?t=3");
  const canvas = reader.page.locator('[data-panel="line"] canvas');
  await canvas.focus();
  await reader.page.keyboard.press("Enter");
  await reader.page.keyboard.press("ArrowRight");
  await reader.untilAddress({ x0: (text) => Number(text) > -1.8 && Number(text) < -1.7 });
  await reader.play.click();
  await reader.type("alpha", "0.02");
  await reader.untilText(note, /1\/β = 0\.500, αL = 0\.160/);
  await reader.type("beta", "6");
  await reader.untilText(note, /1\/β = 0\.167, αL = 0\.160/);
  await reader.play.click();
  await reader.untilAddress({
    alpha: null,
    edits: (text) => /^\d+:alpha:0\.02,\d+:beta:6$/.test(text ?? ""),
  });
  assert.equal(await reader.entry("beta").inputValue(), "6");
  await reader.leave();
});

test("the plane: the map, the histogram under the law, the start by a click", async () => {
  const reader = await desk.open("#gibbs");
  await reader.choose("objective", "double-well");
  await reader.untilAddress({ objective: "double-well", x0: "1.7", y0: "1.1" });
  await reader.seesPanels(planePanels);
  const canvas = reader.page.locator('[data-panel="map"] canvas');
  const place = await reader.placeOn(canvas, 0.3, 0.5);
  await reader.page.mouse.click(place.x, place.y);
  await reader.untilAddress({ x0: near(-0.8, 0.4) });
  await reader.choose("compare", "corrector");
  await reader.untilAddress({ compare: "corrector" });
  await reader.seesPanels(["law-0", "law-1", "law-2"]);
  await reader.leave();
});

test("every “try this” leads where it says", async () => {
  const reader = await desk.open("#gibbs");
  await reader.press("Too coarse a step");
  await reader.until(
    async () => (await reader.entry("k").inputValue()) === "2",
    () => "the step was never set",
  );
  await reader.untilReadOut(/^step [1-9]\d* · KL/);
  await reader.play.click();
  await reader.goToHash(
    "#gibbs?objective=quadratic-1d&k=2&beta=3&alpha=0.25&x0=-1.5&compare=corrector&t=60",
  );
  await reader.untilReadOut(/^step 60 /);
  // 4/3 of 1/6 without a corrector, 1/6 with either.
  await reader.untilText(
    summary,
    /no corrector: KL 0\.02\d+ ± .*\(limit 0\.222, Gibbs 0\.167\).*Metropolis: KL [2-4](\.\d+)?e−3 .*limit 0\.167/,
  );

  await reader.press("Twice α, twice b");
  await reader.untilText(
    summary,
    /α, b: .*Gibbs 0\.100.*2α, 2b: .*Gibbs 0\.100.*α, 2b: .*Gibbs 0\.0500/,
  );

  await reader.press("α/(2b), not α/b");
  await reader.untilText(note, /1\/β = αs²\/\(2b\) = 0\.0268, s² = 1\.07/);
  await reader.seesPanels(linePanels);

  await reader.press("Uniform, not Gibbs");
  await reader.untilText(
    summary,
    /SGD’s noise: .*limit 0\.333, Gibbs 0\.250.*Gaussian noise: .*limit 0\.333/,
  );

  await reader.press("The wide valley wins");
  await reader.untilText(note, /αL = 1\.80\. KL \S+ ± \S+, in the limit 0\.4/);
  await reader.untilReadOut(/^step [1-9]/);

  await reader.press("In the plane");
  await reader.page.locator('[data-panel="map"]').waitFor();
  await reader.seesPanels(planePanels);
  await reader.untilReadOut(/^step [1-9]/);
  await reader.leave();
});

test("a chain that diverges says so, and an objective without a law too", async () => {
  const reader = await desk.open("#gibbs?objective=quadratic-1d&k=2&alpha=1.1&t=400");
  await reader.untilText(".marked-slider .warning", /Diverged: a walker at step \d+/);
  await reader.goToHash("#gibbs?objective=beale&alpha=0.001&x0=1&y0=1.5&t=50");
  await reader.untilText(".marked-slider .warning", /No Gibbs law/);
  await reader.untilReadOut(/^step 50 · mean f/);
  await reader.leave();
});

test("in a frame of a course page and on a phone all is in view", async () => {
  const reader = await desk.open("?view=figure#gibbs?compare=corrector", {
    width: 640,
    height: 480,
  });
  for (const panel of linePanels) {
    const box = await reader.page.locator(`[data-panel="${panel}"] canvas`).boundingBox();
    assert.ok(box && box.y >= 0 && box.y + box.height <= 480 && box.height > 150, panel);
  }
  await reader.page.setViewportSize({ width: 360, height: 740 });
  const width = await reader.page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 360, `${width} px wide`);
  await reader.leave();
});
