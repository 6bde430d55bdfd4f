// The scene about a network on digits in the hands of a person. Short trainings: four epochs.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDesk } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

const errors =
  /^step (\d+) of 180 · test error: SGD with momentum ([\d.]+) %, Entropy-SGD ([\d.]+) %$/;

test("opens, plays to the end of its budget, and a link gives the same picture again", async () => {
  const reader = await desk.open("#network?epochs=4&t=90");
  await reader.untilReadOut(/^step 90 of 180/);
  await reader.seesPanels(["curves", "wrong", "matrix"]);
  await reader.press("▶ Play");
  await reader.untilReadOut(/^step 180 of 180/);
  const text = (await reader.readOut.textContent()) ?? "";
  const [, , first, second] = (errors.exec(text) ?? []).map(Number);
  assert.ok(first > 1 && first < 15 && second > 1 && second < 15, text);
  await reader.untilText(
    ".summary",
    new RegExp(`SGD with momentum is wrong on ${first} % of the test`),
  );
  const again = await desk.open("#network?epochs=4&t=180");
  await again.untilReadOut(/^step 180 of 180/);
  await again.seesTheSameAs(reader);
  await again.leave();
  await reader.leave();
});

test("the wrong digits are drawn with label and answer, and the read-out tells their row", async () => {
  const reader = await desk.open("#network?epochs=4&t=180");
  await reader.untilReadOut(/^step 180/);
  const drawn = await reader.drawnTexts();
  const captions = drawn.filter((text) => /^\d → \d$/.test(text));
  assert.ok(captions.length > 3, `${captions}`);
  assert.ok(
    drawn.some((text) => /^SGD with momentum: \d+ of 359 (test digits )?wrong$/.test(text)),
  );
  assert.ok(drawn.includes("label ↓ taken by SGD with momentum for →"));
  const panel = reader.page.locator('[data-panel="wrong"] canvas');
  await panel.hover({ position: { x: 20, y: 45 } });
  await reader.untilText(
    '[data-panel="wrong"] .tip',
    /^a \d taken for a \d\nrow \d+ of the data set/,
  );
  const matrix = reader.page.locator('[data-panel="matrix"] canvas');
  await matrix.hover({ position: { x: 60, y: 60 } });
  await reader.untilText('[data-panel="matrix"] .tip', /^label \d, answer \d: \d+$/);
  await reader.leave();
});

test("spectrum and valley come when the training has ended, without training anew", async () => {
  const reader = await desk.open("#network?epochs=4&t=100&look=spectrum");
  await reader.untilReadOut(/^step 100/);
  await reader.seesPanels(["curves", "spectrum"]);
  assert.ok(
    (await reader.drawnTexts()).includes("Measured when the training has ended: press play."),
  );
  await reader.press("▶ Play");
  await reader.untilReadOut(/^step 180/);
  const spectrum = await reader.drawnTexts();
  for (const method of ["SGD with momentum", "Entropy-SGD"]) {
    assert.ok(
      spectrum.some((text) =>
        new RegExp(`^${method}: λmax [\\d.]+, trace [\\d.]+ ± [\\d.]+`).test(text),
      ),
      method,
    );
  }
  await reader.choose("look", "slice");
  await reader.untilAddress({ look: "slice" });
  await reader.seesPanels(["curves", "slice-1", "slice-2"]);
  await reader.until(
    async () =>
      (await reader.drawnTexts()).some((text) => /^Entropy-SGD: loss [\d.]+ here$/.test(text)),
    () => "no valley was drawn",
  );
  const valley = reader.page.locator('[data-panel="slice-1"] canvas');
  await valley.hover({ position: { x: 100, y: 100 } });
  await reader.untilText(
    '[data-panel="slice-1"] .tip',
    /^\([−\d.]+, [−\d.]+\): training loss [\d.e−]+$/,
  );
  await reader.leave();
});

test("the table fills in the background, is paused and given up", async () => {
  const reader = await desk.open("#network?look=seeds&seeds=2&epochs=4&t=0");
  await reader.untilReadOut(/^step 0 of 180 · 0 of 8 trainings done$/);
  await reader.press("▶ Play");
  await reader.untilReadOut(/^step [1-9]\d* of 180 · 0 of 8/);
  await reader.press("❚❚ Pause");
  const paused = await reader.step();
  assert.ok(paused < 180);
  await reader.press("▶ Play");
  await reader.untilReadOut(/^step 180 of 180 · 8 of 8 trainings done$/);
  await reader.untilText(
    ".summary",
    /Adam, 2 of 2 seeds done: test error [\d.]+ ± [\d.]+ %.*trace of H/,
  );
  await reader.press("↺ Reset");
  await reader.untilReadOut(/^step 0 of 180 · 0 of 8 trainings done$/);
  await reader.leave();
});

test("widths that cannot be are refused beside their entry; a step too long is a result", async () => {
  const reader = await desk.open("#network?epochs=4&t=45");
  await reader.type("hidden", "64, 500");
  await reader.untilText('[data-parameter="hidden"] .complaint', /from 1 to 128, not 500/);
  await reader.type("hidden", "12, 8");
  await reader.untilText(".note", /^974 weights/);
  await reader.type("alpha", "90");
  await reader.untilAddress({ alpha: "90" });
  await reader.leave();
});

test("the longest choice of what stands beside the curves fits a phone", async () => {
  const reader = await desk.open("#network?look=seeds&seeds=1&epochs=1&t=0", {
    width: 360,
    height: 740,
  });
  await reader.untilReadOut(/^step 0 of 45/);
  const width = await reader.page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 360, `${width} px wide`);
  await reader.leave();
});
