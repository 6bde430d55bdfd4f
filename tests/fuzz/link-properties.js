// What holds of every link to every scene, and of every table that a link or a file brings.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { loadLab } from "wide-valley";
import { idsOf, isAllowed, isNumeric, usesOwnData } from "../../web/state/parameters.js";
import { sceneTables } from "../../web/state/scene-tables.js";
import { decodeTable, encodeTable } from "../../web/state/table-code.js";
import { readTableText } from "../../web/state/table-text.js";
import { decode, encode, longestTableCode, maxStep } from "../../web/state/url.js";
import { loadScenes } from "../web/scenes-in-node.js";

/** @typedef {import("../../web/lab.js").Parameter} Parameter */
/** @typedef {import("../../web/lab.js").Value} Value */
/** @typedef {import("../../web/lab.js").Edit} Edit */
/** @typedef {import("../../web/state/url.js").SceneState} SceneState */
/** @typedef {import("../../web/state/url.js").SceneTables} SceneTables */
/** @typedef {{ name: string, property: fc.IAsyncProperty<any>, examples: any[][] }} LinkProperty */

// Half of a surrogate pair is no text that an address or a file can hold.
const anyText = fc.string({ unit: "binary", maxLength: 60, size: "max" });
const someText = fc.string({ unit: "binary", minLength: 1, maxLength: 60 });
// What is written into a link is read back as a number, which has no sign at 0.
const numberWithin = (/** @type {{ min?: number, max?: number }} */ limits) =>
  fc.double({ ...limits, noNaN: true }).map((number) => number + 0);
const anyNumber = numberWithin({});
const anyStep = fc.nat(maxStep);
// As the page makes them: objects with the usual methods.
const plain = { noNullPrototype: true };
const anyCode = fc.stringMatching(/^[\w-]{1,80}$/);

const anyTable = fc.string({ unit: "binary", maxLength: 500, size: "max" });
const anyBytes = fc.uint8Array({ maxLength: 300, size: "max" });

/**
 * Also one that the core refuses: the page shows it beside what is wrong with it.
 * @param {Parameter} parameter
 * @returns {fc.Arbitrary<Value>}
 */
function givenValue(parameter) {
  const named = parameter.kind === "choice" ? [fc.constantFrom(...idsOf(parameter))] : [];
  return isNumeric(parameter) ? anyNumber : fc.oneof(...named, anyText);
}

/**
 * @param {Parameter} parameter of the page's own
 * @returns {fc.Arbitrary<Value>}
 */
function allowedValue(parameter) {
  const { kind, min, max } = parameter;
  switch (kind) {
    case "choice":
      return fc.constantFrom(...idsOf(parameter));
    case "set":
      return fc.subarray(idsOf(parameter)).map((ids) => ids.join(","));
    case "integer":
      return fc.integer({ min, max });
    case "real":
      return numberWithin({ min, max });
    default:
      return anyText;
  }
}

/**
 * @param {Parameter[]} table
 * @param {(parameter: Parameter) => fc.Arbitrary<Value>} givenTo
 * @returns {fc.Arbitrary<Record<string, Value>>}
 */
function valuesOf(table, givenTo) {
  const values = Object.fromEntries(table.map((each) => [each.id, givenTo(each)]));
  return fc.record(values, plain);
}

/** @param {Parameter[]} table @returns {fc.Arbitrary<Edit[]>} */
function anyEdits(table) {
  const edits = table
    .filter(({ live }) => live)
    .map((parameter) =>
      fc.record(
        {
          step: anyStep,
          parameter: fc.constant(parameter.id),
          value: isNumeric(parameter) ? anyNumber : someText,
        },
        plain,
      ),
    );
  return edits.length === 0
    ? fc.constant([])
    : fc.array(fc.oneof(...edits)).map((list) => list.sort((a, b) => a.step - b.step));
}

/**
 * @param {SceneTables} tables
 * @returns {fc.Arbitrary<SceneState>}
 */
function anyState(tables) {
  return fc.record(
    {
      scene: fc.constant(tables.id),
      parameters: valuesOf(tables.parameters, givenValue),
      view: valuesOf(tables.view, allowedValue),
      edits: anyEdits(tables.parameters),
      step: anyStep,
      controls: fc.option(fc.subarray(tables.controls)),
      table: fc.oneof(fc.constant(""), anyCode),
    },
    plain,
  );
}

/**
 * A state as its own link tells it: with a table only where the scene computes with it.
 * @param {SceneState} state
 * @param {SceneTables} tables
 */
function asLinked(state, tables) {
  return { ...state, table: usesOwnData(tables.parameters, state.parameters) ? state.table : "" };
}

/**
 * What someone may have written behind the question mark, well or badly.
 * @param {SceneTables} tables
 */
function anyQuery(tables) {
  const all = [...tables.parameters, ...tables.view];
  const ids = all.map(({ id }) => id);
  const words = [...ids, ...all.flatMap(idsOf), "own", "__proto__", "NaN", "-0", "−1", "1e999"];
  const word = fc.oneof(fc.constantFrom(...words), anyNumber.map(String), fc.nat().map(String));
  const lists = fc.array(fc.oneof(word, anyText), { maxLength: 6 });
  const key = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...ids) },
    { weight: 4, arbitrary: fc.constantFrom("t", "edits", "controls", "table", "v", "target") },
    { weight: 1, arbitrary: anyText },
  );
  const value = fc.oneof(
    ...[word, anyText, anyCode, ...[",", ":"].map((mark) => lists.map((list) => list.join(mark)))],
    fc.array(lists, { maxLength: 6 }).map((edits) => edits.map((edit) => edit.join(":")).join(",")),
  );
  return fc.array(fc.tuple(key, value), { maxLength: 12 }).chain((pairs) => {
    const typed = pairs.map((pair) => pair.join("=")).join("&");
    return fc.constantFrom(typed, String(new URLSearchParams(pairs)));
  });
}

/** @param {SceneTables[]} scenes */
function anyAddress(scenes) {
  const known = scenes.map((tables) => anyQuery(tables).map((query) => `#${tables.id}?${query}`));
  const foreign = fc.oneof(anyText, fc.webFragments()).map((text) => `#${text}`);
  return fc.oneof({ weight: 1, arbitrary: foreign }, { weight: 4, arbitrary: fc.oneof(...known) });
}

/** @param {string[]} problems */
function requireSentences(problems) {
  for (const problem of problems) {
    assert.match(problem, /^\p{L}.*\.$/su);
  }
}

/**
 * @param {SceneState} state
 * @param {SceneTables} tables
 */
function requireWhole(state, { parameters, view, controls }) {
  assert.deepEqual(
    Object.keys(state.parameters),
    parameters.map(({ id }) => id),
  );
  assert.deepEqual(
    Object.keys(state.view),
    view.map(({ id }) => id),
  );
  for (const parameter of view) {
    assert.ok(isAllowed(parameter, state.view[parameter.id]), parameter.id);
  }
  const live = parameters.filter((parameter) => parameter.live).map(({ id }) => id);
  let last = 0;
  for (const { step, parameter } of state.edits) {
    assert.ok(live.includes(parameter) && step >= last, `${step}:${parameter}`);
    last = step;
  }
  assert.ok(Number.isInteger(state.step) && state.step >= 0 && state.step <= maxStep);
  assert.ok(last <= maxStep && state.table.length <= longestTableCode);
  assert.ok(new Set(state.controls).size === (state.controls ?? []).length);
  assert.ok((state.controls ?? []).every((id) => controls.includes(id)));
}

/** @returns {string[]} addresses that once went wrong, or look as if they might */
function knownAddresses() {
  const folder = fileURLToPath(new URL("corpus/link/", import.meta.url));
  return readdirSync(folder).map((name) => readFileSync(folder + name, "utf8"));
}

/** @param {SceneTables[]} scenes @returns {LinkProperty[]} */
function addressProperties(scenes) {
  const tablesOf = (/** @type {string} */ id) =>
    /** @type {SceneTables} */ (scenes.find((tables) => tables.id === id));
  return [
    {
      name: "a state comes back from its link as it was",
      property: fc.asyncProperty(fc.oneof(...scenes.map(anyState)), async (state) => {
        const tables = tablesOf(state.scene);
        const { state: back, problems } = decode(`#${encode(state, tables)}`, scenes);
        assert.deepEqual(problems, []);
        assert.deepEqual(back, asLinked(state, tables));
      }),
      examples: [],
    },
    {
      name: "any address gives a whole state with a sound link, and sentences for the rest",
      property: fc.asyncProperty(anyAddress(scenes), async (address) => {
        const { state, problems } = decode(address, scenes);
        const tables = tablesOf(state.scene);
        requireSentences(problems);
        requireWhole(state, tables);
        const again = decode(encode(state, tables), scenes);
        assert.deepEqual(again, { state: asLinked(state, tables), problems: [] });
      }),
      examples: knownAddresses().map((address) => [address]),
    },
  ];
}

/** @param {() => Promise<string>} read @returns {Promise<string | Error>} */
function textOrError(read) {
  return read().catch((error) => error);
}

/** The code of a table, made at once, in which letters were lost or changed into others. */
function spoiledCode() {
  const code = anyTable.map((text) => deflateRawSync(text).toString("base64url"));
  return fc.tuple(code, fc.nat(), fc.nat(4), anyCode).map(([sound, place, lost, other]) => {
    const at = place % (sound.length + 1);
    return sound.slice(0, at) + other.slice(0, lost) + sound.slice(at + lost);
  });
}

/** @returns {LinkProperty[]} */
function tableProperties() {
  return [
    {
      name: "a table comes back from its code as it was, in letters that an address takes",
      property: fc.asyncProperty(anyTable, async (text) => {
        const code = await encodeTable(text);
        assert.equal(encodeURIComponent(code), code);
        assert.match(code, /^[\w-]*$/);
        assert.equal(await decodeTable(code), text);
      }),
      examples: [["\uFEFFa,b\n1,2\n"], [""]],
    },
    {
      name: "any code is a table's, or refused in a sentence",
      property: fc.asyncProperty(fc.oneof(spoiledCode(), anyCode, anyText), async (code) => {
        const found = await textOrError(() => decodeTable(code));
        if (found instanceof Error) {
          assert.match(found.message, /^The link's table cannot be read: /);
        } else {
          assert.equal(await decodeTable(await encodeTable(found)), found);
        }
      }),
      examples: [],
    },
    {
      name: "any file is a text, or refused in a sentence",
      property: fc.asyncProperty(anyBytes, async (bytes) => {
        const found = await textOrError(() => readTableText(new Blob([Uint8Array.from(bytes)])));
        assert.ok(typeof found === "string" || /^The table is not UTF-8 text/.test(found.message));
      }),
      examples: [[Uint8Array.of(0xff, 0xfe, 0x00)], [Uint8Array.of(0xfe, 0xff, 0xd8, 0x00)]],
    },
  ];
}

/** @returns {Promise<LinkProperty[]>} over the scenes of the built package */
export async function linkProperties() {
  const [scenes, lab] = await Promise.all([loadScenes(), loadLab()]);
  const tables = [...scenes.values()].map((scene) => sceneTables(scene, lab.experiments()));
  return [...addressProperties(tables), ...tableProperties()];
}
