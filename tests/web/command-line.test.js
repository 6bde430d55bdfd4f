// The program wide-valley, as it is used in a terminal: the same registry, the same numbers.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { sanitizedFolder } from "../../web/build/core.js";
import { root } from "../../web/build/processes.js";

const { loadLab } = await import(join(root, "dist", "lab.js"));
const program = join(sanitizedFolder, "wide-valley");

/** @param {string[]} words */
function call(...words) {
  const { status, stdout, stderr } = spawnSync(program, words, { encoding: "utf8" });
  return { status, stdout, stderr };
}

test("list and describe name what the registry holds", async () => {
  const lab = await loadLab();
  const { status, stdout } = call("list");
  assert.equal(status, 0);
  const ids = stdout
    .trim()
    .split("\n")
    .map((row) => row.split("\t")[0]);
  assert.deepEqual(
    ids,
    lab.experiments().map((/** @type {{ id: string }} */ { id }) => id),
  );
  for (const info of lab.experiments()) {
    const text = call("describe", info.id).stdout;
    for (const { id } of info.parameters) {
      assert.match(text, new RegExp(`--${id}=`));
    }
    for (const { id } of info.channels) {
      assert.ok(text.includes(`  ${id} `), id);
    }
  }
});

test("a run prints the numbers that JavaScript gets, to the last bit", async () => {
  const lab = await loadLab();
  const run = lab.create("confusion", { alpha: 0.1, replicates: 50, seed: 4 });
  run.advance(30);
  const { status, stdout } = call(
    ...["run", "confusion", "--alpha=0.1", "--replicates=50", "--seed=4", "--steps=30"],
    ...["--channels=meanError,path", "--format=json"],
  );
  assert.equal(status, 0);
  const result = JSON.parse(stdout);
  assert.equal(result.step, 30);
  for (const id of Object.keys(result.channels)) {
    const { shape, data } = run.channel(id);
    assert.deepEqual(result.channels[id].shape, shape);
    assert.deepEqual(result.channels[id].data, [...data]);
  }
});

test("CSV has a column a number, a row a step", () => {
  const { stdout } = call("run", "step-size", "--steps=3", "--channels=path,f");
  const rows = stdout.trim().split("\n");
  assert.equal(rows[0], "path_0,path_1,f");
  assert.equal(rows.length, 5);
  assert.equal(Number(rows[1].split(",")[0]), -2);
});

test("data sets are found, and one's own table is taken from a file", () => {
  const words = ["run", "step-size", "--objective=least-squares", "--steps=2", "--channels=gap"];
  assert.equal(call(...words).status, 0);
  const folder = mkdtempSync(join(tmpdir(), "wide-valley-"));
  const file = join(folder, "own.csv");
  writeFileSync(file, "a,b,y\n1,2,3\n2,1,4\n3,5,1\n5,1,2\n");
  const own = call(...words, "--dataset=own", "--features=a,b", `--own=${file}`);
  assert.equal(own.status, 0, own.stderr);
  assert.equal(own.stderr, "");
  writeFileSync(file, "a,b,c,y\n1,2,1,3\n2,1,NA,4\n3,5,2,1\n5,1,3,2\n");
  const odd = call(...words, "--dataset=own", `--own=${file}`);
  assert.equal(odd.status, 0, odd.stderr);
  assert.equal(odd.stderr, "Column “c” is text, as of line 3 (“NA”): it is no feature.\n");
  writeFileSync(file, "a,b,y\n1,2\n");
  const broken = call(...words, "--dataset=own", `--own=${file}`);
  assert.equal(broken.status, 1);
  assert.match(broken.stderr, /line 2/);
  rmSync(folder, { recursive: true });
});

test("a run that ends before the step asked for says where on standard error, and why", () => {
  const gone = call("run", "step-size", "--alpha=1", "--steps=100", "--channels=f");
  assert.equal(gone.status, 0);
  assert.match(gone.stderr, /^step-size diverged at step [1-9]\d*\.\n$/);
  const words = ["--steps=20001", "--replicates=1", "--channels=gap"];
  const ended = call("run", "constant-step", ...words);
  assert.equal(ended.status, 0);
  assert.match(ended.stderr, /constant-step finished at step 20000, the last that it makes\.\n$/);
  assert.equal(call("run", "step-size", "--steps=3").stderr, "");
});

test("help is a result", () => {
  const { status, stdout, stderr } = call("--help");
  assert.equal(status, 0);
  assert.match(stdout, /^wide-valley list\n/);
  assert.equal(stderr, "");
});

test("what is refused is said in one sentence on standard error, with an exit code", () => {
  const cases = [
    { words: ["run", "step-size", "--alpha=-1"], status: 1, says: /alpha/ },
    { words: ["run", "step-size", "--alhpa=1"], status: 1, says: /alpha/ },
    { words: ["run", "step-size", "--steps=2.5"], status: 1, says: /whole number/ },
    { words: ["run", "step-size", "--channels=gapp"], status: 1, says: /gapp/ },
    { words: ["run", "step-size", "--format=xml"], status: 1, says: /csv or json/ },
    { words: ["run", "step-sise"], status: 1, says: /step-sise/ },
    { words: ["run", "step-size", "alpha"], status: 1, says: /--alpha=0.05/ },
    { words: ["walk"], status: 2, says: /wide-valley list/ },
    { words: [], status: 2, says: /wide-valley list/ },
  ];
  for (const { words, status, says } of cases) {
    const answer = call(...words);
    assert.equal(answer.status, status, words.join(" "));
    assert.match(answer.stderr, says);
    assert.equal(answer.stdout, "");
  }
});
