// The recipes of the page of that name, each in what its tool makes of it or under its restrictions.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { recipes } from "../../web/pages/recipes.js";
import { serve, strictPolicy } from "./browser.js";
import { coloursOf, openCourse } from "./course.js";
import { boxOf, singleFile, startDesk, until } from "./page-driver.js";
import { recordedAddress, recordedPage, recordedState } from "./recorded/recorded.js";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("../../web/pages/recipes.js").Recipe} Recipe */

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  const headers = { "content-security-policy": strictPolicy, "access-control-allow-origin": "*" };
  desk = await startDesk({}, headers);
});
after(() => desk.close());

/** @param {string} id @param {string} [address] @returns {Recipe} */
function recipe(id, address = desk.url) {
  const found = recipes(address, recordedState).find((each) => each.id === id);
  assert.ok(found);
  return found;
}

/**
 * That this frame or element shows the figure and answers.
 * @param {import("playwright-core").Locator} figure
 */
async function works(figure) {
  await figure.locator(".read-out").filter({ hasText: "step 17" }).waitFor();
  assert.ok((await coloursOf(figure.locator('[data-panel="landscape"] canvas'))) > 30);
  await figure.getByRole("button", { name: "Step ▶" }).click();
  await figure.locator(".read-out").filter({ hasText: "step 18" }).waitFor();
}

/** @param {Page} page */
const framed = (page) => page.frameLocator("iframe").locator("body");

/** What a page that another tool made shows. @param {string} id */
async function openRecorded(id) {
  const page = recordedPage(id, recipe(id, recordedAddress).code);
  return openCourse(desk.context, page.replaceAll(recordedAddress, desk.url));
}

/** One for every recipe. @type {Record<string, () => Promise<void>>} */
const tries = {
  async plain() {
    const { page, problems, close } = await openCourse(desk.context, recipe("plain").code);
    await works(framed(page));
    const element = page.locator("wide-valley");
    await element.scrollIntoViewIfNeeded();
    await works(element);
    assert.deepEqual(problems, []);
    await close();
  },
  async notebook() {
    const { page, close } = await openRecorded("notebook");
    await works(framed(page));
    await close();
  },
  async sphinx() {
    const { page, close } = await openRecorded("sphinx");
    await works(framed(page));
    await page.getByText("Text after.").waitFor();
    await close();
  },
  // As MyST's themes set an iframe: no height, a fixed shape.
  async myst() {
    const [, address] = /\{iframe\} (\S+)/.exec(recipe("myst").code) ?? [];
    for (const width of [800, 560]) {
      const style = `position:relative;width:${width}px;padding-bottom:${0.6 * width}px`;
      const { page, close } = await openCourse(
        desk.context,
        `<figure style="margin:0"><div style="${style}"><iframe width="100%" height="100%" src="${address}"
          style="position:absolute;top:0;left:0;border:none" allowfullscreen></iframe></div></figure>`,
      );
      await works(framed(page));
      const outer = await boxOf(page.locator("iframe"));
      for (const part of [".figure", ".transport", ".marked-slider"]) {
        const box = await boxOf(framed(page).locator(part));
        assert.ok(box.y + box.height <= outer.y + outer.height, `${part}, ${width} px wide`);
      }
      await close();
    }
  },
  async quarto() {
    const { page, close } = await openRecorded("quarto");
    await works(framed(page));
    await page.getByText("Text after.").waitFor();
    await close();
  },
  async mkdocs() {
    const { page, close } = await openRecorded("mkdocs");
    await works(page.locator("wide-valley"));
    assert.equal(await page.locator("wide-valley").getByText("Text after.").count(), 0);
    await close();
  },
  async reveal() {
    const folder = mkdtempSync(join(tmpdir(), "wide-valley-reveal-"));
    const dist = fileURLToPath(new URL("../../node_modules/reveal.js/dist", import.meta.url));
    cpSync(dist, join(folder, "dist"), { recursive: true });
    writeFileSync(
      join(folder, "index.html"),
      `<!doctype html><title>Slides</title><link rel="icon" href="data:," />
      <link rel="stylesheet" href="dist/reveal.css" /><link rel="stylesheet" href="dist/theme/white.css" />
      <div class="reveal"><div class="slides"><section><h1>One</h1></section>${recipe("reveal").code}
      <section><h1>Three</h1></section></div></div><script src="dist/reveal.js"></script>
      <script>Reveal.initialize({ hash: true, transition: "none" });</script>`,
    );
    const server = await serve(folder);
    const page = await desk.context.newPage();
    await page.goto(server.url);
    await page.locator("h1", { hasText: "One" }).waitFor();
    await page.keyboard.press("ArrowRight");
    await works(framed(page));
    const place = await boxOf(page.locator("iframe"));
    await page.mouse.click(place.x / 2, place.y + place.height / 2);
    await page.keyboard.press("ArrowRight");
    await until(async () => page.url().endsWith("/2"), "the slides had lost their keys");
    await page.close();
    await server.close();
    rmSync(folder, { recursive: true });
  },
  // What Canvas keeps of a frame, the strictest sandbox, and Canvas's own listener.
  async platform() {
    const kept = ["src", "width", "height", "name", "sandbox", "scrolling", "title", "style"];
    const names = [...recipe("platform").code.matchAll(/ ([a-z]+)="/g)].map(([, name]) => name);
    const dropped = names.filter((name) => !kept.includes(name));
    assert.deepEqual(dropped, ["loading"]);
    const frame = recipe("platform")
      .code.replace(' loading="lazy"', "")
      .replace("<iframe", '<iframe sandbox="allow-scripts"');
    const files = {
      "canvas.js": `addEventListener("message", ({ data }) => {
        if (data?.subject === "lti.frameResize") document.querySelector("iframe").style.height = data.height + "px";
      });`,
    };
    const listener = '<script src="canvas.js"></script>';
    const body = `${listener}<div style="width:600px">${frame}</div>`;
    const { page, close } = await openCourse(desk.context, body, { files });
    await works(framed(page));
    await until(
      async () => (await boxOf(page.locator("iframe"))).height !== 480,
      "it never asked for a height",
    );
    await close();
  },
  async policy() {
    const { code } = recipe("policy");
    const own = "default-src 'none'";
    const tag = /<script.*/s.exec(recipe("plain").code.split("\n\n")[1])?.[0] ?? "";
    const policies = {
      element: `${own}; ${code}`,
      frame: `${own}; frame-src ${desk.url}; img-src data:`,
    };
    const inElement = await openCourse(desk.context, tag, {
      headers: { "content-security-policy": policies.element },
    });
    await works(inElement.page.locator("wide-valley"));
    assert.deepEqual(inElement.problems, []);
    await inElement.close();
    const inFrame = await openCourse(desk.context, recipe("platform").code, {
      headers: { "content-security-policy": policies.frame },
    });
    await works(framed(inFrame.page));
    assert.deepEqual(inFrame.problems, []);
    await inFrame.close();
  },
  async file() {
    const files = { "wide-valley.html": readFileSync(fileURLToPath(singleFile), "utf8") };
    const { page, problems, close } = await openCourse(
      desk.context,
      recipe("file").code.replace(/src="[^"?]*wide-valley.html/, 'src="wide-valley.html'),
      { files },
    );
    await works(framed(page));
    assert.deepEqual(problems, []);
    await close();
  },
};

test("there is a try for every recipe", () => {
  const ids = recipes(recordedAddress, recordedState).map(({ id }) => id);
  assert.deepEqual(Object.keys(tries).toSorted(), ids.toSorted());
});

for (const [id, attempt] of Object.entries(tries)) {
  test(`the recipe ${id} shows a live figure`, attempt);
}
