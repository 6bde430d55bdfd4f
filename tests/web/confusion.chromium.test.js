// The confusion scene in the hands of a person.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { boxOf, differingPixels, startDesk } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

const panels = ["line", "moments"];

/** @param {import("./page-driver.js").Reader} reader */
const picture = (reader) => reader.page.locator('[data-panel="line"] canvas');

/**
 * Where a minimiser at x is drawn, for the data and the start that the scene opens with.
 * @param {import("./page-driver.js").Reader} reader
 * @param {number} x
 */
async function handleAt(reader, x) {
  const box = await boxOf(picture(reader));
  const [low, high] = [0.255, 4.245];
  const room = box.height - 18 - 6 - 38 - 26 - 28 - 22;
  return {
    x: box.x + 56 + ((x - low) / (high - low)) * (box.width - 56 - 16),
    y: box.y + 26 + 0.42 * room,
  };
}

test("opens, plays from outside to inside, and comes back the same", async () => {
  const reader = await desk.open("#confusion");
  const opened = await reader.seesPanels(panels);
  await reader.untilReadOut(/^step 0 · E \(x − x\*\)² = 7\.96$/);
  await reader.press("▶ Play");
  await reader.untilReadOut(/^step (2[5-9]|3\d)/);
  await reader.press("❚❚ Pause");
  await reader.untilText(".summary", /(9\d\.\d|100) % of the runs are inside the region \[0\.500/);
  await reader.press("↺ Reset");
  await reader.untilReadOut(/^step 0/);
  const again = await reader.pictures();
  assert.equal(differingPixels(opened.line, again.line), 0);
  await reader.leave();
});

test("a link gives the same picture when it is opened again", async () => {
  const address = "#confusion?a=1%2C+2%2C+2&b=0%2C+1%2C+4&sampling=shuffle-once&alpha=0.08&t=31";
  const reader = await desk.open(address);
  await reader.seesPanels(panels);
  await desk.showsAgain(reader);
  await reader.leave();
});

test("minimisers are dragged, steepened, added by double click, and removed by dragging out", async () => {
  const reader = await desk.open("#confusion?t=20");
  await reader.drag(await handleAt(reader, 1.5), await handleAt(reader, 2));
  await reader.untilText(".note", /region of confusion \[0\.500, (1\.9[7-9]|2\.0\d|2)\]/);
  assert.match((await reader.entry("a").inputValue()) ?? "", /^1, 2, 3$/);
  assert.match((await reader.entry("b").inputValue()) ?? "", /^1, 1, (5\.9|6)/);

  await reader.page.goto(`${desk.url}#confusion?t=21`);
  await reader.untilAddress({ t: 21, b: null });
  const place = await handleAt(reader, 3);
  await reader.page.mouse.dblclick(place.x, place.y);
  await reader.untilText(".note", /region of confusion \[0\.500, (2\.9\d|3\.0\d|3)\]/);
  assert.match(await reader.entry("a").inputValue(), /^1, 2, 3, 1$/);

  const box = await boxOf(picture(reader));
  const added = await handleAt(reader, 3);
  await reader.drag(added, { x: added.x, y: box.y - 30 });
  await reader.untilText(".note", /region of confusion \[0\.500, 1\.50\]/);
  assert.equal(await reader.entry("a").inputValue(), "1, 2, 3");

  const steep = await handleAt(reader, 1);
  await reader.drag(steep, { x: steep.x, y: steep.y - 74 });
  await reader.page.waitForFunction(() => {
    const entry = document.querySelector('[data-parameter="a"] input');
    return /^(1\.9|2|2\.0)/.test(/** @type {HTMLInputElement} */ (entry).value);
  });
  await reader.leave();
});

test("the keyboard does all that: chooses, moves, adds, removes", async () => {
  const reader = await desk.open("#confusion?t=20");
  await picture(reader).focus();
  const { keyboard } = reader.page;
  await keyboard.press("Enter");
  await keyboard.press("Enter");
  await reader.untilText('[data-panel="line"] .spoken', /^minimiser of term 1, at 1$/);
  await keyboard.press("ArrowRight");
  await reader.untilAddress({ b: "1.04, 1, 4.5" });
  await keyboard.press("ArrowUp");
  await reader.untilAddress({ a: "1.05, 2, 3" });
  await keyboard.press("Delete");
  await reader.untilAddress({ a: "2, 3", b: "1, 4.5" });
  await keyboard.press("+");
  await reader.untilText(".note", /region of confusion \[0\.500, 2\.\d\d\]/);
  assert.match(await reader.entry("a").inputValue(), /^2, 3, 1$/);
  await reader.leave();
});

test("the table is typed too, and what is wrong with it is said beside it", async () => {
  const reader = await desk.open("#confusion");
  await reader.type("b", "2, 1, 4.5");
  await reader.untilAddress({ b: "2, 1, 4.5" });
  await reader.untilText(".note", /region of confusion \[0\.500, 2\]/);
  await reader.type("a", "1, two, 3");
  await reader.untilText('[data-parameter="a"] .complaint', /“two”/);
  await reader.type("a", "1, 2, 3");
  await reader.choose("sampling", "cyclic");
  await reader.untilAddress({ sampling: "cyclic" });
  await reader.type("batch", "4");
  await reader.untilText('[data-parameter="batch"] .complaint', /at most 3/);
  await reader.leave();
});

test("every “try this” leads where it says", async () => {
  const reader = await desk.open("#confusion");
  await reader.press("No bell at all");
  await reader.untilText(".note", /region of confusion \[−1, 1\]/);
  await reader.untilReadOut(/^step 40 · E \(x − x\*\)² = 0\.3[34]/);
  await reader.seesPanels(panels);

  await reader.press("Reshuffle, and pay in bias");
  await reader.untilReadOut(/^step 60 · E x − x\* = 0\.03/);

  await reader.press("All three at once");
  await reader.untilReadOut(/^step [2-9]/);

  await reader.press("Past 2A/E a⁴");
  await reader.untilText(".note", /breaks the condition α < 0\.286 \(2A\/E a⁴/);

  await reader.press("Real data");
  await reader.untilText(".note", /x\* = 0\.586/);
  await reader.untilReadOut(/^step 150/);
  await reader.seesPanels(panels);
  await reader.leave();
});

test("on a phone and in a frame all is in view", async () => {
  const reader = await desk.open("?view=figure#confusion?t=20");
  await reader.page.setViewportSize({ width: 640, height: 480 });
  await reader.frames();
  for (const panel of panels) {
    const box = await boxOf(reader.page.locator(`[data-panel="${panel}"] canvas`));
    assert.ok(box.y >= 0 && box.y + box.height <= 480 && box.height > 150, JSON.stringify(box));
  }
  await reader.page.setViewportSize({ width: 360, height: 740 });
  const width = await reader.page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 360, `${width} px wide`);
  await reader.leave();
});
