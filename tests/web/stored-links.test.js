// Links of the past lead to the numbers that they led to when they were given away.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { loadLab } from "wide-valley";
import { decode, encode, sceneOf } from "../../web/state/url.js";
import { loadScenes, openLink, readLink } from "./scenes-in-node.js";
import { hashesOf, storedLinks } from "./stored-links.js";

/** @type {import("../../web/lab.js").Lab} */
let lab;
/** @type {Awaited<ReturnType<typeof loadScenes>>} */
let scenes;
before(async () => {
  [lab, scenes] = await Promise.all([loadLab(), loadScenes()]);
});

const links = storedLinks();

test("every scene has a stored link", () => {
  const covered = new Set(links.map(({ link }) => sceneOf(link)));
  assert.deepEqual(
    [...scenes.keys()].filter((id) => !covered.has(id)),
    [],
  );
});

for (const { link, step, hashes } of links) {
  test(`${link} leads to the same numbers as ever`, async () => {
    const { tables, state, problems } = readLink(lab, scenes, link);
    assert.deepEqual(problems, []);
    assert.deepEqual(decode(encode(state, tables), [tables]), { state, problems: [] });
    const shown = await openLink(lab, scenes, link);
    assert.equal(shown.step, step);
    const now = hashesOf(shown.reports);
    for (const [run, channels] of Object.entries(hashes)) {
      for (const [id, hash] of Object.entries(channels)) {
        assert.equal(now[run]?.[id], hash, `${id} of the run ${run}`);
      }
    }
  });
}

test("an unknown version is named", () => {
  const { problems, state } = readLink(lab, scenes, "step-size?alpha=0.1&v=2");
  assert.deepEqual(problems, ["The link was made by another version (2) of this page."]);
  assert.equal(state.parameters.alpha, 0.1);
});
