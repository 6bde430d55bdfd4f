import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { firstViewFiles, heaviestFirstView, weightReport } from "../../web/build/weight.js";

test("the first view counts the page with its first scene, and neither data sets nor other scenes", () => {
  const folder = mkdtempSync(join(tmpdir(), "wide-valley-weight-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "a".repeat(100_000));
  writeFileSync(join(folder, "assets", "core.wasm"), randomBytes(5000));
  writeFileSync(join(folder, "assets", "digits.csv"), randomBytes(5000));
  for (const name of ["main.js", "first.js", "shared.js", "other.js", "style.css"]) {
    writeFileSync(join(folder, "assets", name), "a".repeat(1000));
  }
  const manifest = {
    "index.html": { file: "assets/main.js", assets: ["assets/core.wasm", "assets/digits.csv"] },
    "scenes/step-size.js": { file: "assets/first.js", imports: ["index.html", "_shared.js"] },
    "scenes/other.js": { file: "assets/other.js", imports: ["index.html"] },
    "_shared.js": { file: "assets/shared.js" },
    "style.css": { file: "assets/style.css" },
  };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
  const files = firstViewFiles(folder);
  rmSync(folder, { recursive: true });
  const sizes = new Map(files.map(({ file, bytes }) => [file, bytes]));
  assert.deepEqual([...sizes.keys()].sort(), [
    "assets/core.wasm",
    "assets/first.js",
    "assets/main.js",
    "assets/shared.js",
    "assets/style.css",
    "index.html",
  ]);
  // Random bytes do not compress, a repeated letter does.
  const random = sizes.get("assets/core.wasm") ?? 0;
  assert.ok(random >= 5000 && random < 5100);
  assert.ok((sizes.get("index.html") ?? 1e9) < 300);
});

test("exactly the limit is allowed, one byte more is not", () => {
  assert.equal(weightReport([{ file: "a", bytes: heaviestFirstView }]).isTooHeavy, false);
  const heavy = weightReport([
    { file: "a", bytes: heaviestFirstView },
    { file: "b", bytes: 1 },
  ]);
  assert.equal(heavy.isTooHeavy, true);
  assert.match(heavy.lines.at(-1) ?? "", /200\.0 kB {2}first view/);
});
