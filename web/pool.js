// Workers, each with its own instances of the cores, behind promises. Runs are dealt out in turn; a
// worker that fails or hangs is replaced, and its runs are replayed.

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

/** The worker that was asked is no more: it failed, or was silent for too long. */
class WorkerLost extends SimulationError {}

// A worker at work says so every second; one step or one channel may take some seconds, on a slow
// device tens of them. Counted in ticks, since a machine that sleeps ticks once when it wakes up.
const tick = 5_000;
const mostSilentTicks = 18;
// Where no worker ever says a word, as when the page's policy forbids them, another one will not help.
const mostFailedStarts = 3;

/** A worker and the questions it has not answered. A lost worker is replaced at once. */
class WorkerLink {
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
   * @returns {Promise<{ experiments: ExperimentInfo[], dataSets: DataSetInfo[] }>}
   */
  load(chapter, module) {
    this.#modules.set(chapter, module);
    return this.ask({ kind: "load", chapter, module });
  }

  /**
   * @param {Request} request
   * @returns {Promise<any>} rejects with a SimulationError, which is a WorkerLost when the worker was
   */
  ask(request) {
    if (this.#dead) {
      return Promise.reject(new SimulationError(this.#dead));
    }
    const ticket = this.#nextTicket++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(ticket, { resolve, reject });
      this.#watch ??= setInterval(() => this.#tick(), tick);
      this.#worker.postMessage({ ticket, request });
    });
  }

  /**
   * @param {{ ticket?: number, result?: any, lost?: string,
   *   failure?: { message: string, issues?: Issue[] } }} message an answer, that the core failed, or
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
    if (failure) {
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

/**
 * A worker may be lost by chance or by what another run did: whoever asked asks its successor, once.
 * @template Answer
 * @param {() => Promise<Answer>} attempt
 * @returns {Promise<Answer>}
 */
async function twice(attempt) {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof WorkerLost) {
      return attempt();
    }
    throw error;
  }
}

/**
 * One simulation in a worker. Calls are answered in the order in which they were made. When the
 * worker is lost, the run is replayed in the next one, to the same bits.
 */
export class RemoteRun {
  #link;
  #id;
  #prepare;
  /** From what the run can be made again. @type {RunRequest | null} */
  #held = null;
  /** The link's losses when the run was made. */
  #losses = -1;
  /** @type {Promise<unknown>} */
  #queue = Promise.resolve();

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
  create(request) {
    return this.#inTurn(() => this.#make(request));
  }

  /**
   * @param {number} steps
   * @param {string[]} channels
   * @param {string[]} [atEnd]
   * @returns {Promise<Report>}
   */
  advance(steps, channels, atEnd) {
    return this.#inTurn(() =>
      this.#goOn({ kind: "advance", run: this.#id, steps, channels, atEnd }),
    );
  }

  /**
   * @param {string} parameter
   * @param {Value} value
   * @param {string[]} channels
   * @param {string[]} [atEnd]
   * @returns {Promise<Report>}
   */
  set(parameter, value, channels, atEnd) {
    return this.#inTurn(() =>
      this.#goOn({
        kind: "set",
        run: this.#id,
        parameter,
        value,
        channels,
        atEnd,
      }),
    );
  }

  dispose() {
    const gone = this.#inTurn(() => this.#link.ask({ kind: "dispose", run: this.#id }));
    return gone.catch(() => undefined); // with its worker
  }

  /**
   * @template Answer
   * @param {() => Promise<Answer>} attempt
   * @returns {Promise<Answer>}
   */
  #inTurn(attempt) {
    const done = this.#queue.then(() => twice(attempt));
    this.#queue = done.catch(() => undefined);
    return done;
  }

  /**
   * @param {RunRequest} request
   * @returns {Promise<Report>}
   */
  async #make(request) {
    const chapter = await this.#prepare(this.#link, request);
    const { losses } = this.#link;
    const report = await this.#link.ask({
      kind: "create",
      chapter,
      run: this.#id,
      ...request,
    });
    this.#losses = losses;
    this.#keep(request, report);
    return report;
  }

  /**
   * @param {Request} request
   * @returns {Promise<Report>}
   */
  async #goOn(request) {
    if (this.#held && this.#losses !== this.#link.losses) {
      await this.#make(this.#held);
    }
    const report = await this.#link.ask(request);
    if (this.#held) {
      this.#keep(this.#held, report);
    }
    return report;
  }

  /**
   * @param {RunRequest} request
   * @param {Report} report
   */
  #keep({ experiment, parameters }, { edits, status }) {
    this.#held = {
      experiment,
      parameters,
      edits,
      step: status.step,
      channels: [],
    };
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
      this.#links.map((link) => twice(() => link.load(chapter, module))),
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
    const request = /** @type {const} */ ({
      kind: "data",
      chapter: chapters[0],
      id,
      csv,
    });
    const table = await twice(() => this.#links[0].ask(request));
    this.#given.set(id, { csv, table });
    this.tablesGiven += 1;
    for (const link of this.#links) {
      for (const chapter of chapters) {
        link.data.delete(dataKey(chapter, id));
      }
    }
    return table;
  }

  /** Ends its workers; what was asked of them stays unanswered. */
  close() {
    for (const link of this.#links) {
      link.close();
    }
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
