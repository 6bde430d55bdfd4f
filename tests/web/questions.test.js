// Questions to predict: each verdict follows from the run's channels, and holds on them.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { loadLab } from "wide-valley";
import { loadPages } from "../../web/build/pages-plugin.js";
import { stateSet } from "../../web/state/changes.js";
import { sceneTables } from "../../web/state/scene-tables.js";

/** @typedef {import("../../web/ui/scene.js").Question} Question */
/** @typedef {import("../../web/ui/scene.js").Shown} Shown */

/** @type {import("../../web/lab.js").Lab} */
let lab;
/** @type {Awaited<ReturnType<typeof loadPages>>} */
let pages;
before(async () => {
  [lab, pages] = await Promise.all([loadLab(), loadPages()]);
});

/**
 * What the page would show.
 * @param {string} id of the scene
 * @param {Pick<Question, "set" | "step">} asked
 * @returns {Shown}
 */
function shownAt(id, { set, step }) {
  const scene = pages.scenes.find((candidate) => candidate.id === id);
  assert.ok(scene);
  const tables = sceneTables(scene, lab.experiments());
  const state = stateSet(tables, { set, step });
  /** @type {Shown["reports"]} */
  const reports = {};
  for (const plan of scene.plans(state, tables.parameters)) {
    const run = lab.create(plan.experiment, plan.parameters);
    run.advance(step);
    const status = run.status();
    const wanted = [...plan.channels, ...plan.fixed];
    const ended = status.state === "running" ? [] : (plan.atEnd ?? []);
    const channels = Object.fromEntries(
      [...wanted, ...ended].map((channel) => [channel, run.channel(channel)]),
    );
    reports[plan.key] = { status, channels, edits: run.edits() };
    run.dispose();
  }
  return { state, reports, step, horizon: step, tables, dataSets: lab.dataSets() };
}

/** @param {string} id @param {RegExp} text */
function asked(id, text) {
  const found = pages.questions.get(id)?.find((question) => text.test(question.text));
  assert.ok(found, `${id} does not ask ${text}`);
  return found;
}

/** The answers of the notes' questions, with a number that the run must have given. */
const answers = /** @type {const} */ ([
  ["confusion", /steepest descent/, 1, /, 0 of \d+ steps from outside .* and [1-9]\d* of \d+ from/],
  ["batch-size", /why do we use mini-batches/, 1, /b = 64 took \d+ steps/],
  ["batch-size", /for every b/, 1, /b = 64 with α = 1\.28 was lost after \d+ steps/],
  ["constant-step", /never decreased/, 1, /after 200 steps and \d.* after 400/],
  ["annealing", /equilibrate for a convex loss/, 1, /between [01]\.\d+ and [01]\.\d+ times/],
  ["perceptron", /symmetries/, 1, /Vectors with 0, 1, 2 errors: 41, 437, .*; 41 is no sum/],
  ["perceptron", /generalise better/, 1, /err on [\d.]+ % to [\d.]+ %/],
  ["perceptron-learning", /algorithm to train/, 1, /SBPI learned [3-5] of 5/],
]);

for (const [id, text, answer, why] of answers) {
  test(`${id}, ${text.source}: the run gives the answer`, () => {
    const question = asked(id, text);
    const verdict = question.verdict(shownAt(id, question));
    assert.match(verdict.text, why);
    assert.doesNotMatch(verdict.text, /NaN|undefined|Infinity/);
    assert.equal(verdict.answer, answer, verdict.text);
  });
}

test("every question is among these, and its options differ", () => {
  const all = [...pages.questions.values()].flat();
  assert.equal(all.length, answers.length);
  for (const { text, options, source } of all) {
    assert.ok(source !== "" && options.length > 1, text);
    assert.equal(new Set(options).size, options.length, text);
  }
});

test("another run gives another answer: verdicts are not typed in", () => {
  /** @param {string} id @param {RegExp} text @param {Partial<Question>} other */
  const answerTo = (id, text, other) => {
    const question = asked(id, text);
    const set = { ...question.set, ...other.set };
    return question.verdict(shownAt(id, { set, step: other.step ?? question.step })).answer;
  };
  // Gradient descent on all three terms never goes uphill.
  const whole = { sampling: "distinct", batch: 3 };
  assert.equal(answerTo("confusion", /steepest descent/, { set: whole }), 0);
  // A fixed step is as many steps for every batch.
  const fixed = { scale: "fixed-step", alpha: 0.005 };
  assert.equal(answerTo("batch-size", /why do we use/, { set: fixed, step: 2000 }), 2);
  // So short a step that it is still on its way down.
  assert.equal(answerTo("constant-step", /never decreased/, { set: { alpha: 0.001 } }), 0);
  // Short steps hold for every batch.
  assert.equal(answerTo("batch-size", /for every b/, { set: { alpha: 0.005 } }), 0);
  // Random labels at this load have no solution to be found.
  const crowded = { load: 0.9, epochs: 20 };
  assert.equal(answerTo("perceptron-learning", /algorithm to train/, { set: crowded }), 2);
});
