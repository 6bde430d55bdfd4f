// The watch over pages must see what it is there to see; otherwise "no problems" means nothing.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, serve, strictPolicy, watchPage } from "./browser.js";

/** @type {Awaited<ReturnType<typeof launch>>} */
let browser;
/** @type {string} */
let folder;
before(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), "wide-valley-page-"));
  writeFileSync(join(folder, "sound.js"), 'document.title = "ran";');
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/**
 * Opens a page with this body and waits until its script has run.
 * @param {string} body
 * @param {Record<string, string>} [headers]
 */
async function watched(body, headers) {
  const page = '<!doctype html><link rel="icon" href="data:," />';
  writeFileSync(join(folder, "index.html"), `${page}${body}<script src="sound.js"></script>`);
  const server = await serve(folder, { headers });
  const tab = await browser.context.newPage();
  const watch = await watchPage(tab);
  await tab.goto(server.url);
  await tab.waitForFunction(() => document.title === "ran");
  await tab.close();
  await server.close();
  return watch;
}

test("a sound page has nothing to report, under the strict policy too", async () => {
  const headers = { "content-security-policy": strictPolicy };
  assert.deepEqual(await watched("<p>sound</p>", headers), { problems: [], foreignRequests: [] });
});

test("violations, errors, missing files and foreign requests are reported", async () => {
  const headers = { "content-security-policy": strictPolicy };
  const styled = await watched('<p style="color: red">styled</p>', headers);
  assert.match(styled.problems.join("\n"), /policy violation: style-src-attr inline/);
  const broken = await watched('<script>setTimeout(nowhere)</script><img src="none.png" />');
  assert.match(
    broken.problems.join("\n"),
    /uncaught: ReferenceError: nowhere is not defined\n +at /,
  );
  assert.match(broken.problems.join("\n"), /404/);
  const other = await serve(folder);
  const foreign = await watched(`<img src="${other.url}sound.js" />`);
  await other.close();
  assert.deepEqual(foreign.foreignRequests, [`${other.url}sound.js`]);
});

test("nothing outside the folder is served", async () => {
  const server = await serve(folder);
  const { status } = await fetch(`${server.url}..%2f..%2fetc/passwd`);
  await server.close();
  assert.equal(status, 404);
});
