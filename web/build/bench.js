// `npm run bench`: how fast the core is, as ratios against named baselines. Not part of the tests:
// what it prints depends on the machine and on what else it does.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { buildBench } from "./core.js";
import { Failure, isMain, main, root } from "./processes.js";
import { setUp } from "./set-up.js";

// Every program is asked again and again in turn, so that a slow minute of the machine meets all.
const rounds = 3;
const repeats = 5;

/** @typedef {{ command: string, args: string[] }} Program */

/**
 * @param {Program} program
 * @param {string[]} words
 * @returns {Promise<string[]>} the lines that it prints
 */
function linesOf({ command, args }, words) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args, ...words], { stdio: ["ignore", "pipe", "ignore"] });
    let output = "";
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0
        ? resolve(output.trim().split("\n"))
        : reject(new Failure(`${command} ${words.join(" ")} ended with ${code}.`)),
    );
  });
}

/** @param {number[]} numbers */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** @param {Program} program @param {string} id @returns {Promise<number[]>} work per second */
async function speeds(program, id) {
  return (await linesOf(program, [id, String(repeats)])).map(Number);
}

/** Two programs at once, each on what it can get of the machine: their speeds together. */
/** @param {Program} program @param {string} id @returns {Promise<number[]>} */
async function speedsOfTwo(program, id) {
  const [one, other] = await Promise.all([speeds(program, id), speeds(program, id)]);
  return one.map((speed, i) => speed + other[i]);
}

// Over what each ratio is taken, and what it should be at least: `all` kernels, or those named.
const ratios = [
  { title: "wasm/native", over: "wasm", under: "native", all: 0.5 },
  {
    title: "wasm/JS",
    over: "wasm",
    under: "plain JS",
    "ensemble-2": 3,
    "ensemble-10": 3,
    "ensemble-50": 3,
    langevin: 2,
    normals: 2.5,
    enumeration: 3,
  },
  { title: "two/one", over: "two wasm", under: "wasm", all: 1.8 },
  {
    title: "native/textbook",
    over: "native",
    under: "textbook",
    "trajectory-2": 2,
    "trajectory-10": 2,
  },
];

/** @param {Record<string, any>} ratio @param {string} id @returns {number | undefined} */
const targetOf = (ratio, id) => ratio[id] ?? ratio.all;

/** @param {Record<string, Program>} programs @returns {Promise<string[]>} the kernels' ids */
async function sameKernels(programs) {
  const lists = await Promise.all(
    Object.entries(programs).map(async ([name, program]) => ({
      name,
      list: (await linesOf(program, [])).join("\n"),
    })),
  );
  const odd = lists.find(({ list }) => list !== lists[0].list);
  if (odd) {
    throw new Failure(`${odd.name} does not do the same work as ${lists[0].name}:\n${odd.list}`);
  }
  return lists[0].list.split("\n").map((line) => line.split(",")[0]);
}

/**
 * @param {Record<string, Program>} programs
 * @param {string} id
 * @returns {Promise<Record<string, number>>} median work per second by program
 */
async function measure(programs, id) {
  /** @type {Record<string, number[]>} */
  const all = {};
  for (let round = 0; round < rounds; ++round) {
    for (const [name, program] of Object.entries(programs)) {
      all[name] = [...(all[name] ?? []), ...(await speeds(program, id))];
    }
    all["two wasm"] = [...(all["two wasm"] ?? []), ...(await speedsOfTwo(programs.wasm, id))];
  }
  return Object.fromEntries(Object.entries(all).map(([name, each]) => [name, median(each)]));
}

/** @param {Record<string, number>} speed @param {string} id */
function row(speed, id) {
  const cells = ratios.map((ratio) => {
    const value = speed[ratio.over] / speed[ratio.under];
    const target = targetOf(ratio, id);
    const remark =
      target === undefined ? "" : value >= target ? ` ≥ ${target}` : ` MISSES ${target}`;
    return `${value.toFixed(2)}${remark}`.padEnd(18);
  });
  return `${id.padEnd(21)}${speed.native.toExponential(2).padEnd(12)}${cells.join("")}`;
}

/**
 * The exponent p of cost ~ size^p between a tenth of the size and all of it.
 * @param {number} whole work per second
 * @param {number} tenth
 */
const exponent = (whole, tenth) => 1 + Math.log10(tenth / whole);

// A typed function may cost so many times what the same function written by hand costs.
const typedLimit = 3;

/** @param {string} name @param {Program} program which times each kernel by hand, then typed */
async function compareTyped(name, program) {
  const ids = (await linesOf(program, [])).map((line) => line.split(",")[0]);
  for (let i = 0; i + 1 < ids.length; i += 2) {
    const [byHand, typed] = [
      median(await speeds(program, ids[i])),
      median(await speeds(program, ids[i + 1])),
    ];
    const ratio = byHand / typed;
    const remark = ratio <= typedLimit ? `≤ ${typedLimit}` : `MISSES ${typedLimit}`;
    console.log(`${name}: ${ids[i + 1]} costs ${ratio.toFixed(2)} of it by hand, ${remark}.`);
  }
}

if (isMain(import.meta.url)) {
  await main(async () => {
    await setUp("native");
    const files = await buildBench();
    /** @type {Record<string, Program>} */
    const programs = {
      native: { command: files.native, args: [] },
      wasm: { command: process.execPath, args: [files.wasm] },
      "plain JS": {
        command: process.execPath,
        args: [join(root, "tests", "bench", "plain-kernels.js")],
      },
      textbook: { command: files.textbook, args: [] },
    };
    const ids = await sameKernels(programs);
    console.log(
      `\nMedians of ${rounds * repeats} runs. Work per second, natively, then ratios of speeds.`,
    );
    console.log(
      `${"kernel".padEnd(21)}${"native".padEnd(12)}${ratios.map(({ title }) => title.padEnd(18)).join("")}`,
    );
    /** @type {Record<string, Record<string, number>>} */
    const speed = {};
    for (const id of ids) {
      speed[id] = await measure(programs, id);
      console.log(row(speed[id], id));
    }
    await compareTyped("native", { command: files.nativeExpression, args: [] });
    await compareTyped("wasm", { command: process.execPath, args: [files.wasmExpression] });
    for (const name of ["native", "wasm"]) {
      const whole = speed["ensemble-10"][name];
      const inR = exponent(whole, speed["ensemble-10 of R/10"][name]);
      const inSteps = exponent(whole, speed["ensemble-10 of t/10"][name]);
      console.log(`${name}: cost grows like R^${inR.toFixed(2)} and like t^${inSteps.toFixed(2)}.`);
    }
  });
}
