// Makes sure of what a command needs: system packages by apt-get, npm packages by the lock file.
// Only Node's own modules: in a fresh clone this is the first code that runs.
// `node web/build/set-up.js page` does it for one of the sets below and nothing more.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import {
  chromiumNames,
  Failure,
  findCommand,
  headlessShell,
  isMain,
  main,
  mustRun,
  root,
  run,
} from "./processes.js";

/**
 * @typedef {object} Need
 * @property {string} name
 * @property {(path: string) => boolean} found
 * @property {string} debian the package that brings it
 * @property {string} [ubuntu] its name there, where it differs
 * @property {string} elsewhere where to get it without apt
 */

const oldestNode = 20;
export const clangFormatVersion = 14;

/** @param {string[]} names */
const anyCommand = (names) => (/** @type {string} */ path) =>
  names.some((name) => findCommand(name, path) !== null);

// CMakeLists.txt looks in the same folders.
const headerFolders = [
  ...(process.env.CPATH ?? "").split(delimiter).filter(Boolean),
  "/usr/include",
  "/usr/local/include",
  "/opt/homebrew/include",
];

/**
 * @param {string} header
 * @param {string} subfolder
 */
const anyHeader = (header, subfolder) => () =>
  headerFolders.some(
    (folder) => existsSync(join(folder, header)) || existsSync(join(folder, subfolder, header)),
  );

/**
 * The clang-format whose style the sources follow: other versions break lines elsewhere.
 * @param {string} [path]
 * @returns {string | null}
 */
export function findClangFormat(path) {
  const versioned = findCommand(`clang-format-${clangFormatVersion}`, path);
  if (versioned) {
    return versioned;
  }
  const plain = findCommand("clang-format", path);
  const version = plain ? execFileSync(plain, ["--version"], { encoding: "utf8" }) : "";
  return version.includes(`version ${clangFormatVersion}.`) ? plain : null;
}

/** @type {Record<string, Need>} */
const needs = {
  compiler: {
    name: "a C++20 compiler (g++ or clang++)",
    found: anyCommand([process.env.CXX ?? "c++", "g++", "clang++"]),
    debian: "g++",
    elsewhere: "GCC 12 or Clang 14, or later",
  },
  cmake: {
    name: "cmake",
    found: anyCommand(["cmake"]),
    debian: "cmake",
    elsewhere: "CMake 3.22 or later, cmake.org",
  },
  ninja: {
    name: "ninja",
    found: anyCommand(["ninja", "ninja-build"]),
    debian: "ninja-build",
    elsewhere: "ninja-build.org",
  },
  emscripten: {
    name: "emcc",
    found: anyCommand(["emcc"]),
    debian: "emscripten",
    elsewhere: "Emscripten 3.1.6 or later, emscripten.org/docs/getting_started/downloads.html",
  },
  eigen: {
    name: "Eigen/Core",
    found: anyHeader("Eigen/Core", "eigen3"),
    debian: "libeigen3-dev",
    elsewhere: "Eigen 3.4 (headers only), eigen.tuxfamily.org, its folder named in CPATH",
  },
  doctest: {
    name: "doctest.h",
    found: anyHeader("doctest.h", "doctest"),
    debian: "doctest-dev",
    elsewhere: "doctest 2.4 (one header), its folder named in CPATH",
  },
  chromium: {
    name: "chromium",
    found: anyCommand(chromiumNames),
    debian: "chromium",
    ubuntu: "chromium-browser",
    elsewhere: "Chromium or Google Chrome",
  },
  clang: {
    name: "clang++ with libFuzzer",
    found: anyCommand(["clang++"]),
    debian: "clang",
    elsewhere: "Clang 14 or later, llvm.org",
  },
  parallel: {
    name: "GNU parallel",
    found: anyCommand(["parallel"]),
    debian: "parallel",
    elsewhere: "gnu.org/software/parallel",
  },
  clangFormat: {
    name: `clang-format ${clangFormatVersion}`,
    found: (path) => findClangFormat(path) !== null,
    debian: `clang-format-${clangFormatVersion}`,
    elsewhere: `clang-format of LLVM ${clangFormatVersion}`,
  },
};
const clangTidy = {
  name: "clang-tidy",
  found: anyCommand(["clang-tidy"]),
  debian: "clang-tidy",
  elsewhere: "clang-tidy of LLVM 14 or later",
};

const build = [needs.cmake, needs.ninja, needs.eigen];
const sets = {
  page: [...build, needs.emscripten],
  native: [...build, needs.compiler, needs.doctest],
  fuzz: [...build, needs.clang, needs.emscripten],
  sanitized: [...build, needs.clang, needs.doctest],
  checks: [needs.clangFormat],
  tidy: [...build, needs.compiler, needs.doctest, clangTidy],
  tests: Object.values(needs),
};

/**
 * How to run apt-get here.
 * @param {string} path
 * @param {number} userId
 * @returns {string[] | null} the words to put before apt-get's own; null when it cannot be run
 */
export function aptCommand(path, userId) {
  if (!findCommand("apt-get", path)) {
    return null;
  }
  // Through env, since sudo drops the caller's variables.
  const words = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
  if (userId === 0) {
    return words;
  }
  return findCommand("sudo", path) ? ["sudo", ...words] : null;
}

/** @param {"debian" | "ubuntu"} name */
function isSystem(name) {
  const file = "/etc/os-release";
  return existsSync(file) && new RegExp(`^ID=${name}$`, "m").test(readFileSync(file, "utf8"));
}

/**
 * @param {Need} need
 * @returns {string}
 */
function packageOf(need) {
  return (isSystem("ubuntu") && need.ubuntu) || need.debian;
}

/**
 * @param {string[]} apt
 * @param {string[]} packages
 * @returns {string[][]} the commands that install them
 */
function installing(apt, packages) {
  const options = ["-q", "-y", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0"];
  return [
    [...apt, "update", "-q"],
    [...apt, "install", ...options, ...packages],
  ];
}

/**
 * What makes the tests quicker where it is to be had; without it they run all the same.
 * @param {string} path
 */
async function installHeadlessShell(path) {
  const apt = aptCommand(path, process.getuid?.() ?? -1);
  if (!apt || !isSystem("debian") || findCommand(headlessShell, path)) {
    return;
  }
  for (const [command, ...words] of installing(apt, [headlessShell])) {
    const { code } = await run(command, words);
    if (code !== 0) {
      console.log(`${headlessShell} could not be installed: the tests take Chromium itself.`);
      return;
    }
  }
}

/**
 * @param {Need[]} missing
 * @param {string} reason
 */
function howToInstall(missing, reason) {
  const width = Math.max(...missing.map((need) => need.name.length));
  return [
    `${reason} Please install:`,
    ...missing.map(
      (need) =>
        `  ${need.name.padEnd(width)}  ${need.elsewhere} (Debian package ${packageOf(need)})`,
    ),
    "Commands must be on PATH. Then run this again.",
  ].join("\n");
}

/**
 * @param {Need[]} wanted
 * @param {string} path
 */
async function installSystemPackages(wanted, path) {
  const missing = wanted.filter((need) => !need.found(path));
  if (missing.length === 0) {
    return;
  }
  const apt = aptCommand(path, process.getuid?.() ?? -1);
  if (!apt) {
    const why = findCommand("apt-get", path) ? "needs root or sudo" : "is not on this system";
    throw new Failure(howToInstall(missing, `Some tools are missing, and apt-get ${why}.`));
  }
  const packages = [...new Set(missing.map(packageOf))];
  console.log(`Missing: ${missing.map((need) => need.name).join(", ")}.`);
  console.log(`Installing these system packages with apt-get: ${packages.join(" ")}`);
  for (const [command, ...words] of installing(apt, packages)) {
    await mustRun(command, words);
  }
  const still = wanted.filter((need) => !need.found(path));
  if (still.length > 0) {
    throw new Failure(howToInstall(still, "Some tools are missing even after the installation."));
  }
}

/** Installs npm packages when none are there or the lock file has changed since. */
async function installNpmPackages() {
  const lock = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
  const digest = lock.digest("hex");
  const stamp = join(root, "node_modules", ".installed-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) {
    return;
  }
  console.log("Installing the npm packages of package-lock.json into node_modules");
  await mustRun("npm", ["ci", "--no-audit", "--no-fund"]);
  writeFileSync(stamp, digest);
}

/**
 * @param {keyof typeof sets} set what is about to be run
 * @throws {Failure} with a sentence that says what to do
 */
export async function setUp(set) {
  if (Number.parseInt(process.versions.node, 10) < oldestNode) {
    throw new Failure(`Node ${oldestNode} or later is needed; this is ${process.versions.node}.`);
  }
  const path = process.env.PATH ?? "";
  if (set === "tests") {
    await installHeadlessShell(path);
  }
  await installSystemPackages(sets[set], path);
  await installNpmPackages();
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const set = process.argv[2];
    if (!Object.hasOwn(sets, set)) {
      throw new Failure(`Usage: node web/build/set-up.js ${Object.keys(sets).join("|")}`);
    }
    await setUp(/** @type {keyof typeof sets} */ (set));
  });
}
