import assert from "node:assert/strict";
import test from "node:test";
import { format } from "../../web/render/numbers.js";
import { valueFromText } from "../../web/state/parameters.js";
import { decode, encode, initialState, maxStep } from "../../web/state/url.js";

/** @param {Partial<import("../../web/lab.js").Parameter>} parts */
function parameter(parts) {
  return {
    id: "p",
    label: "p",
    symbol: "",
    unit: "",
    help: "help",
    kind: /** @type {const} */ ("real"),
    initial: 0,
    min: -10,
    max: 10,
    stride: 1,
    scale: /** @type {const} */ ("linear"),
    live: false,
    choices: [],
    relevant: [],
    ...parts,
  };
}

const scenes = [
  {
    id: "step-size",
    parameters: [
      parameter({ id: "alpha", initial: 0.17, live: true }),
      parameter({ id: "features", kind: "text", initial: "", live: false }),
      parameter({ id: "seed", kind: "integer", initial: 1 }),
    ],
    view: [parameter({ id: "race", kind: "text", initial: "heavy-ball" })],
    step: 22,
    controls: ["alpha", "race", "seed"],
  },
];

test("the defaults need nothing but the scene and the version", () => {
  assert.equal(encode(initialState(scenes[0]), scenes[0]), "step-size?v=1");
});

test("an empty address is the first scene at its defaults", () => {
  for (const hash of ["", "#", "#step-size", "#step-size?"]) {
    assert.deepEqual(decode(hash, scenes), { state: initialState(scenes[0]), problems: [] });
  }
});

test("stored links of version 1 keep their meaning", () => {
  const { state, problems } = decode(
    "#step-size?alpha=0.05&features=bmi%2Cs5&race=nesterov%2Cadam&t=40&edits=12:alpha:0.2,30:alpha:1e-3&v=1",
    scenes,
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(state, {
    scene: "step-size",
    parameters: { alpha: 0.05, features: "bmi,s5", seed: 1 },
    view: { race: "nesterov,adam" },
    edits: [
      { step: 12, parameter: "alpha", value: 0.2 },
      { step: 30, parameter: "alpha", value: 0.001 },
    ],
    step: 40,
    controls: null,
    table: "",
  });
});

test("the target column of a user's own table is found under its older name", () => {
  const tables = { ...scenes[0], parameters: [parameter({ id: "targetColumn", kind: "text" })] };
  const { state, problems } = decode("#step-size?target=price", [tables]);
  assert.deepEqual(problems, []);
  assert.equal(state.parameters.targetColumn, "price");
  const target = { ...tables, parameters: [...tables.parameters, parameter({ id: "target" })] };
  const both = decode("#step-size?target=0.5&targetColumn=price", [target]).state.parameters;
  assert.deepEqual([both.target, both.targetColumn], [0.5, "price"]);
});

test("the step and the live changes reach as far as the longest runs, and no further", () => {
  const far = "step-size?t=2000000&edits=2000000%3Aalpha%3A0.1&v=1";
  const { state, problems } = decode(far, scenes);
  assert.deepEqual(problems, []);
  assert.equal(encode(state, scenes[0]), far);
  const beyond = maxStep + 1;
  const refused = decode(`step-size?t=${beyond}&edits=${beyond}:alpha:0.1`, scenes);
  assert.deepEqual(refused.state, initialState(scenes[0]));
  assert.match(refused.problems[0], new RegExp(`from 0 to ${maxStep}, not “${beyond}”`));
  assert.match(refused.problems[1], new RegExp(`“${beyond}:alpha:0.1” cannot be read`));
});

test("what cannot be read is named, and the rest is kept", () => {
  const { state, problems } = decode(
    "#step-size?alpha=0.3&speling=1&t=-4&edits=5:seed:2,x,7:alpha:0.1&controls=seed,colour&v=9",
    scenes,
  );
  assert.equal(state.parameters.alpha, 0.3);
  assert.equal(state.step, 22);
  assert.deepEqual(state.edits, [{ step: 7, parameter: "alpha", value: 0.1 }]);
  assert.deepEqual(state.controls, ["seed"]);
  assert.equal(problems.length, 6);
  const words = ["speling", "-4", "5:seed:2", "“x”", "“colour”; there are alpha", "version"];
  for (const [i, word] of words.entries()) {
    assert.match(problems[i], new RegExp(word));
  }
});

test("a table of the reader's own goes into the link while the scene computes with it", () => {
  const datasets = ["diabetes", "own"].map((id) => ({ id, label: id, help: "" }));
  const dataset = parameter({
    id: "dataset",
    kind: "choice",
    initial: "diabetes",
    choices: datasets,
  });
  const tables = { ...scenes[0], parameters: [...scenes[0].parameters, dataset] };
  const kept = { ...initialState(tables), table: "Ab-_9" };
  assert.equal(encode(kept, tables), "step-size?v=1");
  const used = { ...kept, parameters: { ...kept.parameters, dataset: "own" } };
  assert.deepEqual(decode(encode(used, tables), [tables]), { state: used, problems: [] });
  for (const code of ["", "A+B", "a".repeat(2001)]) {
    const { state, problems } = decode(`step-size?dataset=own&table=${code}`, [tables]);
    assert.equal(state.table, "");
    assert.match(problems.join(), /^The link's table must be at most 2000 letters/);
  }
});

test("a number that is none stays the text it was, for the core to refuse", () => {
  assert.equal(decode("#step-size?alpha=fast", scenes).state.parameters.alpha, "fast");
  assert.equal(decode("#step-size?alpha=", scenes).state.parameters.alpha, "");
});

test("a zero has no sign, as in its link", () => {
  for (const text of ["-0", "−0", "-1e-400"]) {
    assert.equal(decode(`#step-size?alpha=${text}`, scenes).state.parameters.alpha, 0);
  }
});

test("a number may be written as the read-outs write it", () => {
  const [alpha] = scenes[0].parameters;
  for (const number of [-0.001, -12.3, 2.5e-7, -1e9, 123456]) {
    assert.equal(valueFromText(alpha, format(number)), number, format(number));
  }
});

test("a scene that does not exist is named", () => {
  const { state, problems } = decode("#stepsize?alpha=3", scenes);
  assert.equal(state.scene, "step-size");
  assert.match(problems[0], /stepsize/);
});

test("a value of the page's own that it does not have is named, and the default stays", () => {
  const choices = ["mean", "spread"].map((id) => ({ id, label: id, help: "" }));
  const tables = {
    ...scenes[0],
    view: [
      parameter({ id: "measure", kind: "choice", initial: "mean", choices }),
      parameter({ id: "at", initial: 3 }),
    ],
  };
  for (const [query, view, complaints] of /** @type {const} */ ([
    ["measure=spread&at=-10", { measure: "spread", at: -10 }, 0],
    ["measure=<img>&at=11", { measure: "mean", at: 3 }, 2],
    ["measure=__proto__&at=NaN", { measure: "mean", at: 3 }, 2],
    ["measure=&at=", { measure: "mean", at: 3 }, 1],
  ])) {
    const { state, problems } = decode(`#step-size?${query}`, [tables]);
    assert.deepEqual(state.view, view, query);
    assert.equal(problems.length, complaints, problems.join(" "));
  }
});
