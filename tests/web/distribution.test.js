// dist/ as a package: what its users' tools see. What the lab does is tested elsewhere.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { publint } from "publint";

const root = fileURLToPath(new URL("../../", import.meta.url));

test("publint finds nothing wrong", async () => {
  const { messages } = await publint({ pkgDir: root, strict: true, pack: false });
  assert.deepEqual(messages, []);
});

test("the package imports itself by name, from its distribution", () => {
  assert.equal(
    import.meta.resolve("wide-valley"),
    new URL("../../dist/lab.js", import.meta.url).href,
  );
});

test("the types stand alone", () => {
  const declared = readdirSync(`${root}dist/types`, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `types/${file}`);
  assert.ok(declared.includes("types/element.d.ts"));
  for (const file of ["lab.d.ts", "element.d.ts", ...declared]) {
    const text = readFileSync(`${root}dist/${file}`, "utf8");
    assert.doesNotMatch(
      text,
      /(from|import\() ?["']#/,
      `${file} names a module that only this repository has`,
    );
  }
});
