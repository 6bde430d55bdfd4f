// `npm test`: checks, builds and every test. A failing part does not keep the others from running.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { buildDistribution } from "./build.js";
import { checks } from "./checks.js";
import { buildSanitizedTests, buildWasmTests } from "./core.js";
import { doctest } from "./doctest.js";
import { buildFuzzTargets } from "./fuzz.js";
import { main, root, run } from "./processes.js";
import { judge, nodeTestCounts, summary } from "./results.js";
import { setUp } from "./set-up.js";

/** @typedef {import("./results.js").Counts} Counts */
/** @typedef {{ name: string, run: () => Promise<Counts> }} Part */

// Far above what any file of tests needs, so that one which hangs is named instead of stopping
// everything.
const longestFile = 400_000;

// All targets at once; `npm run fuzz` searches for as long as one likes.
const secondsOfFuzzing = 60;

// Much of what a test waits for is not a processor: three files at a time keep two cores busy, where
// Node by itself would take one.
const filesAtATime = 3;

/**
 * @param {(name: string) => boolean} isWanted
 * @returns {Promise<Counts>}
 */
async function nodeTests(isWanted) {
  const files = readdirSync(join(root, "tests", "web"))
    .filter((name) => name.endsWith(".test.js") && isWanted(name))
    .map((name) => join("tests", "web", name));
  if (files.length === 0) {
    return judge(0, null);
  }
  const { code, output } = await run(process.execPath, [
    ...["--test", "--test-reporter=spec", `--test-timeout=${longestFile}`],
    `--test-concurrency=${filesAtATime}`,
    ...files,
  ]);
  return judge(code, nodeTestCounts(output));
}

/** @param {string} name */
const needsChromium = (name) => name.endsWith(".chromium.test.js");

/** @returns {Part[]} */
function parts() {
  return [
    ...checks().map(({ name, command, args }) => ({
      name,
      run: async () => {
        const { code } = await run(command, args);
        return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
      },
    })),
    {
      name: "core, native, sanitized",
      run: async () => doctest(await buildSanitizedTests(), []),
    },
    {
      name: "core, WebAssembly",
      run: async () => doctest(process.execPath, [await buildWasmTests()]),
    },
    {
      name: "build",
      run: async () => {
        await buildDistribution();
        return { passed: 1, failed: 0 };
      },
    },
    {
      name: "fuzz",
      run: async () => {
        const targets = await buildFuzzTargets();
        const results = await Promise.all(targets.map(({ search }) => search(secondsOfFuzzing)));
        const failed = results.filter(({ isSound }) => !isSound).length;
        return { passed: results.length - failed, failed };
      },
    },
    { name: "Node", run: () => nodeTests((name) => !needsChromium(name)) },
    { name: "Chromium", run: () => nodeTests(needsChromium) },
  ];
}

await main(async () => {
  await setUp("tests");
  const results = [];
  for (const part of parts()) {
    console.log(`\n── ${part.name}`);
    const start = performance.now();
    const counts = await part.run().catch((error) => {
      console.error(error instanceof Error ? error.message : error);
      return { passed: 0, failed: 1 };
    });
    results.push({ part: part.name, ...counts, seconds: (performance.now() - start) / 1000 });
  }
  console.log(`\n${summary(results)}`);
  if (results.some(({ failed }) => failed > 0)) {
    process.exitCode = 1;
  }
});
