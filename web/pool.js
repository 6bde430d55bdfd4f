// Workers, each with its own instances of the cores, behind promises. Runs are dealt out in turn.

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
 * @property {string[]} [atEnd] what to report as well once the run has ended: what is costly
 */
/**
 * @typedef {{ kind: "load", chapter: number, module: WebAssembly.Module }
 *   | { kind: "data", chapter: number, id: string, csv: string | Blob }
 *   | { kind: "create", chapter: number, run: number } & RunRequest
 *   | { kind: "advance", run: number, steps: number, channels: string[], atEnd?: string[] }
 *   | { kind: "set", run: number, parameter: string, value: Value, channels: string[],
 *       atEnd?: string[] }
 *   | { kind: "dispose", run: number }} Request
 */
/**
 * @typedef {object} Report
 * @property {import("./lab.js").Status} status
 * @property {Edit[]} edits
 * @property {Record<string, Channel>} channels
 */

/** @typedef {{ csv: string | Blob, table: import("./lab.js").Table }} GivenTable */

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
  /** Data sets already sent, by chapter and name. @type {Map<string, Promise<unknown>>} */
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
   * @param {(link: WorkerLink, request: RunRequest) => Promise<number>} prepare gives the worker what
   *   the run needs; the chapter
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
    const chapter = await this.#prepare(this.#link, request);
    return this.#link.ask({ kind: "create", chapter, run: this.#id, ...request });
  }

  /**
   * @param {number} steps
   * @param {string[]} channels
   * @param {string[]} [atEnd]
   * @returns {Promise<Report>}
   */
  advance(steps, channels, atEnd) {
    return this.#link.ask({ kind: "advance", run: this.#id, steps, channels, atEnd });
  }

  /**
   * @param {string} parameter
   * @param {Value} value
   * @param {string[]} channels
   * @param {string[]} [atEnd]
   * @returns {Promise<Report>}
   */
  set(parameter, value, channels, atEnd) {
    return this.#link.ask({ kind: "set", run: this.#id, parameter, value, channels, atEnd });
  }

  dispose() {
    return this.#link.ask({ kind: "dispose", run: this.#id });
  }
}

/** @param {number} chapter @param {string} id */
const dataKey = (chapter, id) => `${chapter} ${id}`;

export class Pool {
  #links;
  #assets;
  #nextRun = 1;
  /** @type {Map<number, Promise<void>>} */
  #chapters = new Map();
  /** Tables that the user gave, by data set. @type {Map<string, GivenTable>} */
  #given = new Map();
  /** How often a table was given: what was computed on an older one holds no more. */
  tablesGiven = 0;
  /** Those of the chapters opened. @type {ExperimentInfo[]} */
  experiments = [];
  /** @type {DataSetInfo[]} */
  dataSets = [];

  /**
   * @param {number} size number of workers
   * @param {object} assets
   * @param {(chapter: number) => Promise<WebAssembly.Module>} assets.loadCore
   * @param {(file: string) => Promise<string>} assets.fetchData the text of a data file
   */
  constructor(size, assets) {
    this.#links = Array.from({ length: size }, () => new WorkerLink());
    this.#assets = assets;
  }

  /**
   * Makes a chapter's experiments known to every worker.
   * @param {number} chapter
   * @returns {Promise<void>}
   */
  open(chapter) {
    let opened = this.#chapters.get(chapter);
    if (!opened) {
      opened = this.#open(chapter);
      this.#chapters.set(chapter, opened);
      opened.catch(() => this.#chapters.delete(chapter));
    }
    return opened;
  }

  /** @param {number} chapter */
  async #open(chapter) {
    const module = await this.#assets.loadCore(chapter);
    const loaded = await Promise.all(
      this.#links.map((link) => link.ask({ kind: "load", chapter, module })),
    );
    this.experiments.push(...loaded[0].experiments);
    this.dataSets = loaded[0].dataSets;
  }

  /**
   * Takes a table of the user's own. On a fault the table given before stays.
   * @param {string} id
   * @param {string | Blob} csv a large one as the file it is in: then this thread never reads it
   * @returns {Promise<import("./lab.js").Table>} rejects with a SimulationError that names the place
   */
  async giveData(id, csv) {
    const chapters = [...this.#chapters.keys()];
    const table = await this.#links[0].ask({ kind: "data", chapter: chapters[0], id, csv });
    this.#given.set(id, { csv, table });
    this.tablesGiven += 1;
    for (const link of this.#links) {
      for (const chapter of chapters) {
        link.data.delete(dataKey(chapter, id));
      }
    }
    return table;
  }

  /** The table that the user gave, if there is one. @param {string} id */
  given(id) {
    return this.#given.get(id);
  }

  /** @returns {RemoteRun} */
  run() {
    const id = this.#nextRun++;
    const link = this.#links[id % this.#links.length];
    return new RemoteRun(link, id, async (to, request) => {
      const chapter = this.#chapterOf(request.experiment);
      await this.#sendData(to, chapter, request.parameters);
      return chapter;
    });
  }

  /** @param {string} experiment */
  #chapterOf(experiment) {
    const info = this.experiments.find(({ id }) => id === experiment);
    if (!info) {
      throw new SimulationError(`The experiment “${experiment}” is not loaded.`);
    }
    return info.chapter;
  }

  /**
   * A core gets a data set when the first run asks for it, not before.
   * @param {WorkerLink} link
   * @param {number} chapter
   * @param {Record<string, Value>} parameters
   */
  async #sendData(link, chapter, parameters) {
    const wanted = this.dataSets.find((set) => set.id === parameters.dataset);
    const given = wanted && this.#given.get(wanted.id)?.csv;
    if (!wanted || (wanted.file === "" && given === undefined)) {
      return;
    }
    const key = dataKey(chapter, wanted.id);
    let sent = link.data.get(key);
    if (!sent) {
      const text =
        given === undefined ? this.#assets.fetchData(wanted.file) : Promise.resolve(given);
      sent = text.then((csv) => link.ask({ kind: "data", chapter, id: wanted.id, csv }));
      link.data.set(key, sent);
      sent.catch(() => link.data.delete(key));
    }
    await sent;
  }
}
