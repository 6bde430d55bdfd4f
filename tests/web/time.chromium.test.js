// Play, pause, step, back, scrub, speed, reset, live changes, and the link that replays them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { differingPixels, near, Reader, startDesk } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

test("play moves the step, pause holds it, one step on and back undo each other", async () => {
  const reader = await desk.open("#step-size?t=0");
  await reader.press("Play");
  await reader.untilStep(5);
  assert.equal(await reader.play.textContent(), "❚❚ Pause");
  await reader.pause();
  await reader.untilAddress({ t: (text) => Number(text) >= 5 });
  const paused = await reader.step();
  const before = await reader.pictures();
  await reader.press("Step ▶");
  await reader.untilReadOut(new RegExp(`^step ${paused + 1} `));
  const onward = await reader.pictures();
  assert.ok(differingPixels(before.landscape, onward.landscape) > 0);
  await reader.press("◀ Step");
  await reader.untilReadOut(new RegExp(`^step ${paused} `));
  await reader.untilAddress({ t: paused });
  const back = await reader.pictures();
  assert.equal(differingPixels(before.landscape, back.landscape), 0);
  await reader.leave();
});

test("scrubbing shows the step under the thumb; reset goes to step 0", async () => {
  const reader = await desk.open("#step-size?t=40");
  const scrub = reader.page.getByRole("slider", { name: "step shown" });
  assert.equal(await scrub.getAttribute("aria-valuetext"), "step 40 of 40");
  await reader.drag(await reader.placeOn(scrub, 0.99, 0.5), await reader.placeOn(scrub, 0.5, 0.5));
  await reader.untilAddress({ t: near(20, 1) });
  await reader.untilReadOut(/^step (19|20|21) · (19|20|21) gradients/);
  assert.match((await scrub.getAttribute("aria-valuetext")) ?? "", / of 40$/);
  await reader.press("Reset");
  await reader.untilReadOut(/^step 0 · 0 gradients/);
  await reader.untilAddress({ t: 0 });
  assert.ok(await reader.page.getByRole("button", { name: "◀ Step" }).isDisabled());
  assert.ok(await reader.page.getByRole("button", { name: "Reset" }).isDisabled());
  await reader.leave();
});

test("a higher speed makes more steps in the same time", async () => {
  const reader = await desk.open("#step-size?t=0&alpha=0.001");
  await reader.page.getByRole("combobox", { name: "speed" }).selectOption("200");
  const start = performance.now();
  await reader.press("Play");
  await reader.untilStep(100);
  // At the first speed, 10 steps a second, this takes ten seconds.
  assert.ok(performance.now() - start < 5000);
  await reader.press("Pause");
  await reader.leave();
});

test("a run that ends stops the clock and says so", async () => {
  const reader = await desk.open("#step-size?t=0&alpha=0.3&race=");
  await reader.page.getByRole("combobox", { name: "speed" }).selectOption("50");
  await reader.press("Play");
  await reader.untilText(".marked-slider .note", /diverged at step \d+/);
  await reader.untilText(".play", /Play/);
  assert.ok(await reader.play.isDisabled());
  assert.ok(await reader.page.getByRole("button", { name: "Step ▶" }).isDisabled());
  await reader.press("◀ Step");
  await reader.untilText(".marked-slider .note", /^(?!.*diverged)/);
  assert.ok(await reader.play.isEnabled());
  await reader.leave();
});

test("a step size changed while playing is logged, replays, and leaves the past alone", async () => {
  const reader = await desk.open("#step-size?t=0");
  await reader.press("Play");
  await reader.untilStep(3);
  await reader.type("alpha", "0.03");
  await reader.untilText(".play", /Pause/);
  await reader.untilAddress({ edits: (text) => /^\d+:alpha:0\.03$/.test(text ?? "") });
  const known = await reader.step();
  await reader.untilStep(known + 5);
  await reader.pause();
  const query = await reader.address();
  assert.equal(query.get("alpha"), null, "the step size at the start is the old one");
  const change = Number.parseInt(query.get("edits") ?? "", 10);
  assert.ok(change >= 3 && change <= known, `changed at step ${change}`);
  assert.equal(await reader.alpha.inputValue(), "0.03");

  await replaysInAFreshBrowser(reader);

  // Up to the change the path is that of a run without it.
  const { x: mid, y } = await reader.placeOn(reader.page.locator(".scrub"), 0.5, 0.5);
  await reader.page.mouse.click(mid, y);
  await scrubTo(reader, change - 1);
  const changed = await reader.readOut.textContent();
  const plain = await desk.open(`#step-size?t=${change - 1}`);
  assert.equal(changed, await plain.readOut.textContent());
  assert.equal(await reader.alpha.inputValue(), "0.17");
  const one = await reader.pictures();
  const other = await plain.pictures();
  assert.equal(differingPixels(one.landscape, other.landscape), 0);
  await plain.leave();
  await reader.leave();
});

test("every part of a state is in its link", async () => {
  const address = [
    "#step-size?objective=himmelblau&method=adam&alpha=0.1&momentum=0.9&x0=-3&y0=2.5",
    "race=nesterov%2Crmsprop&t=50&edits=10:alpha:0.05,20:momentum:0.5&v=1",
  ].join("&");
  const reader = await desk.open(address);
  assert.ok(await reader.notice.isHidden());
  await reader.press("Step ▶");
  await reader.untilAddress({
    objective: "himmelblau",
    method: "adam",
    alpha: 0.1,
    momentum: 0.9,
    x0: -3,
    y0: 2.5,
    race: "nesterov,rmsprop",
    t: 51,
    edits: "10:alpha:0.05,20:momentum:0.5",
  });
  await replaysInAFreshBrowser(reader);
  await reader.leave();
});

/**
 * The link of this page, opened by a browser that has seen nothing, gives the same to the pixel.
 * @param {Reader} reader
 */
async function replaysInAFreshBrowser(reader) {
  const other = await startDesk();
  // The same server: the address is part of nothing in the picture, and yet it could be.
  const copy = await Reader.open(other.context, `${desk.url}${reader.hash}`);
  assert.equal(await copy.readOut.textContent(), await reader.readOut.textContent());
  await copy.seesTheSameAs(reader);
  await copy.leave();
  await other.close();
}

/**
 * @param {Reader} reader
 * @param {number} step
 */
async function scrubTo(reader, step) {
  const scrub = reader.page.locator(".scrub");
  await scrub.fill(String(step));
  await reader.untilReadOut(new RegExp(`^step ${step} `));
}
