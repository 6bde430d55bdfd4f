// The link as a QR code, read by someone else's reader.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { PNG } from "pngjs";
import { Reader, singleFile, startDesk } from "./page-driver.js";

/** @type {typeof import("jsqr").default} */
const jsQR = createRequire(import.meta.url)("jsqr");

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

/** @param {Reader} reader */
async function openCode(reader) {
  await reader.press("QR code");
  const dialog = reader.page.getByRole("dialog", { name: "QR code" });
  await dialog.waitFor();
  return dialog;
}

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  for (const width of [1280, 360]) {
    test(`the code on the screen reads as the link, ${colorScheme}, ${width} px`, async () => {
      const state = "#gibbs?beta=3&replicates=500&t=40&v=1";
      const reader = await desk.open(state, { width, height: 740 });
      await reader.page.emulateMedia({ colorScheme });
      const dialog = await openCode(reader);
      const picture = PNG.sync.read(await dialog.getByRole("img").screenshot());
      const read = jsQR(new Uint8ClampedArray(picture.data), picture.width, picture.height);
      assert.equal(read?.data, `${desk.url}${state}`);
      await dialog.getByText(`${desk.url}${state}`).waitFor();
      await dialog.getByRole("button", { name: "Close" }).click();
      await reader.leave();
    });
  }
}

test("a link too long for a code is refused in a sentence", async () => {
  const edits = Array.from({ length: 300 }, (_, t) => `${t}:alpha:0.1`).join(",");
  const reader = await desk.open(`#step-size?t=300&edits=${edits}&v=1`);
  const dialog = await openCode(reader);
  await dialog
    .getByRole("alert")
    .filter({ hasText: /^The link has \d{4} characters; a QR code holds at most 2953\./ })
    .waitFor();
  assert.equal(await dialog.getByRole("img").count(), 0);
  await reader.page.keyboard.press("Escape");
  await reader.leave();
});

test("a page on the disk says that no other device can open it", async () => {
  const reader = await Reader.open(desk.context, singleFile);
  const dialog = await openCode(reader);
  await dialog.getByRole("alert").filter({ hasText: "a file on this computer" }).waitFor();
  await reader.leave();
});
