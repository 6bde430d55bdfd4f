// The whole page without a pointer: Tab reaches all there is, and all there is can be used.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDesk } from "./page-driver.js";

/** @typedef {import("./page-driver.js").Reader} Reader */

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

/** In the page: what there is to use, numbered, in the order of the page. @returns {number} */
function numberUsable() {
  const selector = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const usable = [...document.querySelectorAll(selector)].filter(
    (node) => node.checkVisibility() && !node.matches(":disabled"),
  );
  for (const [i, node] of usable.entries()) {
    node.setAttribute("data-usable-number", String(i));
  }
  return usable.length;
}

/** In the page: the number of what has the focus, and whether it shows. */
function focused() {
  const node = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(node ?? document.body);
  const { width, height } = (node ?? document.body).getBoundingClientRect();
  return {
    number: Number(node?.getAttribute("data-usable-number") ?? -1),
    name: (node?.getAttribute("aria-label") ?? node?.textContent ?? "").trim().slice(0, 60),
    shows: outlineStyle === "solid" && Number.parseFloat(outlineWidth) >= 2,
    isInPage: node !== document.body && width > 0 && height > 0,
  };
}

/** @param {Reader} reader */
async function walkAll({ page }) {
  const count = await page.evaluate(numberUsable);
  /** @type {number[]} */
  const reached = [];
  for (let i = 0; i < count + 5; ++i) {
    await page.keyboard.press("Tab");
    const { number, name, shows, isInPage } = await page.evaluate(focused);
    if (!isInPage) {
      break;
    }
    assert.ok(shows, `the focus on “${name}” does not show`);
    reached.push(number);
  }
  return { count, reached };
}

for (const [address, ready] of [
  ["#confusion", ".option"],
  ["#gibbs", ".read-out"],
  ["#perceptron-learning", ".option"],
  ["#errata", ".page h1"],
]) {
  test(`Tab reaches everything in ${address}, each once, in its order, visibly`, async () => {
    const page = await desk.context.newPage();
    await page.goto(desk.url + address);
    await page.locator(ready).first().waitFor();
    await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
    await page.locator(".brand").focus();
    const { count, reached } = await walkAll(/** @type {any} */ ({ page }));
    const missed = [...Array(count).keys()].filter((i) => i > 0 && !reached.includes(i));
    const names = await page.evaluate(
      (numbers) =>
        numbers.map(
          (i) =>
            document.querySelector(`[data-usable-number="${i}"]`)?.outerHTML.slice(0, 90) ?? "",
        ),
      missed,
    );
    assert.deepEqual(names, [], "never reached");
    assert.deepEqual(
      reached,
      reached.toSorted((a, b) => a - b),
      "in the order of the page",
    );
    assert.equal(new Set(reached).size, reached.length, "nothing twice");
    await page.close();
  });
}

/**
 * Presses Tab until this has the focus.
 * @param {Reader} reader
 * @param {string} selector
 */
async function tabTo({ page }, selector) {
  for (let i = 0; i < 150; ++i) {
    const arrived = await page.evaluate(
      (wanted) => document.activeElement?.matches(wanted) ?? false,
      selector,
    );
    if (arrived) {
      return;
    }
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab never reached ${selector}`);
}

test("a whole visit by keys: another scene, its slider, a choice, a play, a question, a page, and back", async () => {
  const reader = await desk.open();
  const { keyboard } = reader.page;
  await tabTo(reader, '.contents a[href="#confusion"]');
  await keyboard.press("Enter");
  await reader.page.getByRole("heading", { name: "Why does SGD stop getting closer?" }).waitFor();
  await reader.untilPainted();

  await tabTo(reader, '.rail input[type="range"]');
  await keyboard.press("ArrowRight");
  await reader.untilAddress({ alpha: (text) => text !== null && Number(text) > 0.05 });
  await tabTo(reader, '[data-parameter="sampling"] select');
  await keyboard.press("ArrowDown");
  await reader.untilAddress({ sampling: (text) => text !== null });
  await tabTo(reader, ".try");
  await keyboard.press("Enter");
  await reader.untilAddress({ alpha: 0.5, a: "1, 1", sampling: null });

  await keyboard.press("r");
  await reader.untilReadOut(/^step 0 /);
  await tabTo(reader, ".option:nth-child(2)");
  await keyboard.press("Space");
  await reader.untilText(".answer", /^So it is\./);

  await tabTo(reader, '.contents a[href="#errata"]');
  await keyboard.press("Enter");
  await reader.page.locator(".page h1", { hasText: "Errata" }).waitFor();
  await tabTo(reader, '.page a[href*="exponent=notes"]');
  await keyboard.press("Enter");
  await reader.untilAddress({ exponent: "notes", t: 6 });
  await reader.untilPainted();
  await reader.leave();
});
