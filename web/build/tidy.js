// `npm run tidy -- [WORD ...]`: clang-tidy, with the static analyser in it, on every C++ file, or on those
// whose path has one of the words. All of them take an hour on two cores.

import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { configureForTidy } from "./core.js";
import { Failure, main, root, run } from "./processes.js";
import { setUp } from "./set-up.js";

/**
 * @param {string} folder of compile_commands.json
 * @param {string[]} words
 */
function filesToTidy(folder, words) {
  /** @type {{ file: string }[]} */
  const commands = JSON.parse(readFileSync(join(folder, "compile_commands.json"), "utf8"));
  const files = [...new Set(commands.map(({ file }) => relative(root, file)))];
  return files.filter((file) => words.length === 0 || words.some((word) => file.includes(word)));
}

await main(async () => {
  await setUp("tidy");
  const folder = await configureForTidy();
  const files = filesToTidy(folder, process.argv.slice(2));
  if (files.length === 0) {
    throw new Failure("No C++ file has one of these words in its path.");
  }
  const left = [...files];
  /** @type {string[]} */
  const untidy = [];
  // The compiler of the build may know warnings that clang-tidy does not.
  const options = ["--quiet", `-p=${folder}`, "--extra-arg=-Wno-unknown-warning-option"];

  async function tidyOnes() {
    for (let file = left.shift(); file; file = left.shift()) {
      console.log(file);
      const { code } = await run("clang-tidy", [...options, file]);
      if (code !== 0) {
        untidy.push(file);
      }
    }
  }

  await Promise.all(Array.from({ length: availableParallelism() }, tidyOnes));
  console.log(`${files.length - untidy.length} of ${files.length} files are tidy`);
  if (untidy.length > 0) {
    throw new Failure(`Not tidy: ${untidy.join(", ")}.`);
  }
});
