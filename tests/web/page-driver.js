// A reader in front of the built page: opens it, looks at it, points and types. For the Chromium tests.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { launch, serve, strictPolicy, watchPage } from "./browser.js";
import { colours, differingPixels, picturesOf } from "./pictures.js";

export { colours, differingPixels } from "./pictures.js";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Locator} Locator */
/** @typedef {{ x: number, y: number }} Point */

const site = fileURLToPath(new URL("../../dist/site", import.meta.url));
export const singleFile = new URL("../../dist/wide-valley.html", import.meta.url).href;
// Long enough for a machine with other work; nothing waits this long when all is well.
const patience = 30_000;
// Longer than a frame's steps take, and than a change waits until the address tells it.
const aWhile = 1000;
const strict = { "content-security-policy": strictPolicy };

/**
 * A browser and the site served to it, under the strict policy unless told otherwise.
 * @param {import("playwright-core").BrowserContextOptions} [options]
 * @param {Record<string, string>} [headers]
 */
export async function startDesk(options = {}, headers = strict) {
  const [browser, server] = await Promise.all([
    launch({ viewport: { width: 1280, height: 800 }, ...options }),
    serve(site, { headers }),
  ]);
  browser.context.setDefaultTimeout(patience);
  return {
    context: browser.context,
    url: server.url,
    /**
     * @param {string} [address] below the site: "#step-size?alpha=0.1", "?view=figure"
     * @param {{ width: number, height: number }} [viewport]
     */
    open: (address = "", viewport) => Reader.open(browser.context, server.url + address, viewport),
    /**
     * The link of what a reader sees shows another one the same.
     * @param {Reader} reader
     */
    showsAgain: async (reader) => {
      const again = await Reader.open(browser.context, server.url + reader.hash);
      await again.seesTheSameAs(reader);
      await again.leave();
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/**
 * Asks again and again until the answer is yes.
 * @param {() => unknown} condition may be a promise
 * @param {string | (() => unknown)} complaint what to say when it never is
 */
export async function until(condition, complaint) {
  const end = performance.now() + patience;
  while (!(await condition())) {
    if (performance.now() > end) {
      const message = typeof complaint === "string" ? complaint : await complaint();
      throw new assert.AssertionError({ message: String(message) });
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** One page of the laboratory and the person who uses it. */
export class Reader {
  /**
   * @param {Page} page
   * @param {Awaited<ReturnType<typeof watchPage>>} watch
   */
  constructor(page, watch) {
    this.page = page;
    this.watch = watch;
    this.landscape = page.locator('[data-panel="landscape"] canvas');
    this.readOut = page.locator(".read-out");
    this.notice = page.locator(".notice");
    this.alpha = page.getByRole("textbox", { name: "step size α", exact: true });
    this.alphaSlider = page.getByRole("slider", { name: "step size α, slider" });
    this.play = page.locator(".transport .play");
  }

  /**
   * With nothing opened yet.
   * @param {import("playwright-core").BrowserContext} context
   */
  static async start(context) {
    const page = await context.newPage();
    const reader = new Reader(page, await watchPage(page));
    await page.addInitScript(noteDrawnTexts);
    return reader;
  }

  /**
   * Opens an address and waits for the first picture.
   * @param {import("playwright-core").BrowserContext} context
   * @param {string} url
   * @param {{ width: number, height: number }} [viewport]
   */
  static async open(context, url, viewport) {
    const reader = await Reader.start(context);
    if (viewport) {
      await reader.page.setViewportSize(viewport);
    }
    await reader.page.goto(url);
    await reader.untilPainted();
    return reader;
  }

  async untilPainted() {
    await this.page.waitForFunction(() => document.querySelector(".read-out")?.textContent);
    await this.untilComputed();
    await this.frames();
  }

  /** The figure is painted in the frame after a change. */
  async frames() {
    await this.page.evaluate(
      () =>
        new Promise((resolve) =>
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined))),
        ),
    );
  }

  /** Changes the address by hand. @param {string} hash */
  async goToHash(hash) {
    await this.page.evaluate((text) => {
      window.location.hash = text;
    }, hash);
  }

  /** What the page never does, whatever is done to it; then closes it. */
  async leave() {
    const lines = (await this.allText()).split("\n");
    const broken = lines.filter((line) => /\bNaN\b|Infinity|∞|\bundefined\b|\[object/.test(line));
    assert.deepEqual(broken, []);
    assert.deepEqual([...new Set(this.watch.problems)], []);
    assert.deepEqual(this.watch.foreignRequests, []);
    await this.page.close();
  }

  /** Everything written on canvases since the page was opened. @returns {Promise<string[]>} */
  drawnTexts() {
    return this.page.evaluate(() => [.../** @type {any} */ (globalThis).drawnTexts]);
  }

  /** Everything written in the page: text, entries, labels, tips, pictures. */
  async allText() {
    const inPage = await this.page.evaluate(() => {
      const parts = [document.title, document.body.textContent];
      for (const node of document.querySelectorAll("*")) {
        parts.push(
          ...["aria-label", "aria-valuetext", "title"].map((name) => {
            return node.getAttribute(name) ?? "";
          }),
        );
        parts.push(node instanceof HTMLInputElement ? node.value : "");
      }
      return parts.join("\n");
    });
    return [inPage, ...(await this.drawnTexts())].join("\n");
  }

  get hash() {
    return new URL(this.page.url()).hash;
  }

  /** @returns {Promise<URLSearchParams>} what the address says of the state */
  async address() {
    return new URLSearchParams(this.hash.slice(this.hash.indexOf("?") + 1));
  }

  /**
   * Asks again and again until the answer is yes.
   * @param {() => unknown} condition may be a promise
   * @param {() => unknown} complaint what to say when it never is
   */
  async until(condition, complaint) {
    await until(condition, complaint);
    await this.frames();
  }

  /**
   * Waits until the address says this: a text, null for nothing, or what a test of the text accepts.
   * @param {Record<string, string | number | null | ((text: string | null) => boolean)>} wanted
   */
  async untilAddress(wanted) {
    await this.until(
      async () => {
        const query = await this.address();
        const holds = Object.entries(wanted).every(([key, value]) => {
          const text = query.get(key);
          return typeof value === "function"
            ? value(text)
            : text === (value === null ? null : String(value));
        });
        return query.has("v") && holds;
      },
      () => `the address never had ${Object.keys(wanted)} as wanted: ${this.page.url()}`,
    );
  }

  /** @param {RegExp} pattern of the line beside the buttons */
  async untilReadOut(pattern) {
    await this.untilText(".read-out", pattern);
  }

  /**
   * Waits until one of these elements reads so.
   * @param {string} selector
   * @param {RegExp} pattern
   */
  async untilText(selector, pattern) {
    const texts = () => this.page.locator(selector).allTextContents();
    await this.until(
      async () => (await texts()).some((text) => pattern.test(text)),
      async () => `${selector} never read ${pattern} but ${JSON.stringify(await texts())}`,
    );
  }

  /** Every sentence with which the page now refuses something. @returns {Promise<string[]>} */
  complaints() {
    return this.page
      .locator(".notice:not([hidden]) p, .complaint")
      .evaluateAll((nodes) =>
        nodes.map((node) => node.textContent ?? "").filter((text) => text !== ""),
      );
  }

  /** @returns {Promise<number>} the step that the page says it shows */
  async step() {
    const [, step] = /^step (\d+) /.exec((await this.readOut.textContent()) ?? "") ?? [];
    return Number(step);
  }

  /** Plays until the page shows this step at least, and pauses. @param {number} step */
  async playTo(step) {
    await this.play.click();
    await this.untilStep(step);
    await this.pause();
  }

  /** @param {number} step that is shown at least, while it plays */
  async untilStep(step) {
    await this.until(
      async () => (await this.step()) >= step,
      () => `playing never came to step ${step}`,
    );
  }

  /** Pauses what plays, and waits until the steps under way are shown and the address tells the last. */
  async pause() {
    await this.play.click();
    let last = "";
    let since = 0;
    await this.until(
      async () => {
        const now = `${this.page.url()} ${await this.page.locator(".scrub").inputValue()}`;
        since = now === last ? since : performance.now();
        last = now;
        return performance.now() - since > aWhile;
      },
      () => "it never came to rest",
    );
  }

  /** @param {string} id of a parameter */
  control(id) {
    return this.page.locator(`.control[data-parameter="${id}"]`);
  }

  /** @param {string} id of a parameter */
  entry(id) {
    return id === "alpha" ? this.alpha : this.control(id).locator('input[type="text"]');
  }

  /**
   * Types into the entry of a parameter, as a person does.
   * @param {string} id
   * @param {string} text
   */
  async type(id, text) {
    await this.entry(id).fill(text);
    await this.entry(id).press("Enter");
  }

  /**
   * @param {string} id
   * @param {string} value
   */
  async choose(id, value) {
    await this.control(id).locator("select").selectOption(value);
  }

  /** @param {string} name on the button */
  async press(name) {
    await this.page.getByRole("button", { name }).click();
  }

  /**
   * A place on a canvas or slider, in pixels of the page.
   * @param {Locator} target
   * @param {number} right share of the width
   * @param {number} down share of the height
   * @returns {Promise<Point>}
   */
  async placeOn(target, right, down) {
    const box = await boxOf(target);
    return { x: box.x + right * box.width, y: box.y + down * box.height };
  }

  /**
   * Presses at one place, moves to the other and lets go.
   * @param {Point} from
   * @param {Point} to
   */
  async drag(from, to) {
    const { mouse } = this.page;
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
    await mouse.move(to.x, to.y, { steps: 4 });
    await mouse.up();
  }

  /** Until no other picture is on its way. */
  async untilComputed() {
    await this.page.locator('.figure:not([aria-busy="true"])').waitFor();
  }

  /** Every canvas as it is, in device pixels, by panel, once nothing is computed any more. */
  async pictures() {
    await this.untilComputed();
    await this.frames();
    return picturesOf(this.page);
  }

  /** To the pixel. @param {Reader} other */
  async seesTheSameAs(other) {
    const [mine, theirs] = [await this.pictures(), await other.pictures()];
    assert.deepEqual(Object.keys(mine), Object.keys(theirs));
    for (const [panel, picture] of Object.entries(theirs)) {
      assert.equal(differingPixels(picture, mine[panel]), 0, panel);
    }
  }

  /**
   * That there are these panels and no others, and that each shows something.
   * @param {string[]} panels
   */
  async seesPanels(panels) {
    const pictures = await this.pictures();
    assert.deepEqual(Object.keys(pictures), panels);
    for (const [panel, picture] of Object.entries(pictures)) {
      const count = colours(picture);
      assert.ok(count > 30, `${panel} has ${count} colours`);
    }
    return pictures;
  }
}

/** In the page, before its own scripts: remembers what is written on canvases. */
function noteDrawnTexts() {
  const { fillText } = CanvasRenderingContext2D.prototype;
  /** @type {Set<string>} */
  const texts = new Set();
  Object.assign(globalThis, { drawnTexts: texts });
  /** @type {typeof fillText} */
  CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
    texts.add(String(text));
    return fillText.call(this, text, ...place);
  };
}

/**
 * @param {Locator} target
 * @returns {Promise<{ x: number, y: number, width: number, height: number }>}
 */
export async function boxOf(target) {
  const box = await target.boundingBox();
  assert.ok(box, `${target} is not shown`);
  return box;
}

/** @param {number} value @param {number} tolerance @returns {(text: string | null) => boolean} */
export function near(value, tolerance) {
  return (text) => text !== null && Math.abs(Number(text) - value) <= tolerance;
}
