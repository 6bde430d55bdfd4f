// Every scene about ensembles in every size: nothing cut off, nothing over anything else.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { misplaced } from "./misplaced.js";
import { boxOf, startDesk } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

const scenes = [
  "confusion",
  "sampling",
  "batch-size",
  "gradient-noise",
  "constant-step",
  "decaying-step",
  "work",
  "markov",
  "gibbs",
  "annealing",
  "landscape",
  "connectivity",
  "perceptron",
  "perceptron-learning",
  "local-entropy",
  "entropy-sgd",
  "network",
];
const sizes = [
  { width: 1280, height: 800 },
  { width: 820, height: 1180 },
  { width: 360, height: 740 },
];

test("every scene has its place on a laptop, a tablet and a phone", async () => {
  const reader = await desk.open(`#${scenes[0]}`);
  for (const scene of scenes) {
    await reader.goToHash(`#${scene}`);
    await reader.page.locator(`.contents [href="#${scene}"][aria-current]`).waitFor({
      state: "attached",
    });
    await reader.untilPainted();
    for (const size of sizes) {
      await reader.page.setViewportSize(size);
      await reader.frames();
      assert.deepEqual(await misplaced(reader.page), [], `${scene}, ${size.width} px wide`);
    }
  }
  await reader.leave();
});

test("six steps to try stand in whole rows", async () => {
  const reader = await desk.open("#sampling");
  for (const size of sizes) {
    await reader.page.setViewportSize(size);
    const tops = await reader.page
      .locator(".try")
      .evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().top));
    const rows = [...new Set(tops)].map((top) => tops.filter((other) => other === top).length);
    assert.equal(new Set(rows).size, 1, `${size.width} px: ${rows} in a row`);
  }
  await reader.leave();
});

test("of more marks than fit on a phone, those that are named keep apart", async () => {
  const reader = await desk.open("#work", { width: 360, height: 740 });
  const marks = await reader.page.locator(".mark:not([data-bare])").all();
  const boxes = await Promise.all(marks.map((mark) => boxOf(mark)));
  assert.ok(boxes.length >= 2 && boxes.length < 5, `${boxes.length} marks are named`);
  for (const [i, box] of boxes.entries()) {
    assert.ok(box.x >= 0 && box.x + box.width <= 360, `mark ${i} in view`);
    assert.ok(i === 0 || boxes[i - 1].x + boxes[i - 1].width <= box.x, `marks ${i - 1}, ${i}`);
  }
  await reader.leave();
});

test("a frame in a course page shows a warning, and nothing needs scrolling", async () => {
  const reader = await desk.open("?view=figure#constant-step?alpha=0.2", {
    width: 640,
    height: 480,
  });
  const warning = reader.page.locator(".note .warning");
  assert.match(
    (await warning.textContent()) ?? "",
    /^Theorem 7 does not apply: α = 0\.200 is above/,
  );
  assert.ok((await boxOf(warning)).height > 10);
  const scrolls = () => document.documentElement.scrollHeight > window.innerHeight;
  assert.equal(await reader.page.evaluate(scrolls), false);
  await reader.leave();
});
