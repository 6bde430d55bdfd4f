// Workers, each with its own instance of the core, behind promises. Runs are dealt out in turn.

import SimulationWorker from "./worker.js?worker&inline";

/** @typedef {import("./lab.js").Value} Value */
/** @typedef {import("./lab.js").Edit} Edit */
/** @typedef {import("./lab.js").Issue} Issue */
/** @typedef {import("./lab.js").Channel} Channel */
/** @typedef {import("./lab.js").ExperimentInfo} ExperimentInfo */
/** @typedef {import("./lab.js").DataSetInfo} DataSetInfo */
/**
 * @typedef {object} RunRequest
 * @property {string} experiment
 * @property {Record<string, Value>} parameters
 * @property {Edit[]} edits replayed on the way to `step`
 * @property {number} step
 * @property {string[]} channels what to report
 */
/**
 * @typedef {{ kind: "load", module: WebAssembly.Module }
 *   | { kind: "data", id: string, csv: string }
 *   | { kind: "create", run: number } & RunRequest
 *   | { kind: "advance", run: number, steps: number, channels: string[] }
 *   | { kind: "set", run: number, parameter: string, value: Value, channels: string[] }
 *   | { kind: "dispose", run: number }} Request
 */
/**
 * @typedef {object} Report
 * @property {import("./lab.js").Status} status
 * @property {Edit[]} edits
 * @property {Record<string, Channel>} channels
 */

/** The core refused parameters, or a worker failed. */
export class SimulationError extends Error {
  /**
   * @param {string} message
   * @param {Issue[]} issues
   */
  constructor(message, issues = []) {
    super(message);
    this.name = "SimulationError";
    this.issues = issues;
  }
}

class WorkerLink {
  #worker;
  #nextTicket = 1;
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  /** Data sets already sent. @type {Map<string, Promise<unknown>>} */
  data = new Map();

  constructor() {
    this.#worker = new SimulationWorker();
    this.#worker.addEventListener("message", (event) => this.#receive(event.data));
    this.#worker.addEventListener("error", (event) => this.#fail(event.message));
  }

  /**
   * @param {Request} request
   * @returns {Promise<any>}
   */
  ask(request) {
    const ticket = this.#nextTicket++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(ticket, { resolve, reject });
      this.#worker.postMessage({ ticket, request });
    });
  }

  /** @param {{ ticket: number, result?: any, failure?: { message: string, issues?: Issue[] } }} reply */
  #receive({ ticket, result, failure }) {
    const waiting = this.#waiting.get(ticket);
    this.#waiting.delete(ticket);
    if (failure) {
      waiting?.reject(new SimulationError(failure.message, failure.issues));
    } else {
      waiting?.resolve(result);
    }
  }

  /** @param {string} message */
  #fail(message) {
    for (const { reject } of this.#waiting.values()) {
      reject(new SimulationError(`The simulation stopped: ${message}`));
    }
    this.#waiting.clear();
  }
}

/** One simulation in a worker. Calls are answered in the order in which they were made. */
export class RemoteRun {
  #link;
  #id;
  #prepare;

  /**
   * @param {WorkerLink} link
   * @param {number} id
   * @param {(link: WorkerLink, parameters: Record<string, Value>) => Promise<unknown>} prepare
   */
  constructor(link, id, prepare) {
    this.#link = link;
    this.#id = id;
    this.#prepare = prepare;
  }

  /**
   * Starts anew with these parameters and replays to a step. On a refusal the old run stays.
   * @param {RunRequest} request
   * @returns {Promise<Report>}
   */
  async create(request) {
    await this.#prepare(this.#link, request.parameters);
    return this.#link.ask({ kind: "create", run: this.#id, ...request });
  }

  /**
   * @param {number} steps
   * @param {string[]} channels
   * @returns {Promise<Report>}
   */
  advance(steps, channels) {
    return this.#link.ask({ kind: "advance", run: this.#id, steps, channels });
  }

  /**
   * @param {string} parameter
   * @param {Value} value
   * @param {string[]} channels
   * @returns {Promise<Report>}
   */
  set(parameter, value, channels) {
    return this.#link.ask({ kind: "set", run: this.#id, parameter, value, channels });
  }

  dispose() {
    return this.#link.ask({ kind: "dispose", run: this.#id });
  }
}

export class Pool {
  #links;
  #loadData;
  #nextRun = 1;
  /** Tables that the user gave, by data set. @type {Map<string, string>} */
  #given = new Map();
  /** @type {ExperimentInfo[]} */
  experiments = [];
  /** @type {DataSetInfo[]} */
  dataSets = [];

  /**
   * @param {number} size number of workers
   * @param {(file: string) => Promise<string>} loadData the text of a data file
   */
  constructor(size, loadData) {
    this.#links = Array.from({ length: size }, () => new WorkerLink());
    this.#loadData = loadData;
  }

  /** @param {WebAssembly.Module} module */
  async start(module) {
    const loaded = await Promise.all(this.#links.map((link) => link.ask({ kind: "load", module })));
    this.experiments = loaded[0].experiments;
    this.dataSets = loaded[0].dataSets;
  }

  /**
   * Takes a table of the user's own. On a fault the table given before stays.
   * @param {string} id
   * @param {string} csv
   * @returns {Promise<import("./lab.js").Table>} rejects with a SimulationError that names the place
   */
  async giveData(id, csv) {
    const table = await this.#links[0].ask({ kind: "data", id, csv });
    this.#given.set(id, csv);
    for (const link of this.#links) {
      link.data.delete(id);
    }
    return table;
  }

  /** Whether the user gave this table. @param {string} id */
  hasData(id) {
    return this.#given.has(id);
  }

  /** @returns {RemoteRun} */
  run() {
    const id = this.#nextRun++;
    const link = this.#links[id % this.#links.length];
    return new RemoteRun(link, id, (to, parameters) => this.#sendData(to, parameters));
  }

  /**
   * A worker gets a data set when the first run asks for it, not before.
   * @param {WorkerLink} link
   * @param {Record<string, Value>} parameters
   */
  async #sendData(link, parameters) {
    const wanted = this.dataSets.find((set) => set.id === parameters.dataset);
    const given = wanted && this.#given.get(wanted.id);
    if (!wanted || (wanted.file === "" && given === undefined)) {
      return;
    }
    let sent = link.data.get(wanted.id);
    if (!sent) {
      const csv = given === undefined ? this.#loadData(wanted.file) : Promise.resolve(given);
      sent = csv.then((text) => link.ask({ kind: "data", id: wanted.id, csv: text }));
      link.data.set(wanted.id, sent);
      sent.catch(() => link.data.delete(wanted.id));
    }
    await sent;
  }
}
