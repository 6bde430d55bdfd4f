// dist/ as a package: what its users' tools see. What the lab does is tested elsewhere.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { loadLab } from "wide-valley";
import { packageOf } from "../../web/build/licences.js";
import { strictPolicy } from "./browser.js";

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

test("the terms of all that ships are beside it", () => {
  const beside = readFileSync(`${root}dist/licences.txt`, "utf8");
  for (const name of ["Wide Valley", "d3-array", "d3-contour", "uqr", "Eigen", "musl"]) {
    assert.match(beside, new RegExp(`^── ${name}\\n\\n.{5}`, "m"), name);
  }
  assert.match(beside, /^── Data: .*digits/im);
  assert.equal(readFileSync(`${root}dist/site/licences.txt`, "utf8"), beside);
  assert.match(readFileSync(`${root}dist/wide-valley.html`, "utf8"), /── d3-contour\n/);
});

test("a module is told to be a package's or our own", () => {
  assert.equal(packageOf("/a/node_modules/d3-array/src/bin.js"), "d3-array");
  assert.equal(packageOf("/a/node_modules/x/node_modules/@s/y/z.js?query"), "@s/y");
  assert.equal(packageOf("\0vite/preload-helper.js"), "vite");
  assert.equal(packageOf("/a/web/main.js"), null);
  assert.equal(packageOf("\0virtual:lecture"), null);
});

test("the README names every dependency, and the policy under which the site is tested", () => {
  const readme = readFileSync(`${root}README.md`, "utf8");
  const { devDependencies } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  for (const name of Object.keys(devDependencies)) {
    assert.ok(readme.includes(`\`${name.replace(/^@types\/.*/, "@types/*")}\``), name);
  }
  const [, policy] = /^Content-Security-Policy: ([^`]*)/m.exec(readme) ?? [];
  assert.equal(policy?.trim().replaceAll(/\s+/g, " "), strictPolicy);
});

test("the types name the experiments", async () => {
  const ids = (await loadLab()).experiments().map(({ id }) => JSON.stringify(id));
  const text = readFileSync(`${root}dist/types/lab.d.ts`, "utf8");
  assert.ok(text.includes(`type ExperimentId = ${ids.join(" | ")};`));
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
