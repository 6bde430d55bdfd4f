// `npm run fuzz -- --minutes=N`: whatever reads foreign text, on texts that a search makes. For the core
// libFuzzer, under the address and undefined-behaviour sanitizers; for what the page itself reads, links
// and the tables in them, fast-check. What libFuzzer finds new stays in build/native-asan/found, from
// where a few telling inputs may be taken into tests/fuzz/corpus.

import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { buildDistribution } from "./build.js";
import { buildFuzzers, sanitizedFolder } from "./core.js";
import { Failure, isMain, main, root, run } from "./processes.js";
import { setUp } from "./set-up.js";

/** @typedef {{ name: string, search: (seconds: number) => Promise<Found> }} FuzzTarget */
/** @typedef {{ executions: number, isSound: boolean }} Found */

const programs = join(root, "tests", "fuzz");

/** @returns {string[]} what libFuzzer searches, by name */
function nativeTargets() {
  return readdirSync(programs)
    .map((file) => /^(\w+)_fuzz\.cpp$/.exec(file)?.[1] ?? "")
    .filter(Boolean);
}

/**
 * @param {number} code with which the search ended
 * @param {RegExpExecArray | null} line where it says how many executions it made
 * @returns {Found}
 */
function found(code, line) {
  return { executions: Number(line?.[1] ?? 0), isSound: code === 0 };
}

/**
 * A seeded search: what it finds depends on how far it gets, not on chance alone.
 * @param {string} name
 * @param {number} seconds
 * @returns {Promise<Found>}
 */
async function searchNative(name, seconds) {
  const folder = join(sanitizedFolder, "found", name);
  mkdirSync(folder, { recursive: true });
  const { code, output } = await run(join(sanitizedFolder, `${name}_fuzz`), [
    ...[`-max_total_time=${seconds}`, "-seed=1", "-timeout=60", "-rss_limit_mb=3000"],
    ...["-print_final_stats=1", "-verbosity=1", "-max_len=4096"],
    `-artifact_prefix=${join(folder, "..", `${name}-`)}`,
    ...[folder, join(programs, "corpus", name)],
  ]);
  return found(code, /^stat::number_of_executed_units:\s*(\d+)$/m.exec(output));
}

/**
 * @param {number} seconds
 * @returns {Promise<Found>}
 */
async function searchLinks(seconds) {
  const program = join(programs, "fuzz-links.js");
  const { code, output } = await run(process.execPath, [program, String(seconds)]);
  return found(code, /^(\d+) executions$/m.exec(output));
}

/** What is fuzzed; the package in dist/ must be there. @returns {Promise<FuzzTarget[]>} */
export async function buildFuzzTargets() {
  const names = nativeTargets();
  await buildFuzzers(names);
  return [
    ...names.map((name) => ({
      name,
      search: (/** @type {number} */ seconds) => searchNative(name, seconds),
    })),
    { name: "links", search: searchLinks },
  ];
}

/** @param {string[]} words */
function minutesFrom(words) {
  const [, text] = /^--minutes=(.+)$/.exec(words[0] ?? "--minutes=1") ?? [];
  const minutes = Number(text);
  if (!(minutes > 0) || words.length > 1) {
    throw new Failure("Usage: npm run fuzz -- --minutes=N, minutes for each target, N > 0.");
  }
  return minutes;
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const minutes = minutesFrom(process.argv.slice(2));
    await setUp("fuzz");
    await buildDistribution();
    const results = [];
    for (const { name, search } of await buildFuzzTargets()) {
      results.push({ name, ...(await search(60 * minutes)) });
    }
    for (const { name, executions, isSound } of results) {
      console.log(`${name.padEnd(12)} ${executions} executions, ${isSound ? "sound" : "FAILED"}`);
    }
    if (results.some(({ isSound }) => !isSound)) {
      throw new Failure(
        "An input was found that should not be; it is printed above, or in build/native-asan/found.",
      );
    }
  });
}
