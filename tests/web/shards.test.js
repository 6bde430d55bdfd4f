// Runs split over processes, as the README says, and in JavaScript: the parts are the whole.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, test } from "node:test";
import { sanitizedFolder } from "../../web/build/core.js";
import { root } from "../../web/build/processes.js";

const { loadLab, ParameterError } = await import(join(root, "dist", "lab.js"));
const folder = mkdtempSync(join(tmpdir(), "wide-valley-shards-"));
after(() => rmSync(folder, { recursive: true }));

const environment = {
  ...process.env,
  PATH: [sanitizedFolder, process.env.PATH].join(delimiter),
};

/** @param {string[]} words */
function call(...words) {
  return spawnSync("wide-valley", words, {
    cwd: folder,
    encoding: "utf8",
    env: environment,
  });
}

/** The first commands under the README's heading. @param {string} heading */
function documentedExample(heading) {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const section = readme.slice(readme.indexOf(heading));
  const block = /```sh\n(.*?)```/s.exec(section);
  assert.ok(block, `no commands under ${heading}`);
  return block[1];
}

test("the README's example with GNU parallel gives the whole run, byte for byte", () => {
  const example = documentedExample("### Split over cores and machines");
  const { status, stdout, stderr } = spawnSync("bash", ["-e", "-c", example], {
    cwd: folder,
    encoding: "utf8",
    env: environment,
  });
  assert.equal(status, 0, stderr);
  const settings = ["--alpha=0.1", "--steps=300", "--replicates=10000"];
  const whole = call("run", "confusion", ...settings, "--channels=x");
  assert.equal(readFileSync(join(folder, "all.csv"), "utf8"), whole.stdout);
  assert.match(stdout, /^column,count,mean,standardError,q05,q25,q50,q75,q95\nx,10000,/);
});

test("the summary of the merged parts has the mean of the whole run, to the last bit", () => {
  const settings = ["run", "constant-step", "--steps=40"];
  for (const first of [0, 70]) {
    const count = first === 0 ? 70 : 30;
    const part = call(...settings, `--replicates=${count}`, `--first-replicate=${first}`);
    assert.equal(part.status, 0, part.stderr);
    writeFileSync(join(folder, `gaps-${first}.csv`), part.stdout);
  }
  const merged = call("merge", "gaps-70.csv", "gaps-0.csv");
  writeFileSync(join(folder, "gaps.csv"), merged.stdout);
  const summary = call("summarise", "gaps.csv").stdout.trim().split("\n")[1].split(",");
  const channels = "--channels=gap,gapStandardError";
  const whole = call(...settings, "--replicates=100", channels)
    .stdout.trim()
    .split("\n");
  assert.deepEqual(summary.slice(2, 4), /** @type {string} */ (whole.at(-1)).split(","));
});

test("a part whose lines end as another system ends them is the same part", () => {
  const { stdout } = call("run", "confusion", "--steps=2", "--replicates=5", "--first-replicate=0");
  writeFileSync(join(folder, "lines.csv"), stdout.replaceAll("\n", "\r\n"));
  assert.equal(call("merge", "lines.csv").stdout, stdout.slice(stdout.indexOf("\n") + 1));
  assert.equal(call("summarise", "lines.csv").status, 0);
});

test("what does not fit together is refused with the place", () => {
  /** @param {number} first @param {string} [id] @param {string[]} settings */
  const part = (first, id = "confusion", ...settings) => {
    const file = `part-of-${id}-${first}${settings.join("")}.csv`;
    const words = ["--steps=2", "--replicates=5", `--first-replicate=${first}`, ...settings];
    writeFileSync(join(folder, file), call("run", id, ...words).stdout);
    return file;
  };
  const series = call("run", "confusion", "--steps=2", "--channels=meanError");
  writeFileSync(join(folder, "series.csv"), series.stdout);
  /** @param {string} row */
  const odd = (row) => {
    const file = `odd${row}.csv`;
    writeFileSync(join(folder, file), `replicate,x\n${row},1\n`);
    return file;
  };
  const cases = [
    { words: ["merge", part(0), part(10)], says: /Replicate 5 is missing/ },
    {
      words: ["merge", odd("-1")],
      says: /line 2: a replicate is a whole number from 0 to 1048575/,
    },
    { words: ["summarise", odd("1e30")], says: /line 2: a replicate is a whole number/ },
    { words: ["merge", odd("0.5")], says: /line 2: a replicate is a whole number/ },
    { words: ["merge", part(0), part(3)], says: /Replicate 3 is there twice/ },
    { words: ["merge", part(0), part(5, "confusion", "--seed=2")], says: /part of .*seed=2/ },
    {
      words: ["merge", part(0), part(5, "constant-step")],
      says: /The runs differ .*confusion.*constant-step/,
    },
    {
      words: ["merge", part(0), "nowhere.csv"],
      says: /nowhere\.csv.* cannot be read/,
    },
    { words: ["merge", "series.csv"], says: /no output of a shard/ },
    { words: ["summarise", "series.csv"], says: /no output of a shard/ },
    {
      words: ["run", "confusion", "--first-replicate=x"],
      says: /first-replicate/,
    },
    {
      words: ["run", "confusion", "--first-replicate=-1"],
      says: /0 to 1038576/,
    },
    {
      words: ["run", "confusion", "--first-replicate=0", "--channels=meanError"],
      says: /meanError.* no channel of a shard/,
    },
    { words: ["run", "network", "--first-replicate=0"], says: /no replicates/ },
    {
      words: ["run", "confusion", "--first-replicate=0", "--alpha=90", "--steps=500"],
      says: /diverged at step/,
    },
  ];
  for (const { words, says } of cases) {
    const { status, stdout, stderr } = call(...words);
    assert.equal(status, 1, words.join(" "));
    assert.match(stderr, says);
    assert.equal(stdout, "");
  }
});

test("lab.createShard gives the rows of the whole run", async () => {
  const lab = await loadLab();
  const whole = lab.create("gibbs", { replicates: 40, seed: 5 });
  const shard = lab.createShard("gibbs", { replicates: 15, seed: 5 }, 25);
  whole.advance(50);
  shard.advance(50);
  assert.deepEqual(shard.channel("x").data, whole.channel("x").data.slice(25));
  for (const first of [-1, 0.5, Number.NaN, "3", undefined, 2 ** 20]) {
    assert.throws(
      () => lab.createShard("gibbs", { replicates: 15 }, first),
      (/** @type {any} */ error) =>
        error instanceof ParameterError && error.issues[0].parameter === "firstReplicate",
    );
  }
});

test("a shard's JSON says where it begins", () => {
  const words = ["--steps=2", "--replicates=3", "--first-replicate=4", "--format=json"];
  const result = JSON.parse(call("run", "confusion", ...words).stdout);
  assert.equal(result.firstReplicate, 4);
  assert.deepEqual(result.channels.x.shape, [3]);
});
