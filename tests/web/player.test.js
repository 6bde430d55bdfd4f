// What the player asks of its runs: only what is not at hand.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Player } from "../../web/state/player.js";

/** A pool whose runs write down what is asked of them. */
function recordingPool() {
  /** @type {string[]} */
  const asked = [];
  const report = (/** @type {number} */ step, /** @type {string[]} */ channels) => ({
    status: { state: "running", step },
    edits: [],
    channels: Object.fromEntries(channels.map((id) => [id, { shape: [0], data: [] }])),
  });
  let at = 0;
  return {
    asked,
    tablesGiven: 0,
    run: () => ({
      create: async (/** @type {any} */ { step, parameters, channels, atEnd }) => {
        asked.push(`create ${JSON.stringify(parameters)} to ${step}, at the end ${atEnd}`);
        at = step;
        return report(at, channels);
      },
      advance: async (/** @type {number} */ steps, /** @type {string[]} */ channels) => {
        asked.push(`advance ${steps} for ${channels}`);
        at += steps;
        return report(at, channels);
      },
      set: async (/** @type {string} */ id) => {
        asked.push(`set ${id}`);
        return report(at, []);
      },
      dispose: () => asked.push("dispose"),
    }),
  };
}

const state = (/** @type {number} */ step) =>
  /** @type {import("../../web/state/url.js").SceneState} */ ({
    scene: "some",
    parameters: {},
    view: {},
    edits: [],
    step,
    controls: null,
    table: "",
  });

const plan = (/** @type {number} */ alpha, /** @type {string[]} */ ...channels) => ({
  key: "run",
  experiment: "some",
  parameters: { alpha },
  channels,
  fixed: [],
  fixedKey: "",
  atEnd: ["costly"],
});

/** @returns {[Player, ReturnType<typeof recordingPool>]} */
function start() {
  const pool = recordingPool();
  return [new Player(/** @type {any} */ (pool)), pool];
}

test("another picture of the same run asks for its channels, and computes nothing anew", async () => {
  const [player, { asked }] = start();
  await player.restart(state(5), [plan(1, "f")]);
  await player.restart(state(5), [plan(1, "g")]);
  await player.restart(state(9), [plan(1, "g")]);
  assert.deepEqual(asked, [
    'create {"alpha":1} to 5, at the end costly',
    "advance 0 for g",
    "advance 4 for g",
  ]);
  assert.equal(player.step, 9);
});

test("another parameter, an earlier step, a live change and a new table start from step 0", async () => {
  const [player, pool] = start();
  const { asked } = pool;
  await player.restart(state(5), [plan(1, "f")]);
  await player.restart(state(5), [plan(2, "f")]);
  await player.restart(state(3), [plan(2, "f")]);
  await player.set("alpha", 3);
  await player.restart(state(3), [plan(2, "f")]);
  pool.tablesGiven += 1;
  await player.restart(state(3), [plan(2, "f")]);
  assert.deepEqual(
    asked.map((text) => text.split(",")[0]),
    [
      'create {"alpha":1} to 5',
      'create {"alpha":2} to 5',
      'create {"alpha":2} to 3',
      "set alpha",
      'create {"alpha":2} to 3',
      'create {"alpha":2} to 3',
    ],
  );
});

test("a refused restart leaves nothing that could be taken for it", async () => {
  const [player, pool] = start();
  await player.restart(state(2), [plan(1, "f")]);
  const { run } = pool;
  pool.run = () => ({
    ...run(),
    create: () => Promise.reject(new Error("no")),
  });
  await assert.rejects(player.restart(state(2), [plan(5, "f"), { ...plan(1, "f"), key: "other" }]));
  await player.restart(state(2), [plan(1, "f")]);
  assert.deepEqual(
    pool.asked.map((text) => text.split(" to ")[0]),
    ['create {"alpha":1}', 'create {"alpha":5}', 'create {"alpha":1}', "dispose"],
  );
});

test("a run that is to carry what it did not carry before is asked for it, once", async () => {
  const [player, { asked }] = start();
  const leading = { ...plan(1, "f"), fixed: ["field"] };
  await player.restart(state(1), [plan(1, "f")]);
  await player.restart(state(1), [leading]);
  await player.restart(state(2), [leading]);
  assert.deepEqual(asked.slice(1), ["advance 0 for f,field", "advance 1 for f"]);
  assert.ok(player.reports.run.channels.field);
});

test("before the first run is there, moves and changes do nothing", async () => {
  const [player, { asked }] = start();
  let changes = 0;
  player.addEventListener("change", () => {
    changes += 1;
  });
  await player.move(1);
  await player.goTo(3);
  await player.set("alpha", 2);
  assert.deepEqual(asked, []);
  assert.equal(changes, 0);
  await player.restart(state(5), [plan(1, "f")]);
  assert.equal(player.step, 5);
});
