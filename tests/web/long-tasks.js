// Whether a page stays responsive while it plays.

import assert from "node:assert/strict";

/** @typedef {import("./page-driver.js").Reader} Reader */

// Other work on the machine makes any task long; it does so now and then, a slow page always.
const stretches = 5;

/**
 * That the page can play so many steps without a task of 50 ms or more, which the browser reports.
 * @param {Reader} reader paused
 * @param {number} steps
 */
export async function playsSmoothly(reader, steps) {
  await reader.page.evaluate(() => {
    const durations = /** @type {number[]} */ ([]);
    Object.assign(globalThis, { durations });
    new PerformanceObserver((list) => {
      durations.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ entryTypes: ["longtask"] });
  });
  const seen = [];
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const durations = await stretchOf(reader, steps);
    if (durations.length === 0) {
      return;
    }
    seen.push(durations);
  }
  assert.fail(`long tasks in each of ${stretches} stretches, in ms: ${JSON.stringify(seen)}`);
}

/**
 * @param {Reader} reader
 * @param {number} steps
 * @returns {Promise<number[]>} how long the long tasks took
 */
async function stretchOf(reader, steps) {
  const start = await reader.step();
  await reader.page.evaluate(() => {
    /** @type {any} */ (globalThis).durations.length = 0;
  });
  await reader.play.click();
  await reader.until(
    async () => (await reader.step()) >= start + steps,
    () => `playing never came to step ${start + steps}`,
  );
  const durations = await reader.page.evaluate(() => [
    .../** @type {any} */ (globalThis).durations,
  ]);
  await reader.play.click();
  return durations;
}
