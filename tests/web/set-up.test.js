// The set-up on systems that lack tools. Commands come from a folder made for the test, which is the
// whole PATH; headers are this machine's.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { aptCommand } from "../../web/build/set-up.js";

const setUp = fileURLToPath(new URL("../../web/build/set-up.js", import.meta.url));

/** @type {string} */
let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wide-valley-set-up-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/**
 * @param {string} name
 * @param {string} [script] a shell script without its first line
 */
function addCommand(name, script = "exit 0") {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

/** @param {string} set */
function runSetUp(set) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [setUp, set], {
    env: { PATH: folder },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test("without apt-get it names every missing tool with its source and stops", () => {
  addCommand("cmake");
  const { status, stdout, stderr } = runSetUp("page");
  assert.equal(status, 1);
  assert.equal(stdout, "");
  assert.match(stderr, /apt-get is not on this system/);
  assert.match(stderr, /ninja .*Debian package ninja-build/);
  assert.match(stderr, /emcc .*emscripten\.org.*Debian package emscripten/);
  assert.doesNotMatch(stderr, /cmake|chromium|doctest/);
});

test("with everything there it says and changes nothing", () => {
  for (const name of ["cmake", "ninja", "emcc"]) {
    addCommand(name);
  }
  assert.deepEqual(runSetUp("page"), { status: 0, stdout: "", stderr: "" });
});

test("it says what it will install before it installs it", { skip: !isRoot() }, () => {
  symlinkSync("/usr/bin/env", join(folder, "env"));
  const log = join(folder, "log");
  addCommand("cmake");
  // The folder has no cp or touch: every tool "installed" is one more script.
  addCommand(
    "apt-get",
    `echo "apt-get $*" | /usr/bin/tee -a ${log}
     for tool in ninja emcc; do
       printf '#!/bin/sh\\n' > ${folder}/$tool; /bin/chmod +x ${folder}/$tool
     done`,
  );
  const { status, stdout, stderr } = runSetUp("page");
  assert.equal(status, 0, stderr);
  const [update, install] = readFileSync(log, "utf8").trim().split("\n");
  assert.match(update, /^apt-get update/);
  assert.match(
    install,
    /^apt-get install .*-y .*--no-install-recommends .*ninja-build emscripten$/,
  );
  const announced = stdout.indexOf("ninja-build emscripten");
  assert.ok(announced >= 0 && announced < stdout.indexOf("apt-get update"));
});

test("an installation that brings nothing is reported", { skip: !isRoot() }, () => {
  symlinkSync("/usr/bin/env", join(folder, "env"));
  addCommand("apt-get");
  const { status, stderr } = runSetUp("page");
  assert.equal(status, 1);
  assert.match(stderr, /missing even after the installation[\s\S]*cmake[\s\S]*emcc/);
});

test("apt-get is run as root or through sudo, never otherwise", () => {
  assert.equal(aptCommand(folder, 0), null);
  addCommand("apt-get");
  assert.equal(aptCommand(folder, 0)?.[0], "env");
  assert.equal(aptCommand(folder, 1000), null);
  addCommand("sudo");
  assert.deepEqual(aptCommand(folder, 1000)?.slice(0, 2), ["sudo", "env"]);
});

test("an unknown set is refused", () => {
  const { status, stderr } = runSetUp("everything");
  assert.equal(status, 1);
  assert.match(stderr, /Usage: .*page\|native\|fuzz\|sanitized\|checks\|tidy\|tests/);
});

function isRoot() {
  return process.getuid?.() === 0;
}
