// A function of one's own in the six scenes that take one: typed, seen, mistyped, sent as a link.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { differingPixels, startDesk } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

const scenes = [
  { id: "step-size", panel: "landscape", text: "x^4/4 + y^2 - x*y", bad: "x^2 + $ y", at: 7 },
  { id: "gibbs", panel: "line", text: "x^2/2 + sin(3x)", bad: "x^2/2 + sen(3x)", at: 9 },
  { id: "annealing", panel: "landscape", text: "x^2/2 + sin(3x)", bad: "x^2 + y", at: 7 },
  { id: "landscape", panel: "map", text: "x^2/8 + y^2/8 + cos(2x)", bad: "x^2 + (y", at: 7 },
  { id: "local-entropy", panel: "curves", text: "x^2/2 + sin(3x)", bad: "x^2 + 3y", at: 8 },
  { id: "entropy-sgd", panel: "valleys", text: "x^2/4 + cos(3x)", bad: "x^2 +/ 3", at: 6 },
];

for (const { id, panel, text, bad, at } of scenes) {
  test(`${id}: a typed function is drawn, a mistyped one is answered at its entry`, async () => {
    const reader = await desk.open(`#${id}`);
    await reader.choose("objective", "expression");
    await reader.untilAddress({ objective: "expression" });
    const before = await reader.pictures();
    await reader.type("expression", text);
    await reader.untilAddress({ expression: text });
    await reader.frames();
    const drawn = await reader.pictures();
    assert.ok(differingPixels(before[panel], drawn[panel]) > 300);

    await reader.type("expression", bad);
    await reader.untilText('[data-parameter="expression"] .complaint', /character/);
    const complaint = reader.control("expression").locator(".complaint");
    const sentence = (await complaint.textContent()) ?? "";
    assert.ok(sentence.includes(`character ${at}, `), sentence);
    const kept = await reader.pictures();
    assert.equal(differingPixels(drawn[panel], kept[panel]), 0, "the picture stays");

    await reader.type("expression", text);
    await reader.untilAddress({ expression: text });
    await reader.untilText('[data-parameter="expression"] .complaint', /^$/);
    await desk.showsAgain(reader);
    await reader.leave();
  });
}

test("a function that is undefined at the start is shown from one that works", async () => {
  for (const id of ["step-size", "gibbs"]) {
    const reader = await desk.open(`#${id}?objective=expression`);
    await reader.type("expression", "x - log(x)");
    await reader.untilAddress({ expression: "x - log(x)", x0: (text) => Number(text) > 0 });
    assert.deepEqual(await reader.complaints(), []);
    await reader.leave();

    const linked = await desk.open(`#${id}?objective=expression&expression=x*log(x)&t=2`);
    await linked.untilAddress({ expression: "x*log(x)", x0: (text) => Number(text) > 0 });
    assert.deepEqual(await linked.complaints(), []);
    // A start that was asked for is answered, once.
    await linked.type("x0", "-1");
    await linked.untilText('[data-parameter="x0"] .complaint', /such as x = /);
    await linked.leave();
  }
});
