// Bringing a run to a step, with its live changes at theirs, and reporting on it: the same in a
// worker and in Node. In parts, between which others may be served, or the whole be given up.

/** @typedef {import("../lab.js").Run} Run */
/** @typedef {import("../lab.js").Lab} Lab */
/** @typedef {import("./worker-link.js").Report} Report */
/** @typedef {import("./worker-link.js").RunRequest} RunRequest */
/**
 * Work that stops after each of its parts.
 * @template Result
 * @typedef {Generator<void, Result>} Parts
 */

// Milliseconds: short for whoever waits for a word, long against a call into the core.
const longestPart = 100;

/**
 * Advances in parts, which together are one advance.
 * @param {Run} run
 * @param {number} steps none if negative
 * @returns {Parts<void>}
 */
export function* advance(run, steps) {
  let part = 1;
  let left = steps;
  while (left > 0 && run.status().state === "running") {
    const start = performance.now();
    const now = Math.min(part, left);
    run.advance(now);
    left -= now;
    part = performance.now() - start < longestPart ? 2 * part : Math.ceil(part / 2);
    yield;
  }
}

/**
 * @param {Run} run
 * @param {import("../lab.js").Edit[]} edits in the order of their steps
 * @param {number} step
 * @returns {Parts<void>}
 */
function* replay(run, edits, step) {
  for (const edit of edits) {
    if (edit.step > step) {
      break;
    }
    yield* advance(run, edit.step - run.status().step);
    run.set(edit.parameter, edit.value);
  }
  yield* advance(run, step - run.status().step);
}

/**
 * @param {Lab} lab
 * @param {RunRequest} request
 * @returns {Parts<Run>} at the step that is asked for
 * @throws {import("../lab.js").ParameterError} when a parameter or a live change is refused
 */
export function* startRun(lab, { experiment, parameters, firstReplicate, edits, step }) {
  const run =
    firstReplicate === undefined
      ? lab.create(experiment, parameters)
      : lab.createShard(experiment, parameters, firstReplicate);
  try {
    yield* replay(run, edits, step);
  } catch (error) {
    run.dispose();
    throw error;
  }
  return run;
}

/**
 * @param {Run} run
 * @param {Pick<RunRequest, "channels" | "atEnd">} wanted
 * @param {ArrayBuffer[]} [spent] of a report of the same channels that nobody reads any more: filled again
 * @returns {Parts<Report>}
 */
export function* report(run, { channels, atEnd = [] }, spent = []) {
  const status = run.status();
  const ids = status.state === "running" ? channels : [...channels, ...atEnd];
  /** @type {Report["channels"]} */
  const reported = {};
  for (const [i, id] of ids.entries()) {
    reported[id] = run.channel(id, spent[i]);
    yield;
  }
  return { status, edits: run.edits(), channels: reported };
}

/** What a report's numbers lie in. @param {Report} report */
export function buffersOf({ channels }) {
  return Object.values(channels).map(({ data }) => /** @type {ArrayBuffer} */ (data.buffer));
}

/**
 * All the parts, one after the other.
 * @template Result
 * @param {Parts<Result>} parts
 * @returns {Result}
 */
export function atOnce(parts) {
  for (;;) {
    const { done, value } = parts.next();
    if (done) {
      return value;
    }
  }
}
