// The page in every size and both themes: nothing cut off, nothing over anything else.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { misplaced, smallTargets } from "./misplaced.js";
import { boxOf, colours, near, startDesk } from "./page-driver.js";

/** @typedef {import("./page-driver.js").Reader} Reader */

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk({ hasTouch: true });
});
after(() => desk.close());

const sizes = /** @type {const} */ ([
  ["a laptop", 1280, 800, ""],
  ["a phone", 360, 740, ""],
  ["a tablet", 820, 1180, ""],
  ["a frame in a course page", 640, 480, "?view=figure"],
  ["a projector", 1920, 1080, ""],
]);
/** States with more or longer controls than the first one. */
const states = [
  "#step-size",
  "#step-size?alpha=0.3&race=heavy-ball%2Cnesterov%2Cadagrad%2Crmsprop%2Cadam%2Cbacktracking",
  "#step-size?objective=logistic&dataset=breast-cancer&alpha=1",
];

for (const [name, width, height, search] of sizes) {
  test(`on ${name}, ${width}×${height}, everything has its place, light and dark`, async () => {
    const reader = await desk.open(`${search}${states[0]}`, { width, height });
    for (const state of states) {
      await reader.goToHash(state);
      await reader.untilAddress({
        v: 1,
        objective: new URLSearchParams(state.split("?")[1]).get("objective"),
      });
      assert.deepEqual(await misplaced(reader.page), [], state);
    }
    for (const colorScheme of /** @type {const} */ (["dark", "light"])) {
      await reader.page.emulateMedia({ colorScheme });
      await reader.page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
      assert.deepEqual(await misplaced(reader.page), [], colorScheme);
      for (const picture of Object.values(await reader.pictures())) {
        assert.ok(colours(picture) > 30, colorScheme);
      }
    }
    await reader.leave();
  });
}

/**
 * @param {import("pngjs").PNG} fine of twice the resolution
 * @param {import("pngjs").PNG} plain
 * @returns {number} how far the mean of four pixels is from the one in their place, from 0 to 255
 */
function meanDifference(fine, plain) {
  // A length between two pixels is rounded on either screen.
  assert.ok(Math.abs(fine.width - 2 * plain.width) <= 1, `${fine.width} of ${plain.width}`);
  assert.ok(Math.abs(fine.height - 2 * plain.height) <= 1, `${fine.height} of ${plain.height}`);
  let sum = 0;
  const at = (/** @type {number} */ x, /** @type {number} */ y) => 4 * (y * fine.width + x);
  for (let y = 0; y + 1 < plain.height; ++y) {
    for (let x = 0; x + 1 < plain.width; ++x) {
      for (let colour = 0; colour < 4; ++colour) {
        const four = [at(2 * x, 2 * y), at(2 * x + 1, 2 * y), at(2 * x, 2 * y + 1)];
        const values = [...four, at(2 * x + 1, 2 * y + 1)].map(
          (place) => fine.data[place + colour],
        );
        const mean = values.reduce((total, value) => total + value, 0) / values.length;
        sum += Math.abs(mean - plain.data[4 * (y * plain.width + x) + colour]);
      }
    }
  }
  return sum / plain.data.length;
}

test("on a dense screen, also one that is emulated, pictures are the same and finer", async () => {
  const dense = await startDesk({ deviceScaleFactor: 2 });
  try {
    const reader = await desk.open("#landscape?t=60");
    const second = await dense.open("#landscape?t=60");
    const [plain, fine] = [await reader.pictures(), await second.pictures()];
    for (const [panel, picture] of Object.entries(plain)) {
      const difference = meanDifference(fine[panel], picture);
      assert.ok(difference < 4, `${panel} differs by ${difference} of 255`);
    }
    await reader.leave();
    await second.leave();
  } finally {
    await dense.close();
  }
});

test("on a laptop the figure, the step size and the buttons are in view together", async () => {
  const reader = await desk.open("", { width: 1280, height: 800 });
  for (const part of [".figure", ".marked-slider", ".transport"]) {
    const box = await boxOf(reader.page.locator(part));
    assert.ok(box.y >= 0 && box.y + box.height <= 800, `${part}: ${box.y} + ${box.height}`);
  }
  const figure = await boxOf(reader.page.locator(".figure"));
  assert.ok(figure.height >= 300, `the figure is ${figure.height} px tall`);
  await reader.leave();
});

test("in a frame the figure takes the room and nothing needs scrolling", async () => {
  const reader = await desk.open("?view=figure", { width: 640, height: 480 });
  await reader.frames();
  for (const part of [".figure", ".marked-slider", ".transport"]) {
    const box = await boxOf(reader.page.locator(part));
    assert.ok(box.y >= 0 && box.y + box.height <= 480, `${part}: ${box.y} + ${box.height}`);
  }
  const scrolls = () => document.documentElement.scrollHeight > window.innerHeight;
  assert.equal(await reader.page.evaluate(scrolls), false);
  await reader.leave();
});

test("the labels of the marks keep apart on a phone, whatever the condition", async () => {
  const reader = await desk.open("", { width: 360, height: 740 });
  for (const condition of [1, 2, 10, 1000]) {
    await reader.type("condition", String(condition));
    await reader.untilAddress({ condition: condition === 10 ? null : condition });
    const marks = await reader.page.locator(".mark").all();
    const boxes = await Promise.all(marks.map((mark) => boxOf(mark)));
    for (const [i, box] of boxes.entries()) {
      assert.ok(box.x >= 0 && box.x + box.width <= 360, `κ = ${condition}, mark ${i} in view`);
      const next = boxes[i + 1];
      assert.ok(!next || box.x + box.width <= next.x, `κ = ${condition}, marks ${i}, ${i + 1}`);
    }
  }
  await reader.leave();
});

test("a finger drags the start and sets the step size, and every target is big enough", async () => {
  const reader = await desk.open("", { width: 360, height: 740 });
  const { page } = reader;
  await page.locator(".mark").first().tap();
  await reader.untilAddress({ alpha: 0.1 });
  await reader.landscape.scrollIntoViewIfNeeded();
  const scrolled = await page.evaluate(() => window.scrollY);
  const from = await reader.placeOn(reader.landscape, 0.3, 0.3);
  const to = await reader.placeOn(reader.landscape, 0.5, 0.6);
  const session = await desk.context.newCDPSession(page);
  /** @param {string} type @param {import("./page-driver.js").Point[]} touchPoints */
  const touch = (type, touchPoints) =>
    session.send("Input.dispatchTouchEvent", { type: /** @type {any} */ (type), touchPoints });
  await touch("touchStart", [from]);
  for (const share of [0.25, 0.5, 0.75, 1]) {
    const x = from.x + share * (to.x - from.x);
    await touch("touchMove", [{ x, y: from.y + share * (to.y - from.y) }]);
  }
  await touch("touchEnd", []);
  await reader.untilAddress({ x0: near(0, 0.05), y0: (text) => Number(text) < 0 });
  assert.equal(await page.evaluate(() => window.scrollY), scrolled, "the page must not scroll");

  await page.locator("summary", { hasText: "Export" }).click();
  assert.deepEqual(await smallTargets(page), []);
  await page.locator('[data-parameter="race"] summary').click();
  assert.deepEqual(await smallTargets(page), []);
  await reader.leave();
});
