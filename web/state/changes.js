// A scene's state with some values changed, and what holds in it at a step.

import { initialState } from "./url.js";

/** @typedef {import("../lab.js").Value} Value */
/** @typedef {import("../lab.js").Issue} Issue */
/** @typedef {import("./url.js").SceneState} SceneState */
/** @typedef {import("./url.js").SceneTables} SceneTables */
/** @typedef {Record<string, Value>} Changes parameter values by id */

/** Those of the simulation and of the picture. @param {SceneState} state */
export function valuesOf(state) {
  return { ...state.parameters, ...state.view };
}

/**
 * A live change holds from its step on, though the parameters are those of the start.
 * @param {SceneState} state
 * @param {number} step
 * @param {string} id
 */
export function valueAt({ parameters, edits }, step, id) {
  const edit = edits.findLast((each) => each.parameter === id && each.step <= step);
  return edit ? edit.value : parameters[id];
}

/**
 * @param {SceneState} state
 * @param {Changes} changes
 * @returns {SceneState}
 */
export function withChanges(state, changes) {
  const next = { ...state, parameters: { ...state.parameters }, view: { ...state.view } };
  for (const [id, value] of Object.entries(changes)) {
    const part = id in next.view ? next.view : next.parameters;
    part[id] = value;
  }
  return next;
}

/**
 * Some values over the scene's defaults, at a step: what there is to try, to ask or to link to.
 * @param {SceneTables} tables
 * @param {{ set: Changes, step: number }} wanted
 * @returns {SceneState}
 */
export function stateSet(tables, { set, step }) {
  return { ...withChanges(initialState(tables), set), step };
}

/**
 * What was refused falls back to its default.
 * @param {SceneState} state
 * @param {Issue[]} issues
 * @param {SceneTables} tables
 */
export function withoutRefused(state, issues, tables) {
  const refused = new Set(issues.map(({ parameter }) => parameter));
  const initial = valuesOf(initialState(tables));
  const back = Object.fromEntries(
    [...refused].filter((id) => id in initial).map((id) => [id, initial[id]]),
  );
  const edits = state.edits.filter(({ parameter }) => !refused.has(parameter));
  return { ...withChanges(state, back), edits };
}
