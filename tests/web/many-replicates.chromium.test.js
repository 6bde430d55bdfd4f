// More replicates than the figure has, shared out over the workers: the same numbers, however many there
// are and whatever becomes of them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { loadLab } from "wide-valley";
import { startDesk } from "./page-driver.js";

/** @typedef {import("./page-driver.js").Reader} Reader */
/** @typedef {import("playwright-core").Worker} Worker */

const address = "#confusion?alpha=0.1&replicates=300&t=30&edits=20:alpha:0.02";
const replicates = 2600;
const shares = 6;

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk({ acceptDownloads: true });
});
after(() => desk.close());

/** @param {Reader} reader */
async function openDialog(reader) {
  await reader.page.locator("summary", { hasText: "Export" }).click();
  await reader.press("Many replicates, CSV");
  return reader.page.getByRole("dialog", { name: "Many replicates" });
}

/** @param {Reader} reader @param {number} count @param {() => Promise<void>} [meanwhile] */
async function computed(reader, count, meanwhile = async () => undefined) {
  const dialog = await openDialog(reader);
  await dialog.getByRole("textbox", { name: "replicates R" }).fill(String(count));
  await dialog.getByRole("button", { name: "Compute" }).click();
  await meanwhile();
  await dialog.getByText(/replicates in /).waitFor();
  const download = reader.page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Save CSV" }).click();
  const file = await download;
  return { dialog, name: file.suggestedFilename(), csv: readFileSync(await file.path(), "utf8") };
}

/** @param {string} csv */
function numbersIn(csv) {
  const [, , titles, ...rows] = csv.trim().split("\n");
  assert.equal(titles, "index,run x");
  return rows.map((row, r) => {
    const [index, number] = row.split(",").map(Number);
    assert.equal(index, r);
    return number;
  });
}

async function expected() {
  const lab = await loadLab();
  const run = lab.create("confusion", { alpha: 0.1, replicates });
  run.advance(20);
  run.set("alpha", 0.02);
  run.advance(10);
  return [...run.channel("x").data];
}

/** From now on each worker counts the buffers that it is given back. @param {Reader} reader */
async function countSpent(reader) {
  for (const worker of reader.page.workers()) {
    await worker.evaluate(() => {
      Object.assign(self, { spent: 0 });
      self.addEventListener("message", ({ data }) => {
        /** @type {any} */ (self).spent += data.spent.length;
      });
    });
  }
}

/** @param {Reader} reader */
async function spentOf(reader) {
  const counts = await Promise.all(
    reader.page.workers().map((worker) => worker.evaluate(() => /** @type {any} */ (self).spent)),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** From now on a worker keeps its shares until it is told to release them. @param {Worker} worker */
async function holdShares(worker) {
  await worker.evaluate(() => {
    const post = self.postMessage.bind(self);
    const released = new Promise((resolve) => {
      Object.assign(self, { release: resolve });
    });
    self.postMessage = (/** @type {any} */ message, /** @type {any} */ options) => {
      const ready = message.result?.channels ? released : Promise.resolve();
      ready.then(() => post(message, options));
    };
  });
}

for (const workers of [1, 3]) {
  test(`by ${workers} workers they are those of one run, live changes and all`, async () => {
    const machine = await startDesk({ acceptDownloads: true });
    await machine.context.addInitScript((count) => {
      Object.defineProperty(navigator, "hardwareConcurrency", { value: count });
    }, workers);
    const reader = await machine.open(address);
    assert.equal(reader.page.workers().length, workers);
    await countSpent(reader);
    const { name, csv, dialog } = await computed(reader, replicates);
    // One channel, so each share but a worker's first is written where another one was.
    assert.equal(await spentOf(reader), shares - workers);
    assert.equal(name, "confusion-replicates.csv");
    assert.match(csv, /^# http.*#confusion\?.*edits=20/);
    const numbers = numbersIn(csv);
    assert.deepEqual(numbers, await expected());
    const mean = numbers.reduce((sum, x) => sum + x, 0) / replicates;
    const cells = await dialog.locator("tbody td").allTextContents();
    assert.equal(cells.length, 5);
    assert.ok(Math.abs(Number(cells[0]) - mean) < 0.006, `${cells[0]} for ${mean}`);
    await dialog.getByRole("button", { name: "Close" }).click();
    await reader.leave();
    await machine.close();
  });
}

test("a worker that crashes meanwhile is replaced, and its share made again", async () => {
  const reader = await desk.open(address);
  const [victim, ...others] = reader.page.workers();
  // So that there is a second share for the one that crashes at it, however slow it is.
  await Promise.all(others.map(holdShares));
  await victim.evaluate(() => {
    const post = self.postMessage.bind(self);
    let shares = 0;
    self.postMessage = (/** @type {any} */ message, /** @type {any} */ options) => {
      if (message.result?.channels && ++shares === 2) {
        setTimeout(() => {
          throw new Error("crashed on purpose");
        });
        return;
      }
      post(message, options);
    };
  });
  const { csv, dialog } = await computed(reader, replicates, async () => {
    await reader.until(
      () => !reader.page.workers().includes(victim),
      () => "the worker that crashed is still there",
    );
    await Promise.all(others.map((other) => other.evaluate("self.release()")));
  });
  assert.deepEqual(numbersIn(csv), await expected());
  await dialog.getByRole("button", { name: "Close" }).click();
  await reader.leave();
});

test("what cannot be computed is said in a sentence, and what can be is still there to do", async () => {
  const reader = await desk.open(address);
  const dialog = await openDialog(reader);
  const entry = dialog.getByRole("textbox", { name: "replicates R" });
  assert.equal(await entry.inputValue(), "3000");
  for (const text of ["0", "2.5", "many", "1048577", ""]) {
    await entry.fill(text);
    await entry.press("Enter");
    const said = await dialog.getByRole("alert").textContent();
    assert.equal(said, `Replicates R must be a whole number from 1 to 1048576, not “${text}”.`);
  }
  await entry.fill("1 000");
  await entry.press("Enter");
  await dialog.getByText("1000 replicates in ").waitFor();
  assert.equal(await dialog.getByRole("alert").count(), 0);
  await reader.page.keyboard.press("Escape");
  await reader.leave();
});

test("walkers that wait for each other are not shared out, as the core says", async () => {
  const reader = await desk.open("#annealing?t=5");
  const dialog = await openDialog(reader);
  await dialog.getByRole("button", { name: "Compute" }).click();
  await dialog.getByRole("alert").waitFor();
  assert.match((await dialog.getByRole("alert").textContent()) ?? "", /schedule/);
  await dialog.getByRole("button", { name: "Close" }).click();
  await reader.leave();
});

test("it can be stopped, and the scene goes on", async () => {
  const reader = await desk.open("#gibbs?t=200");
  const dialog = await openDialog(reader);
  await dialog.getByRole("textbox", { name: "replicates R" }).fill("1048576");
  await dialog.getByRole("button", { name: "Compute" }).click();
  await dialog.getByRole("progressbar", { name: "computed" }).waitFor();
  await dialog.getByRole("button", { name: "Stop" }).click();
  await dialog.getByText("Stopped.").waitFor();
  await dialog.getByRole("button", { name: "Close" }).click();
  await reader.page.keyboard.press("ArrowRight");
  await reader.untilReadOut(/^step 201 /);
  await reader.leave();
});

test("it is offered where there are replicates alone", async () => {
  const reader = await desk.open("#step-size");
  const item = reader.page.getByText("Many replicates, CSV");
  const menu = reader.page.locator("summary", { hasText: "Export" });
  await menu.click();
  await reader.page.getByText("Replay, WebM").waitFor();
  assert.equal(await item.isVisible(), false);
  await menu.click();
  await reader.page.evaluate(() => {
    window.location.hash = "#markov";
  });
  await reader.untilReadOut(/variance/);
  await menu.click();
  await item.waitFor();
  await reader.leave();
});
