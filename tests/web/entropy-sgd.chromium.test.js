// The Entropy-SGD scene as a person uses it: the race played, γ and the inner loop changed on the way.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { differingPixels, startDesk } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

const panels = ["valleys", "share"];

test("Entropy-SGD finds the wide valley, SGD at equal gradients does not", async () => {
  const reader = await desk.open("#entropy-sgd?v=1&replicates=300&t=200");
  await reader.seesPanels(panels);
  await reader.untilReadOut(/4000 gradients/);
  await reader.untilText(".summary", /4000 gradients .*Entropy-SGD \d/);
  const summary = (await reader.page.locator(".summary").textContent()) ?? "";
  const share = (/** @type {string} */ name) => {
    const found = new RegExp(`[ ]${name} (\\d[\\d.]*) ?%`).exec(summary);
    assert.ok(found, `${name} in ${summary}`);
    return Number(found[1]);
  };
  assert.ok(share("Entropy-SGD") > 90);
  assert.ok(share("SGD") < 60);
  await reader.leave();
});

test("it plays, a hyper-parameter changed while it plays is kept in the link", async () => {
  const reader = await desk.open("#entropy-sgd?v=1&replicates=100&t=0");
  await reader.seesPanels(panels);
  const before = await reader.pictures();
  await reader.play.click();
  await reader.untilReadOut(/[1-9]\d* gradients/);
  await reader.type("noise", "0.5");
  await reader.untilReadOut(/[1-9]\d{2,} gradients/);
  await reader.pause();
  await reader.untilAddress({ edits: (text) => /noise/.test(text ?? "") });
  await reader.frames();
  const after = await reader.pictures();
  for (const panel of panels) {
    assert.ok(differingPixels(before[panel], after[panel]) > 200, panel);
  }
  await desk.showsAgain(reader);
  await reader.leave();
});

test("every objective and every “try this” shows its picture without complaint", async () => {
  const reader = await desk.open("#entropy-sgd?v=1&replicates=50");
  const tries = reader.page.locator(".try");
  for (let i = 0; i < (await tries.count()); i += 1) {
    await tries.nth(i).click();
    await reader.untilReadOut(/gradients/);
    assert.ok(await reader.notice.isHidden());
  }
  for (const objective of ["mixture", "double-well-1d", "himmelblau"]) {
    await reader.goToHash(`#entropy-sgd?v=1&replicates=50&objective=${objective}`);
    await reader.seesPanels(panels);
    assert.ok(await reader.notice.isHidden());
  }
  await reader.leave();
});
