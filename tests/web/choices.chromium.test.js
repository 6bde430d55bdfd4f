// Methods raced, every objective, the data sets and the steps to try.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { differingPixels, near, startDesk } from "./page-driver.js";

/** @typedef {import("./page-driver.js").Reader} Reader */

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

test("methods ticked in the race run from the same start, in the picture and in words", async () => {
  const reader = await desk.open();
  const before = await reader.pictures();
  assert.ok(!(await reader.drawnTexts()).includes("Adam"));
  const race = reader.page.locator('[data-parameter="race"]');
  assert.equal(await race.locator(".chosen").textContent(), "heavy ball");
  await race.locator("summary").click();
  await race.getByRole("checkbox", { name: "Nesterov" }).check();
  await reader.untilAddress({ race: "heavy-ball,nesterov" });
  await race.getByRole("checkbox", { name: "Adam", exact: true }).check();
  await reader.untilAddress({ race: "heavy-ball,nesterov,adam" });
  assert.match((await race.locator(".chosen").textContent()) ?? "", /heavy ball, Nesterov.*, Adam/);
  await reader.untilText(
    ".summary",
    /heavy ball is .*; Nesterov diverged at step \d+; Adam is .* at step 22/,
  );
  const raced = await reader.pictures();
  const drawn = await reader.drawnTexts();
  for (const name of ["gradient descent", "heavy ball", "Nesterov", "Adam"]) {
    assert.ok(drawn.includes(name), `${name} is in no legend`);
  }
  assert.ok(differingPixels(before.landscape, raced.landscape) > 200);
  assert.ok(differingPixels(before.gap, raced.gap) > 200);
  for (const name of ["heavy ball", "Nesterov", "Adam"]) {
    await race.getByRole("checkbox", { name, exact: name === "Adam" }).uncheck();
  }
  await reader.untilAddress({ race: "" });
  assert.equal(await race.locator(".chosen").textContent(), "none");
  await reader.untilText(".summary", /^(?!.*heavy ball)/);
  await reader.page.locator("h1").click();
  assert.ok(
    await race.getByRole("checkbox").first().isHidden(),
    "a click elsewhere closes the menu",
  );
  await reader.leave();
});

test("a scene whose menu was open is let go when another one is opened", async () => {
  const reader = await desk.open("#step-size?t=3");
  const { page } = reader;
  await page.locator('[data-parameter="race"] summary').click();
  await page.locator('[data-parameter="race"] .items').waitFor();
  await page.evaluate(() => {
    Object.assign(globalThis, { left: new WeakRef(document.querySelector(".scene") ?? {}) });
  });
  await page.locator('.contents a[href="#local-entropy"]').click();
  await reader.untilText("h1", /local|valley|entropy/i);
  await reader.untilPainted();
  const session = await page.context().newCDPSession(page);
  await reader.until(
    async () => {
      await session.send("HeapProfiler.collectGarbage");
      return page.evaluate(() => /** @type {any} */ (globalThis).left.deref() === undefined);
    },
    () => "the scene that was left is still held",
  );
  await reader.leave();
});

test("a number that only the scene itself reads is refused in a sentence, and the link keeps the last one", async () => {
  const cases = [
    { hash: "#landscape?t=0", id: "azimuth", bad: ["1980", "abc", "1e400"], good: "45" },
    { hash: "#work?n=30", id: "at", bad: ["-1", "abc", "2.5"], good: "100" },
    { hash: "#entropy-sgd?t=0", id: "largeStep", bad: ["1e8", "x;y"], good: "2" },
    { hash: "#network?epochs=1&look=seeds&seeds=1", id: "seeds", bad: ["1000", "0"], good: "2" },
    { hash: "#network?epochs=1", id: "seed", bad: ["", "x"], good: "2" },
    { hash: "#perceptron?d=5&n=3", id: "seed", bad: ["", "x"], good: "2" },
  ];
  for (const { hash, id, bad, good } of cases) {
    const reader = await desk.open(hash);
    const isOfIt = new RegExp(`(^|\\()${id}\\)? must be `);
    for (const text of bad) {
      await reader.type(id, text);
      await reader.until(
        async () => (await reader.complaints()).some((each) => isOfIt.test(each)),
        () => `${hash}: “${text}” was not refused under ${id}`,
      );
      await reader.untilComputed();
      assert.ok(![...bad].includes((await reader.address()).get(id) ?? "none"), hash);
    }
    await reader.type(id, good);
    await reader.untilAddress({ [id]: good });
    assert.deepEqual(await reader.complaints(), []);
    await reader.leave();
  }
});

test("momentum is offered while a method in play has use for it", async () => {
  const reader = await desk.open("#step-size?race=");
  assert.ok(await reader.control("momentum").isHidden());
  await reader.choose("method", "heavy-ball");
  await reader.untilAddress({ method: "heavy-ball" });
  assert.ok(await reader.control("momentum").isVisible());
  await reader.type("momentum", "0.5");
  await reader.untilAddress({ momentum: 0.5 });
  await reader.leave();
});

test("every objective of the table can be chosen from the one before", async () => {
  const reader = await desk.open();
  const options = await optionsOf(reader, "objective");
  assert.ok(options.length >= 10, options.join());
  for (const objective of [...options.slice(1), options[0]]) {
    await reader.choose("objective", objective);
    await reader.untilAddress({ objective: objective === options[0] ? null : objective });
    await seesNoComplaint(reader, objective);
    await reader.seesPanels(panelsOf(objective));
    assert.equal(await reader.page.locator(".mark").count(), 3, objective);
  }
  await reader.leave();
});

test("every objective of the table opens from a link of its own", async () => {
  const reader = await desk.open();
  for (const objective of (await optionsOf(reader, "objective")).toReversed()) {
    await reader.goToHash(`#step-size?objective=${objective}&t=7`);
    await reader.untilAddress({ objective: objective === "quadratic" ? null : objective, t: 7 });
    await reader.untilReadOut(/^step [1-7] /);
    await seesNoComplaint(reader, objective);
    await reader.seesPanels(panelsOf(objective));
  }
  await reader.leave();
});

for (const [objective, ...others] of [
  ["least-squares", "breast-cancer", "penguins", "digits"],
  ["logistic", "breast-cancer", "penguins"],
]) {
  test(`${objective} shows data, landscape and gap for each data set`, async () => {
    const reader = await desk.open(`#step-size?objective=${objective}&dataset=diabetes`);
    await reader.seesPanels(["landscape", "data", "gap"]);
    const diabetes = await reader.pictures();
    await seesNoComplaint(reader, "diabetes");
    for (const dataset of others) {
      await reader.choose("dataset", dataset);
      await reader.untilAddress({ dataset });
      await seesNoComplaint(reader, dataset);
      await reader.seesPanels(["landscape", "data", "gap"]);
      const shown = await reader.pictures();
      assert.ok(differingPixels(diabetes.data, shown.data) > 200, dataset);
      assert.ok(differingPixels(diabetes.landscape, shown.landscape) > 200, dataset);
    }
    await reader.leave();
  });
}

test("a data set that does not arrive is named, and the picture stays", async () => {
  const reader = await desk.open();
  await reader.untilAddress({ v: 1 });
  const before = await reader.pictures();
  const address = await reader.address();
  await reader.page.route(/\.csv$/, (route) => route.fulfill({ status: 503, body: "" }));
  await reader.choose("objective", "least-squares");
  await reader.untilText(".notice", /diabetes/);
  assert.equal((await reader.complaints()).length, 1);
  assert.equal(String(await reader.address()), String(address));
  assert.equal(await reader.control("objective").locator("select").inputValue(), "quadratic");
  const after = await reader.pictures();
  assert.equal(differingPixels(before.landscape, after.landscape), 0);
  await reader.page.unroute(/\.csv$/);
  await reader.choose("objective", "logistic");
  await reader.untilAddress({ objective: "logistic" });
  await reader.seesPanels(["landscape", "data", "gap"]);
  await seesNoComplaint(reader, "once it arrives");
  await reader.page.close();
});

test("features can be named; a wrong name gives one sentence and changes nothing else", async () => {
  const reader = await desk.open("#step-size?objective=least-squares&alpha=0.5&t=12");
  await reader.type("features", "bmi,bp");
  // With the start that the scene then finds for these columns.
  await reader.untilAddress({ features: "bmi,bp", x0: near(-0.0536, 1e-3) });
  await seesNoComplaint(reader, "bmi,bp");
  const before = await reader.pictures();
  const readOut = await reader.readOut.textContent();
  const address = await reader.address();

  await reader.type("features", "bmi,nonsense");
  await reader.untilText('[data-parameter="features"] .complaint', /nonsense/);
  const complaints = await reader.complaints();
  assert.equal(complaints.length, 1, complaints.join("\n"));
  assert.match(complaints[0], /^features: .*“nonsense”.*\.$/);
  assert.equal(await reader.entry("features").inputValue(), "bmi,nonsense");
  assert.equal(await reader.entry("features").getAttribute("aria-invalid"), "true");
  assert.equal(await reader.readOut.textContent(), readOut);
  assert.equal(String(await reader.address()), String(address));
  const after = await reader.pictures();
  assert.equal(differingPixels(before.data, after.data), 0);

  await reader.type("features", "bmi");
  await reader.untilText('[data-parameter="features"] .complaint', /two/);
  await reader.type("features", "s5,bmi");
  await reader.untilAddress({ features: "s5,bmi" });
  await seesNoComplaint(reader, "s5,bmi");
  await reader.leave();
});

test("each step to try sets the state that it speaks of", async () => {
  const reader = await desk.open("#step-size?objective=beale&t=3&edits=1:alpha:0.001");
  const tries = reader.page.getByRole("group", { name: "Try this" }).getByRole("button");
  const count = await tries.count();
  assert.ok(count >= 3 && count <= 6);

  await tries.filter({ hasText: "Find the edge" }).click();
  await reader.untilAddress({ objective: null, alpha: 0.19, race: "", t: 40, edits: null });
  await tries.filter({ hasText: "One step too far" }).click();
  await reader.untilText(".marked-slider .note", /Gradient descent diverged at step \d+/);
  await reader.untilAddress({ objective: null, alpha: 0.21, race: "" });
  await tries.filter({ hasText: "long and narrow" }).click();
  await reader.untilAddress({ condition: 100, alpha: 0.0185, t: 60 });
  await tries.filter({ hasText: "Real data" }).click();
  await reader.untilAddress({ objective: "least-squares", condition: null, t: 8 });
  await reader.seesPanels(["landscape", "data", "gap"]);
  await tries.filter({ hasText: "six methods" }).click();
  await reader.untilText(".play", /Pause/);
  await reader.untilReadOut(/^step [1-9]/);
  await reader.press("Pause");
  await reader.untilAddress({ objective: "rosenbrock", x0: -1.2, y0: 1 });
  const racing = (await reader.address()).get("race") ?? "";
  assert.equal(racing.split(",").length, 5);
  await seesNoComplaint(reader, "tries");
  await reader.seesPanels(["landscape", "gap"]);
  await reader.leave();
});

/** @param {string} objective */
function panelsOf(objective) {
  const onData = ["least-squares", "logistic"].includes(objective);
  return onData ? ["landscape", "data", "gap"] : ["landscape", "gap"];
}

/**
 * @param {Reader} reader
 * @param {string} what is being shown
 */
async function seesNoComplaint(reader, what) {
  assert.deepEqual(await reader.complaints(), [], what);
}

/**
 * @param {Reader} reader
 * @param {string} id
 */
function optionsOf(reader, id) {
  return reader
    .control(id)
    .locator("option")
    .evaluateAll((options) => options.map((option) => option.getAttribute("value") ?? ""));
}
