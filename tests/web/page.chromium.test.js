// The first view, the start and the step size, as a person meets them, under the strict policy.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { differingPixels, near, startDesk } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

test("the first view asks its question and shows both pictures, computed in workers", async () => {
  const reader = await desk.open();
  assert.equal(
    await reader.page.getByRole("heading", { level: 1 }).textContent(),
    "How large a step can you take?",
  );
  assert.match(await reader.page.title(), /How large a step.*Wide Valley/);
  assert.match((await reader.readOut.textContent()) ?? "", /^step 22 · 22 gradients · f − f\* = /);
  await reader.seesPanels(["landscape", "gap"]);
  assert.ok(reader.page.workers().length >= 1);
  assert.ok(await reader.notice.isHidden());
  await reader.untilAddress({ v: 1, alpha: null, t: null });
  await reader.leave();
});

test("a click or a drag on the landscape sets the start", async () => {
  const reader = await desk.open();
  const before = await reader.pictures();
  const { toPage } = await landscapeScale(reader);
  await reader.drag(toPage(-2, 1.2), toPage(0.6, 0.8));
  await reader.untilAddress({ x0: near(0.6, 0.02), y0: near(0.8, 0.02) });
  const query = await reader.address();
  assert.equal(await reader.entry("x0").inputValue(), query.get("x0"));
  assert.equal(await reader.entry("y0").inputValue(), query.get("y0"));
  const dragged = await reader.pictures();
  assert.ok(differingPixels(before.landscape, dragged.landscape) > 200);
  assert.ok(differingPixels(before.gap, dragged.gap) > 200);

  const elsewhere = toPage(-1, -0.5);
  await reader.page.mouse.click(elsewhere.x, elsewhere.y);
  await reader.untilAddress({ x0: near(-1, 0.02), y0: near(-0.5, 0.02) });
  await reader.leave();
});

test("a start can be typed, nudged and moved with the arrow keys", async () => {
  const reader = await desk.open();
  await reader.type("x0", "-1.5");
  await reader.untilAddress({ x0: -1.5 });
  assert.equal(await reader.entry("x0").inputValue(), "−1.5");
  await reader.type("y0", "−0.75");
  await reader.untilAddress({ x0: -1.5, y0: -0.75 });
  assert.equal(await reader.entry("y0").inputValue(), "−0.75");

  await reader.entry("x0").press("ArrowUp");
  await reader.untilAddress({ x0: -1.45, y0: -0.75 });
  await reader.entry("y0").press("Shift+ArrowDown");
  await reader.untilAddress({ x0: -1.45, y0: -1.25 });

  await reader.landscape.focus();
  await reader.landscape.press("ArrowRight");
  await reader.untilAddress({ x0: (text) => Number(text) > -1.45, y0: -1.25 });
  await reader.landscape.press("ArrowUp");
  // The arrows must not step in time as well.
  await reader.untilAddress({ y0: (text) => Number(text) > -1.25, t: null });
  await reader.leave();
});

test("past 2/L the page says at which step it diverged, and the picture keeps its scale", async () => {
  const reader = await desk.open();
  const { toPage } = await landscapeScale(reader);
  const thumb = Number(await reader.alphaSlider.inputValue()) / 1000;
  await reader.drag(
    await reader.placeOn(reader.alphaSlider, thumb, 0.5),
    await reader.placeOn(reader.alphaSlider, 0.97, 0.5),
  );
  await reader.untilAddress({ alpha: (text) => Number(text) > 0.35 });
  const note = (await reader.page.locator(".marked-slider .note").textContent()) ?? "";
  const [, step] = /Gradient descent diverged at step (\d+)/.exec(note) ?? [];
  assert.ok(Number(step) > 0 && Number(step) <= 22, note);
  await reader.seesPanels(["landscape", "gap"]);
  // The window is where it was: the same place on the canvas is the same point.
  const { x, y } = toPage(-1, 0.5);
  await reader.page.mouse.click(x, y);
  await reader.untilAddress({ x0: near(-1, 0.02), y0: near(0.5, 0.02) });
  await reader.leave();
});

test("the marks 1/L, 2/(m+L) and 2/L follow the objective and set the step size", async () => {
  const reader = await desk.open();
  const marks = reader.page.locator(".mark");
  const wide = { "1/L": "0.100", "2/(m+L)": "0.182", "2/L": "0.200" };
  assert.deepEqual(await readMarks(reader), wide);
  await reader.type("condition", "100");
  await reader.untilText(".mark", /0\.0100/);
  const narrow = { "1/L": "0.0100", "2/(m+L)": "0.0198", "2/L": "0.0200" };
  assert.deepEqual(await readMarks(reader), narrow);
  await marks.filter({ hasText: "1/L" }).click();
  await reader.untilAddress({ condition: 100, alpha: 0.01 });
  assert.equal(await reader.alpha.inputValue(), "0.01");
  await marks.filter({ hasText: "2/(m+L)" }).click();
  await reader.untilAddress({ alpha: 0.019802 });
  await reader.leave();
});

test("a step size can be typed; the slider follows and speaks it", async () => {
  const reader = await desk.open();
  assert.equal(await reader.alphaSlider.getAttribute("aria-valuetext"), "0.170");
  const before = Number(await reader.alphaSlider.inputValue());
  await reader.type("alpha", "0.05");
  await reader.untilAddress({ alpha: 0.05 });
  assert.ok(Number(await reader.alphaSlider.inputValue()) < before);
  assert.equal(await reader.alphaSlider.getAttribute("aria-valuetext"), "0.0500");
  await reader.type("alpha", "1e-3");
  await reader.untilAddress({ alpha: 0.001 });
  assert.equal(await reader.alphaSlider.getAttribute("aria-valuetext"), "1e−3");
  await reader.alphaSlider.press("ArrowRight");
  await reader.untilAddress({ alpha: (text) => Number(text) > 0.001 });
  await reader.leave();
});

/**
 * Where a point of the landscape lies on the screen, measured by the start that two clicks set.
 * The start is put back.
 * @param {import("./page-driver.js").Reader} reader
 */
async function landscapeScale(reader) {
  const clicks = [];
  for (const share of [0.4, 0.6]) {
    const place = await reader.placeOn(reader.landscape, share, share);
    await reader.page.mouse.click(place.x, place.y);
    const other = clicks.at(-1);
    await reader.untilAddress({
      x0: (text) => text !== null && text !== other?.x0,
      y0: (text) => text !== null && text !== other?.y0,
    });
    const query = await reader.address();
    clicks.push({ place, x0: query.get("x0"), y0: query.get("y0") });
  }
  await reader.type("x0", "-2");
  await reader.type("y0", "1.2");
  await reader.untilAddress({ x0: null, y0: null });
  const [a, b] = clicks.map(({ place, x0, y0 }) => ({ place, x0: Number(x0), y0: Number(y0) }));
  return {
    /** @param {number} x @param {number} y */
    toPage: (x, y) => ({
      x: a.place.x + ((x - a.x0) / (b.x0 - a.x0)) * (b.place.x - a.place.x),
      y: a.place.y + ((y - a.y0) / (b.y0 - a.y0)) * (b.place.y - a.place.y),
    }),
  };
}

/** @param {import("./page-driver.js").Reader} reader */
async function readMarks(reader) {
  const texts = await reader.page
    .locator(".mark")
    .evaluateAll((marks) =>
      marks.map((mark) => [...mark.children].map((span) => span.textContent ?? "")),
    );
  return Object.fromEntries(texts);
}
