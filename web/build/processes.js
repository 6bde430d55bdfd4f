// Finding and running commands. Only Node's own modules: this runs before `npm ci`.

import { spawn } from "node:child_process";
import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the checkout, with a closing slash. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** Something expected went wrong; its message says all there is to say, so no stack is printed. */
export class Failure extends Error {}

/**
 * @param {string} name
 * @param {string} [path] folders to look in; the environment's when left out
 * @returns {string | null} the full path of the command
 */
export function findCommand(name, path = process.env.PATH ?? "") {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      if (statSync(file).isFile()) {
        return file;
      }
    } catch {
      // not in this folder
    }
  }
  return null;
}

/** Chromium without windows: it opens a page with a third less work. Debian has it as a package. */
export const headlessShell = "chromium-headless-shell";

/** The names under which Chromium is installed; the first found is used. */
export const chromiumNames = [
  headlessShell,
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
];

/** @returns {string | null} the full path of the first of these names that is found */
export function findChromium() {
  return chromiumNames.map((name) => findCommand(name)).find(Boolean) ?? null;
}

/** @param {string} name a command that an npm package brings */
export function packageCommand(name) {
  return join(root, "node_modules", ".bin", name);
}

/**
 * Runs a command in the checkout and shows what it prints while it runs.
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [environment] added to the environment
 * @returns {Promise<{ code: number, output: string }>} 127 when it cannot be started
 */
export function run(command, args, environment = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ["inherit", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.setEncoding("utf8");
    child.stderr.setEncoding("utf8");
    child.stdout.on("data", (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
      process.stderr.write(chunk);
    });
    child.on("error", (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [environment]
 * @throws {Failure} when it does not end with 0
 */
export async function mustRun(command, args, environment) {
  const { code, output } = await run(command, args, environment);
  if (code === 127) {
    throw new Failure(`${command} could not be started: ${output.trim()}`);
  }
  if (code !== 0) {
    throw new Failure(`${command} ${args.join(" ")} failed (exit code ${code}).`);
  }
}

/**
 * Runs one of the commands of package.json and sets the exit code.
 * @param {() => Promise<void>} command
 */
export async function main(command) {
  try {
    await command();
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error);
    process.exitCode = 1;
  }
}

/**
 * @param {string} url the import.meta.url of a file
 * @returns {boolean} whether Node was started with it
 */
export function isMain(url) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);
}
