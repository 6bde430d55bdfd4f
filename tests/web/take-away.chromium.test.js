// What a reader takes away: the link, the embed code, the picture and the numbers.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { PNG } from "pngjs";
import { serve, watchPage } from "./browser.js";
import { colours, differingPixels, startDesk } from "./page-driver.js";

/** @typedef {import("./page-driver.js").Reader} Reader */

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
/** @type {string} */
let folder;
before(async () => {
  desk = await startDesk({ acceptDownloads: true });
  await desk.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  folder = mkdtempSync(join(tmpdir(), "wide-valley-take-away-"));
});
after(async () => {
  await desk.close();
  rmSync(folder, { recursive: true });
});

test("the link is copied and shown, and leads to the same picture", async () => {
  const reader = await desk.open("#step-size?condition=30&alpha=0.05&t=17");
  const link = await copied(reader, "Copy link");
  assert.match(link, /#step-size\?.*condition=30/);
  const other = await desk.open(link.slice(desk.url.length));
  assert.equal(await other.readOut.textContent(), await reader.readOut.textContent());
  const [one, two] = [await reader.pictures(), await other.pictures()];
  assert.equal(differingPixels(one.landscape, two.landscape), 0);
  assert.equal(differingPixels(one.gap, two.gap), 0);
  await other.leave();
  await reader.leave();
});

test("the embed code shows the figure in someone else's page", async () => {
  const reader = await desk.open("#step-size?condition=30&alpha=0.05&t=17&race=heavy-ball%2Cadam");
  const code = await copied(reader, "Embed");
  assert.match(code, /^<iframe src="[^"<>]+" width="640" height="480" .*><\/iframe>$/);
  writeFileSync(join(folder, "index.html"), `<!doctype html><title>Course</title>${code}`);
  const course = await serve(folder);
  const page = await desk.context.newPage();
  const { problems } = await watchPage(page);
  await page.goto(course.url);
  const frame = page.frameLocator("iframe");
  await frame.locator(".read-out").filter({ hasText: "step 17" }).waitFor();
  const canvas = frame.locator('[data-panel="landscape"] canvas');
  await canvas.waitFor();
  assert.ok(await frame.locator(".lead").isHidden());
  assert.ok(colours(PNG.sync.read(await canvas.screenshot())) > 30);
  await frame.getByRole("button", { name: "Reset" }).click();
  await frame.getByRole("button", { name: "Play" }).click();
  await frame
    .locator(".read-out")
    .filter({ hasText: /^step [2-9]/ })
    .waitFor();
  assert.deepEqual(
    problems.filter((text) => !text.includes("favicon") && !text.includes("404")),
    [],
  );
  await page.close();
  await course.close();
  await reader.leave();
});

test("the picture as PNG has twice the size of its panels and shows them", async () => {
  const reader = await desk.open();
  const picture = PNG.sync.read(await exported(reader, "Picture, PNG", "step-size.png"));
  assert.deepEqual([picture.width, picture.height], [2 * 2 * 640, 2 * (460 + 28)]);
  for (const half of [0, 1]) {
    const part = new PNG({ width: 1280, height: 976 });
    PNG.bitblt(picture, part, 1280 * half, 0, 1280, 976, 0, 0);
    assert.ok(colours(part) > 100, `half ${half} has ${colours(part)} colours`);
  }
  await reader.leave();
});

test("the picture as SVG is sound XML without script, and carries its link", async () => {
  const reader = await desk.open("#step-size?alpha=0.05&race=nesterov%2Cadam");
  const svg = (await exported(reader, "Picture, SVG", "step-size.svg")).toString("utf8");
  // A page of its own: the policy of ours would judge the picture's attributes.
  const viewer = await desk.context.newPage();
  const found = await viewer.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    const names = [...parsed.querySelectorAll("*")].map((node) => node.localName);
    const attributes = [...parsed.querySelectorAll("*")].flatMap((node) =>
      node.getAttributeNames(),
    );
    return {
      root: parsed.documentElement.localName,
      faults: parsed.querySelectorAll("parsererror").length,
      scripts: names.filter((name) => /^(script|foreignObject|iframe)$/i.test(name)),
      handlers: attributes.filter((name) => /^on/i.test(name)),
      paths: names.filter((name) => name === "path").length,
      text: parsed.documentElement.textContent ?? "",
    };
  }, svg);
  await viewer.close();
  assert.deepEqual(
    { ...found, paths: found.paths > 20, text: found.text.includes("NaN") },
    { root: "svg", faults: 0, scripts: [], handlers: [], paths: true, text: false },
  );
  assert.match(found.text, /#step-size\?alpha=0\.05&race=nesterov%2Cadam/);
  assert.match(found.text, /gradient descent/);
  await reader.leave();
});

test("the numbers as CSV are the path itself, a row a step", async () => {
  const reader = await desk.open("#step-size?alpha=0.15&x0=1&y0=1&race=adam");
  const csv = (await exported(reader, "Numbers, CSV", "step-size.csv")).toString("utf8");
  const [comment, header, ...rows] = csv.trimEnd().split("\n");
  assert.match(comment, /^# http.*#step-size\?alpha=0\.15/);
  const names = header.split(",");
  for (const name of ["step", "gd path 0", "gd path 1", "gd gap", "adam path 0", "adam gap"]) {
    assert.ok(names.includes(name), header);
  }
  assert.equal(rows.length, 23);
  for (const [t, row] of rows.entries()) {
    const cells = row.split(",");
    assert.equal(cells.length, names.length);
    assert.ok(
      cells.every((cell) => cell !== "" && Number.isFinite(Number(cell))),
      row,
    );
    assert.equal(Number(cells[0]), t);
    // Gradient descent on ½(x² + 10y²) multiplies x by 1 − α and y by 1 − 10α.
    assert.ok(Math.abs(Number(cells[names.indexOf("gd path 0")]) - 0.85 ** t) < 1e-12);
    assert.ok(Math.abs(Number(cells[names.indexOf("gd path 1")]) - (-0.5) ** t) < 1e-12);
  }
  await reader.leave();
});

test("numbers of runs that end at different steps keep every row", async () => {
  const reader = await desk.open("#step-size?alpha=0.3&t=22&race=adam");
  const csv = (await exported(reader, "Numbers, CSV", "step-size.csv")).toString("utf8");
  const [, header, ...rows] = csv.trimEnd().split("\n");
  const names = header.split(",");
  assert.equal(rows.length, 23);
  assert.ok(rows.every((row) => row.split(",").length === names.length));
  const at = names.indexOf("gd gap");
  const last = rows.findLastIndex((row) => row.split(",")[at] !== "");
  assert.ok(last > 0 && last < 22, `gradient descent has numbers up to step ${last}`);
  assert.ok(!/NaN|undefined|Infinity/.test(csv));
  await reader.leave();
});

/**
 * Presses a button that copies; what it shows must be what it copied.
 * @param {Reader} reader
 * @param {string} button
 */
async function copied(reader, button) {
  await reader.press(button);
  const dialog = reader.page.getByRole("dialog");
  await dialog.getByText(", copied:").waitFor();
  const text = await dialog.getByRole("textbox").inputValue();
  assert.equal(await reader.page.evaluate(() => navigator.clipboard.readText()), text);
  await dialog.getByRole("button", { name: "Close" }).click();
  assert.equal(await dialog.count(), 0);
  return text;
}

/**
 * @param {Reader} reader
 * @param {string} label in the menu
 * @param {string} name of the file
 */
async function exported(reader, label, name) {
  await reader.page.locator("summary", { hasText: "Export" }).click();
  const download = reader.page.waitForEvent("download");
  await reader.press(label);
  const file = await download;
  assert.equal(file.suggestedFilename(), name);
  return readFileSync(await file.path());
}
