// The golden paths in Chromium, through the package as a page of someone else's imports it.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch, serve, strictPolicy, watchPage } from "./browser.js";
import { goldenExperiments, goldenPaths } from "./golden.js";
import { goldenHash } from "./golden-hashes.js";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));

test("the golden path of each method and every channel of every experiment, as wasm in Chromium", async () => {
  const folder = mkdtempSync(join(tmpdir(), "wide-valley-golden-"));
  for (const name of ["lab.js", "wide-valley.wasm", "data"]) {
    cpSync(join(dist, name), join(folder, name), { recursive: true });
  }
  writeFileSync(join(folder, "index.html"), '<!doctype html><link rel="icon" href="data:," />');
  const headers = { "content-security-policy": strictPolicy };
  const [browser, server] = await Promise.all([launch(), serve(folder, { headers })]);
  const page = await browser.context.newPage();
  const watch = await watchPage(page);
  await page.goto(server.url);
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
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true });
});
