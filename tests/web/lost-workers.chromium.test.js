// Workers that crash, fall silent or never start: the page replaces them, and goes on with the same
// bits.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { strictPolicy } from "./browser.js";
import { startDesk } from "./page-driver.js";

/** @typedef {import("./page-driver.js").Reader} Reader */

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

/** @param {Reader} reader @param {string} address of a page that was never disturbed */
async function showsWhatStandsAt(reader, address) {
  const other = await desk.open(address);
  await other.untilReadOut(/./);
  assert.equal(await reader.readOut.textContent(), await other.readOut.textContent());
  assert.deepEqual(await reader.pictures(), await other.pictures());
  await other.leave();
}

test("after every worker has crashed the run goes on, to the same bits, with its live changes", async () => {
  const reader = await desk.open("#confusion?alpha=0.1&replicates=500&t=60&edits=40:alpha:0.02");
  await reader.untilReadOut(/^step 60 /);
  const old = reader.page.workers();
  assert.ok(old.length > 0);
  for (const worker of old) {
    await worker.evaluate(() => {
      setTimeout(() => {
        throw new Error("crashed on purpose");
      });
    });
  }
  const isOld = (/** @type {import("playwright-core").Worker} */ worker) => old.includes(worker);
  await reader.until(
    () => reader.page.workers().length === old.length && !reader.page.workers().some(isOld),
    () => "not every worker was replaced",
  );
  await reader.page.keyboard.press("ArrowRight");
  await reader.untilReadOut(/^step 61 /);
  assert.deepEqual(await reader.complaints(), []);
  await reader.untilAddress({ t: "61" });
  const { hash } = new URL(reader.page.url());
  await showsWhatStandsAt(reader, hash);
  await reader.leave();
});

test("workers that hang are given up after a while without a word, and replaced", async () => {
  const patient = await startDesk();
  // The page's clock only: the workers keep their own.
  await patient.context.clock.install();
  const reader = await patient.open("#gibbs?t=30");
  await reader.untilReadOut(/^step 30 /);
  for (const worker of reader.page.workers()) {
    await worker.evaluate(() => {
      self.postMessage = () => {
        for (;;) {
          // Busy for good as soon as it has something to say.
        }
      };
    });
  }
  await reader.page.keyboard.press("ArrowRight");
  await reader.page.clock.runFor(80_000);
  await reader.untilReadOut(/^step 30 /);
  await reader.page.clock.runFor(20_000);
  await reader.untilReadOut(/^step 31 /);
  assert.deepEqual(await reader.complaints(), []);
  await showsWhatStandsAt(reader, "#gibbs?t=31");
  await reader.leave();
  await patient.close();
});

test("numbers are handed over to the page, not copied", async () => {
  const reader = await desk.open("#sampling?t=3");
  const workers = reader.page.workers();
  for (const worker of workers) {
    await worker.evaluate(() => {
      const post = self.postMessage.bind(self);
      Object.assign(self, { sent: [] });
      self.postMessage = (/** @type {any} */ message, /** @type {any} */ options) => {
        post(message, options);
        const channels = Object.values(message.result?.channels ?? {});
        /** @type {any} */ (self).sent.push(...channels.map(({ data }) => data.buffer.byteLength));
      };
    });
  }
  await reader.page.keyboard.press("ArrowRight");
  await reader.untilAddress({ t: 4 });
  const left = await Promise.all(
    workers.map((worker) => worker.evaluate(() => /** @type {any} */ (self).sent)),
  );
  assert.ok(left.flat().length > 3);
  assert.deepEqual(new Set(left.flat()), new Set([0]));
  await reader.leave();
});

test("where workers cannot start the page says so, and tries no further", async () => {
  const policy = strictPolicy.replace("worker-src 'self' blob:", "worker-src 'none'");
  const locked = await startDesk({}, { "content-security-policy": policy });
  const page = await locked.context.newPage();
  /** @type {string[]} */
  const refusals = [];
  page.on("console", (message) => refusals.push(message.text()));
  await page.goto(locked.url);
  const notice = page.getByRole("alert");
  await notice.waitFor();
  assert.match((await notice.textContent()) ?? "", /^Wide Valley could not start: The simulation/);
  assert.ok(refusals.length < 20, refusals.join("\n"));
  await locked.close();
});
