// Whether a page stays responsive while it plays.

import assert from "node:assert/strict";

/** @typedef {import("./page-driver.js").Reader} Reader */
/**
 * @typedef {object} TraceEvent as Chromium's tracing has it; times in µs
 * @property {string} name
 * @property {string} ph
 * @property {number} pid
 * @property {number} tid
 * @property {number} [tdur] processor time of the thread
 * @property {{ name?: string }} [args]
 */

const longest = 50;
const mainThread = "CrRendererMain";

/**
 * That the page plays so many steps without a task of more than 50 ms on its main thread. Counted is
 * the processor time of that thread, in which other work on the machine has no part: on an idle
 * machine it is what a clock shows, on a busy one a slow page still fails and a fast one still does not.
 * @param {Reader} reader paused
 * @param {number} steps
 */
export async function playsSmoothly(reader, steps) {
  const start = await stepOf(reader);
  const tasks = await mainThreadTasks(reader, async () => {
    await reader.play.click();
    await reader.until(
      async () => (await stepOf(reader)) >= start + steps,
      () => `playing never came to step ${start + steps}`,
    );
    await reader.play.click();
  });
  assert.ok(tasks.length > 10, `the trace has ${tasks.length} tasks`);
  const long = tasks.filter((duration) => duration > longest).map((ms) => ms.toFixed(1));
  assert.deepEqual(long, [], "tasks over 50 ms of processor time, in ms");
}

/** @param {Reader} reader */
async function stepOf(reader) {
  return Number(await reader.page.locator(".scrub").inputValue());
}

/**
 * @param {Reader} reader
 * @param {() => Promise<unknown>} action
 * @returns {Promise<number[]>} processor time of each task of the main thread meanwhile, in ms
 */
export async function mainThreadTasks(reader, action) {
  const session = await reader.page.context().newCDPSession(reader.page);
  /** @type {TraceEvent[]} */
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => {
    events.push(.../** @type {any[]} */ (value));
  });
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["disabled-by-default-devtools.timeline"] },
  });
  await action();
  await session.send("Tracing.end");
  await complete;
  await session.detach();
  const threads = new Set(
    events
      .filter(({ name, args }) => name === "thread_name" && args?.name === mainThread)
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  return events
    .filter(
      ({ name, ph, pid, tid }) => name === "RunTask" && ph === "X" && threads.has(`${pid} ${tid}`),
    )
    .map(({ tdur = Number.NaN }) => tdur / 1000);
}
