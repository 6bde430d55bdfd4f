// Why a simulation did not answer.

/** @typedef {import("../lab.js").Issue} Issue */

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

/** What was asked for is not wanted any more. */
export class GivenUp extends SimulationError {
  constructor() {
    super("Another state is wanted.");
  }
}

/** The worker that was asked is no more: it failed, or was silent for too long. */
export class WorkerLost extends SimulationError {}
