// The whole laboratory in one file: from disk, and in a sandboxed frame.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { PNG } from "pngjs";
import { launch, watchPage } from "./browser.js";
import { colours, Reader, singleFile } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof launch>>} */
let browser;
/** @type {string} */
let folder;
before(async () => {
  browser = await launch({ viewport: { width: 1280, height: 800 } });
  folder = mkdtempSync(join(tmpdir(), "wide-valley-single-"));
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

test("opened from disk it paints, plays and takes a data set, and asks the network for nothing", async () => {
  /** @type {string[]} */
  const requests = [];
  /** @param {import("playwright-core").Request} request */
  const note = (request) => requests.push(request.url().slice(0, 80));
  browser.context.on("request", note);
  const reader = await Reader.open(browser.context, `${singleFile}#step-size?t=0`);
  await reader.seesPanels(["landscape", "gap"]);
  await reader.press("Play");
  await reader.untilReadOut(/^step [3-9]/);
  await reader.press("Pause");
  await reader.choose("objective", "least-squares");
  await reader.choose("dataset", "breast-cancer");
  await reader.untilAddress({ objective: "least-squares", dataset: "breast-cancer" });
  assert.deepEqual(await reader.complaints(), []);
  await reader.seesPanels(["landscape", "data", "gap"]);
  browser.context.off("request", note);
  const elsewhere = requests.filter((url) => !/^(file|data|blob):/.test(url));
  assert.deepEqual(elsewhere, []);
  assert.equal(requests.filter((url) => url.startsWith("file:")).length, 1, requests.join("\n"));
  await reader.leave();
});

/** How a page may hold the file in a frame without an origin. */
const frames = {
  "as a file": () => `src="${singleFile}"`,
  "as text": () => {
    const html = readFileSync(fileURLToPath(singleFile), "utf8");
    return `srcdoc="${html.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`;
  },
};

for (const [how, attribute] of Object.entries(frames)) {
  test(`in a sandboxed frame, ${how}, it plays`, async () => {
    const file = join(folder, "course.html");
    const sandbox = 'sandbox="allow-scripts" width="640" height="480"';
    writeFileSync(
      file,
      `<!doctype html><meta charset="utf-8" /><iframe ${sandbox} ${attribute()}></iframe>`,
    );
    const page = await browser.context.newPage();
    const watch = await watchPage(page);
    await page.goto(pathToFileURL(file).href);
    const frame = page.frameLocator("iframe");
    await frame.locator(".read-out").filter({ hasText: "step 22" }).waitFor();
    await frame.getByRole("button", { name: "Reset" }).click();
    await frame.locator(".read-out").filter({ hasText: "step 0" }).waitFor();
    await frame.getByRole("button", { name: "Play" }).click();
    await frame
      .locator(".read-out")
      .filter({ hasText: /^step [3-9]/ })
      .waitFor();
    await frame.getByRole("button", { name: "Pause" }).click();
    const { width, height, count } = await paintedIn(page);
    assert.ok(width > 0 && height > 0 && count > 30, `${width}x${height}, ${count} colours`);
    assert.deepEqual(watch, { problems: [], foreignRequests: [] });
    await page.close();
  });
}

/** @param {import("playwright-core").Page} page */
async function paintedIn(page) {
  const canvas = page.frameLocator("iframe").locator('[data-panel="landscape"] canvas');
  const picture = PNG.sync.read(await canvas.screenshot());
  return { width: picture.width, height: picture.height, count: colours(picture) };
}
