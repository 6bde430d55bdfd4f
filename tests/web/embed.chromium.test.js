// Figures in frames: the code that the page gives, a sandbox, the height, and the policies of others.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { strictPolicy } from "./browser.js";
import { coloursOf, openCourse } from "./course.js";
import { boxOf, differingPixels, Reader, startDesk, until } from "./page-driver.js";
import { picturesOf } from "./pictures.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  const headers = { "content-security-policy": strictPolicy, "access-control-allow-origin": "*" };
  desk = await startDesk({}, headers);
  await desk.context.grantPermissions(["clipboard-read", "clipboard-write"]);
});
after(() => desk.close());

const state = "#step-size?condition=30&alpha=0.05&t=17&race=heavy-ball%2Cadam";

/**
 * What the dialog offers, read as it is shown.
 * @param {Reader} reader
 * @param {"A frame" | "An element"} form
 */
function codeOf(reader, form) {
  return reader.page.getByRole("dialog").getByRole("textbox", { name: form }).inputValue();
}

/** @param {Reader} reader @param {string} name */
const tick = (reader, name) =>
  reader.page.getByRole("dialog").getByRole("checkbox", { name, exact: true });

test("both codes show the figure in this state, with the controls that were ticked", async () => {
  const reader = await desk.open(state);
  await reader.press("Embed");
  assert.ok(await tick(reader, "step size α").isChecked());
  await tick(reader, "step size α").uncheck();
  await tick(reader, "condition κ").check();
  for (const form of /** @type {const} */ (["A frame", "An element"])) {
    const code = await codeOf(reader, form);
    const course = await openCourse(desk.context, code);
    const figure =
      form === "A frame"
        ? course.page.frameLocator("iframe").locator("body")
        : course.page.locator("wide-valley");
    await figure.locator(".read-out").filter({ hasText: "step 17" }).waitFor();
    assert.ok((await coloursOf(figure.locator('[data-panel="landscape"] canvas'))) > 30);
    assert.equal(await figure.locator(".marked-slider").isVisible(), false);
    assert.equal(await figure.locator(".lead").isVisible(), false);
    const entries = figure.locator('.control:visible input[type="text"]');
    assert.equal(await entries.count(), 1);
    assert.equal(await entries.inputValue(), "30");
    await figure.getByRole("button", { name: "Reset" }).click();
    await figure.getByRole("button", { name: "Play" }).click();
    await figure
      .locator(".read-out")
      .filter({ hasText: /^step [2-9]/ })
      .waitFor();
    assert.deepEqual(course.problems, []);
    await course.close();
  }
  const section = reader.page.locator(".embed-dialog section").first();
  await section.getByRole("button", { name: "Copy" }).click();
  await section.getByRole("status").filter({ hasText: "copied" }).waitFor();
  const clip = await reader.page.evaluate(() => navigator.clipboard.readText());
  assert.equal(clip, await codeOf(reader, "A frame"));
  await reader.page.getByRole("button", { name: "Close" }).click();
  await reader.leave();
});

test("the link below the figure leads to the whole page in the state shown", async () => {
  const course = await openCourse(
    desk.context,
    `<iframe src="${desk.url}embed.html${state}" width="640" height="480" title="f"></iframe>`,
  );
  const frame = course.page.frameLocator("iframe");
  await frame.locator(".read-out").filter({ hasText: "step 17" }).waitFor();
  await frame.getByRole("button", { name: "Step ▶" }).click();
  await frame.locator(".read-out").filter({ hasText: "step 18" }).waitFor();
  const [opened] = await Promise.all([
    desk.context.waitForEvent("page"),
    frame.getByRole("link", { name: "Open in Wide Valley" }).click(),
  ]);
  await opened.locator(".read-out").filter({ hasText: "step 18" }).waitFor();
  assert.match(opened.url(), new RegExp(`^${desk.url}#step-size`));
  assert.ok(await opened.locator(".lead").isVisible());
  await opened.close();
  await course.close();
});

test("the controls that a link names are those of the whole page too", async () => {
  const reader = await desk.open(`${state}&controls=condition,race`);
  const shown = await reader.page
    .locator(".control:visible")
    .evaluateAll((nodes) =>
      nodes.map((node) => /** @type {HTMLElement} */ (node).dataset.parameter),
    );
  assert.deepEqual(shown.toSorted(), ["condition", "race"]);
  assert.equal(await reader.page.locator(".marked-slider").isVisible(), false);
  await reader.page.locator(".try").first().click();
  await reader.untilAddress({ controls: "condition,race" });
  await reader.goToHash("#step-size?controls=colour");
  await reader.untilText(".notice p", /“colour”.*alpha/);
  await reader.leave();
});

for (const [where, sandbox, policy] of /** @type {const} */ ([
  ["with an origin", "", ""],
  ["in a sandbox that allows scripts alone", 'sandbox="allow-scripts"', ""],
  [
    "in a page that allows nothing but frames",
    "",
    "default-src 'none'; frame-src *; img-src data:",
  ],
])) {
  test(`a frame ${where} has the pixels of any other`, async () => {
    const course = await openCourse(
      desk.context,
      `<iframe ${sandbox} src="${desk.url}embed.html${state}" width="640" height="480" title="f"></iframe>`,
      { headers: policy ? { "content-security-policy": policy } : {} },
    );
    const frame = course.page.frames()[1];
    await frame.waitForFunction(() =>
      document.querySelector(".read-out")?.textContent?.includes("step 17"),
    );
    const reader = await desk.open(`?view=figure${state}`, { width: 640, height: 480 });
    const wanted = await reader.pictures();
    await until(async () => {
      const seen = await picturesOf(/** @type {any} */ (frame));
      return Object.entries(wanted).every(
        ([panel, picture]) => seen[panel] && differingPixels(seen[panel], picture) === 0,
      );
    }, "the pictures never were the same");
    assert.deepEqual(
      course.problems.filter((text) => !text.includes("favicon")),
      [],
    );
    await reader.leave();
    await course.close();
  });
}

test("a frame asks for its height in the words of Canvas, and our script grants it", async () => {
  const frame = `<iframe src="${desk.url}embed.html${state}" width="600" height="150" title="f"></iframe>`;
  const script = `<script src="${desk.url}frame-height.js" async></script>`;
  const course = await openCourse(desk.context, `${script}${frame}`);
  const iframe = course.page.locator("iframe");
  await until(async () => (await boxOf(iframe)).height > 300, "the frame stayed as it was");
  const inside = course.page.frameLocator("iframe");
  await inside.locator(".read-out").filter({ hasText: "step 17" }).waitFor();
  const scrolls = () =>
    inside.locator("html").evaluate((html) => html.scrollHeight > html.clientHeight + 1);
  await until(async () => !(await scrolls()), "the frame scrolls");
  const { height } = await boxOf(iframe);
  const figure = await boxOf(inside.locator(".figure"));
  assert.ok(figure.height > 200 && figure.height < height, `${figure.height} of ${height}`);

  // Whoever else sends such a message is not heard, and neither is nonsense.
  const other = await course.page.evaluate(async () => {
    const frame = /** @type {HTMLIFrameElement} */ (document.querySelector("iframe"));
    const before = frame.style.height;
    window.postMessage({ subject: "lti.frameResize", sender: "wide-valley", height: 900 }, "*");
    for (const height of ["900px", Number.NaN, 1e9, -5, null]) {
      const source = frame.contentWindow;
      const origin = new URL(frame.src).origin;
      const data = { subject: "lti.frameResize", sender: "wide-valley", height };
      window.dispatchEvent(new MessageEvent("message", { data, source, origin }));
    }
    const data = { subject: "lti.frameResize", sender: "wide-valley", height: 901 };
    const source = frame.contentWindow;
    const origin = "https://elsewhere.example";
    window.dispatchEvent(new MessageEvent("message", { data, source, origin }));
    await new Promise((resolve) => setTimeout(resolve));
    return [before, frame.style.height];
  });
  assert.equal(other[0], other[1]);
  await course.close();
});

test("a frame that is told to plays by itself; a reader who wants no motion sees a still picture", async () => {
  const frame = `<iframe src="${desk.url}embed.html?autoplay=#step-size?alpha=0.001" width="640" height="480" title="f"></iframe>`;
  const course = await openCourse(desk.context, frame);
  const readOut = course.page.frameLocator("iframe").locator(".read-out");
  await readOut.filter({ hasText: /^step [1-9]/ }).waitFor();
  await course.page.emulateMedia({ reducedMotion: "reduce" });
  await course.page.reload();
  await readOut.filter({ hasText: /^step 0 / }).waitFor();
  const play = course.page.frameLocator("iframe").getByRole("button", { name: "Play" });
  assert.ok(await play.isVisible());
  await course.close();
});

test("a frame asked for another state while it still goes to its start does not play that one", async () => {
  const reader = await Reader.start(desk.context);
  await reader.page.addInitScript(() => {
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = async function (/** @type {any} */ message) {
      if (message.request.kind === "create" && message.request.step === 0) {
        window.location.hash = "#step-size?t=5&alpha=0.002";
        while (!document.querySelector('.figure[aria-busy="true"]')) {
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
      }
      postMessage.call(this, message);
    };
  });
  await reader.page.goto(`${desk.url}embed.html?autoplay=#step-size?alpha=0.001`);
  await reader.untilReadOut(/^step 5 /);
  await reader.untilAddress({ t: 5, alpha: 0.002 });
  assert.match((await reader.play.textContent()) ?? "", /Play/);
  await reader.leave();
});

test("messages to a frame change nothing in it", async () => {
  const course = await openCourse(
    desk.context,
    `<iframe src="${desk.url}embed.html${state}" width="640" height="480" title="f"></iframe>`,
  );
  const readOut = course.page.frameLocator("iframe").locator(".read-out");
  await readOut.filter({ hasText: "step 17" }).waitFor();
  const before = await readOut.textContent();
  await course.page.evaluate(() => {
    const target = document.querySelector("iframe")?.contentWindow;
    for (const data of [
      "<img src=x onerror=alert(1)>",
      { subject: "lti.frameResize", height: 1 },
      null,
      [],
      7,
    ]) {
      target?.postMessage(data, "*");
    }
  });
  assert.equal(await readOut.textContent(), before);
  assert.deepEqual(course.problems, []);
  await course.close();
});

for (const [width, height] of /** @type {const} */ ([
  [640, 480],
  [700, 394],
  [360, 640],
])) {
  test(`in a frame of ${width} by ${height} nothing is cut off`, async () => {
    const reader = await desk.open(`embed.html${state}`, { width, height });
    const wide = () => document.documentElement.scrollWidth > window.innerWidth;
    assert.equal(await reader.page.evaluate(wide), false);
    for (const part of [".figure", ".transport", ".marked-slider"]) {
      const box = await boxOf(reader.page.locator(part));
      assert.ok(box.x >= 0 && box.x + box.width <= width, part);
      assert.ok(
        width < 460 || box.y + box.height <= height,
        `${part} ends at ${box.y + box.height}`,
      );
    }
    await reader.leave();
  });
}
