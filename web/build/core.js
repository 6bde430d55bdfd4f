// Builds the C++ core by the presets of CMakePresets.json. Ninja decides what is out of date.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { checkGlue } from "./lecture-plugin.js";
import { Failure, findCommand, mustRun, root } from "./processes.js";

const sanitized = "native-asan";
/** Where the tests find the program wide-valley, and libFuzzer's programs are. */
export const sanitizedFolder = join(root, "build", sanitized);

const toolchainInside = join("cmake", "Modules", "Platform", "Emscripten.cmake");

/** @returns {string} the CMake toolchain file of the Emscripten on PATH */
function emscriptenToolchain() {
  const compiler = findCommand("emcc");
  if (!compiler) {
    throw new Failure("emcc is not on PATH.");
  }
  const beside = join(dirname(realpathSync(compiler)), toolchainInside);
  if (existsSync(beside)) {
    return beside;
  }
  const folder = execFileSync("em-config", ["EMSCRIPTEN_ROOT"], { encoding: "utf8" }).trim();
  return join(folder, toolchainInside);
}

/** @returns {Record<string, string>} */
function emscriptenEnvironment() {
  // Debian's Emscripten finds the JavaScript parser acorn only here.
  const modules = [process.env.NODE_PATH, "/usr/share/nodejs"].filter(Boolean).join(delimiter);
  return { NODE_PATH: modules, EMSCRIPTEN_TOOLCHAIN: emscriptenToolchain() };
}

/**
 * @param {string} preset
 * @returns {(name: string) => string | undefined} the values CMake keeps between runs
 */
function cacheOf(preset) {
  const file = join(root, "build", preset, "CMakeCache.txt");
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  return (name) => new RegExp(`^${name}:\\w+=(.*)$`, "m").exec(text)?.[1];
}

/**
 * @param {string} preset
 * @param {boolean} withTests
 * @param {Record<string, string>} environment
 */
async function configure(preset, withTests, environment) {
  const cached = cacheOf(preset);
  const toolchain = environment.EMSCRIPTEN_TOOLCHAIN;
  const elsewhere = cached("CMAKE_HOME_DIRECTORY") !== root.replace(/\/$/, "");
  if (elsewhere || (toolchain && cached("CMAKE_TOOLCHAIN_FILE") !== toolchain)) {
    rmSync(join(root, "build", preset), { recursive: true, force: true });
  } else if (
    existsSync(join(root, "build", preset, "build.ninja")) &&
    (!withTests || cached("WV_TESTS") === "ON")
  ) {
    return;
  }
  const tests = `-DWV_TESTS=${withTests ? "ON" : "OFF"}`;
  await mustRun("cmake", ["--preset", preset, tests], environment);
}

/**
 * The WebAssembly that the page and the package use: build/wasm/wide-valley.{mjs,wasm}, and a
 * chapter-N.wasm for each chapter.
 */
export async function buildWasm() {
  const environment = emscriptenEnvironment();
  await configure("wasm", false, environment);
  await mustRun(
    "cmake",
    ["--build", "--preset", "wasm", "--target", "wide-valley-wasm"],
    environment,
  );
  checkGlue();
}

/**
 * The doctest suite as WebAssembly for Node.
 * @returns {Promise<string>} its path
 */
export async function buildWasmTests() {
  const environment = emscriptenEnvironment();
  await configure("wasm", true, environment);
  await mustRun("cmake", ["--build", "--preset", "wasm"], environment);
  return join(root, "build", "wasm", "core-tests.cjs");
}

/**
 * The doctest suite as a native program, and the program wide-valley beside it.
 * @param {string} preset
 * @returns {Promise<string>} the suite's path
 */
async function buildNativeTests(preset) {
  await configure(preset, true, {});
  await mustRun("cmake", ["--build", "--preset", preset]);
  return join(root, "build", preset, "core-tests");
}

/** The library under the address and undefined-behaviour sanitizers. */
export const buildSanitizedTests = () => buildNativeTests(sanitized);

/** The library and the tests' own code, with every check of both sanitizers. */
export const buildTestsSanitizedInEverything = () => buildNativeTests("native-asan-everything");

/**
 * libFuzzer's programs (tests/fuzz).
 * @param {string[]} names
 */
export async function buildFuzzers(names) {
  await configure(sanitized, false, {});
  const targets = names.map((name) => `${name}_fuzz`);
  await mustRun("cmake", ["--build", "--preset", sanitized, "--target", ...targets]);
}

/**
 * The golden hashes as one way of building gives them.
 * @param {string} name of the folder in build/matrix
 * @param {"native" | "wasm"} preset
 * @param {Record<string, string>} cache set for CMake
 * @returns {Promise<string>} the program's path
 */
export async function buildGolden(name, preset, cache) {
  const folder = join(root, "build", "matrix", name.replaceAll(/[ =]/g, ""));
  const environment = preset === "wasm" ? emscriptenEnvironment() : {};
  const settings = Object.entries({ ...cache, WV_TESTS: "ON" }).map(([id, v]) => `-D${id}=${v}`);
  await mustRun("cmake", ["--preset", preset, "-B", folder, ...settings], environment);
  await mustRun("cmake", ["--build", folder, "--target", "golden-tests"], environment);
  return join(folder, preset === "wasm" ? "golden-tests.cjs" : "golden-tests");
}

/**
 * How each file is compiled, for clang-tidy.
 * @returns {Promise<string>} the folder of compile_commands.json
 */
export async function configureForTidy() {
  const folder = join(root, "build", "tidy");
  const settings = ["-DWV_TESTS=ON", "-DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON"];
  await mustRun("cmake", ["--preset", "native", "-B", folder, ...settings]);
  return folder;
}

/**
 * The benchmark's programs (tests/bench), but for the one in plain JavaScript.
 * @returns {Promise<Record<"native" | "textbook" | "wasm" | "nativeExpression" | "wasmExpression", string>>} their paths
 */
export async function buildBench() {
  await configure("native", false, {});
  const targets = ["--target", "bench", "bench-expression"];
  await mustRun("cmake", ["--build", "--preset", "native", ...targets, "bench-textbook"]);
  const environment = emscriptenEnvironment();
  await configure("wasm", false, environment);
  await mustRun("cmake", ["--build", "--preset", "wasm", ...targets], environment);
  return {
    native: join(root, "build", "native", "bench"),
    textbook: join(root, "build", "native", "bench-textbook"),
    wasm: join(root, "build", "wasm", "bench.cjs"),
    nativeExpression: join(root, "build", "native", "bench-expression"),
    wasmExpression: join(root, "build", "wasm", "bench-expression.cjs"),
  };
}
