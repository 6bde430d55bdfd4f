import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { firstViewFiles, heaviestFirstView, weightReport } from "../../web/build/weight.js";

test("the first view counts what is fetched at once, compressed, and not the data sets", () => {
  const folder = mkdtempSync(join(tmpdir(), "wide-valley-weight-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "a".repeat(100_000));
  writeFileSync(join(folder, "assets", "core.wasm"), randomBytes(5000));
  writeFileSync(join(folder, "assets", "digits.csv"), randomBytes(5000));
  const files = firstViewFiles(folder);
  rmSync(folder, { recursive: true });
  assert.deepEqual(
    files.map(({ file }) => file),
    [join("assets", "core.wasm"), "index.html"],
  );
  // Random bytes do not compress, a repeated letter does.
  assert.ok(files[0].bytes >= 5000 && files[0].bytes < 5100);
  assert.ok(files[1].bytes < 300);
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
