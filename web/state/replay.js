// Bringing a run to a step, with its live changes at theirs, and reporting on it: the same in a
// worker and in Node.

/** @typedef {import("../lab.js").Run} Run */
/** @typedef {import("../lab.js").Lab} Lab */
/** @typedef {import("../pool.js").Report} Report */
/** @typedef {import("../pool.js").RunRequest} RunRequest */

/**
 * @param {Run} run
 * @param {import("../lab.js").Edit[]} edits in the order of their steps
 * @param {number} step
 */
function replay(run, edits, step) {
  for (const edit of edits) {
    if (edit.step > step) {
      break;
    }
    run.advance(Math.max(0, edit.step - run.status().step));
    run.set(edit.parameter, edit.value);
  }
  run.advance(Math.max(0, step - run.status().step));
}

/**
 * @param {Lab} lab
 * @param {RunRequest} request
 * @returns {Run} at the step that is asked for
 * @throws {import("../lab.js").ParameterError} when a parameter or a live change is refused
 */
export function startRun(lab, { experiment, parameters, edits, step }) {
  const run = lab.create(experiment, parameters);
  try {
    replay(run, edits, step);
  } catch (error) {
    run.dispose();
    throw error;
  }
  return run;
}

/**
 * @param {Run} run
 * @param {Pick<RunRequest, "channels" | "atEnd">} wanted
 * @returns {Report}
 */
export function report(run, { channels, atEnd = [] }) {
  const status = run.status();
  const ids = status.state === "running" ? channels : [...channels, ...atEnd];
  return {
    status,
    edits: run.edits(),
    channels: Object.fromEntries(ids.map((id) => [id, run.channel(id)])),
  };
}
