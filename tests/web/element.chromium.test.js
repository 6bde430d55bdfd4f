// <wide-valley>: figures of ours in somebody else's page.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { elementCode } from "../../web/embed/code.js";
import { strictPolicy } from "./browser.js";
import { coloursOf, openCourse } from "./course.js";
import { startDesk, until } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  // A server whose scripts other pages may use.
  desk = await startDesk({}, { "access-control-allow-origin": "*" });
});
after(() => desk.close());

const script = () => `<script type="module" src="${desk.url}element.js"></script>`;
/** @param {string} body */
const course = (body) => openCourse(desk.context, `${script()}${body}`);
/** @param {import("playwright-core").Locator} figure */
const readOut = (figure) => figure.locator(".read-out");
/** @param {import("playwright-core").Locator} figure @returns {Promise<string>} */
const stateOf = (figure) => figure.evaluate((node) => /** @type {any} */ (node).state);
/** @param {import("playwright-core").Locator} figure @param {Record<string, string>} attributes */
const set = (figure, attributes) =>
  figure.evaluate((node, values) => {
    for (const [name, value] of Object.entries(values)) {
      node.setAttribute(name, value);
    }
  }, attributes);
/** @param {import("playwright-core").Page} page @param {string} html */
const add = (page, html) =>
  page.evaluate((text) => document.body.insertAdjacentHTML("afterbegin", text), html);

const core = /\.wasm$/;

/**
 * Every core asked for from now on waits on its way.
 * @param {import("playwright-core").Page} page
 * @param {(route: import("playwright-core").Route) => Promise<void>} then what becomes of it
 * @returns {Promise<() => void>} lets them go on
 */
async function holdCores(page, then) {
  let release = () => {};
  const released = new Promise((resolve) => {
    release = () => resolve(undefined);
  });
  await page.route(core, async (route) => {
    await released;
    await then(route);
  });
  return release;
}

/** In the page: what is to be simulated waits for the event `begin`, and `unanswered` counts it. */
function holdSimulations() {
  const { postMessage } = Worker.prototype;
  const begun = new Promise((resolve) => window.addEventListener("begin", resolve));
  const counts = Object.assign(globalThis, { unanswered: 0 });
  Worker.prototype.postMessage = async function (/** @type {any} */ message) {
    if (message.request.kind === "create") {
      counts.unanswered += 1;
      this.addEventListener("message", ({ data }) => {
        counts.unanswered -= data.ticket === message.ticket ? 1 : 0;
      });
      await begun;
    }
    postMessage.call(this, message);
  };
}
const begin = () => window.dispatchEvent(new Event("begin"));

test("its attributes are the scene's parameters, in any case, and what is typed changes it", async () => {
  const { page, problems, close } = await course(
    '<wide-valley scene="step-size" condition="30" alpha="0.05" t="17" controls="alpha,condition"></wide-valley>',
  );
  const figure = page.locator("wide-valley");
  await readOut(figure).filter({ hasText: "step 17" }).waitFor();
  assert.ok((await coloursOf(figure.locator("canvas").first())) > 30);
  const condition = figure.locator('.control[data-parameter="condition"] input[type="text"]');
  assert.equal(await condition.inputValue(), "30");
  assert.deepEqual(await figure.locator(".control:visible").count(), 1);
  const heard = page.evaluate(
    () =>
      new Promise((resolve) =>
        document.addEventListener("change", (event) => {
          const { parameters, step } = /** @type {CustomEvent} */ (event).detail;
          resolve([parameters.condition, step]);
        }),
      ),
  );
  await condition.fill("20");
  await condition.press("Enter");
  assert.deepEqual(await heard, [20, 17]);
  assert.match(
    await stateOf(figure),
    /^step-size\?(alpha=0\.05&condition=20|condition=20&alpha=0\.05)&t=17&/,
  );
  assert.deepEqual(problems, []);
  await close();
});

test("a name in camel case is found in the lower case of HTML", async () => {
  const { page, close } = await course(
    '<wide-valley scene="entropy-sgd" innersteps="7" controls="innerSteps" t="3"></wide-valley>',
  );
  const entry = page.locator(
    'wide-valley .control[data-parameter="innerSteps"] input[type="text"]',
  );
  await page.locator("wide-valley .read-out").filter({ hasText: /\d/ }).waitFor();
  assert.equal(await entry.inputValue(), "7");
  assert.equal(await page.locator("wide-valley .marked-slider").isVisible(), false);
  await close();
});

test("scripts play, pause, step and reset it, and hear every step", async () => {
  const { page, close } = await course("");
  const heard = await page.evaluate(async () => {
    await customElements.whenDefined("wide-valley");
    const figure = /** @type {import("../../web/element.js").WideValleyElement} */ (
      document.createElement("wide-valley")
    );
    figure.setAttribute("scene", "step-size");
    figure.setAttribute("t", "0");
    /** @type {number[]} */
    const steps = [];
    figure.addEventListener("step", (event) => {
      steps.push(/** @type {CustomEvent} */ (event).detail.step);
    });
    document.body.append(figure);
    await figure.step(5);
    await figure.step(-2);
    const atThree = [...steps];
    await figure.play();
    const played = figure.playing;
    while (steps.at(-1) !== 6) {
      await new Promise((resolve) => figure.addEventListener("step", resolve, { once: true }));
    }
    await figure.pause();
    const paused = figure.playing;
    await figure.reset();
    return { atThree, played, paused, last: steps.at(-1), state: figure.state };
  });
  assert.deepEqual(heard.atThree, [0, 5, 3]);
  assert.deepEqual([heard.played, heard.paused, heard.last], [true, false, 0]);
  assert.match(heard.state, /[?&]t=0&/);
  await close();
});

test("many on one page share the workers, and start as they come into view", async () => {
  const figures = ["step-size", "gibbs", "markov", "step-size"]
    .map((scene) => `<div style="height:1500px"></div><wide-valley scene="${scene}"></wide-valley>`)
    .join("");
  const { page, problems, close } = await course(figures);
  await page.waitForFunction(() => customElements.get("wide-valley"));
  const shown = page.locator("wide-valley .read-out");
  assert.equal(await shown.count(), 0);
  for (const [i, figure] of (await page.locator("wide-valley").all()).entries()) {
    await figure.scrollIntoViewIfNeeded();
    await readOut(figure)
      .filter({ hasText: /step \d/ })
      .waitFor();
    assert.ok((await coloursOf(figure.locator("canvas").first())) > 30, `figure ${i}`);
  }
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  assert.equal(page.workers().length, Math.min(4, cores));
  assert.deepEqual(problems, []);
  await close();
});

test("it plays by itself when asked to, stops out of view, and goes on from there", async () => {
  const { page, close } = await course(
    '<wide-valley scene="step-size" autoplay alpha="0.001"></wide-valley><div style="height:3000px"></div>',
  );
  const figure = page.locator("wide-valley");
  const step = async () =>
    Number(/step (\d+)/.exec((await readOut(figure).textContent()) ?? "")?.[1]);
  await until(async () => (await step()) > 2, "it never started");
  await page.evaluate(() => window.scrollTo(0, 3000));
  /** @type {number[]} */
  const seen = [];
  await until(async () => {
    seen.push(await step());
    return seen.length > 20 && seen.at(-1) === seen.at(-20);
  }, "it never stopped");
  await page.evaluate(() => window.scrollTo(0, 0));
  const last = /** @type {number} */ (seen.at(-1));
  await until(async () => (await step()) > last, "it never went on");
  await close();
});

test("changed attributes change the figure; a refusal is said and the picture stays", async () => {
  const { page, close } = await course(
    '<wide-valley scene="step-size" t="9" condition="20"></wide-valley>',
  );
  const figure = page.locator("wide-valley");
  await readOut(figure).filter({ hasText: "step 9" }).waitFor();
  await set(figure, { alpha: "0.03" });
  await until(async () => /alpha=0.03/.test(await stateOf(figure)), "alpha did not change");
  assert.match(await stateOf(figure), /t=9/);
  await set(figure, { condition: "minus two" });
  const complaint = figure.locator(".notice:not([hidden]), .complaint:not(:empty)");
  await complaint.first().waitFor();
  assert.match((await complaint.allTextContents()).join(), /condition/i);
  assert.match(await stateOf(figure), /condition=20/);
  await set(figure, { scene: "gibbs" });
  await until(async () => /^gibbs/.test(await stateOf(figure)), "the scene did not change");
  await set(figure, { theme: "dark" });
  await figure.locator('[data-theme="dark"]').waitFor();
  await close();
});

test("an attribute that the scene does not have, and a scene that does not exist, are named", async () => {
  const { page, close } = await course(
    '<wide-valley scene="step-size" aplha="1"></wide-valley><wide-valley scene="stepsize"></wide-valley>',
  );
  const notices = page.locator("wide-valley .notice:not([hidden])");
  await until(async () => (await notices.count()) === 2, "not both complain");
  const [first, second] = await notices.allTextContents();
  assert.match(first, /“aplha”/);
  assert.match(second, /“stepsize”/);
  await close();
});

test("the link below the figure leads to the laboratory in the state shown", async () => {
  const { page, close } = await course('<wide-valley scene="gibbs" beta="3" t="4"></wide-valley>');
  const figure = page.locator("wide-valley");
  await readOut(figure).filter({ hasText: "step 4" }).waitFor();
  const [opened] = await Promise.all([
    desk.context.waitForEvent("page"),
    figure.getByRole("link", { name: "Open in Wide Valley" }).click(),
  ]);
  await opened.locator(".read-out").filter({ hasText: "step 4" }).waitFor();
  assert.ok(opened.url().startsWith(`${desk.url}#gibbs?`), opened.url());
  assert.match(opened.url(), /[?&]beta=3&/);
  assert.match((await opened.locator("h1").textContent()) ?? "", /Where does SGD end up/);
  await opened.close();
  await close();
});

test("what is asked for while the core loads is what is shown first", async () => {
  const { page, close } = await course("");
  const asked = page.waitForRequest(core);
  const release = await holdCores(page, (route) => route.continue());
  await add(page, '<wide-valley scene="step-size" t="3"></wide-valley>');
  const figure = page.locator("wide-valley");
  await asked;
  await set(figure, { scene: "gibbs", t: "9" });
  release();
  await figure.evaluate((node) => /** @type {any} */ (node).ready);
  assert.match(await stateOf(figure), /^gibbs\?(.*&)?t=9&/);
  await close();
});

test("what is asked for while another picture is on its way is added to it", async () => {
  const { page, close } = await course('<wide-valley scene="step-size" t="3"></wide-valley>');
  const figure = page.locator("wide-valley");
  await readOut(figure).filter({ hasText: "step 3" }).waitFor();
  await page.evaluate(holdSimulations);
  await set(figure, { state: "step-size?condition=30" });
  await set(figure, { alpha: "0.03" });
  await page.evaluate(begin);
  await until(async () => /alpha=0\.03&/.test(await stateOf(figure)), "alpha did not change");
  assert.match(await stateOf(figure), /condition=30&/);
  await close();
});

test("a figure that could not be loaded is tried again when an attribute is set", async () => {
  const { page, close } = await course("");
  await page.route(core, (route) => route.abort());
  await add(page, '<wide-valley scene="step-size" t="3"></wide-valley>');
  const figure = page.locator("wide-valley");
  await figure.getByRole("alert").filter({ hasText: "could not start" }).waitFor();
  await page.unroute(core);
  await set(figure, { t: "5" });
  await readOut(figure).filter({ hasText: "step 5" }).waitFor();
  await close();
});

test("from a scene that cannot be loaded the way leads back to the one before", async () => {
  const { page, close } = await course('<wide-valley scene="step-size" t="3"></wide-valley>');
  const figure = page.locator("wide-valley");
  await readOut(figure).filter({ hasText: "step 3" }).waitFor();
  await page.route(core, (route) => route.abort());
  await set(figure, { scene: "gibbs" });
  await figure.getByRole("alert").filter({ hasText: "could not start" }).waitFor();
  await set(figure, { scene: "step-size" });
  await readOut(figure).filter({ hasText: "step 3" }).waitFor();
  await figure.evaluate((node) => /** @type {any} */ (node).step(2));
  await readOut(figure).filter({ hasText: "step 5" }).waitFor();
  await close();
});

test("a scene that fails after another one was asked for leaves that one alone", async () => {
  const one = '<wide-valley scene="step-size" t="3"></wide-valley>';
  const { page, close } = await course(one + one);
  const [changed, other] = await page.locator("wide-valley").all();
  for (const figure of [changed, other]) {
    await readOut(figure).filter({ hasText: "step 3" }).waitFor();
  }
  const release = await holdCores(page, (route) => route.abort());
  await set(changed, { scene: "gibbs" });
  await set(other, { scene: "gibbs" }); // waits for the same core, and is told after the first
  await set(changed, { scene: "step-size", t: "4" });
  await readOut(changed).filter({ hasText: "step 4" }).waitFor();
  release();
  await other.getByRole("alert").filter({ hasText: "could not start" }).waitFor();
  assert.ok(await readOut(changed).isVisible());
  assert.match(await stateOf(changed), /^step-size\?(.*&)?t=4&/);
  await close();
});

test("a figure moved before its first picture does what was asked of it where it is", async () => {
  const { page, close } = await course('<div id="far" style="margin-top: 3000px"></div>');
  await page.evaluate(holdSimulations);
  await add(page, '<wide-valley scene="step-size" t="0" alpha="0.001"></wide-valley>');
  const figure = page.locator("wide-valley");
  await page.waitForFunction(() => /** @type {any} */ (globalThis).unanswered > 0);
  const asked = await figure.evaluateHandle((node) => {
    const moved = /** @type {import("../../web/element.js").WideValleyElement} */ (node);
    const before = moved.step(2);
    document.querySelector("#far")?.append(moved);
    return { all: Promise.all([before, moved.play()]) };
  });
  await page.evaluate(begin);
  await page.waitForFunction(() => /** @type {any} */ (globalThis).unanswered === 0);
  assert.equal(await stateOf(figure), "", "out of view nothing is opened");
  await figure.scrollIntoViewIfNeeded();
  await until(
    () => figure.evaluate((node) => /** @type {any} */ (node).playing),
    "it never played",
  );
  await asked.evaluate(({ all }) => all);
  await readOut(figure)
    .filter({ hasText: /step ([2-9]|\d\d)/ })
    .waitFor();
  await close();
});

test("told not to play by itself while it still goes to its start, it does not", async () => {
  const { page, close } = await course("");
  await page.evaluate(() => {
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (/** @type {any} */ message) {
      if (message.request.kind === "create" && message.request.step === 0) {
        document.querySelector("wide-valley")?.removeAttribute("autoplay");
      }
      postMessage.call(this, message);
    };
  });
  await add(page, '<wide-valley scene="step-size" autoplay alpha="0.001"></wide-valley>');
  const figure = page.locator("wide-valley");
  const isPlaying = await figure.evaluate(async (node) => {
    await customElements.whenDefined("wide-valley");
    const live = /** @type {import("../../web/element.js").WideValleyElement} */ (node);
    await live.ready;
    return live.playing;
  });
  assert.equal(isPlaying, false);
  assert.equal(await figure.getAttribute("autoplay"), null);
  await close();
});

test("it works where the course allows no inline script, no eval and no inline style", async () => {
  const policy = strictPolicy.replaceAll("'self'", `'self' ${desk.url}`);
  const { page, problems, close } = await openCourse(
    desk.context,
    `${script()}<wide-valley scene="confusion" autoplay></wide-valley>`,
    { headers: { "content-security-policy": policy } },
  );
  await readOut(page.locator("wide-valley"))
    .filter({ hasText: /step [1-9]/ })
    .waitFor();
  assert.deepEqual(problems, []);
  await close();
});

/** @param {number} slope */
const tableOf = (slope) =>
  ["width,height,price"]
    .concat(
      Array.from({ length: 12 }, (_, i) => `${i},${(i * 5) % 7},${slope * i + ((i * 3) % 5)}`),
    )
    .join("\n");

test("readers give tables of their own in figures that offer data sets, each its own", async () => {
  const one =
    '<wide-valley scene="step-size" objective="least-squares" controls="dataset"></wide-valley>';
  const { page, close } = await course(one + one);
  const figures = await page.locator("wide-valley").all();
  for (const [i, figure] of figures.entries()) {
    await figure.scrollIntoViewIfNeeded();
    const paper = figure.getByRole("textbox", { name: "your table as CSV" });
    await readOut(figure).filter({ hasText: "step" }).waitFor();
    assert.equal(await paper.count(), 0);
    await figure.locator('[data-parameter="dataset"] select').selectOption("own");
    await paper.fill(tableOf(2 - 5 * i));
    await paper.blur();
    await paper.waitFor({ state: "hidden" });
    const state = await stateOf(figure);
    assert.match(state, /dataset=own/);
    assert.deepEqual(await figure.locator(".notice:not([hidden])").count(), 0);
  }
  const before = await readOut(figures[0]).textContent();
  await figures[0].getByRole("button", { name: "Step ▶" }).click();
  await figures[0].getByRole("button", { name: "◀ Step" }).click();
  await readOut(figures[0])
    .filter({ hasText: /step 22/ })
    .waitFor();
  assert.equal(await readOut(figures[0]).textContent(), before);
  await close();
});

test("hostile attributes are read as text: nothing runs, nothing is asked of the network", async () => {
  const { page, problems, close } = await course("");
  const state = await page.evaluate(async () => {
    const hostile = "<img src=x onerror=globalThis.struck=1>";
    const figure = document.createElement("wide-valley");
    const attributes = { scene: "step-size", alpha: hostile, condition: "1e999", edits: hostile };
    const more = { t: "-1", controls: hostile, table: hostile, objective: hostile, theme: hostile };
    for (const [name, value] of Object.entries({ ...attributes, ...more, method: "__proto__" })) {
      figure.setAttribute(name, value);
    }
    document.body.append(figure);
    await customElements.whenDefined("wide-valley");
    await /** @type {any} */ (figure).ready;
    return [/** @type {any} */ (figure).state, /** @type {any} */ (globalThis).struck];
  });
  assert.match(state[0], /^step-size\?/);
  assert.equal(state[1], undefined);
  const complaints = await page.locator("wide-valley .notice p").allTextContents();
  assert.ok(complaints.length >= 5, complaints.join("\n"));
  assert.equal(await page.locator("wide-valley .notice img").count(), 0);
  assert.deepEqual(problems, []);
  await close();
});

test("axe finds nothing in a figure, light and dark", async () => {
  const { page, close } = await course(
    '<main><h1>Course</h1><wide-valley scene="gibbs" controls="alpha,beta"></wide-valley></main>',
  );
  await readOut(page.locator("wide-valley")).filter({ hasText: "step" }).waitFor();
  const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
  await page.evaluate(readFileSync(axe, "utf8"));
  for (const theme of ["light", "dark"]) {
    await page
      .locator("wide-valley")
      .evaluate((node, name) => node.setAttribute("theme", name), theme);
    await page.locator(`wide-valley [data-theme="${theme}"]`).waitFor();
    const violations = await page.evaluate(async () => {
      const found = await /** @type {any} */ (globalThis).axe.run("wide-valley");
      return found.violations.map((/** @type {any} */ { id, nodes }) =>
        [id, ...nodes.map((/** @type {any} */ { html }) => html)].join(" "),
      );
    });
    assert.deepEqual(violations, [], theme);
  }
  await close();
});

test("a parameter with the name of HTML's own attribute does not hide the figure", async () => {
  const state = "network?hidden=8&t=1&v=1";
  const code = elementCode({
    href: desk.url,
    isSingleFile: false,
    title: "",
    state,
    autoplay: false,
  });
  assert.ok(!/ hidden=/.test(code) && code.includes(' state="network?hidden=8"'), code);
  const { page, problems, close } = await course(
    '<wide-valley scene="network" hidden="8" t="1"></wide-valley>',
  );
  const figure = page.locator("wide-valley");
  await readOut(figure)
    .filter({ hasText: /step 1/ })
    .waitFor();
  assert.match(await stateOf(figure), /[?&]hidden=8&/);
  assert.ok(((await figure.boundingBox())?.height ?? 0) > 100);
  await set(figure, { hidden: "" });
  assert.equal(await figure.isVisible(), false, "without a value it hides, as on any element");
  assert.deepEqual(problems, []);
  await close();
});

test("an attribute that is taken away falls back to its default, whatever its name", async () => {
  const { page, close } = await course(
    '<wide-valley scene="step-size" objective="logistic" dataset="penguins" t="2"></wide-valley>',
  );
  const figure = page.locator("wide-valley");
  await readOut(figure).filter({ hasText: "step 2" }).waitFor();
  await figure.evaluate((node) => node.removeAttribute("dataset"));
  await until(async () => !(await stateOf(figure)).includes("dataset="), "the data set stayed");
  await close();
});
