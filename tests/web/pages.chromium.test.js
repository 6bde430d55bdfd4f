// The pages beside the scenes, read in the laboratory, in the single file and as files of their own.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { renderPages } from "../../web/build/pages-plugin.js";
import { watchPage } from "./browser.js";
import { singleFile, startDesk } from "./page-driver.js";

/** @typedef {import("playwright-core").Page} Page */

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
/** @type {Awaited<ReturnType<typeof renderPages>>} */
let rendered;
before(async () => {
  desk = await startDesk();
  rendered = await renderPages({ laboratory: "", page: () => "" });
});
after(() => desk.close());

/** @param {string} address @param {{ width: number, height: number }} [viewport] */
async function read(address, viewport) {
  const page = await desk.context.newPage();
  const watch = await watchPage(page);
  await page.setViewportSize(viewport ?? { width: 1280, height: 800 });
  await page.goto(address);
  await page.locator(".page h1").waitFor();
  return { page, watch };
}

/** @param {Page} page @param {string} title */
const headed = (page, title) => page.locator(".page h1", { hasText: title }).waitFor();

test("from the contents to the lecture, to a scene in a state, and back", async () => {
  const reader = await desk.open("#step-size");
  const { page } = reader;
  await page.getByRole("link", { name: "The lecture, item by item" }).click();
  await headed(page, "The lecture, item by item");
  assert.equal(await page.title(), "The lecture, item by item · Wide Valley");
  assert.ok(await page.getByRole("button", { name: "Present" }).isHidden());
  await page.getByRole("link", { name: "One exponent too few" }).first().click();
  await page.locator(".page").waitFor({ state: "detached" });
  await reader.untilAddress({ alpha: 0.5, exponent: "notes", t: 6 });
  await reader.untilPainted();
  assert.deepEqual(await reader.complaints(), []);
  await page.goBack();
  await headed(page, "The lecture, item by item");
  await page.getByRole("link", { name: "Erratum 7" }).click();
  await headed(page, "Errata");
  const part = page.locator("#errata-7");
  await part.waitFor();
  assert.ok(
    await part.evaluate((node) => Math.abs(node.getBoundingClientRect().top) < 40),
    "the erratum is at the top of the window",
  );
  assert.equal(await page.evaluate(() => document.activeElement?.id), "errata-7");
  await reader.leave();
});

test("a page's own address opens it, and the copied link is that address", async () => {
  const { page, watch } = await read(`${desk.url}#errata`);
  await page.getByRole("button", { name: "Copy link" }).click();
  assert.equal(await page.getByRole("dialog").locator("textarea").inputValue(), page.url());
  assert.deepEqual(watch, { problems: [], foreignRequests: [] });
  await page.close();
});

test("the single file has every page inside", async () => {
  for (const { id, title } of rendered) {
    const { page, watch } = await read(`${singleFile}#${id}`);
    await headed(page, title);
    assert.ok((await page.locator(".page a").count()) > 0);
    assert.deepEqual(watch, { problems: [], foreignRequests: [] });
    await page.close();
  }
});

test("every page is a file too, under the strict policy, and leads into the laboratory", async () => {
  for (const { id, title } of rendered) {
    const { page, watch } = await read(`${desk.url}${id}.html`);
    await headed(page, title);
    await page.locator('.page a[href^="index.html#"]').first().click();
    await page
      .locator(".read-out")
      .filter({ hasText: /step|epoch/ })
      .waitFor();
    assert.match(page.url(), /index\.html#[\w-]+\?/);
    assert.deepEqual(watch, { problems: [], foreignRequests: [] });
    await page.close();
  }
});

test("axe finds nothing in any page, light and dark", async (context) => {
  // No policy here: axe is injected as a script.
  const open = await startDesk({}, {});
  context.after(() => open.close());
  // As a file a page differs in its head alone: one of them stands for all.
  for (const address of [...rendered.map(({ id }) => `#${id}`), `${rendered[0].id}.html`]) {
    const page = await open.context.newPage();
    await page.goto(open.url + address);
    await page.locator(".page h1").waitFor();
    await page.evaluate(axe);
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      await page.emulateMedia({ colorScheme });
      // The theme changes nothing but colours.
      const rules = colorScheme === "light" ? {} : { runOnly: ["color-contrast"] };
      const violations = await page.evaluate(async (options) => {
        const found = await /** @type {any} */ (globalThis).axe.run(document, options);
        return found.violations.map((/** @type {any} */ { id: rule, nodes }) =>
          [rule, ...nodes.map((/** @type {any} */ node) => node.html)].join(" "),
        );
      }, rules);
      assert.deepEqual(violations, [], `${address}, ${colorScheme}`);
    }
    await page.close();
  }
});

test("on a phone nothing is wider than the window", async () => {
  for (const { id } of rendered) {
    for (const address of [`#${id}`, `${id}.html`]) {
      const { page } = await read(desk.url + address, { width: 360, height: 740 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 360, `${address} is ${wide} px wide`);
      await page.close();
    }
  }
});
