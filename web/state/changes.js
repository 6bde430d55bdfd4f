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
  return withDefaults(
    state,
    issues.map(({ parameter }) => parameter),
    tables,
  );
}

/**
 * What the state has of its own: values that are not the scene's defaults, and live changes.
 * @param {SceneState} state
 * @param {SceneTables} tables
 */
function ownOf(state, tables) {
  const [values, initial] = [valuesOf(state), valuesOf(initialState(tables))];
  const changed = state.edits.map(({ parameter }) => parameter);
  return Object.keys(initial).filter((id) => values[id] !== initial[id] || changed.includes(id));
}

/**
 * Where a default was refused, because of what it should go with: lists must be equally long. The other
 * values of its kind fall back too; if there are none, all.
 * @param {SceneState} state
 * @param {Issue[]} issues of defaults alone
 * @param {SceneTables} tables
 * @returns {{ state: SceneState, ids: string[] }} and what fell back
 */
export function withoutCompanions(state, issues, tables) {
  const own = ownOf(state, tables);
  const all = [...tables.parameters, ...tables.view];
  const kindOf = (/** @type {string} */ id) => all.find((each) => each.id === id)?.kind;
  const kinds = issues.map(({ parameter }) => kindOf(parameter));
  const companions = own.filter((id) => kinds.includes(kindOf(id)));
  const ids = companions.length > 0 ? companions : own;
  return { state: withDefaults(state, ids, tables), ids };
}

/**
 * Whether what was refused are defaults alone.
 * @param {SceneState} state
 * @param {Issue[]} issues
 * @param {SceneTables} tables
 */
export function refusesDefaults(state, issues, tables) {
  const own = ownOf(state, tables);
  return issues.every(({ parameter }) => !own.includes(parameter));
}

/**
 * @param {SceneState} state
 * @param {string[]} ids
 * @param {SceneTables} tables
 * @returns {SceneState}
 */
function withDefaults(state, ids, tables) {
  const initial = valuesOf(initialState(tables));
  const back = Object.fromEntries(ids.filter((id) => id in initial).map((id) => [id, initial[id]]));
  const edits = state.edits.filter(({ parameter }) => !ids.includes(parameter));
  return { ...withChanges(state, back), edits };
}
