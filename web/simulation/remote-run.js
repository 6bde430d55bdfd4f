// A run in a worker, which outlives it.

import { WorkerLost } from "./errors.js";

/** @typedef {import("../lab.js").Value} Value */
/** @typedef {import("./worker-link.js").Report} Report */
/** @typedef {import("./worker-link.js").Request} Request */
/** @typedef {import("./worker-link.js").RunRequest} RunRequest */
/** @typedef {import("./worker-link.js").WorkerLink} WorkerLink */

/**
 * A worker may be lost by chance or by what another run did: whoever asked asks its successor, once.
 * @template Answer
 * @param {() => Promise<Answer>} attempt
 * @returns {Promise<Answer>}
 */
export async function twice(attempt) {
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
   * @param {ArrayBuffer[]} [spent] of a report of the same channels that nobody reads any more
   * @returns {Promise<Report>}
   */
  create(request, spent = []) {
    return this.#inTurn(() => this.#make(request, spent));
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

  /** Gives up the state that is being made, if one is: `create` rejects with GivenUp, the old run stays. */
  giveUp() {
    this.#link.ask({ kind: "giveUp", run: this.#id }).catch(() => undefined);
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
   * @param {ArrayBuffer[]} [spent]
   * @returns {Promise<Report>}
   */
  async #make(request, spent) {
    const chapter = await this.#prepare(this.#link, request);
    const { losses } = this.#link;
    const report = await this.#link.ask(
      { kind: "create", chapter, run: this.#id, ...request },
      spent,
    );
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
  #keep({ experiment, parameters, firstReplicate }, { edits, status }) {
    this.#held = {
      experiment,
      parameters,
      firstReplicate,
      edits,
      step: status.step,
      channels: [],
    };
  }
}
