// `npm run soak -- [--steps=N] [--cycles=N] [--minutes=N] [ID ...]`: every experiment makes many steps
// and is made and disposed of many times, in Chromium; the memory of the core and of the script must
// not grow. Where N steps would take longer than the minutes given, it makes as many as it can, and
// says how many.

import { Failure, isMain, main } from "../../web/build/processes.js";
import { openPackagedPage } from "./packaged-page.js";

// Of what the script keeps: timers, the inspector's own, code compiled meanwhile.
const slackOfScript = 2e6;

/**
 * @typedef {object} Load
 * @property {number} steps
 * @property {number} cycles
 * @property {number} minutes of steps, for each experiment
 */
/**
 * @typedef {object} Outcome
 * @property {string} id
 * @property {number} steps made
 * @property {number} cycles
 * @property {[number, number]} core bytes of the core's memory after the first half and at the end
 * @property {[number, number]} script the same of what the script keeps
 */

/** @param {Outcome} outcome */
export function isFlat({ core, script }) {
  return core[1] === core[0] && script[1] <= script[0] + slackOfScript;
}

/** In the page, before its own scripts: where the core's memory can be seen. */
function rememberMemory() {
  const { instantiate } = WebAssembly;
  /** @type {any} */ (WebAssembly).instantiate = async (
    /** @type {any} */ module,
    /** @type {any} */ imports,
  ) => {
    const made = await instantiate(module, imports);
    const { exports } = /** @type {any} */ (made).instance ?? made;
    Object.assign(globalThis, {
      coreMemory: Object.values(exports).find((part) => part instanceof WebAssembly.Memory),
    });
    return made;
  };
}

/**
 * In the page: as many runs of this experiment as are asked for, one after another.
 * @param {{ id: string, runs: number, steps: number, milliseconds: number }} task steps in all; a run
 *   that has ended gives way to a new one
 * @returns {Promise<{ steps: number, memory: number }>}
 */
async function work({ id, runs, steps, milliseconds }) {
  const page = /** @type {any} */ (globalThis);
  const { loadLab } = await import(`${window.location.origin}/lab.js`);
  page.lab ??= await loadLab();
  const info = page.lab.experiments().find((/** @type {{ id: string }} */ each) => each.id === id);
  const one = info.parameters.some((/** @type {any} */ each) => each.id === "replicates");
  const settings = one ? { replicates: 2 } : {};
  const end = performance.now() + milliseconds;
  let made = 0;
  let started = 0;
  while (started < runs || (made < steps && performance.now() < end)) {
    const run = page.lab.create(id, settings);
    started += 1;
    let before = -1;
    while (made < steps && performance.now() < end && run.status().step !== before) {
      before = run.status().step;
      run.advance(Math.min(1000, steps - made));
      made += run.status().step - before;
    }
    for (const channel of info.channels) {
      if (started <= 2 || !channel.costly) {
        run.channel(channel.id);
      }
    }
    run.dispose();
  }
  return { steps: made, memory: page.coreMemory.buffer.byteLength };
}

/**
 * @param {Load} load
 * @param {(outcome: Outcome) => void} tell
 * @param {string[]} [wanted] experiments; all when none is named
 * @returns {Promise<Outcome[]>}
 */
export async function soak({ steps, cycles, minutes }, tell, wanted = []) {
  const { context, page, url, close } = await openPackagedPage();
  await page.addInitScript(rememberMemory);
  await page.goto(url);
  const session = await context.newCDPSession(page);
  const scriptMemory = async () => {
    await session.send("HeapProfiler.collectGarbage");
    return (await session.send("Runtime.getHeapUsage")).usedSize;
  };
  const ids = await page.evaluate(async () => {
    const { loadLab } = await import(`${window.location.origin}/lab.js`);
    const lab = await loadLab();
    return lab.experiments().map((/** @type {{ id: string }} */ { id }) => id);
  });
  /** @type {Outcome[]} */
  const outcomes = [];
  for (const id of ids.filter(
    (/** @type {string} */ each) => !wanted[0] || wanted.includes(each),
  )) {
    const milliseconds = 30_000 * minutes;
    // Half of all, so that the longest run's need is seen before the rest must not exceed it.
    const first = { id, runs: Math.ceil(cycles / 2), steps: Math.ceil(steps / 2), milliseconds };
    const before = await page.evaluate(work, first);
    const script = await scriptMemory();
    const rest = { id, runs: cycles - first.runs, steps: steps - before.steps, milliseconds };
    const after = await page.evaluate(work, rest);
    outcomes.push({
      id,
      steps: before.steps + after.steps,
      cycles,
      core: [before.memory, after.memory],
      script: [script, await scriptMemory()],
    });
    tell(outcomes[outcomes.length - 1]);
  }
  await close();
  return outcomes;
}

/**
 * @param {string[]} words
 * @returns {{ load: Load, wanted: string[] }}
 */
function readWords(words) {
  const load = { steps: 1e7, cycles: 1000, minutes: 10 };
  for (const word of words.filter((each) => each.startsWith("--"))) {
    const [, name, text] = /^--(steps|cycles|minutes)=(.+)$/.exec(word) ?? [];
    if (!name || !(Number(text) > 0)) {
      throw new Failure("Usage: npm run soak -- [--steps=N] [--cycles=N] [--minutes=N] [ID ...]");
    }
    load[/** @type {keyof Load} */ (name)] = Number(text);
  }
  return { load, wanted: words.filter((word) => !word.startsWith("--")) };
}

/** @param {number} bytes */
const megabytes = (bytes) => (bytes / 1e6).toFixed(2).padStart(8);

/** @param {Outcome} outcome */
function line({ id, steps, cycles, core, script }) {
  const memory = `core ${core.map(megabytes)}  script ${script.map(megabytes)}`;
  return `${id.padEnd(20)} ${String(steps).padStart(9)} steps ${cycles} cycles  ${memory} MB`;
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const { load, wanted } = readWords(process.argv.slice(2));
    const outcomes = await soak(load, (outcome) => console.log(line(outcome)), wanted);
    const growing = outcomes.filter((outcome) => !isFlat(outcome)).map(({ id }) => id);
    if (growing.length > 0) {
      throw new Failure(`The memory grows in ${growing.join(", ")}.`);
    }
    console.log("Flat: no experiment holds on to memory.");
  });
}
