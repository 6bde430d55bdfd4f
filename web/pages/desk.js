// What a page is made with: the experiments and scenes that it speaks of, and the addresses of their
// states, each refused here if a reader's click on it would be.

import { stateSet } from "../state/changes.js";
import { sceneTables } from "../state/scene-tables.js";
import { encode } from "../state/url.js";

/** @typedef {import("../lab.js").Lab} Lab */
/** @typedef {import("../ui/scene.js").Scene} Scene */
/** @typedef {import("../state/changes.js").Changes} Changes */
/** @typedef {import("../state/url.js").SceneTables} SceneTables */
/** @typedef {import("./lecture.js").Place} Place */
/**
 * Where pages and scenes are from where this page is read.
 * @typedef {object} Addresses
 * @property {string} laboratory what stands before the "#" of a scene
 * @property {(page: string) => string} page what stands before the "#" of a page, "" for the
 *   laboratory's own
 */
/** @typedef {ReturnType<typeof createDesk>} Desk */

/** States that the core took, so that none is tried twice. @type {Set<string>} */
const accepted = new Set();

/**
 * @param {object} options
 * @param {Lab} options.lab with its data sets
 * @param {Scene[]} options.scenes
 * @param {Addresses} options.addresses
 * @param {(file: string) => string} options.read a file of the repository
 * @param {(file: string) => import("../build/documentation.js").Documented[]} options.documentation
 *   what a module of it exports
 */
export function createDesk({ lab, scenes, addresses, read, documentation }) {
  const experiments = lab.experiments();

  /** @param {string} id */
  function sceneOf(id) {
    const scene = scenes.find((candidate) => candidate.id === id);
    if (!scene) {
      throw new Error(`There is no scene “${id}”; there are ${scenes.map((each) => each.id)}.`);
    }
    return scene;
  }

  /**
   * The state, and what to call it.
   * @param {Place} place
   * @returns {{ label: string, set: Changes, step: number }}
   */
  function stateOf({ scene: id, attempt, set = {}, step, label }) {
    const scene = sceneOf(id);
    if (attempt === undefined) {
      return { label: label ?? scene.question, set, step: step ?? scene.step };
    }
    const found = scene.tries.find(({ title }) => title === attempt);
    if (!found) {
      const titles = scene.tries.map(({ title }) => `“${title}”`).join(", ");
      throw new Error(`The scene ${id} has nothing to try named “${attempt}”; it has ${titles}.`);
    }
    return { label: label ?? attempt, set: found.set, step: found.step };
  }

  /**
   * @param {Place} place
   * @returns {{ href: string, label: string, question: string }}
   */
  function linkTo(place) {
    const scene = sceneOf(place.scene);
    const { label, set, step } = stateOf(place);
    const tables = sceneTables(scene, experiments);
    const state = stateSet(tables, { set, step });
    checkNames(set, tables);
    const hash = encode(state, tables);
    if (!accepted.has(hash)) {
      for (const { experiment, parameters } of scene.plans(state, tables.parameters)) {
        lab.create(experiment, parameters).dispose();
      }
      accepted.add(hash);
    }
    return {
      href: `${addresses.laboratory}#${hash}`,
      label,
      question: scene.question,
    };
  }

  return {
    experiments,
    dataSets: lab.dataSets(),
    scenes,
    linkTo,
    read,
    documentation,
    /** @param {string} id of a page @param {string} [part] of it */
    pageAddress: (id, part) => `${addresses.page(id)}#${part ?? id}`,
  };
}

/**
 * @param {Changes} set
 * @param {SceneTables} tables
 */
function checkNames(set, { id, parameters, view }) {
  for (const [name, value] of Object.entries(set)) {
    const parameter = [...view, ...parameters].find((candidate) => candidate.id === name);
    if (!parameter) {
      throw new Error(`The scene ${id} has no parameter “${name}”.`);
    }
    const items = parameter.kind === "set" ? String(value).split(",").filter(Boolean) : [value];
    const allowed = parameter.choices.map((choice) => choice.id);
    const odd = items.find((item) => !allowed.includes(String(item)));
    if (["choice", "set"].includes(parameter.kind) && odd !== undefined) {
      throw new Error(`The ${name} of the scene ${id} is one of ${allowed}, not “${odd}”.`);
    }
  }
}
