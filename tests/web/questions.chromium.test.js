// Questions to predict, answered by keys: the run decides.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { misplaced } from "./misplaced.js";
import { Reader, singleFile, startDesk } from "./page-driver.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

test("a prediction is picked with the keyboard, the run is made and its numbers judge", async () => {
  const reader = await desk.open("#confusion");
  const { page } = reader;
  const question = page.getByRole("region", { name: "Predict first: Section 1" });
  const options = question.getByRole("button");
  await options.first().waitFor();
  assert.equal(await question.locator(".answer").textContent(), "", "nothing is told before");
  await options.first().focus();
  await page.keyboard.press("Enter");
  await reader.untilText(
    ".answer",
    /^The run says: “Far out every step .*” .* 0 of \d+ steps .* average only\.$/,
  );
  await reader.untilAddress({ x0: 5, t: 200 });
  assert.equal(await options.first().getAttribute("aria-pressed"), "true");
  assert.deepEqual(await question.locator("[data-holds]").allTextContents(), [
    await options.nth(1).textContent(),
  ]);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await reader.untilText(".answer", /^So it is\. Of the run drawn/);
  assert.equal(await options.first().getAttribute("aria-pressed"), "false");
  assert.equal(await reader.play.textContent(), "▶ Play", "Space is the button's");
  await reader.leave();
});

test("a question is answered where the link offers few controls", async () => {
  const reader = await desk.open("#confusion?controls=alpha");
  const question = reader.page.getByRole("region", { name: "Predict first: Section 1" });
  await question.getByRole("button").first().click();
  await reader.untilText(".answer", /^The run says: “Far out every step/);
  await reader.untilAddress({ x0: 5, t: 200, controls: "alpha" });
  await reader.leave();
});

test("a question waits for its own run, whatever was under way", async () => {
  const reader = await desk.open("#batch-size");
  const { page } = reader;
  const question = page.getByRole("region", { name: "Predict first: Remark 10" });
  await question.getByRole("button").first().waitFor();
  await page.evaluate(() => {
    const click = (/** @type {string} */ selector) =>
      /** @type {HTMLElement} */ (document.querySelector(selector)).click();
    click(".try:nth-child(6)");
    click('[aria-label$="Remark 10"] .option:nth-child(2)');
  });
  await reader.untilText(".answer", /^So it is\. 2\/L = 0\.95\d?\. b = 64 with α = 1\.28 was lost/);
  await reader.untilAddress({ scale: "linear", t: 60, a: null });
  await reader.leave();
});

test("a question's run takes nothing over from a change before it", async () => {
  const reader = await desk.open("#constant-step");
  const { page } = reader;
  await page.locator(".option").first().waitFor();
  await page.evaluate(() => {
    const select = /** @type {HTMLSelectElement} */ (
      document.querySelector('[data-parameter="objective"] select')
    );
    select.value = "logistic";
    select.dispatchEvent(new Event("change"));
    /** @type {HTMLElement} */ (document.querySelectorAll(".option")[1]).click();
  });
  await reader.untilText(".answer", /^So it is\./);
  await reader.untilAddress({ objective: null });
  await reader.leave();
});

test("a question whose run gives way to another state waits no longer", async () => {
  const reader = await desk.open("#confusion");
  const { page } = reader;
  const option = page.locator('[aria-label$="Section 1"] .option').first();
  await option.waitFor();
  const asked = await page.evaluate(() => {
    const click = (/** @type {string} */ selector) =>
      /** @type {HTMLElement} */ (document.querySelector(selector)).click();
    click('[aria-label$="Section 1"] .option');
    const text = document.querySelector(".answer")?.textContent;
    click(".try");
    return text;
  });
  assert.equal(asked, "It runs …");
  await reader.untilText(".answer", /^$/);
  assert.equal(await option.getAttribute("aria-pressed"), "false");
  await reader.untilAddress({ alpha: 0.5, x0: 3 });
  await option.click();
  await reader.untilText(".answer", /^The run says/);
  await reader.leave();
});

test("every question of the lecture can be answered in the single file", async () => {
  for (const [scene, source] of [
    ["annealing", "Remark 16"],
    ["perceptron", "Question 18"],
    ["perceptron-learning", "Question 17"],
  ]) {
    const reader = await Reader.open(desk.context, `${singleFile}#${scene}`);
    const question = reader.page.getByRole("region", { name: `Predict first: ${source}` });
    await question.getByRole("button").nth(1).click();
    await reader.untilText(".answer", /^So it is\. .*\d/);
    await reader.leave();
  }
});

test("in a frame of a course page there are none", async () => {
  const reader = await desk.open("?view=figure#confusion");
  await reader.untilAddress({ v: 1 });
  assert.equal(await reader.page.locator(".question").count(), 0);
  await reader.leave();
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  for (const [width, height] of [
    [1280, 800],
    [360, 740],
  ]) {
    test(`an answered question is in its place and axe finds nothing, ${width} px, ${colorScheme}`, async (context) => {
      const open = await startDesk({ colorScheme }, {});
      context.after(() => open.close());
      const reader = await open.open("#perceptron", { width, height });
      const { page } = reader;
      await page.locator(".option").first().click();
      await reader.untilText(".answer", /\d/);
      assert.deepEqual(await misplaced(page), []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${wide} px wide`);
      await page.evaluate(axe);
      const violations = await page.evaluate(async () => {
        const found = await /** @type {any} */ (globalThis).axe.run(document);
        return found.violations.map((/** @type {any} */ { id, nodes }) =>
          [id, ...nodes.map((/** @type {any} */ node) => node.html)].join(" "),
        );
      });
      assert.deepEqual(violations, []);
      await reader.leave();
    });
  }
}
