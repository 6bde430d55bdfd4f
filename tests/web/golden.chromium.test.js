// The golden paths in Chromium, through the package as a page of someone else's imports it.

import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { watchPage } from "./browser.js";
import { goldenExperiments, goldenPaths } from "./golden.js";
import { goldenHash } from "./golden-hashes.js";
import { openPackagedPage } from "./packaged-page.js";

test("the golden path of each method and every channel of every experiment, as wasm in Chromium", async () => {
  const { page, url, folder, close } = await openPackagedPage();
  const watch = await watchPage(page);
  await page.goto(url);
  const golden = await goldenPaths();
  assert.ok(golden.length >= 7);
  const paths = await page.evaluate(
    async (wanted) => {
      const { loadLab } = await import(`${window.location.origin}/lab.js`);
      const lab = await loadLab();
      return wanted.map(({ method, alpha }) => {
        const start = { x0: -2, y0: 1.2 };
        const run = lab.create("step-size", { objective: "himmelblau", method, alpha, ...start });
        run.advance(200);
        return [...run.channel("path").data];
      });
    },
    golden.map(({ method, alpha }) => ({ method, alpha })),
  );
  for (const [i, { method, hash }] of golden.entries()) {
    assert.equal(goldenHash(Float64Array.from(paths[i])), hash, method);
  }
  cpSync(new URL("./golden-hashes.js", import.meta.url), join(folder, "golden-hashes.js"));
  const hashes = await page.evaluate(async () => {
    const { loadLab } = await import(`${window.location.origin}/lab.js`);
    const { experimentHashes } = await import(`${window.location.origin}/golden-hashes.js`);
    return experimentHashes(await loadLab());
  });
  assert.deepEqual(hashes, await goldenExperiments());
  assert.deepEqual(watch, { problems: [], foreignRequests: [] });
  await close();
});
