// An empty page beside the package, in Chromium under the strict policy: for what a page of someone
// else's does with it.

import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, serve, strictPolicy } from "./browser.js";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));

export async function openPackagedPage() {
  const folder = mkdtempSync(join(tmpdir(), "wide-valley-package-"));
  for (const name of ["lab.js", "wide-valley.wasm", "data"]) {
    cpSync(join(dist, name), join(folder, name), { recursive: true });
  }
  writeFileSync(join(folder, "index.html"), '<!doctype html><link rel="icon" href="data:," />');
  const headers = { "content-security-policy": strictPolicy };
  const [browser, server] = await Promise.all([launch(), serve(folder, { headers })]);
  return {
    context: browser.context,
    /** Not opened yet, so that it can be watched from the first. */
    page: await browser.context.newPage(),
    url: server.url,
    folder,
    close: async () => {
      await browser.close();
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
