// The single file from disk with the network switched off: all that the site does.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { PNG } from "pngjs";
import { launch } from "./browser.js";
import { colours, Reader, singleFile } from "./page-driver.js";
import { sceneIds } from "./scene-ids.js";

/** @type {Awaited<ReturnType<typeof launch>>} */
let browser;
/** @type {string[]} */
const requests = [];
before(async () => {
  browser = await launch({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
  await browser.context.setOffline(true);
  browser.context.on("request", (request) => requests.push(request.url().slice(0, 80)));
});
after(() => browser.close());

/** @param {string} [hash] */
const open = (hash = "") => Reader.open(browser.context, `${singleFile}${hash}`);

/**
 * @param {Reader} reader
 * @param {string} label in the Export menu
 */
async function exported(reader, label) {
  await reader.page.locator("summary", { hasText: "Export" }).click();
  const download = reader.page.waitForEvent("download", { timeout: 60_000 });
  await reader.press(label);
  return readFileSync(await (await download).path());
}

test("every scene opens and takes a step", async () => {
  const reader = await open();
  for (const id of await sceneIds()) {
    const hash = `#${id}`;
    await reader.goToHash(hash);
    await reader.page.locator(`.contents [href="${hash}"][aria-current]`).waitFor({
      state: "attached",
    });
    await reader.untilPainted();
    await reader.page.keyboard.press("r");
    await reader.page.keyboard.press("ArrowRight");
    await reader.until(
      async () => (await reader.page.locator(".scrub").inputValue()) === "1",
      () => `${hash} takes no step`,
    );
    assert.deepEqual(await reader.complaints(), [], hash);
    for (const [panel, picture] of Object.entries(await reader.pictures())) {
      assert.ok(colours(picture) > 10, `${hash}, ${panel}`);
    }
  }
  await reader.leave();
});

test("picture, drawing, numbers and film are saved, each with its link", async () => {
  const reader = await open("#step-size?alpha=0.15&t=8");
  const png = PNG.sync.read(await exported(reader, "Picture, PNG"));
  assert.deepEqual([png.width, png.height], [2560, 976]);
  const link = /wide-valley\.html#step-size\?alpha=0\.15/;
  assert.match((await exported(reader, "Picture, SVG")).toString("utf8"), link);
  assert.match((await exported(reader, "Numbers, CSV")).toString("utf8"), link);
  const film = await exported(reader, "Replay, WebM");
  assert.equal(film.subarray(0, 4).toString("hex"), "1a45dfa3");
  assert.ok(film.length > 10_000, `${film.length} bytes`);
  await reader.leave();
});

test("link, code, table of numbers, and a table of the reader's own kept in the link", async () => {
  const reader = await open("#confusion?t=20");
  const { page } = reader;
  await reader.press("Copy link");
  const dialog = page.getByRole("dialog");
  assert.match(await dialog.getByRole("textbox").inputValue(), /^file:.*#confusion\?t=20/);
  await page.keyboard.press("Escape");
  await reader.press("QR code");
  await page.getByRole("dialog").getByText("a file on this computer").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".data-table > summary").click();
  await page.locator(".data-table table").waitFor();
  await reader.choose("dataset", "own");
  const text = page.getByRole("textbox", { name: "your table as CSV" });
  await text.fill("size,price\n1,2\n2,3\n3,5\n4,4\n5,8\n");
  await text.blur();
  await page.getByRole("checkbox", { name: "Keep the table in the link" }).check();
  await reader.untilAddress({ dataset: "own", table: (code) => code !== null });
  const other = await open(reader.hash);
  await other.seesTheSameAs(reader);
  await other.leave();
  await reader.leave();
});

test("the file asked for nothing but itself", () => {
  assert.deepEqual([...new Set(requests.filter((url) => !/^(file|data|blob):/.test(url)))], []);
});
