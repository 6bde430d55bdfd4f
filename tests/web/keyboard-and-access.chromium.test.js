// The page without a mouse, without colour, without motion, and through a screen reader.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { differingPixels, startDesk } from "./page-driver.js";

/** @typedef {import("./page-driver.js").Reader} Reader */

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  // No policy here: axe is injected as a script.
  desk = await startDesk({}, {});
});
after(() => desk.close());

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  for (const width of [1280, 360]) {
    test(`axe finds nothing, ${colorScheme}, ${width} px`, async () => {
      const reader = await desk.open("", { width, height: 800 });
      const { page } = reader;
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
      await page.evaluate(axe);
      assert.deepEqual(await faults(reader), [], "at first");
      await page.locator("summary", { hasText: "Export" }).click();
      assert.deepEqual(await faults(reader), [], "with the menu open");
      await page.keyboard.press("Escape");
      await page.locator('[data-parameter="race"] summary').click();
      await reader.choose("objective", "logistic");
      await reader.untilAddress({ objective: "logistic" });
      await reader.type("features", "nonsense");
      await reader.untilText(".complaint", /nonsense/);
      await reader.type("alpha", "-1");
      await reader.untilText(".marked-slider .complaint", /alpha/);
      assert.deepEqual(await faults(reader), [], "with complaints");
      await reader.press("Copy link");
      await page.getByRole("dialog").waitFor();
      assert.deepEqual(await faults(reader), [], "with the copied link");
      await page.keyboard.press("Escape");
      await reader.leave();
    });
  }
}

test("axe finds nothing in the frame for a course page", async () => {
  const reader = await desk.open("?view=figure", { width: 640, height: 480 });
  await reader.page.evaluate(axe);
  assert.deepEqual(await faults(reader), []);
  await reader.leave();
});

test("Tab reaches all there is to use, in the order of the page, and shows where it is", async () => {
  const reader = await desk.open();
  const { page } = reader;
  /** @type {string[]} */
  const reached = [];
  for (let i = 0; i < 120; ++i) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const node = document.activeElement;
      if (!node || node === document.body) {
        return null;
      }
      const style = getComputedStyle(node);
      const label =
        node.getAttribute("aria-label") ?? /** @type {any} */ (node).labels?.[0]?.textContent;
      const name = node.matches(".play") ? "play" : label || node.textContent || "";
      return { name, outline: `${style.outlineStyle} ${style.outlineWidth}` };
    });
    if (!focused) {
      break;
    }
    assert.equal(focused.outline, "solid 2px", `${focused.name} has no visible focus`);
    reached.push(focused.name);
  }
  const order = [
    "Copy link",
    "Export",
    "Theme",
    "Step size",
    "contours of f",
    "step size α",
    "step size α, slider",
    "1/L",
    "2/L",
    "play",
    "step shown",
    "speed",
    "objective",
    "condition κ",
    "condition κ, slider",
    "method",
    "raced against",
    "start x₀",
    "start y₀",
    "1 · Find the edge",
  ];
  const places = order.map((name) => reached.findIndex((text) => text.startsWith(name)));
  assert.ok(!places.includes(-1), `missing: ${order.filter((_, i) => places[i] < 0)}; ${reached}`);
  assert.equal(new Set(reached).size, reached.length, "nothing is reached twice");
  const groups = ["Copy link", "contours of f", "play", "objective", "1 · Find the edge"];
  const firsts = groups.map((name) => reached.findIndex((text) => text.startsWith(name)));
  assert.deepEqual(
    firsts,
    firsts.toSorted((a, b) => a - b),
  );
  await reader.leave();
});

test("Space plays and pauses, the arrows step, R resets", async () => {
  const reader = await desk.open("#step-size?t=5");
  const { keyboard } = reader.page;
  await keyboard.press("ArrowRight");
  await reader.untilReadOut(/^step 6 /);
  await keyboard.press("ArrowLeft");
  await keyboard.press("ArrowLeft");
  await reader.untilReadOut(/^step 4 /);
  await keyboard.press("Space");
  await reader.untilText(".play", /Pause/);
  await reader.untilReadOut(/^step ([7-9]|1\d) /);
  await keyboard.press("Space");
  await reader.untilText(".play", /Play/);
  await keyboard.press("Space");
  await reader.untilText(".play", /Pause/);
  await keyboard.press("r");
  await reader.untilText(".play", /Play/); // R is the button's key: it holds as well
  await reader.untilReadOut(/^step 0 /);
  assert.equal(await reader.page.evaluate(() => window.scrollY), 0, "Space must not scroll");
  await reader.leave();
});

test("the arrows and R still step after a click on a button", async () => {
  const reader = await desk.open("#step-size?t=5");
  await reader.press("Step ▶");
  await reader.untilReadOut(/^step 6 /);
  await reader.page.keyboard.press("ArrowRight");
  await reader.untilReadOut(/^step 7 /);
  await reader.page.keyboard.press("R");
  await reader.untilReadOut(/^step 0 /);
  await reader.leave();
});

test("the keys of the clock stay out of entries and menus", async () => {
  const reader = await desk.open("#step-size?objective=least-squares&t=5");
  await reader.entry("features").focus();
  await reader.page.keyboard.type("r bmi");
  await reader.page.keyboard.press("ArrowLeft");
  await reader.frames();
  assert.equal(await reader.step(), 5);
  assert.equal(await reader.entry("features").inputValue(), "r bmi");
  const race = reader.page.locator('[data-parameter="race"]');
  await race.locator("summary").focus();
  await reader.page.keyboard.press("Enter");
  const box = race.getByRole("checkbox", { name: "Adam", exact: true });
  await box.focus();
  await reader.page.keyboard.press("Space");
  await reader.untilAddress({ race: "heavy-ball,adam" });
  assert.equal(await reader.play.textContent(), "▶ Play");
  await reader.page.keyboard.press("Escape");
  assert.ok(await box.isHidden(), "Escape closes the menu");
  await reader.leave();
});

test("an entry that is refused takes no other with it, made in the same moment", async () => {
  const reader = await desk.open("#step-size?objective=least-squares&t=5");
  await reader.page.evaluate(() => {
    const control = (/** @type {string} */ id, /** @type {string} */ input) =>
      /** @type {HTMLInputElement} */ (
        document.querySelector(`[data-parameter=${id}] input${input}`)
      );
    control("features", "").value = "r bmi";
    control("features", "").dispatchEvent(new Event("change"));
    control("race", "[value=adam]").click();
  });
  await reader.untilAddress({ race: "heavy-ball,adam", features: null });
  await reader.untilText('[data-parameter="features"] .complaint', /r bmi/);
  await reader.leave();
});

test("a focused landscape plays with Space and moves the start with the arrows", async () => {
  const reader = await desk.open("#step-size?t=0");
  await reader.landscape.focus();
  await reader.page.keyboard.press("Shift+ArrowRight");
  await reader.untilAddress({ x0: (text) => Number(text) > -2, t: 0 });
  await reader.page.keyboard.press("Space");
  await reader.untilReadOut(/^step [1-9]/);
  await reader.page.keyboard.press("Space");
  await reader.untilText(".play", /Play/);
  await reader.leave();
});

test("the theme is a button's, is remembered, and repaints the figure", async () => {
  const reader = await desk.open();
  const { page } = reader;
  await page.emulateMedia({ colorScheme: "light" });
  await page.locator('html[data-theme="light"]').waitFor();
  const theme = () => page.locator("html").getAttribute("data-theme");
  const light = await reader.pictures();
  await reader.press("Theme");
  assert.equal(await theme(), "dark");
  const dark = await reader.pictures();
  assert.ok(differingPixels(light.landscape, dark.landscape) > 10_000);
  assert.ok(differingPixels(light.gap, dark.gap) > 500);
  await page.reload();
  await reader.untilPainted();
  assert.equal(await theme(), "dark");
  await reader.press("Theme");
  assert.equal(await theme(), "light");
  const again = await reader.pictures();
  assert.equal(differingPixels(light.landscape, again.landscape), 0);
  await page.evaluate(() => window.localStorage.clear());
  await reader.leave();
});

test("nothing moves by itself, and with reduced motion nothing fades either", async () => {
  const reader = await desk.open();
  const { page } = reader;
  await page.emulateMedia({ reducedMotion: "reduce" });
  const before = await page.screenshot();
  const step = await reader.step();
  await page.waitForTimeout(400);
  assert.equal(await reader.step(), step);
  assert.ok(before.equals(await page.screenshot()), "the page changed without a reason");
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll("*")]
      .filter((node) => {
        const { animationName, transitionDuration } = getComputedStyle(node);
        return animationName !== "none" || Number.parseFloat(transitionDuration) > 0;
      })
      .map((node) => node.tagName),
  );
  assert.deepEqual(moving, []);
  await reader.leave();
});

test("the state of the figure is there in words", async () => {
  const reader = await desk.open();
  assert.match(
    (await reader.landscape.getAttribute("aria-label")) ?? "",
    /contours of f.*arrow keys move it/,
  );
  await reader.untilText(".summary", /^quadratic, step size 0\.170: gradient descent is .* above/);
  assert.equal(await reader.page.locator(".summary").getAttribute("aria-live"), "polite");
  await reader.type("alpha", "0.3");
  await reader.untilText(".summary", /gradient descent diverged at step \d+/i);
  await reader.leave();
});

/** @param {Reader} reader */
function faults(reader) {
  return reader.page.evaluate(async () => {
    const { violations } = await /** @type {any} */ (globalThis).axe.run(document);
    return violations.map((/** @type {any} */ { id, nodes }) => {
      const places = nodes.map(
        (/** @type {any} */ node) => `${node.target} ${node.failureSummary}`,
      );
      return `${id}: ${places.join("; ")}`;
    });
  });
}
