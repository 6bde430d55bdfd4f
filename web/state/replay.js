// Bringing a run to a step, with its live changes at theirs, and reporting on it: the same in a
// worker and in Node.

/** @typedef {import("../lab.js").Run} Run */
/** @typedef {import("../lab.js").Lab} Lab */
/** @typedef {import("../workers/worker-link.js").Report} Report */
/** @typedef {import("../workers/worker-link.js").RunRequest} RunRequest */

// Milliseconds: short for whoever waits for a word, long against a call into the core.
const longestPart = 100;

/** Called between parts of what may take long. @typedef {() => void} Beat */

const silently = () => undefined;

/**
 * Advances in parts, which together are one advance.
 * @param {Run} run
 * @param {number} steps none if negative
 * @param {Beat} [beat]
 */
export function advance(run, steps, beat = silently) {
  let part = 1;
  let left = steps;
  while (left > 0 && run.status().state === "running") {
    const start = performance.now();
    const now = Math.min(part, left);
    run.advance(now);
    left -= now;
    part = performance.now() - start < longestPart ? 2 * part : Math.ceil(part / 2);
    beat();
  }
}

/**
 * @param {Run} run
 * @param {import("../lab.js").Edit[]} edits in the order of their steps
 * @param {number} step
 * @param {Beat} beat
 */
function replay(run, edits, step, beat) {
  for (const edit of edits) {
    if (edit.step > step) {
      break;
    }
    advance(run, edit.step - run.status().step, beat);
    run.set(edit.parameter, edit.value);
  }
  advance(run, step - run.status().step, beat);
}

/**
 * @param {Lab} lab
 * @param {RunRequest} request
 * @param {Beat} [beat]
 * @returns {Run} at the step that is asked for
 * @throws {import("../lab.js").ParameterError} when a parameter or a live change is refused
 */
export function startRun(lab, { experiment, parameters, edits, step }, beat = silently) {
  const run = lab.create(experiment, parameters);
  try {
    replay(run, edits, step, beat);
  } catch (error) {
    run.dispose();
    throw error;
  }
  return run;
}

/**
 * @param {Run} run
 * @param {Pick<RunRequest, "channels" | "atEnd">} wanted
 * @param {Beat} [beat]
 * @returns {Report}
 */
export function report(run, { channels, atEnd = [] }, beat = silently) {
  const status = run.status();
  const ids = status.state === "running" ? channels : [...channels, ...atEnd];
  return {
    status,
    edits: run.edits(),
    channels: Object.fromEntries(
      ids.map((id) => {
        beat();
        return [id, run.channel(id)];
      }),
    ),
  };
}
