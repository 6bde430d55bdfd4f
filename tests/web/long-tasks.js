// Whether a page stays responsive while it plays.

import assert from "node:assert/strict";

/** @typedef {import("./page-driver.js").Reader} Reader */
/**
 * @typedef {object} TraceEvent as Chromium's tracing has it; times in µs
 * @property {string} name
 * @property {string} ph
 * @property {number} pid
 * @property {number} tid
 * @property {number} ts when it began
 * @property {number} [tdur] processor time of the thread
 * @property {{ name?: string }} [args]
 */

const longest = 50;
/** What a frame may take in the median, so that half of one in sixty a second is left to the browser. */
const usual = 8;
const mainThread = "CrRendererMain";

// What `workALittle` takes of a processor on which the limits hold: a virtual one of 2.1 GHz, slower
// than a student's laptop.
const usualWork = 8;
// However slow the machine is, no limit grows beyond twice itself.
const mostSlowness = 2;

/**
 * In the page: as much work of the kinds that drawing needs, whatever is shown, between rests like
 * those between frames.
 * @returns {Promise<number>} its time in ms
 */
async function workALittle() {
  const times = [];
  let length = 0;
  for (let repeat = 0; repeat < 8; repeat += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const start = performance.now();
    const values = Float64Array.from(
      { length: 100_000 },
      (_, i) => Math.sqrt(i + 1) * Math.log(i + 2),
    );
    const texts = [...values.subarray(0, 10_000)].map((value) => value.toPrecision(4));
    length += values.sort().length + texts.join().length;
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  // Of the quicker ones: in others the thread may have had no processor for a while.
  return length > 0 ? times[2] : Number.NaN;
}

/**
 * How many times longer this machine needs just now than one on which the limits hold; from 1 to 2. A
 * virtual processor that rests now and then, or that others use too, is half as fast from one minute
 * to the next, which says nothing of the page.
 * @param {Reader} reader
 */
async function slownessOf(reader) {
  const slowness = (await reader.page.evaluate(workALittle)) / usualWork;
  return Math.min(mostSlowness, Math.max(1, slowness));
}

/**
 * That something is done without a task of more than 50 ms on the page's main thread. Counted is the
 * processor time of that thread, in which other work on the machine has no part, in units of how fast
 * the processor is just now.
 * @param {Reader} reader
 * @param {() => Promise<unknown>} action
 * @returns {Promise<{ tasks: { at: number, ms: number }[], frames: number[], slowness: number }>}
 */
export async function staysResponsive(reader, action) {
  const before = await slownessOf(reader);
  const { tasks, frames } = await traceOf(reader, action);
  const slowness = Math.max(before, await slownessOf(reader));
  const long = tasks.filter(({ ms }) => ms > longest * slowness).map(({ ms }) => ms.toFixed(1));
  assert.deepEqual(
    long,
    [],
    `tasks over ${longest} ms at 1/${slowness.toFixed(2)} of the usual speed`,
  );
  return { tasks, frames, slowness };
}

/**
 * That the page plays so many steps without a task of more than 50 ms, and that it has no more than 8 ms
 * to do between a frame and the next in the median.
 * @param {Reader} reader paused
 * @param {number} steps
 */
export async function playsSmoothly(reader, steps) {
  const start = await stepOf(reader);
  const { tasks, frames, slowness } = await staysResponsive(reader, async () => {
    await reader.play.click();
    await reader.until(
      async () => (await stepOf(reader)) >= start + steps,
      () => `playing never came to step ${start + steps}`,
    );
    await reader.play.click();
  });
  assert.ok(tasks.length > 10, `the trace has ${tasks.length} tasks`);
  const median = perFrame(tasks, frames);
  assert.ok(median <= usual * slowness, `a frame takes ${median.toFixed(1)} ms of processor time`);
}

/**
 * @param {{ at: number, ms: number }[]} tasks
 * @param {number[]} frames when each began
 * @returns {number} the median of what is done from one frame to the next, in ms
 */
export function perFrame(tasks, frames) {
  const sums = frames
    .slice(0, -1)
    .map((start, i) =>
      tasks
        .filter(({ at }) => at >= start && at < frames[i + 1])
        .reduce((sum, { ms }) => sum + ms, 0),
    )
    .sort((a, b) => a - b);
  return sums[Math.floor(sums.length / 2)] ?? 0;
}

/** @param {Reader} reader */
async function stepOf(reader) {
  return Number(await reader.page.locator(".scrub").inputValue());
}

/**
 * @param {Reader} reader
 * @param {() => Promise<unknown>} action
 * @returns {Promise<{ tasks: { at: number, ms: number }[], frames: number[] }>} of the main thread
 *   meanwhile: its tasks with their processor times in ms, and when each frame began, in µs
 */
export async function traceOf(reader, action) {
  const session = await reader.page.context().newCDPSession(reader.page);
  /** @type {TraceEvent[]} */
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => {
    events.push(.../** @type {any[]} */ (value));
  });
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: {
      includedCategories: ["devtools.timeline", "disabled-by-default-devtools.timeline"],
    },
  });
  await action();
  // What answers the action is not over yet, and only tasks that are over are in the trace.
  await reader.frames();
  await session.send("Tracing.end");
  await complete;
  await session.detach();
  const threads = new Set(
    events
      .filter(({ name, args }) => name === "thread_name" && args?.name === mainThread)
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const own = events.filter(({ pid, tid }) => threads.has(`${pid} ${tid}`));
  const tasks = own
    .filter(({ name, ph }) => name === "RunTask" && ph === "X")
    .map(({ ts, tdur = Number.NaN }) => ({ at: ts, ms: tdur / 1000 }));
  const frames = own
    .filter(({ name }) => name === "FireAnimationFrame")
    .map(({ ts }) => ts)
    .sort((a, b) => a - b);
  return { tasks, frames };
}
