// Somebody else's page with figures of ours in it, for the Chromium tests.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PNG } from "pngjs";
import { serve, watchPage } from "./browser.js";
import { colours } from "./pictures.js";

/**
 * Serves one page from an origin of its own and opens it.
 * @param {import("playwright-core").BrowserContext} context
 * @param {string} body of the page, or a whole page
 * @param {{ headers?: Record<string, string>, files?: Record<string, string> }} [options] files that
 *   lie beside it
 */
export async function openCourse(context, body, { headers = {}, files = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "wide-valley-course-"));
  const icon = '<link rel="icon" href="data:," />';
  const isPage = /^\s*<(!doctype|html)/i.test(body);
  const page = isPage
    ? body
    : `<!doctype html><html lang="en"><title>Course</title>${icon}<body>${body}</body></html>`;
  for (const [name, text] of Object.entries({ "index.html": page, ...files })) {
    writeFileSync(join(folder, name), text);
  }
  const server = await serve(folder, { headers });
  const tab = await context.newPage();
  const watch = await watchPage(tab);
  await tab.goto(server.url);
  return {
    page: tab,
    url: server.url,
    /** The figures are of another origin: what they load is not the page's fault. */
    problems: watch.problems,
    close: async () => {
      await tab.close();
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/**
 * @param {import("playwright-core").Locator} canvas
 * @returns {Promise<number>} how many colours it shows
 */
export async function coloursOf(canvas) {
  return colours(PNG.sync.read(await canvas.screenshot()));
}
