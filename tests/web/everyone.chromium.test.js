// Every scene for everyone: without faults that axe knows, in words, by keys alone, with targets for a
// finger, on a phone, at twice the size, and without motion that nobody asked for.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { misplaced, smallTargets } from "./misplaced.js";
import { startDesk } from "./page-driver.js";
import { sceneIds } from "./scene-ids.js";

/** @typedef {import("./page-driver.js").Reader} Reader */

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const laptop = { width: 1280, height: 800 };
const phone = { width: 360, height: 740 };
/** A laptop at 200 %: half as many pixels of the page's own. */
const enlarged = { width: 640, height: 400 };

/** As many as an epoch has, and more. */
const mostSteps = 60;

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk({ reducedMotion: "reduce" });
});
after(() => desk.close());

// Two pages at a time: a page that waits for its core leaves the machine to the other.
test("every scene is for everyone", { concurrency: 2 }, async (context) => {
  const scenes = await sceneIds();
  await Promise.all(
    scenes.map((scene) =>
      context.test(scene, async () => {
        const reader = await desk.open(`#${scene}`, laptop);
        await restsByItself(reader);
        await isToldInWords(reader);
        await isWalkedByKeys(reader);
        await satisfiesAxe(reader);
        await fits(reader, phone);
        await fits(reader, enlarged);
        await reader.leave();
      }),
    ),
  );
});

/** With reduced motion nothing plays or fades. @param {Reader} reader */
async function restsByItself(reader) {
  const { page } = reader;
  const step = await scrubbed(reader);
  for (let frame = 0; frame < 5; ++frame) {
    await reader.frames();
  }
  assert.equal(await scrubbed(reader), step, "it plays by itself");
  const moving = await page.evaluate(
    () =>
      document.getAnimations().length +
      [...document.querySelectorAll("*")].filter((node) => {
        const { animationName, transitionDuration } = getComputedStyle(node);
        return animationName !== "none" || Number.parseFloat(transitionDuration) > 0;
      }).length,
  );
  assert.equal(moving, 0, "something fades or moves");
}

/** @param {Reader} reader */
async function isToldInWords(reader) {
  const { page } = reader;
  await reader.until(
    async () => /\S\.\s*$/.test(await summaryOf(reader)),
    async () => `the summary reads “${await summaryOf(reader)}”`,
  );
  assert.equal(await page.locator(".summary").getAttribute("aria-live"), "polite");
  const names = await page
    .locator(".figure canvas")
    .evaluateAll((canvases) => canvases.map((canvas) => canvas.getAttribute("aria-label") ?? ""));
  assert.ok(names.length > 0 && names.every((name) => name.length > 10), names.join("|"));
}

/** What a key changes is told as well. @param {Reader} reader */
async function isWalkedByKeys(reader) {
  const { keyboard } = reader.page;
  await keyboard.press("r");
  await reader.until(
    async () => (await scrubbed(reader)) === 0,
    async () => `after R it shows step ${await scrubbed(reader)}`,
  );
  await settled(reader);
  const before = await summaryOf(reader);
  const readOut = await reader.readOut.textContent();
  // Some scenes count in epochs: a step more is not news in each.
  for (let step = 1; (await reader.readOut.textContent()) === readOut; ++step) {
    assert.ok(step <= mostSteps, `the read-out is the same after ${step} steps`);
    await keyboard.press("ArrowRight");
    await reader.until(
      async () => (await scrubbed(reader)) === step,
      async () => `after → it shows step ${await scrubbed(reader)}, not ${step}`,
    );
  }
  await reader.until(
    async () => (await summaryOf(reader)) !== before,
    () => `the summary still reads “${before}”`,
  );
  await keyboard.press("Space");
  await reader.untilText(".play", /Pause/);
  await keyboard.press("Space");
  await reader.untilText(".play", /Play/);
}

/** @param {Reader} reader */
async function satisfiesAxe(reader) {
  const { page } = reader;
  await page.evaluate(axe);
  await openTable(reader);
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
    assert.deepEqual(await faults(page), [], colorScheme);
  }
  await closeTable(reader);
}

/**
 * Nothing is cut off or covered, every target is large enough, and one scrolls in one direction only.
 * @param {Reader} reader
 * @param {{ width: number, height: number }} size
 */
async function fits(reader, size) {
  const { page } = reader;
  await page.setViewportSize(size);
  await openTable(reader);
  await reader.frames();
  const name = `${size.width} px wide`;
  assert.deepEqual(await misplaced(page), [], name);
  assert.deepEqual(await smallTargets(page), [], name);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), size.width, name);
  await closeTable(reader);
}

/** @param {Reader} reader */
async function openTable({ page }) {
  await page.locator(".data-table > summary").click();
  await page.locator(".data-table table").waitFor();
}

/** @param {Reader} reader */
async function closeTable({ page }) {
  await page.locator(".data-table > summary").click();
  await page.locator(".data-table table").waitFor({ state: "detached" });
}

/** @param {Reader} reader @returns {Promise<number>} the step shown */
async function scrubbed({ page }) {
  return Number(await page.locator(".scrub").inputValue());
}

/** @param {Reader} reader */
async function summaryOf({ page }) {
  return (await page.locator(".summary").textContent()) ?? "";
}

/** Waits until the summary is that of the picture at rest: nothing of it changes any more.
 * @param {Reader} reader */
async function settled(reader) {
  let last = "";
  let same = 0;
  await reader.until(
    async () => {
      const now = await summaryOf(reader);
      same = now === last ? same + 1 : 0;
      last = now;
      return same > 25; // half a second and more: longer than a change waits to be told
    },
    () => "the summary changes all the time",
  );
}

/** @param {import("playwright-core").Page} page @returns {Promise<string[]>} */
function faults(page) {
  return page.evaluate(async () => {
    const { violations } = await /** @type {any} */ (globalThis).axe.run(document, {
      resultTypes: ["violations"],
      rules: { "target-size": { enabled: true } }, // WCAG 2.2, which axe leaves out at first
    });
    return violations.map((/** @type {any} */ { id, nodes }) => {
      const places = nodes.map((/** @type {any} */ node) => `${node.target}`);
      return `${id}: ${places.join("; ")}`;
    });
  });
}
