// `npm run bench:pages`: what each scene of the built site costs a browser. Not part of the tests: what it
// prints depends on the machine and on what else it does.

import { perFrame, traceOf } from "../../tests/web/long-tasks.js";
import { startDesk } from "../../tests/web/page-driver.js";
import { median } from "./bench.js";
import { buildDistribution } from "./build.js";
import { experimentNames } from "./lecture-plugin.js";
import { main } from "./processes.js";
import { setUp } from "./set-up.js";
import { siteFolder } from "./vite.js";
import { hasScene } from "./weight.js";

const rounds = 5;
const framesPlayed = 60;

/**
 * From asking for the page to the first frame with a picture in it, in a browser that has nothing yet.
 * @param {string} id
 * @returns {Promise<number>} ms
 */
async function firstFrame(id) {
  const desk = await startDesk();
  const reader = await desk.open(`#${id}`);
  const time = await reader.page.evaluate(() => performance.now());
  await desk.close();
  return time;
}

/** @param {string} id @returns {Promise<{ median: number, longest: number }>} processor time in ms */
async function playing(id) {
  const desk = await startDesk();
  const reader = await desk.open(`#${id}?t=0`);
  const { tasks, frames } = await traceOf(reader, async () => {
    await reader.play.click();
    await reader.page.evaluate(
      (count) =>
        new Promise((resolve) => {
          const wait = (/** @type {number} */ left) =>
            left > 0 ? requestAnimationFrame(() => wait(left - 1)) : resolve(undefined);
          wait(count);
        }),
      framesPlayed,
    );
  });
  await desk.close();
  return { median: perFrame(tasks, frames), longest: Math.max(...tasks.map(({ ms }) => ms)) };
}

await main(async () => {
  await setUp("tests");
  await buildDistribution();

  const scenes = (await experimentNames()).filter(({ id }) => hasScene(siteFolder, id));
  console.log(
    `\nFirst frame with nothing cached, the median of ${rounds}; main thread while playing.`,
  );
  console.log(`${"scene".padEnd(22)}first frame   a frame   longest task   (ms)`);
  for (const { id } of scenes) {
    const times = [];
    for (let round = 0; round < rounds; ++round) {
      times.push(await firstFrame(id));
    }
    const { median: frame, longest } = await playing(id);
    const cells = [median(times).toFixed(0), frame.toFixed(1), longest.toFixed(1)];
    console.log(`${id.padEnd(22)}${cells.map((cell) => cell.padStart(10)).join("")}`);
  }
});
