// Runs simulations off the main thread. It speaks only in the messages of worker-link.js.

import { labFromModule, ParameterError } from "../lab.js";
import { readTableText } from "../state/table-text.js";
import { advance, buffersOf, report, startRun } from "./replay.js";

/** @typedef {import("./worker-link.js").Request} Request */

/** By chapter. @type {Map<number, Promise<import("../lab.js").Lab>>} */
const labs = new Map();
/** @type {Map<number, import("../lab.js").Run>} */
const runs = new Map();

/** @param {number} chapter */
function labOf(chapter) {
  const lab = labs.get(chapter);
  if (!lab) {
    throw new Error(`The core of chapter ${chapter} was not loaded.`);
  }
  return lab;
}

/** @param {number} id */
function runOf(id) {
  const run = runs.get(id);
  if (!run) {
    throw new Error(`Run ${id} is gone.`);
  }
  return run;
}

// The pool takes a worker that stays silent for long for hung.
const beatEvery = 1000;
let lastBeat = 0;

function beat() {
  const now = performance.now();
  if (now - lastBeat >= beatEvery) {
    lastBeat = now;
    self.postMessage({ beat: true });
  }
}

/** The messages that wait are heard this often, in milliseconds, whatever is computed. */
const listenEvery = 100;

/** Lets the messages that wait be heard. */
function listen() {
  return new Promise((resolve) => setTimeout(resolve));
}

/**
 * @template Result
 * @param {import("./replay.js").Parts<Result>} parts
 * @returns {Promise<Result>}
 */
async function inTurns(parts) {
  let heard = performance.now();
  for (;;) {
    const { done, value } = parts.next();
    if (done) {
      return value;
    }
    beat();
    if (performance.now() - heard >= listenEvery) {
      await listen();
      heard = performance.now();
    }
  }
}

/** Another state than the one that is computed was asked for. */
class GivenUp extends Error {}

/** Runs to be given up while they are made. @type {Set<number>} */
const givenUp = new Set();

/**
 * @template Result
 * @param {number} id of the run that is made
 * @param {import("./replay.js").Parts<Result>} parts
 * @returns {import("./replay.js").Parts<Result>}
 */
function* unlessGivenUp(id, parts) {
  givenUp.delete(id);
  for (;;) {
    const { done, value } = parts.next();
    if (done) {
      return value;
    }
    yield;
    if (givenUp.has(id)) {
      parts.throw(new GivenUp());
    }
  }
}

/**
 * @param {Request} request
 * @param {ArrayBuffer[]} spent
 */
async function answer(request, spent) {
  switch (request.kind) {
    case "load": {
      labs.set(request.chapter, labFromModule(request.module));
      const lab = await labOf(request.chapter);
      const { mostReplicates } = lab;
      return { experiments: lab.experiments(), dataSets: lab.dataSets(), mostReplicates };
    }
    case "data": {
      const lab = await labOf(request.chapter);
      const { id, csv } = request;
      lab.addData(id, typeof csv === "string" ? csv : await readTableText(csv));
      return lab.table(id);
    }
    case "create": {
      const lab = await labOf(request.chapter);
      const run = await inTurns(unlessGivenUp(request.run, startRun(lab, request)));
      runs.get(request.run)?.dispose();
      runs.set(request.run, run);
      return inTurns(report(run, request, spent));
    }
    case "advance": {
      const run = runOf(request.run);
      await inTurns(advance(run, request.steps));
      return inTurns(report(run, request));
    }
    case "set": {
      const run = runOf(request.run);
      run.set(request.parameter, request.value);
      return inTurns(report(run, request));
    }
    case "giveUp":
      givenUp.add(request.run);
      return null;
    case "dispose":
      runs.get(request.run)?.dispose();
      runs.delete(request.run);
      givenUp.delete(request.run);
      return null;
  }
}

/**
 * The numbers of a report are copies for the page alone: handed over instead of copied once more.
 * @param {Awaited<ReturnType<typeof answer>>} result
 */
function numbersOf(result) {
  return result && "channels" in result ? buffersOf(result) : [];
}

self.addEventListener("message", async (event) => {
  /** @type {{ ticket: number, request: Request, spent: ArrayBuffer[] }} */
  const { ticket, request, spent } = event.data;
  try {
    const result = await answer(request, spent);
    self.postMessage({ ticket, result }, { transfer: numbersOf(result) });
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      // What a trap left behind in the core's memory is of no use to any run.
      self.postMessage({ lost: error.message });
      return;
    }
    const issues = error instanceof ParameterError ? error.issues : undefined;
    const message = error instanceof Error ? error.message : String(error);
    const isGivenUp = error instanceof GivenUp;
    self.postMessage({ ticket, failure: { message, issues, isGivenUp } });
  }
});
