// The run as a film: recorded by the browser, played by its player.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { startDesk } from "./page-driver.js";

/** @typedef {import("./page-driver.js").Reader} Reader */

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk({ acceptDownloads: true });
});
after(() => desk.close());

/** @param {Reader} reader */
async function startRecording(reader) {
  await reader.page.locator("summary", { hasText: "Export" }).click();
  await reader.press("Replay, WebM");
}

/**
 * What a player makes of a film: a page of its own, since the policy of ours lets no film in.
 * @param {Buffer} film
 */
async function played(film) {
  const page = await desk.context.newPage();
  const seen = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const video = document.createElement("video");
    video.muted = true;
    const event = (/** @type {string} */ name) =>
      new Promise((resolve, reject) => {
        video.addEventListener(name, resolve, { once: true });
        video.addEventListener("error", () => reject(new Error(video.error?.message)));
      });
    const ready = event("loadeddata");
    video.src = URL.createObjectURL(new Blob([bytes], { type: "video/webm" }));
    await ready;
    const { duration, videoWidth: width, videoHeight: height } = video;
    const pixels = () => {
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width, height });
      const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
      ctx.drawImage(video, 0, 0);
      return ctx.getImageData(0, 0, width, height).data;
    };
    const first = pixels();
    const ended = event("ended");
    await video.play();
    await ended;
    const last = pixels();
    const moved = first.filter((value, i) => Math.abs(value - last[i]) > 60).length;
    const dark = last.filter((value, i) => i % 4 === 0 && value < 100).length;
    return { duration, width, height, moved, dark, end: video.currentTime };
  }, film.toString("base64"));
  await page.close();
  return seen;
}

test("a replay plays from the start to the step shown, and leaves the page as it was", async () => {
  const reader = await desk.open("#step-size?alpha=0.15&t=15&edits=10:alpha:0.05");
  const before = await reader.pictures();
  const arrives = reader.page.waitForEvent("download", { timeout: 60_000 });
  await startRecording(reader);
  await reader.page.getByRole("progressbar", { name: "recorded" }).waitFor();
  const download = await arrives;
  assert.equal(download.suggestedFilename(), "step-size.webm");
  const film = readFileSync(await download.path());
  assert.equal(film.subarray(0, 4).toString("hex"), "1a45dfa3");
  const seen = await played(film);
  assert.ok(seen.duration > 2 && seen.duration < 60, `${seen.duration} s`);
  assert.ok(Math.abs(seen.end - seen.duration) < 0.5, `it ends at ${seen.end} s`);
  assert.deepEqual([seen.width, seen.height], [1280, 488]);
  assert.ok(seen.moved > 1000, `${seen.moved} values differ between its ends`);
  assert.ok(seen.dark > 300, "axes and link are drawn");
  assert.equal(await reader.page.getByRole("dialog").count(), 0);
  assert.deepEqual(await reader.pictures(), before);
  assert.equal(await reader.step(), 15);
  await reader.leave();
});

test("a film without a picture is not saved, and the dialog says so", async () => {
  const reader = await desk.open("#step-size?t=3");
  /** @type {string[]} */
  const saved = [];
  reader.page.on("download", (download) => saved.push(download.suggestedFilename()));
  await reader.page.evaluate(() => {
    const { addEventListener } = EventTarget.prototype;
    MediaRecorder.prototype.addEventListener = function (
      /** @type {string} */ type,
      /** @type {any} */ listener,
    ) {
      const head = () => listener({ data: new Blob([new Uint8Array(110)]) });
      addEventListener.call(this, type, type === "dataavailable" ? head : listener);
    };
  });
  await startRecording(reader);
  await reader.page
    .getByRole("dialog")
    .getByText(/not be recorded: .* gave no picture/)
    .waitFor();
  assert.deepEqual(saved, []);
  await reader.page.keyboard.press("Escape");
  await reader.leave();
});

test("closing the dialog stops the recording, and nothing is saved", async () => {
  const reader = await desk.open("#constant-step?t=600");
  /** @type {string[]} */
  const saved = [];
  reader.page.on("download", (download) => saved.push(download.suggestedFilename()));
  await startRecording(reader);
  const progress = reader.page.getByRole("progressbar", { name: "recorded" });
  await reader.until(
    async () => Number(await progress.getAttribute("value")) > 0.02,
    () => "the recording never began",
  );
  await reader.page.keyboard.press("Escape");
  await reader.until(
    async () => (await reader.page.getByRole("dialog").count()) === 0,
    () => "the dialog stays",
  );
  await reader.press("Step ▶");
  await reader.untilReadOut(/^step 601 /);
  assert.deepEqual(saved, []);
  await reader.leave();
});
