// Runs the doctest suite, natively or as WebAssembly, on every core that two processes can keep busy.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./processes.js";
import { doctestCounts, judge } from "./results.js";

/** @typedef {import("./results.js").Counts} Counts */

// The suite runs on one core; two processes at a time keep two busy to the end if each takes the next
// group of files when it has done with one.
const processes = 2;
const groups = 6;

/** @returns {string[][]} the files of tests, dealt out */
function dealtFiles() {
  const files = readdirSync(join(root, "tests", "core")).filter((name) => /_test\.cpp$/.test(name));
  return Array.from({ length: groups }, (_, group) =>
    files.filter((_name, i) => i % groups === group),
  );
}

/**
 * @param {string} command
 * @param {string[]} args before doctest's own
 * @returns {Promise<Counts>}
 */
export async function doctest(command, args) {
  const waiting = dealtFiles();
  const total = { passed: 0, failed: 0 };
  const work = async () => {
    for (let files = waiting.shift(); files; files = waiting.shift()) {
      const filter = `--source-file=${files.map((name) => `*/${name}`).join(",")}`;
      const { code, output } = await run(command, [...args, filter, "--no-colors=true"]);
      const { passed, failed } = judge(code, doctestCounts(output));
      total.passed += passed;
      total.failed += failed;
    }
  };
  await Promise.all(Array.from({ length: processes }, work));
  return total;
}
