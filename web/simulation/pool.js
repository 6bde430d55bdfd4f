// Workers, each with its own instances of the cores. Runs are dealt out in turn; a worker that fails
// or hangs is replaced, and its runs are replayed.

import { SimulationError } from "./errors.js";
import { RemoteRun, twice } from "./remote-run.js";
import { WorkerLink } from "./worker-link.js";

/** @typedef {import("../lab.js").Value} Value */
/** @typedef {import("../lab.js").ExperimentInfo} ExperimentInfo */
/** @typedef {import("../lab.js").DataSetInfo} DataSetInfo */
/** @typedef {{ csv: string | Blob, table: import("../lab.js").Table }} GivenTable */

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
  /** Of the shards of one run together. */
  mostReplicates = 0;

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
    this.mostReplicates = loaded[0].mostReplicates;
  }

  /**
   * Reads a table of the user's own; nothing is computed with it yet.
   * @param {string} id
   * @param {string | Blob} csv a large one as the file it is in: then this thread never reads it
   * @returns {Promise<GivenTable>} rejects with a SimulationError that names the place
   */
  async readData(id, csv) {
    const [chapter] = this.#chapters.keys();
    const [link] = this.#links;
    const table = await twice(() => {
      // To read it a core takes it in the place of the one it had, which the next run sends again.
      link.data.delete(dataKey(chapter, id));
      return link.ask({ kind: "data", chapter, id, csv });
    });
    return { csv, table };
  }

  /**
   * From now on runs compute with this table, with none when there is none.
   * @param {string} id
   * @param {GivenTable | undefined} given
   */
  useData(id, given) {
    if (given) {
      this.#given.set(id, given);
    } else {
      this.#given.delete(id);
    }
    this.tablesGiven += 1;
    for (const link of this.#links) {
      for (const chapter of this.#chapters.keys()) {
        link.data.delete(dataKey(chapter, id));
      }
    }
  }

  /**
   * Takes a table of the user's own. On a fault the table given before stays.
   * @param {string} id
   * @param {string | Blob} csv
   * @returns {Promise<import("../lab.js").Table>} rejects with a SimulationError that names the place
   */
  async giveData(id, csv) {
    const given = await this.readData(id, csv);
    this.useData(id, given);
    return given.table;
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
    return this.#runOn(this.#links[this.#nextRun % this.#links.length]);
  }

  /** A run on each worker. @returns {RemoteRun[]} */
  runOnEach() {
    return this.#links.map((link) => this.#runOn(link));
  }

  /** @param {WorkerLink} link */
  #runOn(link) {
    const id = this.#nextRun++;
    return new RemoteRun(link, id, async (to, request) => {
      const chapter = this.#chapterOf(request.experiment);
      await this.#sendData(to, chapter, request.parameters);
      return chapter;
    });
  }

  /** What its core says of an experiment of a chapter that is open. @param {string} experiment */
  info(experiment) {
    return this.experiments.find(({ id }) => id === experiment);
  }

  /** @param {string} experiment */
  #chapterOf(experiment) {
    const info = this.info(experiment);
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
