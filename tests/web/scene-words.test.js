// What scenes say and draw in states that are out of the ordinary, on the numbers of the core.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { loadLab } from "wide-valley";
import { textBoxes } from "./recording-context.js";
import { loadScenes } from "./scenes-in-node.js";
import { painted, shownBy } from "./shown-in-node.js";

/** @type {import("../../web/lab.js").Lab} */
let lab;
/** @type {Awaited<ReturnType<typeof loadScenes>>} */
let scenes;
before(async () => {
  [lab, scenes] = await Promise.all([loadLab(), loadScenes()]);
});

const at = (/** @type {string} */ link) => shownBy(lab, scenes, link);

const typed = (/** @type {string} */ f, rest = "") =>
  `step-size?objective=expression&expression=${encodeURIComponent(f)}&race=${rest}&v=1`;

test("step-size: f is not held against a minimum that nobody knows", async () => {
  for (const link of [
    typed("(x-500)^2", "&x0=0"),
    typed("x"),
    typed("-x^2", "&t=5"),
    typed("log(x)", "&x0=0.5&alpha=0.1"),
  ]) {
    const { scene, shown } = await at(link);
    assert.match(scene.readOut(shown), / · f = /, link);
    assert.doesNotMatch(scene.summary(shown), /above the minimum/, link);
    assert.match(scene.remark(shown), /no f\*/, link);
    const texts = painted(await at(link), "gap", { width: 400, height: 300 }).map(
      ({ args }) => args[0],
    );
    assert.ok(texts.includes("f(xₜ)"), link);
  }
  const { scene, shown } = await at(typed("x^2"));
  assert.match(scene.readOut(shown), / · f − f\* = /);
});

test("step-size: a run says why it diverged", async () => {
  const remarkAt = async (/** @type {string} */ link) => {
    const { scene, shown } = await at(link);
    return scene.remark(shown);
  };
  assert.match(await remarkAt("step-size?alpha=0.25&t=90&v=1"), /grew a hundredfold/);
  assert.match(await remarkAt(typed("-x^2", "&alpha=0.1&t=90")), /falls without end/);
  const left = await remarkAt(typed("log(x)", "&x0=0.5&alpha=0.1&t=30"));
  assert.match(left, /diverged at step 1: its next step leads to where/);
});

test("step-size: no regimes where nothing bounds the curvature, and no mark at infinity", async () => {
  for (const f of ["abs(x) + abs(y)", "log(x)", "x^3", "1/x", "x^4", "x"]) {
    const { scene, shown } = await at(typed(f, "&x0=1&y0=1"));
    const { marks, regimes } = scene.scale(shown);
    assert.deepEqual([marks, regimes], [[], []], f);
    assert.match(scene.remark(shown), /the scale has no regimes/, f);
  }
  const { scene, shown } = await at("step-size?v=1");
  assert.equal(scene.scale(shown).regimes.length, 3);
});

test("step-size: the words name the step size in force", async () => {
  const { scene, shown } = await at("step-size?alpha=0.05&t=19&edits=9%3Aalpha%3A0.15&v=1");
  assert.match(scene.summary(shown), /step size 0\.150:/);
});

test("step-size: every point of the data is inside the axes, and every title in the picture", async () => {
  const size = { width: 300, height: 260 };
  for (const [link, count] of /** @type {[string, number][]} */ ([
    ["step-size?objective=least-squares&dataset=breast-cancer&t=22&race=&v=1", 569],
    ["step-size?objective=least-squares&dataset=diabetes&alpha=0.5&t=12&race=nesterov&v=1", 442],
    ["step-size?objective=logistic&dataset=breast-cancer&t=10&alpha=0.3&race=&v=1", 569],
  ])) {
    const calls = painted(await at(link), "data", { width: 200, height: 180 });
    for (const { text, left, right } of textBoxes(calls)) {
      assert.ok(left >= 0 && right <= 200, `${text} in ${link}`);
    }
    const marks = painted(await at(link), "data", size).filter(
      ({ name, state }) =>
        ["arc", "moveTo"].includes(name) && [0.5, 0.6].includes(state.globalAlpha),
    );
    assert.ok(marks.length >= count, `${marks.length} of ${count} points in ${link}`);
  }
});

test("step-size: a table of one's own names its target", async () => {
  const table = "S9RJ0qnkMtQx0jHmMtIx1DHlMtYx1THhMtEx0bHkAgA";
  const link = `step-size?objective=least-squares&dataset=own&features=a%2Cb&targetColumn=y&race=&table=${table}&v=1`;
  const texts = painted(await at(link), "data", { width: 500, height: 300 }).map(
    ({ args }) => args[0],
  );
  assert.ok(texts.includes("y − w₂·b (standardised)"), texts.join("; "));
});

test("step-size and gibbs: a function of x alone has no second coordinate to start from", async () => {
  const idleAt = async (/** @type {string} */ link) => {
    const { scene, shown } = await at(link);
    return scene.idle?.(shown);
  };
  for (const id of ["step-size", "gibbs"]) {
    assert.deepEqual(await idleAt(`${id}?objective=expression&expression=x^2&v=1`), ["y0"]);
    assert.deepEqual(await idleAt(`${id}?objective=expression&expression=x^2%2By^2&v=1`), []);
  }
});

test("gibbs: with and without a law there are only numbers in its words and pictures", async () => {
  for (const f of ["x-log(x)", "x*log(x)", "x^2-log(x)", "log(1+x^2)/4"]) {
    const link = `gibbs?objective=expression&expression=${encodeURIComponent(f)}&beta=1&alpha=0.01&v=1`;
    const place = await at(link);
    const { scene, shown } = place;
    const drawn = ["line", "distance"].flatMap((id) =>
      textBoxes(painted(place, id, { width: 600, height: 500 })).map(({ text }) => text),
    );
    const words = [scene.readOut(shown), scene.summary(shown), scene.remark(shown), ...drawn];
    for (const word of words) {
      assert.doesNotMatch(word, /NaN|undefined|∞|\. \.|: ;/, `${f}: ${word}`);
    }
    assert.match(scene.summary(shown), /mean of f /, f);
  }
});

test("annealing: what is greater is written as greater", async () => {
  const { scene, shown } = await at("annealing?objective=expression&expression=x^2&v=1");
  const [, value, limit] = /R̂ = (\d\.\d+) > (\d\.\d+)/.exec(scene.remark(shown)) ?? ["", "2", "1"];
  assert.ok(Number(value) > Number(limit), scene.remark(shown));
});
