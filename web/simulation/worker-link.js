// One worker behind promises: what is asked of it, what it answers, and that another takes its place
// when it fails or hangs.

import { GivenUp, SimulationError, WorkerLost } from "./errors.js";
import SimulationWorker from "./worker.js?worker&inline";

/** @typedef {import("../lab.js").Value} Value */
/** @typedef {import("../lab.js").Edit} Edit */
/** @typedef {import("../lab.js").Issue} Issue */
/** @typedef {import("../lab.js").Channel} Channel */
/** @typedef {import("../lab.js").ExperimentInfo} ExperimentInfo */
/** @typedef {import("../lab.js").DataSetInfo} DataSetInfo */
/**
 * @typedef {object} RunRequest
 * @property {string} experiment
 * @property {Record<string, Value>} parameters
 * @property {number} [firstReplicate] of a shard
 * @property {Edit[]} edits replayed on the way to `step`
 * @property {number} step
 * @property {string[]} channels what to report
 * @property {string[]} [atEnd] what to report as well once the run has ended: what is costly
 */
/**
 * @typedef {{ kind: "load", chapter: number, module: WebAssembly.Module }
 *   | { kind: "data", chapter: number, id: string, csv: string | Blob }
 *   | { kind: "create", chapter: number, run: number } & RunRequest
 *   | { kind: "advance", run: number, steps: number, channels: string[], atEnd?: string[] }
 *   | { kind: "set", run: number, parameter: string, value: Value, channels: string[],
 *       atEnd?: string[] }
 *   | { kind: "giveUp", run: number }
 *   | { kind: "dispose", run: number }} Request
 */
/**
 * @typedef {object} Core what a chapter's core says of itself
 * @property {ExperimentInfo[]} experiments
 * @property {DataSetInfo[]} dataSets
 * @property {number} mostReplicates
 */
/**
 * @typedef {object} Report
 * @property {import("../lab.js").Status} status
 * @property {Edit[]} edits
 * @property {Record<string, Channel>} channels
 */

// A worker at work says so every second; one step or one channel may take some seconds, on a slow
// device tens of them. Counted in ticks, since a machine that sleeps ticks once when it wakes up.
const tick = 5_000;
const mostSilentTicks = 18;
// Where no worker ever says a word, as when the page's policy forbids them, another one will not help.
const mostFailedStarts = 3;

/** A worker and the questions it has not answered. A lost worker is replaced at once. */
export class WorkerLink {
  #worker;
  #nextTicket = 1;
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  /** By chapter. @type {Map<number, WebAssembly.Module>} */
  #modules = new Map();
  #silentTicks = 0;
  /** Workers in a row that were lost before their first word. */
  #failedStarts = 0;
  /** Why there is no worker any more. */
  #dead = "";
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #watch;
  /** How many workers were lost: what an earlier one held is gone. */
  losses = 0;
  /** Data sets already sent, by chapter and name. @type {Map<string, Promise<unknown>>} */
  data = new Map();

  constructor() {
    this.#worker = this.#start();
  }

  #start() {
    const worker = new SimulationWorker();
    worker.addEventListener("message", (event) => this.#receive(event.data));
    worker.addEventListener("error", (event) => this.#replace(event.message));
    return worker;
  }

  /**
   * Gives the worker, and each that takes its place, a chapter's core.
   * @param {number} chapter
   * @param {WebAssembly.Module} module
   * @returns {Promise<Core>}
   */
  load(chapter, module) {
    this.#modules.set(chapter, module);
    return this.ask({ kind: "load", chapter, module });
  }

  /**
   * @param {Request} request
   * @param {ArrayBuffer[]} [spent] handed over to be filled again, so that the list is empty afterwards
   * @returns {Promise<any>} rejects with a SimulationError, which is a WorkerLost when the worker was
   */
  ask(request, spent = []) {
    if (this.#dead) {
      return Promise.reject(new SimulationError(this.#dead));
    }
    const ticket = this.#nextTicket++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(ticket, { resolve, reject });
      this.#watch ??= setInterval(() => this.#tick(), tick);
      const handed = spent.splice(0);
      this.#worker.postMessage({ ticket, request, spent: handed }, handed);
    });
  }

  /**
   * @param {{ ticket?: number, result?: any, lost?: string,
   *   failure?: { message: string, issues?: Issue[], isGivenUp: boolean } }} message an answer, that the core failed, or
   *   nothing but a beat
   */
  #receive({ ticket, result, failure, lost }) {
    this.#silentTicks = 0;
    this.#failedStarts = 0;
    if (lost !== undefined) {
      this.#replace(lost);
      return;
    }
    if (ticket === undefined) {
      return;
    }
    const waiting = this.#waiting.get(ticket);
    this.#waiting.delete(ticket);
    this.#rest();
    if (failure?.isGivenUp) {
      waiting?.reject(new GivenUp());
    } else if (failure) {
      waiting?.reject(new SimulationError(failure.message, failure.issues));
    } else {
      waiting?.resolve(result);
    }
  }

  /** Ends the worker for good. */
  close() {
    this.#dead = "The simulation was closed.";
    this.#worker.terminate();
    this.#waiting.clear();
    this.#rest();
  }

  #tick() {
    this.#silentTicks += 1;
    if (this.#silentTicks >= mostSilentTicks) {
      this.#replace(`no answer for ${(mostSilentTicks * tick) / 1000} seconds`);
    }
  }

  /** Stops watching once nothing is waited for. */
  #rest() {
    if (this.#waiting.size === 0) {
      clearInterval(this.#watch);
      this.#watch = undefined;
      this.#silentTicks = 0;
    }
  }

  /** @param {string} reason */
  #replace(reason) {
    this.#worker.terminate();
    const asked = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#rest();
    this.data.clear();
    this.losses += 1;
    this.#failedStarts += 1;
    const message = `The simulation stopped: ${reason}.`;
    if (this.#failedStarts < mostFailedStarts) {
      this.#worker = this.#start();
      for (const [chapter, module] of this.#modules) {
        // Without a core the run that needs it is refused, and says so.
        this.load(chapter, module).catch(() => undefined);
      }
    } else {
      this.#dead = message;
    }
    for (const { reject } of asked) {
      reject(new WorkerLost(message));
    }
  }
}
