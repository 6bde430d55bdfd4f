// The scene about the order of the data in the hands of a person.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { near, startDesk } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

const panels = ["gap", "floor", "spread"];

test("opens, plays, and a link gives the same picture again", async () => {
  const reader = await desk.open("#sampling?t=60");
  await reader.untilReadOut(/^epoch 20 · reshuffled bias/);
  await reader.seesPanels(panels);
  await desk.showsAgain(reader);
  await reader.press("▶ Play");
  await reader.untilReadOut(/^epoch (2[3-9]|3\d)/);
  await reader.press("❚❚ Pause");
  await reader.press("↺ Reset");
  await reader.untilReadOut(/^epoch 0 · reshuffled bias 3\.82$/);
  await reader.leave();
});

test("the step size is dragged in the picture of the floors, and moved by keys", async () => {
  const reader = await desk.open("#sampling");
  const floor = reader.page.locator('[data-panel="floor"] canvas');
  const from = await reader.placeOn(floor, 0.55, 0.6);
  const to = await reader.placeOn(floor, 0.45, 0.6);
  await reader.drag(from, to);
  // Where the pointer came to rest, and none of the places on its way there.
  await reader.untilAddress({ alpha: near(0.0089, 0.0004) });
  const dragged = Number((await reader.address()).get("alpha"));
  await floor.focus();
  await reader.page.keyboard.press("ArrowRight");
  const larger = Number((1.05 * dragged).toPrecision(3));
  await reader.untilAddress({ alpha: String(larger) });
  await reader.leave();
});

test("halving α halves the floor of replacement and quarters the others", async () => {
  const reader = await desk.open("#sampling?replicates=4000&t=360");
  const gaps = async () => {
    const text = (await reader.page.locator(".summary").textContent()) ?? "";
    const [, ...found] =
      /replacement ([\d.e−]+), reshuffled ([\d.e−]+), shuffled once ([\d.e−]+), cyclic ([\d.e−]+)\./.exec(
        text,
      ) ?? [];
    return found.map((number) => Number(number.replace("−", "-")));
  };
  await reader.untilText(".summary", /step size 0\.0200/);
  const before = await gaps();
  await reader.type("alpha", "0.01");
  await reader.untilText(".summary", /step size 0\.0100/);
  const ratios = (await gaps()).map((gap, k) => gap / before[k]);
  assert.ok(ratios[0] > 0.4 && ratios[0] < 0.6, `${ratios}`);
  for (const ratio of ratios.slice(1)) {
    assert.ok(ratio > 0.1 && ratio < 0.3, `${ratios}`);
  }
  await reader.leave();
});

test("where every order has diverged playing ends, though smaller steps would go on", async () => {
  const reader = await desk.open("#sampling?alpha=2&t=0");
  await reader.press("▶ Play");
  await reader.untilText(".note", /Diverged, .*: replacement, reshuffled, shuffled once, cyclic\./);
  await reader.untilText(".play", /Play/);
  assert.ok(await reader.play.isDisabled());
  await reader.untilAddress({ t: 3 });
  const again = await desk.open("#sampling?alpha=2");
  assert.ok(await again.play.isDisabled());
  await again.untilReadOut(/^epoch 1 /);
  await again.type("alpha", "0.02");
  await again.untilReadOut(/^epoch 60 /);
  await again.leave();
  await reader.leave();
});

test("every “try this” leads where it says", async () => {
  const reader = await desk.open("#sampling");
  await reader.press("Watch the floors part");
  await reader.untilReadOut(/^epoch [2-9]/);
  await reader.press("Halve the step");
  await reader.untilReadOut(/^epoch 120 · reshuffled bias 5\.\d+e−3 ±/);
  await reader.press("The price is a bias");
  await reader.untilText(".summary", /Bias of reshuffling 0\.09\d+ ± [\d.e−]+, exactly 0\.0935/);
  await reader.press("Stable only without replacement");
  await reader.untilText(".note", /α < 2A\/E a⁴ = 0\.286 fails/);
  await reader.untilText(".note", /Diverged, E f grew a hundredfold: replacement\./);
  await reader.press("Terms that agree");
  await reader.untilReadOut(/^epoch 60 · reshuffled bias 5\.39e−8$/);
  await reader.press("Real data");
  await reader.untilReadOut(/^epoch 25 · reshuffled bias/);
  await reader.seesPanels(["gap", "floor"]);
  await reader.untilText(".note", /One epoch is 342 updates/);
  await reader.leave();
});
