// `npm run fuzz -- --minutes=N`: libFuzzer on whatever reads foreign text, under the address and
// undefined-behaviour sanitizers. What it finds new stays in build/native-asan/found, from where a
// few telling inputs may be taken into tests/fuzz/corpus.

import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { buildFuzzers, sanitizedFolder } from "./core.js";
import { Failure, isMain, main, root, run } from "./processes.js";
import { setUp } from "./set-up.js";

const programs = join(root, "tests", "fuzz");

/** @returns {string[]} what is fuzzed, by name */
export function fuzzTargets() {
  return readdirSync(programs)
    .map((file) => /^(\w+)_fuzz\.cpp$/.exec(file)?.[1] ?? "")
    .filter(Boolean);
}

/**
 * @param {string} output libFuzzer's
 * @returns {number}
 */
export function executionsIn(output) {
  return Number(/^stat::number_of_executed_units:\s*(\d+)$/m.exec(output)?.[1] ?? 0);
}

/**
 * Fuzzes one target. A seeded search: what it finds depends on how far it gets, not on chance alone.
 * @param {string} name
 * @param {number} seconds
 * @returns {Promise<{ executions: number, isSound: boolean }>}
 */
export async function fuzz(name, seconds) {
  const found = join(sanitizedFolder, "found", name);
  mkdirSync(found, { recursive: true });
  const { code, output } = await run(join(sanitizedFolder, `${name}_fuzz`), [
    ...[`-max_total_time=${seconds}`, "-seed=1", "-timeout=60", "-rss_limit_mb=3000"],
    ...["-print_final_stats=1", "-verbosity=1", "-max_len=4096"],
    `-artifact_prefix=${join(found, "..", `${name}-`)}`,
    ...[found, join(programs, "corpus", name)],
  ]);
  return { executions: executionsIn(output), isSound: code === 0 };
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
    await buildFuzzers(fuzzTargets());
    const results = [];
    for (const name of fuzzTargets()) {
      results.push({ name, ...(await fuzz(name, 60 * minutes)) });
    }
    for (const { name, executions, isSound } of results) {
      console.log(`${name.padEnd(12)} ${executions} executions, ${isSound ? "sound" : "FAILED"}`);
    }
    if (results.some(({ isSound }) => !isSound)) {
      throw new Failure("An input was found that should not be; it is in build/native-asan/found.");
    }
  });
}
