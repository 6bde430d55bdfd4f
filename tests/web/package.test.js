// The contract of the package, as its users call it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { loadLab, ParameterError } from "wide-valley";
import { goldenExperiments, goldenPaths } from "./golden.js";
import { experimentHashes, goldenHash } from "./golden-hashes.js";

const lab = await loadLab();
const quadratic = {
  objective: "quadratic",
  condition: 10,
  method: "gd",
  alpha: 0.15,
  x0: 1,
  y0: 1,
};

/** @param {() => unknown} action @returns {ParameterError} */
function refusalOf(action) {
  try {
    action();
  } catch (error) {
    assert.ok(error instanceof ParameterError, String(error));
    return error;
  }
  throw new assert.AssertionError({ message: "nothing was refused" });
}

test("gradient descent on the quadratic takes (0.85^t, (-0.5)^t)", () => {
  const run = lab.create("step-size", quadratic);
  run.advance(30);
  const { shape, data } = run.channel("path");
  assert.deepEqual(shape, [31, 2]);
  for (let t = 0; t <= 30; ++t) {
    assert.ok(Math.abs(data[2 * t] - 0.85 ** t) < 1e-12);
    assert.ok(Math.abs(data[2 * t + 1] - (-0.5) ** t) < 1e-12);
  }
  assert.deepEqual(run.status(), { state: "running", step: 30 });
  run.dispose();
});

test("past 2/L the run reports divergence and stays finite", () => {
  const run = lab.create("step-size", { ...quadratic, alpha: 0.21 });
  run.advance(1000);
  assert.equal(run.status().state, "diverged");
  assert.ok(run.channel("f").data.every(Number.isFinite));
  run.dispose();
});

test("the golden path of each method, as wasm in Node", async () => {
  const paths = await goldenPaths();
  const info = lab.experiments().find(({ id }) => id === "step-size");
  const methods = info?.parameters.find(({ id }) => id === "method")?.choices.map(({ id }) => id);
  assert.deepEqual(
    paths.map(({ method }) => method),
    methods,
  );
  for (const { method, alpha, hash } of paths) {
    const run = lab.create("step-size", {
      objective: "himmelblau",
      method,
      alpha,
      x0: -2,
      y0: 1.2,
    });
    run.advance(200);
    assert.equal(goldenHash(run.channel("path").data), hash, method);
    run.dispose();
  }
});

test("every channel of every experiment has its golden bits in the package", async () => {
  assert.deepEqual(experimentHashes(await loadLab()), await goldenExperiments());
});

test("600 + 400 steps are 1000 steps; a channel is a copy", () => {
  const whole = lab.create("step-size", quadratic);
  const parts = lab.create("step-size", quadratic);
  const before = whole.channel("path").data;
  whole.advance(1000);
  parts.advance(600);
  parts.advance(400);
  assert.deepEqual(before, Float64Array.of(1, 1));
  assert.deepEqual(whole.channel("path"), parts.channel("path"));
});

test("live edits are logged and replay", () => {
  const run = lab.create("step-size", quadratic);
  run.advance(5);
  run.set("alpha", 0.01);
  run.advance(5);
  assert.deepEqual(run.edits(), [{ step: 5, parameter: "alpha", value: 0.01 }]);
  const again = lab.create("step-size", quadratic);
  for (const { step, parameter, value } of run.edits()) {
    again.advance(step - again.status().step);
    again.set(parameter, value);
  }
  again.advance(10 - again.status().step);
  assert.deepEqual(again.channel("path"), run.channel("path"));
});

test("wrong values are refused, one issue a parameter, whatever their type", () => {
  const bad = [
    -1,
    0,
    1e300,
    Number.NaN,
    Infinity,
    "0.1",
    "",
    null,
    undefined,
    true,
    [0.1],
    {},
    () => 1,
  ];
  for (const alpha of bad) {
    const { issues } = refusalOf(() =>
      lab.create("step-size", { ...quadratic, alpha: /** @type {any} */ (alpha) }),
    );
    assert.equal(issues.length, 1, String(alpha));
    assert.equal(issues[0].parameter, "alpha");
    assert.match(issues[0].message, /alpha/);
  }
  const { issues } = refusalOf(() =>
    lab.create("step-size", { objective: "cubic", alpha: -1, nonsense: 3 }),
  );
  assert.deepEqual(
    issues.map(({ parameter }) => parameter),
    ["objective", "alpha", "nonsense"],
  );
  assert.equal(refusalOf(() => lab.create("no-such")).issues[0].parameter, "experiment");
  for (const parameters of [null, 3, "x", []]) {
    refusalOf(() => lab.create("step-size", /** @type {any} */ (parameters)));
  }
});

test("a refused live change changes nothing", () => {
  const run = lab.create("step-size", quadratic);
  run.advance(3);
  assert.equal(refusalOf(() => run.set("alpha", -1)).issues[0].parameter, "alpha");
  assert.equal(refusalOf(() => run.set("condition", 3)).issues[0].parameter, "condition");
  assert.deepEqual(run.edits(), []);
  run.advance(27);
  assert.ok(Math.abs(run.channel("path").data[60] - 0.85 ** 30) < 1e-12);
});

test("advance, channel and dispose refuse what they cannot do, in a sentence", () => {
  const run = lab.create("step-size", quadratic);
  for (const steps of [-1, 0.5, Number.NaN, 1e12, "3"]) {
    assert.throws(() => run.advance(/** @type {any} */ (steps)), RangeError);
  }
  assert.throws(() => run.channel("paths"), /“paths”.*path, f/);
  run.dispose();
  run.dispose();
  assert.throws(() => run.advance(1), /disposed/);
});

test("parameters are a plain object, a first replicate is a number", () => {
  for (const odd of [new Map([["alpha", 1]]), [0.1], null, 3, "alpha=1", new Date()]) {
    const { issues } = refusalOf(() => lab.create("step-size", /** @type {any} */ (odd)));
    assert.deepEqual(
      issues.map(({ parameter }) => parameter),
      ["parameters"],
    );
  }
  const refuse = (/** @type {any} */ first) =>
    refusalOf(() => lab.createShard("gibbs", { replicates: 5 }, first)).message;
  assert.equal(refuse("0"), "firstReplicate must be a whole number, not the text “0”.");
  assert.equal(refuse(2n), "firstReplicate must be a whole number, not a value of type bigint.");
});

test("what experiments() returns is the caller's to change", () => {
  lab.experiments()[0].parameters.length = 0;
  assert.ok(lab.experiments()[0].parameters.length > 0);
});

test("what is no text is refused in a sentence, not by the binding", () => {
  const refuse = (/** @type {() => unknown} */ action, /** @type {RegExp} */ sentence) =>
    assert.throws(action, { name: "TypeError", message: sentence });
  refuse(() => lab.addData("own", /** @type {any} */ (null)), /^The table “own” must be a text/);
  refuse(() => lab.addData(/** @type {any} */ (5), "a,b\n1,2\n"), /^The id of a data set .*not 5/);
  refuse(() => lab.table(/** @type {any} */ (5)), /^The id of a data set .*not 5/);
  assert.equal(lab.table("nope"), null);
  const run = lab.create("step-size", quadratic);
  assert.throws(() => run.advance(/** @type {any} */ ("5")), /not the text “5”/);
  assert.match(refusalOf(() => run.set("zz", 1)).message, /no parameter “zz”/);
  assert.match(refusalOf(() => run.set("condition", 1)).message, /cannot change/);
  run.dispose();
});

test("a core that cannot be started is told to whoever loads the lab", async (context) => {
  const failure = new RangeError("Out of memory: the core's memory cannot be had.");
  context.mock.method(WebAssembly, "instantiate", () => Promise.reject(failure));
  await assert.rejects(loadLab(), failure);
});

test("every data set is there in Node with no options", () => {
  for (const { id } of lab.dataSets().filter(({ file }) => file !== "")) {
    for (const objective of ["least-squares", "logistic"]) {
      const run = lab.create("step-size", { objective, dataset: id, alpha: 0.1 });
      run.advance(10);
      assert.equal(run.status().step, 10);
      assert.ok(run.channel("data").shape[0] > 300);
      run.dispose();
    }
  }
});

test("the standalone lab can be imported, too", async () => {
  // By name, as its users do, out of the type checker's sight.
  const name = "wide-valley/standalone";
  const module = await import(name);
  assert.equal(module.loadLab, /** @type {any} */ (globalThis).WideValley.loadLab);
  const run = (await module.loadLab()).create("step-size", quadratic);
  run.advance(1);
  assert.equal(run.status().step, 1);
});

test("the standalone script gives the same lab without modules", async () => {
  const source = await readFile(new URL("../../dist/standalone.js", import.meta.url), "utf8");
  const { loadLab: load } = new Function(`${source}; return WideValley;`)();
  const standalone = await load();
  const run = standalone.create("step-size", { objective: "logistic", dataset: "penguins" });
  run.advance(20);
  const same = lab.create("step-size", { objective: "logistic", dataset: "penguins" });
  same.advance(20);
  assert.deepEqual(run.channel("path"), same.channel("path"));
});
