// What a reader takes away: the link, the embed code, the picture and the numbers.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { PNG } from "pngjs";
import { loadLab } from "wide-valley";
import { valueFromText } from "../../web/state/parameters.js";
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

test("a link too long for one line is in the picture in several", async () => {
  const edits = Array.from({ length: 40 }, (_, t) => `${t}:alpha:0.1`).join(",");
  const reader = await desk.open(`#step-size?t=50&edits=${edits}`);
  await reader.untilAddress({ edits });
  const svg = (await exported(reader, "Picture, SVG", "step-size.svg")).toString("utf8");
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  assert.ok(texts.join("").replaceAll("&amp;", "&").endsWith(reader.page.url()));
  const picture = PNG.sync.read(await exported(reader, "Picture, PNG", "step-size.png"));
  assert.ok(picture.width === 2560 && picture.height > 976, `${picture.height} px tall`);
  await reader.leave();
});

test("the numbers as CSV are the path itself, a row a step", async () => {
  const reader = await desk.open("#step-size?alpha=0.15&x0=1&y0=1&race=adam");
  const { link, names, rows } = await exportedSteps(reader, "step-size");
  assert.match(link, /^# http.*#step-size\?alpha=0\.15/);
  for (const name of ["step", "gd path 0", "gd path 1", "gd gap", "adam path 0", "adam gap"]) {
    assert.ok(names.includes(name), names.join());
  }
  assert.equal(rows.length, 23);
  for (const [t, cells] of rows.entries()) {
    assert.equal(cells.length, names.length);
    assert.ok(
      cells.every((cell) => cell !== "" && Number.isFinite(Number(cell))),
      cells.join(),
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
  const { names, rows } = await exportedSteps(reader, "step-size");
  assert.equal(rows.length, 23);
  assert.ok(rows.every((cells) => cells.length === names.length));
  const at = names.indexOf("gd gap");
  const last = rows.findLastIndex((cells) => cells[at] !== "");
  assert.ok(last > 0 && last < 22, `gradient descent has numbers up to step ${last}`);
  await reader.leave();
});

for (const [id, address] of Object.entries({
  markov: "#markov?t=3",
  sampling: "#sampling?t=90",
  perceptron: "#perceptron?d=13&n=10&t=40",
})) {
  test(`the CSV of ${id} has every channel that its experiment declares`, async () => {
    const reader = await desk.open(address);
    const csv = (await exported(reader, "Numbers, CSV", `${id}.csv`)).toString("utf8");
    assert.doesNotMatch(csv, /NaN|undefined|Infinity/);
    const titles = csv
      .split("\n")
      .filter((line) => /^(step|index),/.test(line))
      .flatMap((line) => line.split(","));
    const lab = await loadLab();
    const run = lab.create(id, await parametersOf(reader, lab, id));
    run.advance(1000);
    const missing = channelsOf(lab, id)
      .filter((channel) => run.channel(channel).data.length > 0)
      .filter((channel) => !titles.some((title) => title.split(" ").includes(channel)));
    assert.deepEqual(missing, []);
    run.dispose();
    await reader.leave();
  });
}

/** @param {import("../../web/lab.js").Lab} lab @param {string} id */
function channelsOf(lab, id) {
  const experiment = lab.experiments().find((candidate) => candidate.id === id);
  return (experiment?.channels ?? []).map((channel) => channel.id);
}

/**
 * @param {Reader} reader
 * @param {import("../../web/lab.js").Lab} lab
 * @param {string} id
 */
async function parametersOf(reader, lab, id) {
  const query = await reader.address();
  const table = lab.experiments().find((candidate) => candidate.id === id)?.parameters ?? [];
  return Object.fromEntries(
    table
      .filter((parameter) => query.has(parameter.id))
      .map((parameter) => [parameter.id, valueFromText(parameter, query.get(parameter.id) ?? "")]),
  );
}

/**
 * What the CSV has by steps.
 * @param {Reader} reader
 * @param {string} id of the scene
 */
async function exportedSteps(reader, id) {
  const csv = (await exported(reader, "Numbers, CSV", `${id}.csv`)).toString("utf8");
  assert.doesNotMatch(csv, /NaN|undefined|Infinity/);
  const [link, , header, ...rows] = csv.split("\n\n")[0].split("\n");
  return { link, names: header.split(","), rows: rows.map((row) => row.split(",")) };
}

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
