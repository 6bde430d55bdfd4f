// What the scenes of Entropy-SGD say and draw: names, signs and what cannot be drawn.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { loadLab, ParameterError } from "wide-valley";
import { loadScenes, openLink } from "./scenes-in-node.js";
import { painted, shownBy } from "./shown-in-node.js";

/** @type {import("../../web/lab.js").Lab} */
let lab;
/** @type {Awaited<ReturnType<typeof loadScenes>>} */
let scenes;
before(async () => {
  [lab, scenes] = await Promise.all([loadLab(), loadScenes()]);
});

const at = (/** @type {string} */ link) => shownBy(lab, scenes, link);

/** @param {ReturnType<typeof painted>} calls */
const textsOf = (calls) =>
  calls.filter(({ name }) => name === "fillText").map(({ args }) => args[0]);

test("local-entropy: the force has one sign in the read-out, the summary and the picture", async () => {
  const opened = await at("local-entropy?x0=1.3&gamma=2");
  const { scene, shown } = opened;
  const force = -shown.reports.run.channels.here.data[2];
  assert.ok(force < 0);
  const words = /−0\.\d+/.exec(scene.readOut(shown).split("force")[1])?.[0];
  assert.equal(Number(words?.replace("−", "-")).toFixed(2), force.toFixed(2));
  assert.ok(scene.summary(shown).includes(`the force is ${words}.`), scene.summary(shown));
  assert.ok(textsOf(painted(opened, "curves")).includes(`⟨x′⟩, force ${words}`));
});

test("local-entropy: at a kink there is no force, and u solves its equation", async () => {
  const { scene, shown } = await at("local-entropy?objective=expression&expression=abs(x)");
  assert.match(scene.readOut(shown), /force = 0$/);
  assert.match(scene.remark(shown), /u solves its equation to/);
  shown.reports.run.channels.hamiltonJacobi.data.set([0.91, 1]);
  assert.match(scene.remark(shown), /u misses its equation by 0\.91 .*do not trust/);
});

test("local-entropy: equal wells are named together and jump nowhere; a plateau has no least", async () => {
  const equal = await at("local-entropy?objective=double-well-1d&gamma=20");
  assert.match(
    equal.scene.remark(equal.shown),
    /The least of u is at x = −0\.9\d+ and 0\.9\d+\. It does not jump at any γ\./,
  );
  const flat = await at("local-entropy?objective=cosine-1d&gamma=0.01");
  assert.match(
    flat.scene.remark(flat.shown),
    /u has no minimum in the picture\..*by rounding only/,
  );
});

test("local-entropy: what “Colder” and “The wide one overtakes” say is so", async () => {
  const cold = await at("local-entropy?beta=20&gamma=3");
  assert.match(cold.scene.remark(cold.shown), /least of u is at x = −1.*does not jump at any γ/);
  const warm = await at("local-entropy?gamma=10");
  assert.match(warm.scene.remark(warm.shown), /least of u is at x = 1.*jumps at γ = 11\.3/);
});

test("entropy-sgd: the words follow the valleys and the starts", async () => {
  const usual = await at("entropy-sgd?race=sgd&replicates=40&t=1");
  assert.match(
    usual.scene.remark(usual.shown),
    /sharpest valley, at x = −1\.00, deeper than the widest/,
  );
  assert.match(usual.scene.summary(usual.shown), /share of the runs in the widest valley is/);
  const spread = await at("entropy-sgd?race=sgd&replicates=40&start=everywhere&t=1");
  assert.match(spread.scene.remark(spread.shown), /^The runs started all over the picture\./);
  const equal = await at("entropy-sgd?objective=double-well-1d&race=sgd&replicates=40&t=1");
  assert.match(
    equal.scene.remark(equal.shown),
    /^Several valleys are equally wide\. .* as deep as/,
  );
  assert.match(equal.scene.summary(equal.shown), /share of the runs in the valley at x = −?1 is/);
  assert.ok(
    textsOf(painted(equal, "share")).some((text) => /^share in the valley at x = −?1$/.test(text)),
  );
});

test("entropy-sgd: the legend names what is drawn", async () => {
  const line = await at("entropy-sgd?method=parle&race=sgd&replicates=40&t=2");
  assert.match(line.scene.remark(line.shown), /γ is 1\.01 now/);
  const onLine = textsOf(painted(line, "valleys"));
  assert.ok(onLine.includes("x before the step") && onLine.includes("its mean μ"), `${onLine}`);
  const plane = await at("entropy-sgd?objective=mixture&race=sgd&replicates=40&t=2");
  const inPlane = textsOf(painted(plane, "valleys"));
  assert.ok(inPlane.includes("its mean μ") && !inPlane.includes("x before the step"), `${inPlane}`);
});

test("entropy-sgd: a link to a single valley is refused in a sentence", async () => {
  await assert.rejects(
    openLink(lab, scenes, "entropy-sgd?weights=1,1&means=0,0.1&deviations=1,1"),
    (error) =>
      error instanceof ParameterError &&
      /^means: f must have at least 2 minima/.test(error.issues[0].message),
  );
});

test("network: the pictures say whose errors they are, and an error of zero is drawn and named", async () => {
  const opened = await at("network?epochs=4&t=90");
  const titles = textsOf(painted(opened, "wrong"));
  assert.ok(
    titles.some((text) => /^SGD with momentum: \d+ of 359/.test(text)),
    titles.join("|"),
  );
  assert.ok(
    textsOf(painted(opened, "matrix")).includes("label ↓ taken by SGD with momentum for →"),
  );
  assert.ok(!textsOf(painted(opened, "curves")).includes("error 0 %"));
  const { data } = opened.shown.reports["momentum 1"]?.channels.trainError ?? { data: [] };
  assert.ok(data.length > 2, Object.keys(opened.shown.reports).join());
  data[data.length - 1] = 0;
  const calls = painted(opened, "curves");
  const foot = calls.find(({ name, args }) => name === "fillText" && args[0] === "error 0 %");
  assert.ok(foot);
  const drawnAtFoot = calls.filter(
    ({ name, args }) => name === "lineTo" && Math.abs(args[1] - (foot.args[2] + 5)) < 0.01,
  );
  assert.ok(drawnAtFoot.length >= 2, "the rule and the end of the curve");
});
