// One run with more replicates than a scene shows: dealt out over the workers in shares, and put
// together again. A replicate is a pure function of its address, so the whole is the same, bit for bit,
// however many workers there are, whoever made which share, and if one was made twice.

import { GivenUp, SimulationError } from "./errors.js";
import { buffersOf } from "./replay.js";

/** @typedef {import("../lab.js").Channel} Channel */
/** @typedef {import("./remote-run.js").RemoteRun} RemoteRun */
/** @typedef {import("./worker-link.js").RunRequest} RunRequest */
/** @typedef {import("./worker-link.js").Report} Report */
/**
 * @typedef {object} Ensemble
 * @property {RunRequest} request with the channels that have a row for each replicate
 * @property {number} replicates
 * @property {number} share the replicates of a share, but for the last one
 */

// Many shares show how far it is and end together; few are quick, since each run begins with what does
// not depend on its replicates.
const sharesWanted = 24;
const leastShare = 500;
const largestShare = 20_000;

/**
 * @param {number} replicates in all
 * @param {object} limits
 * @param {number} limits.most that one run may have
 * @param {number} limits.group so many replicates are never parted
 */
export function shareOf(replicates, { most, group }) {
  const wanted = Math.min(Math.max(replicates / sharesWanted, leastShare), largestShare, most);
  return Math.max(1, Math.floor(wanted / group)) * group;
}

/**
 * @param {Record<string, Channel>} whole
 * @param {Report["channels"]} part
 * @param {number} first the part's first replicate
 * @param {number} replicates of the whole
 */
function enter(whole, part, first, replicates) {
  for (const [id, { shape, data }] of Object.entries(part)) {
    const [rows, ...rest] = shape;
    const width = rows > 0 ? data.length / rows : 0;
    whole[id] ??= {
      shape: [rows > 0 ? replicates : 0, ...rest],
      data: new Float64Array(width * replicates),
    };
    whole[id].data.set(data, width * first);
  }
}

/** @param {Report} report @param {number} step */
function refuseIfDiverged({ status }, step) {
  if (status.state === "diverged") {
    throw new SimulationError(
      `A replicate diverged at step ${status.step}, so there are no ${step} steps of all: take fewer steps or a smaller step size.`,
    );
  }
}

/**
 * @param {RemoteRun[]} runs one for each worker; disposed of at the end
 * @param {Ensemble} ensemble
 * @param {AbortSignal} signal stops it
 * @param {(replicates: number) => void} onProgress how many more are done
 * @returns {Promise<Record<string, Channel>>} the channels of the whole; rejects with a SimulationError, a
 *   GivenUp when it was stopped
 */
export async function computeEnsemble(runs, ensemble, signal, onProgress) {
  const { request, replicates, share } = ensemble;
  /** @type {Record<string, Channel>} */
  const whole = {};
  let next = 0;

  function stop() {
    next = replicates;
    for (const run of runs) {
      run.giveUp();
    }
  }

  /** @param {RemoteRun} run */
  async function makeShares(run) {
    /** @type {ArrayBuffer[]} */
    let spent = [];
    while (next < replicates) {
      const first = next;
      const count = Math.min(share, replicates - first);
      next += count;
      const parameters = { ...request.parameters, replicates: count };
      const part = { ...request, parameters, firstReplicate: first };
      const report = await run.create(part, spent);
      refuseIfDiverged(report, request.step);
      enter(whole, report.channels, first, replicates);
      spent = buffersOf(report);
      onProgress(count);
    }
  }

  signal.addEventListener("abort", stop);
  try {
    await Promise.all(runs.map(makeShares));
  } finally {
    stop();
    signal.removeEventListener("abort", stop);
    for (const run of runs) {
      run.dispose();
    }
  }
  if (signal.aborted) {
    throw new GivenUp();
  }
  return whole;
}
