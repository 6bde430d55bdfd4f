// The site fetches one core per chapter, and what the reader gave stays when the chapter changes.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDesk } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

/** @param {import("playwright-core").Page} page */
function countCores(page) {
  /** @type {string[]} */
  const cores = [];
  page.on("request", (request) => {
    cores.push(...(/chapter-\d+(?=-[^/]*\.wasm$)/.exec(request.url()) ?? []));
  });
  return cores;
}

test("a chapter's core is fetched when its first scene is opened, and only once", async () => {
  const page = await desk.context.newPage();
  const cores = countCores(page);
  await page.goto(desk.url);
  await page.locator(".read-out", { hasText: "step 22" }).waitFor();
  assert.deepEqual(cores, ["chapter-1"]);
  for (const [link, question] of [
    ["Constant step, Theorem 7", /step/],
    ["Region of confusion", /./],
    ["Decaying step, Theorem 8", /./],
  ]) {
    const before = await page.title();
    await page.getByRole("link", { name: link, exact: true }).first().click();
    await page.waitForFunction((old) => document.title !== old, before);
    assert.match(await page.title(), /** @type {RegExp} */ (question));
    await page.waitForFunction(() => document.querySelector(".read-out")?.textContent);
  }
  assert.deepEqual(cores, ["chapter-1", "chapter-2", "chapter-11"]);
  await page.close();
});

test("a pasted table is known in the next chapter too", async () => {
  const reader = await desk.open("#step-size?v=1&objective=least-squares");
  await reader.page.getByRole("combobox", { name: "data set" }).selectOption("own");
  const rows = Array.from({ length: 12 }, (_, i) => `${i},${(i * 5) % 7},${2 * i + ((i * 3) % 5)}`);
  const paper = reader.page.getByRole("textbox", { name: "your table as CSV" });
  await paper.fill(["width,height,price", ...rows].join("\n"));
  await paper.blur();
  await reader.page.getByRole("checkbox", { name: "height as a feature" }).waitFor();
  await reader.untilAddress({ dataset: "own", features: "width,height" });
  const kept = ["dataset", "features", "target"];
  const table = [...(await reader.address())].filter(([id]) => kept.includes(id));
  await reader.goToHash(
    `#constant-step?${new URLSearchParams([["v", "1"], ["objective", "least-squares"], ...table])}`,
  );
  await reader.page.locator("h1", { hasText: "constant step" }).waitFor();
  await reader.page.waitForFunction(() => document.querySelector(".read-out")?.textContent);
  assert.ok(await reader.notice.isHidden(), (await reader.notice.textContent()) ?? "");
  await reader.leave();
});
