// A scene's state in the hash of the address: #step-size?alpha=0.17&race=nesterov&t=22&edits=12:alpha:0.05
// Only what differs from the defaults is written. Whatever cannot be read is named and left out.

import {
  clip,
  defaultsOf,
  idsOf,
  isAllowed,
  isNumeric,
  refusal,
  usesOwnData,
  valueFromText,
} from "./parameters.js";

/** @typedef {import("../lab.js").Parameter} Parameter */
/** @typedef {import("../lab.js").Value} Value */
/** @typedef {import("../lab.js").Edit} Edit */
/**
 * @typedef {object} SceneState
 * @property {string} scene
 * @property {Record<string, Value>} parameters one value for every parameter of the experiment
 * @property {Record<string, Value>} view one value for every view parameter of the scene
 * @property {Edit[]} edits
 * @property {number} step
 * @property {string[] | null} controls the parameters that are offered, null for as many as there is
 *   room for
 * @property {string} table the code of the reader's own table, if it is kept in the link
 */
/**
 * @typedef {object} SceneTables
 * @property {string} id
 * @property {Parameter[]} parameters
 * @property {Parameter[]} view
 * @property {number} step the step shown at first
 * @property {string[]} controls the parameters that can be offered, in order
 */

export const version = 1;
/** Of the step shown and of live changes: runs over the rows of a large table make the most steps. */
export const maxStep = 1e9;
const maxEdits = 10_000;
/** In characters. Longer links are cut short by mail programs. */
export const longestTableCode = 2000;
/** Parameters by the names that older links have for them. */
const renamed = new Map([["target", "targetColumn"]]);

/**
 * @param {SceneTables} tables
 * @returns {SceneState}
 */
export function initialState(tables) {
  return {
    scene: tables.id,
    parameters: defaultsOf(tables.parameters),
    view: defaultsOf(tables.view),
    edits: [],
    step: tables.step,
    controls: null,
    table: "",
  };
}

/**
 * @param {SceneState} state
 * @param {SceneTables} tables
 * @returns {string} without the leading "#"
 */
export function encode(state, tables) {
  const query = new URLSearchParams();
  /** @param {Parameter[]} table @param {Record<string, Value>} values */
  const write = (table, values) => {
    for (const { id, initial } of table) {
      if (values[id] !== initial) {
        query.set(id, String(values[id]));
      }
    }
  };
  write(tables.parameters, state.parameters);
  write(tables.view, state.view);
  if (state.step !== tables.step) {
    query.set("t", String(state.step));
  }
  if (state.edits.length > 0) {
    query.set("edits", state.edits.map(encodeEdit).join(","));
  }
  if (state.controls) {
    query.set("controls", state.controls.join(","));
  }
  if (state.table !== "" && usesOwnData(tables.parameters, state.parameters)) {
    query.set("table", state.table);
  }
  query.set("v", String(version));
  return `${state.scene}?${query}`;
}

/** @param {Edit} edit */
function encodeEdit({ step, parameter, value }) {
  return `${step}:${parameter}:${encodeURIComponent(String(value))}`;
}

/**
 * The scene that an address names, "" for none.
 * @param {string} hash with or without the leading "#"
 */
export function sceneOf(hash) {
  return hash.replace(/^#/, "").split("?", 1)[0];
}

/**
 * @param {string} hash with or without the leading "#"
 * @param {SceneTables[]} scenes
 * @returns {{ state: SceneState, problems: string[] }} the first scene when none is named
 */
export function decode(hash, scenes) {
  const id = sceneOf(hash);
  const cut = hash.indexOf("?");
  const query = new URLSearchParams(cut < 0 ? "" : hash.slice(cut + 1));
  /** @type {string[]} */
  const problems = [];
  const tables = scenes.find((scene) => scene.id === id) ?? scenes[0];
  if (id !== "" && tables.id !== id) {
    problems.push(`The link names the scene “${clip(id)}”, which does not exist.`);
    return { state: initialState(tables), problems };
  }
  return { state: readQuery(query, tables, problems), problems };
}

/**
 * @param {URLSearchParams} query
 * @param {SceneTables} tables
 * @param {string[]} problems
 */
function readQuery(query, tables, problems) {
  const state = initialState(tables);
  for (const [key, text] of query) {
    const parameter = findParameter(tables, key) ?? findParameter(tables, renamed.get(key) ?? key);
    const view = tables.view.find((candidate) => candidate.id === key);
    if (parameter) {
      state.parameters[parameter.id] = valueFromText(parameter, text);
    } else if (view) {
      state.view[key] = readView(view, text, problems);
    } else if (key === "t") {
      state.step = readStep(text, problems) ?? state.step;
    } else if (key === "edits") {
      state.edits = readEdits(text, tables.parameters, problems);
    } else if (key === "controls") {
      state.controls = readNames(key, text, tables.controls, problems);
    } else if (key === "table") {
      state.table = readTableCode(text, problems);
    } else if (key !== "v") {
      problems.push(`The link sets “${clip(key)}”, which this scene does not have.`);
    } else if (text !== String(version)) {
      problems.push(`The link was made by another version (${clip(text)}) of this page.`);
    }
  }
  return state;
}

/**
 * A value of the page's own: no core will refuse it.
 * @param {Parameter} view
 * @param {string} text
 * @param {string[]} problems
 * @returns {Value}
 */
function readView(view, text, problems) {
  const { id, kind, initial } = view;
  if (kind === "set") {
    return readNames(id, text, idsOf(view), problems).join(",");
  }
  const value = valueFromText(view, text);
  if (kind === "choice") {
    return readNames(id, text, idsOf(view), problems)[0] ?? initial;
  }
  if (isNumeric(view) && !isAllowed(view, value)) {
    problems.push(refusal(view, value));
    return initial;
  }
  return value;
}

/** @param {SceneTables} tables @param {string} id */
function findParameter({ parameters }, id) {
  return parameters.find((parameter) => parameter.id === id);
}

/**
 * @param {string} key
 * @param {string} text names between commas
 * @param {string[]} allowed
 * @param {string[]} problems
 * @returns {string[]} those that are allowed, each once
 */
function readNames(key, text, allowed, problems) {
  const names = text.split(",").filter((name) => name !== "");
  const unknown = names.filter((name) => !allowed.includes(name));
  if (unknown.length > 0) {
    problems.push(
      `The link's ${key} names “${clip(unknown.join(","))}”; there are ${allowed.join(", ")}.`,
    );
  }
  return [...new Set(names)].filter((name) => allowed.includes(name));
}

/** @param {string} text */
function isStep(text) {
  return /^\d+$/.test(text) && Number(text) <= maxStep;
}

/**
 * @param {string} text
 * @param {string[]} problems
 */
function readStep(text, problems) {
  if (isStep(text)) {
    return Number(text);
  }
  problems.push(
    `The link's step t must be a whole number from 0 to ${maxStep}, not “${clip(text)}”.`,
  );
  return undefined;
}

/**
 * @param {string} text
 * @param {string[]} problems
 */
function readTableCode(text, problems) {
  if (/^[\w-]+$/.test(text) && text.length <= longestTableCode) {
    return text;
  }
  problems.push(
    `The link's table must be at most ${longestTableCode} letters, digits, “-” and “_”, not “${clip(text)}”.`,
  );
  return "";
}

/**
 * @param {string} text
 * @param {Parameter[]} table
 * @param {string[]} problems
 * @returns {Edit[]}
 */
function readEdits(text, table, problems) {
  /** @type {Edit[]} */
  const edits = [];
  const items = text.split(",");
  for (const item of items.slice(0, maxEdits)) {
    const match = /^(\d+):([a-z][\w-]*):(.+)$/i.exec(item);
    const parameter = match && table.find((candidate) => candidate.id === match[2]);
    const value = match && decodeSafely(match[3]);
    if (match && isStep(match[1]) && parameter?.live && value !== null) {
      edits.push({
        step: Number(match[1]),
        parameter: parameter.id,
        value: valueFromText(parameter, value),
      });
    } else {
      problems.push(`The link's live change “${clip(item)}” cannot be read.`);
    }
  }
  if (items.length > maxEdits) {
    problems.push(`The link has more than ${maxEdits} live changes; the rest is left out.`);
  }
  return edits.sort((a, b) => a.step - b.step);
}

/** @param {string} text */
function decodeSafely(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
