// The scene about connected minima in the hands of a person.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDesk } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

const note = ".marked-slider .note";
const certified =
  /^Found: at 32 points of each of \d+ segments the loss is at most 2e−3\. The two are connected/;

test("the path grows while it plays, ends certified, and a link shows the same picture", async () => {
  const reader = await desk.open("#connectivity?t=0");
  await reader.seesPanels(["plane", "profile"]);
  await reader.untilReadOut(/^step 0 · training the ends: loss [\d.]+ and [\d.]+$/);
  await reader.goToHash("#connectivity?t=330");
  await reader.untilReadOut(/^step 330 · \d beads, length 1\.\d+ · highest loss/);
  await reader.play.click();
  await reader.untilText(note, certified);
  await reader.untilReadOut(/^step 416 · 9 beads, length 1\.26 · highest loss 1\.\d+e−3$/);
  await reader.untilText(".summary", /^Step 416: a path of 9 beads, 1\.26 times as long/);
  const again = await desk.open("#connectivity?t=416");
  await again.seesTheSameAs(reader);
  const plane = reader.page.locator('[data-panel="plane"] canvas');
  await plane.hover({ position: { x: 60, y: 60 } });
  await reader.untilText('[data-panel="plane"] .tip', /^loss [\d.]+, in the plane$/);
  const profile = reader.page.locator('[data-panel="profile"] canvas');
  await profile.hover({ position: { x: 250, y: 150 } });
  await reader.untilText(
    '[data-panel="profile"] .tip',
    /^\d+ % of the way\nalong the path: loss [\d.e−]+\nstraight line: loss 0\.[\d.]+\nlevel 2e−3$/,
  );
  await again.leave();
  await reader.leave();
});

test("two exchanged units are walled off, eight are not, and no more is claimed than is known", async () => {
  const reader = await desk.open("#connectivity?t=0");
  await reader.page.getByRole("button", { name: /Two units, exchanged/ }).click();
  await reader.untilText(
    note,
    /^Not found, and here none exists: det W changes sign .* at least 0\.0826 > 2e−3\.$/,
  );
  assert.ok((await reader.drawnTexts()).includes("no path stays below 0.0826"));
  await reader.page.getByRole("button", { name: /Six units more/ }).click();
  await reader.untilText(note, certified);
  // Four units have no such wall: the search gives up, and says only that.
  await reader.goToHash("#connectivity?width=4&pairs=1&beads=12&t=20000");
  await reader.untilText(note, /^Not found with 12 beads\. That proves nothing/);
  await reader.leave();
});

test("width by width: every search succeeds from some width on", async () => {
  const reader = await desk.open("#connectivity?look=widths&pairs=2&beads=16&patience=200&t=20000");
  await reader.seesPanels(["barriers", "lengths"]);
  await reader.untilReadOut(/ · 10 of 10 searches ended$/);
  const drawn = await reader.drawnTexts();
  assert.ok(drawn.includes("∝ p^(−1/2), for the eye"));
  assert.ok(drawn.includes("path, found or not"));
  await reader.untilText(".marked-slider .note", /^At p = 2 training stops above 2e−3: some pairs/);
  await reader.untilText(
    ".summary",
    /p = 16: a path found for 2 of 2 pairs, barrier 0,.*p = 32: a path found for 2 of 2 pairs/,
  );
  const barriers = reader.page.locator('[data-panel="barriers"] canvas');
  await barriers.hover({ position: { x: 100, y: 100 } });
  await reader.untilText(
    '[data-panel="barriers"] .tip',
    /^p = 2: a path found for \d of 2 pairs\n(.*\n)*\d measured from/,
  );
  await reader.leave();
});

test("one unit cannot be exchanged, and an end that stays above the level is told", async () => {
  const reader = await desk.open("#connectivity?width=1&pairs=1&t=0");
  await reader.choose("ends", "exchanged");
  await reader.untilText(".complaint", /from width 2 on; 1 has no two units/);
  await reader.goToHash("#connectivity?width=2&pairs=1&beads=8&patience=100&t=20000");
  await reader.untilText(
    ".marked-slider",
    /Training stops above 2e−3: the level is set just above the worse end/,
  );
  await reader.leave();
});
