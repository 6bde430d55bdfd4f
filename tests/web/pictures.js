// The canvases of a page as pixels, to count and to compare.

import assert from "node:assert/strict";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

/**
 * Every canvas as it is, in device pixels.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<Record<string, PNG>>} by panel
 */
export async function picturesOf(page) {
  const urls = await page.locator(".panel canvas").evaluateAll((canvases) =>
    canvases.map((canvas) => ({
      panel: canvas.parentElement?.dataset.panel ?? "",
      url: /** @type {HTMLCanvasElement} */ (canvas).toDataURL(),
    })),
  );
  return Object.fromEntries(
    urls.map(({ panel, url }) => [
      panel,
      PNG.sync.read(Buffer.from(url.slice(url.indexOf(",") + 1), "base64")),
    ]),
  );
}

/** A blank canvas has one colour; a curve with its axes, smoothed, dozens. @param {PNG} picture */
export function colours({ data }) {
  return new Set(new Uint32Array(data.buffer, data.byteOffset, data.length / 4)).size;
}

/**
 * @param {PNG} one
 * @param {PNG} other
 * @returns {number} how many pixels differ at all
 */
export function differingPixels(one, other) {
  assert.deepEqual([one.width, one.height], [other.width, other.height]);
  const options = { threshold: 0, includeAA: true };
  return pixelmatch(one.data, other.data, undefined, one.width, one.height, options);
}
