import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import {
  firstViewFiles,
  hasScene,
  heaviestFirstView,
  weightReport,
} from "../../web/build/weight.js";

test("a first view counts the page with its scene and core; no data sets, other scenes, other cores, other pages' styles", () => {
  const folder = mkdtempSync(join(tmpdir(), "wide-valley-weight-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), `${"a".repeat(100_000)} assets/style.css`);
  for (const chapter of [1, 2]) {
    writeFileSync(join(folder, "assets", `chapter-${chapter}-x.wasm`), randomBytes(5000));
  }
  writeFileSync(join(folder, "assets", "digits.csv"), randomBytes(5000));
  for (const name of ["main.js", "first.js", "shared.js", "other.js", "style.css", "print.css"]) {
    writeFileSync(join(folder, "assets", name), "a".repeat(1000));
  }
  const manifest = {
    "index.html": {
      file: "assets/main.js",
      assets: ["assets/chapter-1-x.wasm", "assets/chapter-2-x.wasm", "assets/digits.csv"],
    },
    "scenes/first.js": { file: "assets/first.js", imports: ["index.html", "_shared.js"] },
    "scenes/other.js": { file: "assets/other.js", imports: ["index.html"] },
    "_shared.js": { file: "assets/shared.js" },
    "style.css": { file: "assets/style.css" },
    "print.css": { file: "assets/print.css" },
  };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
  const files = firstViewFiles(folder, { id: "first", chapter: 2 });
  assert.ok(hasScene(folder, "other"));
  assert.ok(!hasScene(folder, "_shared"));
  rmSync(folder, { recursive: true });
  const sizes = new Map(files.map(({ file, bytes }) => [file, bytes]));
  assert.deepEqual([...sizes.keys()].sort(), [
    "assets/chapter-2-x.wasm",
    "assets/first.js",
    "assets/main.js",
    "assets/shared.js",
    "assets/style.css",
    "index.html",
  ]);
  // Random bytes do not compress, a repeated letter does.
  const random = sizes.get("assets/chapter-2-x.wasm") ?? 0;
  assert.ok(random >= 5000 && random < 5100);
  assert.ok((sizes.get("index.html") ?? 1e9) < 300);
});

test("exactly the limit is allowed, one byte more in any scene is not", () => {
  const light = { id: "light", files: [{ file: "a", bytes: heaviestFirstView }] };
  assert.equal(weightReport([light]).isTooHeavy, false);
  const heavy = { id: "heavy", files: [...light.files, { file: "b", bytes: 1 }] };
  const report = weightReport([light, heavy]);
  assert.equal(report.isTooHeavy, true);
  assert.match(report.lines.at(-2) ?? "", /200\.0 kB {2}light/);
  assert.match(report.lines.at(-1) ?? "", /200\.0 kB {2}heavy/);
});
