// Formats, style and types: the commands that check them and the one that mends them.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Failure, packageCommand, root } from "./processes.js";
import { findClangFormat } from "./set-up.js";

/** @typedef {{ name: string, command: string, args: string[] }} Check */

/** @returns {string[]} every C++ file */
function sourceFiles() {
  return ["core", ...["core", "bench", "fuzz"].map((name) => join("tests", name))].flatMap(
    (folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter((file) => /\.[ch]pp$/.test(file))
        .map((file) => join(folder, file)),
  );
}

/**
 * @param {string[]} options
 * @returns {Check}
 */
function clangFormat(options) {
  const command = findClangFormat();
  if (!command) {
    throw new Failure("clang-format was not found.");
  }
  return { name: "C++ format", command, args: [...options, ...sourceFiles()] };
}

/**
 * @param {string[]} options
 * @returns {Check}
 */
function biome(options) {
  const args = ["check", "--config-path=web/build", ...options];
  const places = [
    "web",
    ...["web", "bench", "fuzz"].map((name) => join("tests", name)),
    "package.json",
  ];
  return { name: "JavaScript style", command: packageCommand("biome"), args: [...args, ...places] };
}

/** @returns {Check[]} */
export function checks() {
  return [
    clangFormat(["--dry-run", "--Werror"]),
    biome(["--error-on-warnings"]),
    { name: "types", command: packageCommand("tsc"), args: ["-p", join("web", "build")] },
  ];
}

/** @returns {Check[]} */
export function formatters() {
  return [clangFormat(["-i"]), biome(["--write"])];
}
