// Presenting in class, by keys and by a presenter's remote; and the list of keys.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { boxOf, near, startDesk } from "./page-driver.js";

/** @typedef {import("./page-driver.js").Reader} Reader */

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

/** @param {Reader} reader */
const caption = (reader) => reader.page.locator(".caption-text");

/** @param {Reader} reader @returns {Promise<string[]>} the titles of what there is to try */
const titles = (reader) => reader.page.locator(".try strong").allTextContents();

for (const [width, height] of [
  [1280, 720],
  [1920, 1080],
]) {
  test(`presented at ${width}×${height} the figure fills the screen, in large type`, async () => {
    const reader = await desk.open("?view=present#step-size", { width, height });
    const { page } = reader;
    await page.locator(".caption").waitFor();
    await reader.frames();
    const whole = { width, height };
    const figure = await boxOf(page.locator(".figure"));
    assert.ok(figure.width > 0.94 * whole.width, `${figure.width} px wide`);
    assert.ok(figure.height > 0.5 * whole.height, `${figure.height} px tall`);
    for (const part of ["h1", ".figure", ".marked-slider", ".transport", ".caption"]) {
      const { x, y, width: wide, height: tall } = await boxOf(page.locator(part));
      assert.ok(x >= 0 && y >= 0 && x + wide <= whole.width + 0.5, part);
      assert.ok(y + tall <= whole.height + 0.5, `${part} ends at ${y + tall}`);
    }
    const letters = await page.locator(".caption-text").evaluate((node) => {
      const range = document.createRange();
      range.selectNodeContents(node);
      return range.getClientRects()[0].height;
    });
    assert.ok(letters > height / 40, `lines of ${letters} px`);
    const usable = page.locator("input:visible, select:visible");
    assert.equal(await usable.count(), 2, "one control: its entry and its slider");
    await reader.leave();
  });
}

test("P presents, the arrows and a remote walk what there is to try, Escape ends", async () => {
  const reader = await desk.open("#step-size");
  const { page } = reader;
  const [first, second] = await titles(reader);
  await page.keyboard.press("p");
  await reader.untilText(".place", /^0 \/ \d$/);
  assert.equal(new URL(page.url()).searchParams.get("view"), "present");
  assert.ok(await page.locator(".bar").isHidden());
  const opened = await reader.address();

  await page.keyboard.press("ArrowRight");
  await reader.untilText(".caption-text", new RegExp(`^${first}`));
  await page.keyboard.press("PageDown");
  await reader.untilText(".caption-text", new RegExp(`^${second}`));
  await page.keyboard.press("PageUp");
  await reader.untilText(".caption-text", new RegExp(`^${first}`));
  await page.keyboard.press("ArrowLeft");
  await reader.untilText(".place", /^0 \//);
  await reader.until(
    async () => String(await reader.address()) === String(opened),
    () => `the first slide is how the scene opens, not ${page.url()}`,
  );
  await page.keyboard.press("ArrowLeft");
  await reader.untilText(".place", /^0 \//);

  await page.keyboard.press("Escape");
  await page.locator(".bar").waitFor();
  assert.equal(new URL(page.url()).searchParams.get("view"), null);
  assert.ok(await caption(reader).isHidden());
  await page.keyboard.press("ArrowRight");
  await reader.untilReadOut(/^step 23 /);
  await reader.leave();
});

test("every slide is the state that its button sets", async () => {
  const reader = await desk.open("#gradient-noise");
  const { page } = reader;
  const names = await titles(reader);
  await reader.untilAddress({ v: 1 });
  const setting = async () => String(await reader.address());
  /** @type {string[]} */
  const byButton = [await setting()];
  for (const name of names) {
    await page.locator(".try", { hasText: name }).click();
    await reader.until(
      async () => !byButton.includes(await setting()),
      () => `${name} sets nothing: ${page.url()}`,
    );
    byButton.push(await setting());
  }
  await page.keyboard.press("p");
  for (const i of [...names.keys()].reverse()) {
    await reader.untilText(".place", new RegExp(`^${i + 1} /`));
    assert.equal(await page.locator(".caption-text strong").textContent(), names[i]);
    await reader.until(
      async () => (await setting()) === byButton[i + 1],
      () => `${page.url()} is not ${byButton[i + 1]}`,
    );
    await page.keyboard.press("PageUp");
  }
  await reader.leave();
});

test("a bookmark opens with its caption, and the slider used with the mouse leaves the arrows alone", async () => {
  const reader = await desk.open("#step-size");
  const [first] = await titles(reader);
  const { page } = reader;
  await page.keyboard.press("p");
  await reader.untilText(".place", /^0 \//);
  await page.keyboard.press("ArrowRight");
  await reader.untilText(".caption-text", new RegExp(`^${first}`));
  await reader.untilAddress({ v: 1 });
  await reader.until(
    async () => (await reader.address()).size > 1,
    () => page.url(),
  );
  const bookmark = page.url().slice(desk.url.length);
  const again = await desk.open(bookmark);
  await again.page.locator(".caption").waitFor();
  await again.untilText(".caption-text", new RegExp(`^${first}`));

  const rail = await boxOf(again.alphaSlider);
  await again.page.mouse.click(rail.x + rail.width / 2, rail.y + rail.height / 2);
  const [marked] = (await again.page.locator(".caption-text strong").allTextContents()) ?? [];
  assert.equal(marked, first, "the caption stays while the control is moved");
  await again.page.keyboard.press("ArrowRight");
  await again.untilText(".place", /^2 \//);
  await again.leave();
  await reader.leave();
});

test("where the page is zoomed the pointer is where it seems to be", async () => {
  const reader = await desk.open("?view=present#step-size", { width: 1280, height: 720 });
  const { page } = reader;
  await page.locator(".caption").waitFor();
  const from = await reader.placeOn(reader.landscape, 0.3, 0.3);
  const to = await reader.placeOn(reader.landscape, 0.5, 0.5);
  await reader.drag(from, to);
  // The window is centred at the minimiser, 0; the legend below it takes some of the height.
  await reader.untilAddress({ x0: near(0, 0.12), y0: near(-0.2, 0.2) });
  const { width } = await boxOf(reader.landscape);
  const pixels = await reader.landscape.evaluate(
    (node) => /** @type {HTMLCanvasElement} */ (node).width,
  );
  assert.ok(Math.abs(pixels - width) < 1, `${pixels} device pixels for ${width}`);
  assert.ok(await page.locator(".caption").isVisible());
  await reader.leave();
});

test("questions come after what there is to try, and digits answer them", async () => {
  const reader = await desk.open("?view=present#confusion", { width: 1280, height: 720 });
  const { page } = reader;
  await page.locator(".caption").waitFor();
  const [count] = await reader.page.locator(".place").allTextContents();
  const last = Number(count.split("/")[1]);
  const before = await reader.address();
  for (let k = 1; k <= last; ++k) {
    await page.keyboard.press("PageDown");
    await reader.untilText(".place", new RegExp(`^${k} /`));
  }
  const answer = page.locator(".caption .answer");
  assert.equal(await answer.textContent(), "");
  await page.keyboard.press("2");
  await reader.untilText(".caption .answer", /^So it is\. Of the run drawn, 0 of/);
  await reader.untilAddress({ x0: 5, t: 200 });
  assert.notEqual(String(before), String(await reader.address()));
  for (const part of ["h1", ".figure", ".caption"]) {
    const { y, height } = await boxOf(page.locator(part));
    assert.ok(y >= 0 && y + height <= 720.5, `${part} ends at ${y + height}`);
  }
  const figure = await boxOf(page.locator(".figure"));
  assert.ok(figure.height > 0.25 * 720, `the figure is ${figure.height} px tall`);
  await reader.leave();
});

test("going to a page ends presenting", async () => {
  const reader = await desk.open("?view=present#confusion");
  await reader.page.locator(".caption").waitFor();
  await reader.goToHash("errata");
  await reader.page.locator(".page h1").waitFor();
  await reader.page.locator(".bar").waitFor();
  assert.equal(new URL(reader.page.url()).search, "");
  assert.ok(await reader.page.locator(".caption").isHidden());
  await reader.leave();
});

test("? lists every key of the page, and a dialog takes the keys from the page", async () => {
  const reader = await desk.open("#step-size?t=5");
  const { page } = reader;
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keys" });
  await dialog.waitFor();
  const keys = await dialog.locator("kbd").allTextContents();
  for (const key of ["Space", "R", "P", "?", "→", "←", "Page Down", "Page Up", "Esc", "Enter"]) {
    assert.ok(keys.includes(key), `${key} is missing from ${keys}`);
  }
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("p");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert.equal(await reader.step(), 5);
  assert.ok(await page.locator(".bar").isVisible());
  await page.keyboard.press("ArrowRight");
  await reader.untilReadOut(/^step 6 /);
  await reader.leave();
});

test("in a frame of a course page nothing presents and nothing lists", async () => {
  const reader = await desk.open("?view=figure#step-size?t=5");
  await reader.page.keyboard.press("p");
  await reader.page.keyboard.press("?");
  await reader.page.keyboard.press("ArrowRight");
  await reader.untilReadOut(/^step 6 /);
  assert.equal(await reader.page.locator("dialog, .caption").count(), 0);
  await reader.leave();
});
