// The landscape scene as a person uses it: the water raised, branches picked, the surface turned.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { differingPixels, startDesk } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

const panels = ["map", "surface", "tree"];

test("the water is raised over the saddle: two lakes become one", async () => {
  const reader = await desk.open("#landscape");
  await reader.seesPanels(panels);
  await reader.untilReadOut(/2 lakes/);
  const before = await reader.pictures();
  const level = reader.page.getByRole("textbox", { name: "water level λ", exact: true });
  await level.fill("1.2");
  await level.press("Enter");
  await reader.untilAddress({ level: 1.2 });
  await reader.untilReadOut(/1 lake$/);
  await reader.frames();
  const after = await reader.pictures();
  for (const panel of panels) {
    assert.ok(differingPixels(before[panel], after[panel]) > 200, panel);
  }
  await reader.leave();
});

test("the flow ends on the floor and keeps w₁² − w₂²; descent loses some of it", async () => {
  const reader = await desk.open("#landscape?v=1&beside=kept&alpha=0.05&t=100");
  await reader.seesPanels(["map", "surface", "kept"]);
  const remark = reader.page.locator(".marked-slider .note");
  const lost = async () => {
    const text = (await remark.textContent()) ?? "";
    const number = /changed by (−?[\d.]*\d(e−?\d+)?)/.exec(text)?.[1] ?? "";
    return Math.abs(Number(number.replaceAll("−", "-")));
  };
  await reader.untilReadOut(/step 100/);
  assert.ok((await lost()) < 1e-8);
  await reader.goToHash("#landscape?v=1&beside=kept&alpha=0.05&method=gd&t=100");
  await reader.untilAddress({ method: "gd" });
  await reader.untilReadOut(/step 100/);
  await reader.frames();
  assert.ok((await lost()) > 1e-3);
  await reader.leave();
});

test("a branch of the tree is picked by key: the start is at the bottom of its lake", async () => {
  const reader = await desk.open("#landscape?v=1&objective=himmelblau&level=20");
  await reader.seesPanels(panels);
  await reader.untilReadOut(/lakes/);
  const tree = reader.page.locator('[data-panel="tree"] canvas');
  await tree.focus();
  await tree.press("ArrowRight");
  await reader.untilAddress({ x0: (text) => Number(text) !== 2.2 });
  await reader.untilReadOut(/f = 0\.0|f = \d\.\d*e−/);
  await reader.leave();
});

test("the surface is turned by key and by pointer, and the link keeps the turn", async () => {
  const reader = await desk.open("#landscape");
  await reader.seesPanels(panels);
  const surface = reader.page.locator('[data-panel="surface"] canvas');
  const before = await reader.pictures();
  await surface.focus();
  await surface.press("ArrowRight");
  await reader.untilAddress({ azimuth: 335 });
  const box = await surface.boundingBox();
  assert.ok(box);
  await reader.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await reader.page.mouse.down();
  await reader.page.mouse.move(box.x + box.width / 4, box.y + box.height / 2);
  await reader.page.mouse.up();
  await reader.untilAddress({ azimuth: 90 });
  await reader.frames();
  const after = await reader.pictures();
  assert.ok(differingPixels(before.surface, after.surface) > 1000);
  assert.equal(differingPixels(before.map, after.map), 0);
  await desk.showsAgain(reader);
  await reader.leave();
});

test("every objective and every “try this” shows its picture without complaint", async () => {
  const reader = await desk.open("#landscape");
  await reader.seesPanels(panels);
  for (const objective of ["rosenbrock", "mixture", "saddle", "double-well", "random"]) {
    await reader.goToHash(`#landscape?v=1&objective=${objective}`);
    await reader.untilAddress({ objective });
    await reader.seesPanels(panels);
    assert.ok(await reader.notice.isHidden());
  }
  const tries = reader.page.locator(".try");
  for (let i = 0; i < (await tries.count()); i += 1) {
    await tries.nth(i).click();
    await reader.frames();
    assert.ok(await reader.notice.isHidden());
  }
  await reader.leave();
});

test("marks on the slider stand in the order of their levels, each label nearest to its own", async () => {
  const reader = await desk.open("#landscape?v=1&objective=himmelblau&level=20");
  await reader.seesPanels(panels);
  const marks = reader.page.locator(".marked-slider .mark");
  const labels = await marks.evaluateAll((all) =>
    all.map((mark) => ({
      left: mark.getBoundingClientRect().left,
      value: Number(mark.querySelector(".value")?.textContent),
    })),
  );
  assert.equal(labels.length, 3);
  const byPlace = labels.toSorted((a, b) => a.left - b.left).map(({ value }) => value);
  assert.deepEqual(
    byPlace,
    byPlace.toSorted((a, b) => a - b),
  );
  await reader.leave();
});

test("a slider without marks has none that are infinite", async () => {
  const reader = await desk.open(
    "#step-size?v=1&objective=expression&expression=log(x)&x0=0.5&alpha=0.1",
  );
  await reader.untilReadOut(/^step \d/);
  const labels = reader.page.locator(".marked-slider .mark span:first-child");
  assert.deepEqual(await labels.allTextContents(), []);
  await reader.leave();
});

test("an undefined half, a flat slice and a narrow valley have their tree and their water", async () => {
  const reader = await desk.open(
    "#landscape?v=1&objective=expression&expression=x^2%2By^2-log(x)&x0=2",
  );
  await reader.seesPanels(panels);
  await reader.untilReadOut(/1 lake$/);
  const heights = async () => {
    const drawn = await reader.drawnTexts();
    return drawn.filter((text) => /^10[⁰¹²³⁻⁴]*$|^\d+$/.test(text)).length;
  };
  assert.ok((await heights()) > 1);
  await reader.goToHash("#landscape?v=1&objective=quadratic&condition=10000");
  await reader.untilText(".marked-slider .note", /The water stands at f = 0\.300: 1 lake/);
  await reader.goToHash("#landscape?v=1&network=depth-3&slice=0");
  await reader.untilText(".marked-slider .note", /1 lake/);
  assert.ok(await reader.notice.isHidden());
  await reader.leave();
});

test("with decay nothing is said of a way along the floor; a bowl has no saddles in its legend", async () => {
  const reader = await desk.open("#landscape?v=1&weightDecay=1");
  await reader.seesPanels(panels);
  await reader.untilText(".marked-slider .note", /no longer level/);
  await reader.goToHash("#landscape?v=1&objective=quadratic");
  await reader.untilReadOut(/1 lake$/);
  await reader.frames();
  const drawn = await reader.drawnTexts();
  assert.ok(!drawn.includes("along the floor"));
  await reader.leave();
  const bowl = await desk.open("#landscape?v=1&objective=quadratic");
  await bowl.seesPanels(panels);
  assert.ok(!(await bowl.drawnTexts()).includes("saddles, summits"));
  await bowl.leave();
});
