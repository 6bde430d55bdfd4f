// `npm run matrix`: the golden hashes of every channel of every experiment, natively by each compiler,
// optimisation and instruction set at hand, as WebAssembly with and without vector instructions, and
// in the browsers that are installed. Minutes for each build; build/matrix keeps them.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { goldenExperiments } from "../../tests/web/golden.js";
import { serveGoldenPage } from "../../tests/web/golden-server.js";
import { buildDistribution } from "./build.js";
import { buildGolden } from "./core.js";
import { Failure, findChromium, findCommand, main, run } from "./processes.js";
import { setUp } from "./set-up.js";

/** @typedef {{ name: string, holds: boolean }} Outcome */

const compilers = ["g++", "clang++"];
const flags = ["-O2", "-O3", "-O3 -march=native"];

// Without the calls that a browser of its own makes to its maker.
const firefoxPreferences = {
  "app.update.disabledForTesting": true,
  "browser.aboutwelcome.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "datareporting.policy.dataSubmissionEnabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "http://127.0.0.1:9/",
  "toolkit.telemetry.enabled": false,
};
const patience = 300_000;

/** @returns {Promise<Outcome[]>} */
async function nativeOutcomes() {
  /** @type {Outcome[]} */
  const outcomes = [];
  for (const compiler of compilers.filter((name) => findCommand(name))) {
    for (const flag of flags) {
      const program = await buildGolden(`${compiler}${flag}`, "native", {
        CMAKE_CXX_COMPILER: compiler,
        CMAKE_CXX_FLAGS_RELEASE: flag,
      });
      const { code } = await run(program, []);
      outcomes.push({ name: `${compiler} ${flag}`, holds: code === 0 });
    }
  }
  return outcomes;
}

/** @returns {Promise<Outcome[]>} */
async function nodeOutcomes() {
  /** @type {Outcome[]} */
  const outcomes = [];
  for (const simd of ["ON", "OFF"]) {
    const program = await buildGolden(`wasm-simd-${simd}`, "wasm", { WV_SIMD: simd });
    const { code } = await run(process.execPath, [program]);
    outcomes.push({ name: `WebAssembly in Node, SIMD ${simd}`, holds: code === 0 });
  }
  return outcomes;
}

/**
 * @param {string} command
 * @param {(url: string, profile: string) => string[]} words
 * @returns {Promise<Outcome>}
 */
async function browserOutcome(command, words) {
  const server = await serveGoldenPage();
  const profile = mkdtempSync(join(tmpdir(), "wide-valley-browser-"));
  const preferences = Object.entries(firefoxPreferences).map(
    ([key, value]) => `user_pref(${JSON.stringify(key)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(profile, "user.js"), preferences.join("\n"));
  // Debian's command is a script that starts the browser: both are ended, as a group.
  const browser = spawn(command, words(server.url, profile), { stdio: "ignore", detached: true });
  const timer = setTimeout(() => server.giveUp(`${command} gave no answer`), patience);
  try {
    const { browser: name, hashes, failure } = await server.result;
    const expected = await goldenExperiments();
    const wrong = Object.keys(expected).filter((id) => hashes?.[id] !== expected[id]);
    if (failure || wrong.length > 0) {
      console.error(failure ?? `${name}: ${wrong.join(", ")}`);
    }
    return { name, holds: !failure && wrong.length === 0 };
  } catch (error) {
    console.error(String(error));
    return { name: command, holds: false };
  } finally {
    clearTimeout(timer);
    const ended = new Promise((resolve) => browser.once("exit", resolve));
    if (browser.pid !== undefined && browser.exitCode === null) {
      // At once: one that may tidy up first writes into its profile while it is removed.
      process.kill(-browser.pid, "SIGKILL");
      await ended;
    }
    await server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @returns {Promise<Outcome[]>} */
async function browserOutcomes() {
  await buildDistribution();
  /** @type {Outcome[]} */
  const outcomes = [];
  const chromium = findChromium();
  if (chromium) {
    const words = (/** @type {string} */ url, /** @type {string} */ profile) => [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"],
      ...["--disable-background-networking", "--disable-component-update"],
      ...[`--user-data-dir=${profile}`, url],
    ];
    outcomes.push(await browserOutcome(chromium, words));
  }
  const firefox = findCommand("firefox-esr") ?? findCommand("firefox");
  if (firefox) {
    const words = (/** @type {string} */ url, /** @type {string} */ profile) => [
      ...["--headless", "--no-remote", "--profile", profile, url],
    ];
    outcomes.push(await browserOutcome(firefox, words));
  }
  return outcomes;
}

const groups = { native: nativeOutcomes, node: nodeOutcomes, browsers: browserOutcomes };

await main(async () => {
  const asked = process.argv.slice(2);
  const names = asked.length > 0 ? asked : Object.keys(groups);
  const unknown = names.find((name) => !Object.hasOwn(groups, name));
  if (unknown) {
    throw new Failure(`Usage: npm run matrix -- [${Object.keys(groups).join("] [")}]`);
  }
  await setUp("tests");
  /** @type {Outcome[]} */
  const outcomes = [];
  for (const name of names) {
    outcomes.push(...(await groups[/** @type {keyof typeof groups} */ (name)]()));
  }
  console.log("");
  for (const { name, holds } of outcomes) {
    console.log(`${holds ? "same bits" : "DIFFERENT"}  ${name}`);
  }
  if (outcomes.some(({ holds }) => !holds)) {
    throw new Failure("Not every build gives the golden bits.");
  }
});
