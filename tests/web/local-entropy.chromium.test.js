// The local-entropy scene as a person uses it: γ pulled down, x dragged, every "try this".

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { differingPixels, startDesk } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

test("γ pulled down past the mark: the least of u jumps to the wide valley", async () => {
  const reader = await desk.open("#local-entropy");
  await reader.seesPanels(["curves", "track"]);
  const remark = reader.page.locator(".marked-slider .note");
  await reader.page.waitForFunction(() =>
    document
      .querySelector(".marked-slider .note")
      ?.textContent?.includes("least of u is at x = −1"),
  );
  const before = await reader.pictures();
  await reader.page.getByRole("slider", { name: /coupling γ/ }).focus();
  const entry = reader.page.getByRole("textbox", { name: "coupling γ", exact: true });
  await entry.fill("8");
  await entry.press("Enter");
  await reader.untilAddress({ gamma: 8 });
  await reader.frames();
  assert.match((await remark.textContent()) ?? "", /least of u is at x = 1\.0/);
  assert.match((await remark.textContent()) ?? "", /jumps at γ = 11\.3/);
  const after = await reader.pictures();
  assert.ok(differingPixels(before.curves, after.curves) > 200);
  assert.ok(differingPixels(before.track, after.track) > 50);
  await reader.leave();
});

test("x is dragged, and the force turns round at the minimiser of u", async () => {
  const reader = await desk.open("#local-entropy?v=1&gamma=5");
  const curves = reader.page.locator('[data-panel="curves"] canvas');
  await curves.focus();
  await curves.press("ArrowRight");
  await reader.untilAddress({ x0: (text) => Number(text) > 0 });
  /** @param {number} x */
  const forceAt = async (x) => {
    await reader.type("x0", String(x));
    await reader.untilAddress({ x0: x });
    await reader.frames();
    const text = (await reader.readOut.textContent()) ?? "";
    return Number(text.split("= ").at(-1)?.replace("−", "-"));
  };
  assert.ok((await forceAt(0.7)) > 0);
  assert.ok((await forceAt(1.6)) < 0);
  await reader.leave();
});

test("scoping carries x out of the sharp valley; the link shows the same picture again", async () => {
  const reader = await desk.open("#local-entropy");
  await reader.page.getByRole("button", { name: /Scoping/ }).click();
  await reader.page.waitForFunction(() => {
    const step = /step (\d+)/.exec(document.querySelector(".read-out")?.textContent ?? "");
    return Number(step?.[1]) >= 60;
  });
  await reader.pause();
  await reader.untilAddress({ gamma1: 0.05, t: (text) => Number(text) >= 60 });
  const text = (await reader.readOut.textContent()) ?? "";
  assert.match(text, /x = 0\.9|x = 1\.0/);
  await desk.showsAgain(reader);
  await reader.leave();
});

test("every objective and every “try this” shows its picture without complaint", async () => {
  const reader = await desk.open("#local-entropy");
  const tries = reader.page.locator(".try");
  for (let i = 0; i < (await tries.count()); i += 1) {
    const before = await reader.readOut.textContent();
    await tries.nth(i).click();
    await reader.page.waitForFunction(
      (old) => document.querySelector(".read-out")?.textContent !== old,
      `${before} `,
    );
    await reader.frames();
    assert.ok(await reader.notice.isHidden());
  }
  for (const objective of ["double-well-1d", "cosine-1d", "quadratic-1d"]) {
    await reader.goToHash(`#local-entropy?v=1&objective=${objective}`);
    await reader.untilAddress({ objective });
    await reader.seesPanels(["curves", "track"]);
    assert.ok(await reader.notice.isHidden());
  }
  await reader.leave();
});

test("a start outside of the picture is refused in a sentence that says what is allowed", async () => {
  const reader = await desk.open("#local-entropy?v=1&x0=5");
  await reader.untilText(
    ".notice",
    /start must lie in the picture, from x = .* to 3\.45; 5 does not/,
  );
  await reader.leave();
});
