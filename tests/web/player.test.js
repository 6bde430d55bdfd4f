// What the player asks of its runs: only what is not at hand.

import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { setImmediate as aTurn } from "node:timers/promises";
import { GivenUp, SimulationError } from "../../web/simulation/errors.js";
import { Player } from "../../web/simulation/player.js";

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
      giveUp: () => asked.push("give up"),
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

test("of states, and of steps, asked for in one breath only the newest is computed", async () => {
  const [player, { asked }] = start();
  const old = [1, 2].map((alpha) => player.restart(state(alpha), [plan(alpha, "f")]));
  const newest = player.restart(state(3), [plan(3, "f")]);
  await Promise.all(old.map((each) => assert.rejects(each, GivenUp)));
  await newest;
  await Promise.all([9, 4, 7].map((step) => player.goTo(step)));
  assert.deepEqual(asked, ['create {"alpha":3} to 3, at the end costly', "advance 4 for f"]);
  assert.equal(player.step, 7);
});

/** A player whose runs with alpha = 1 are never made, but may be given up. */
function startWithEndless() {
  const [player, pool] = start();
  const { run } = pool;
  /** @type {(reason: Error) => void} */
  let stop = () => undefined;
  pool.run = () => {
    const plain = run();
    return {
      ...plain,
      create: (request) =>
        request.parameters.alpha === 1
          ? new Promise((_, reject) => {
              stop = reject;
            })
          : plain.create(request),
      giveUp: () => {
        stop(new GivenUp());
        return plain.giveUp();
      },
    };
  };
  return /** @type {const} */ ([player, pool]);
}

test("a state that takes long is given up once another one is wanted", async (context) => {
  const { timers } = context.mock;
  timers.enable({ apis: ["setTimeout"] });
  const [player, { asked }] = startWithEndless();
  const refused = assert.rejects(player.restart(state(5), [plan(1, "f")]), GivenUp);
  await aTurn();
  const next = player.restart(state(6), [plan(2, "f")]);
  timers.tick(1500);
  await next;
  await refused;
  assert.deepEqual(asked, ["give up", 'create {"alpha":2} to 6, at the end costly']);
  assert.equal(player.step, 6);
});

/**
 * A player of one run that takes its time, which passes for it alone.
 * @param {import("node:test").TestContext} context
 * @param {number} milliseconds for a step
 */
function startSlow(context, milliseconds) {
  let now = 0;
  context.mock.method(performance, "now", () => now);
  const [player, pool] = start();
  const { run } = pool;
  pool.run = () => {
    const quick = run();
    const late = (/** @type {number} */ steps) => {
      now += steps * milliseconds;
      return aTurn();
    };
    return {
      ...quick,
      create: async (request) => late(request.step).then(() => quick.create(request)),
      advance: async (steps, channels) => late(steps).then(() => quick.advance(steps, channels)),
    };
  };
  /** @type {[number, number][]} */
  const shown = [];
  player.addEventListener("change", () => shown.push([player.step, player.target]));
  return { player, pool, shown };
}

test("a long way is shown as it grows, about once a second", async (context) => {
  const { player, shown } = startSlow(context, 1);
  await player.restart(state(2600), [plan(1, "f")]);
  assert.deepEqual(shown, [
    [1008, 2600],
    [2508, 2600],
    [2600, 2600],
  ]);
});

test("a short way is shown when it is done", async (context) => {
  const { player, shown } = startSlow(context, 0);
  await player.restart(state(100_000), [plan(1, "f")]);
  await player.goTo(3);
  await player.goTo(50_000);
  assert.deepEqual(shown, [
    [100_000, 100_000],
    [3, 3],
    [50_000, 50_000],
  ]);
});

test("on a long way another state, or another step, is turned to at once", async (context) => {
  const { player, pool, shown } = startSlow(context, 1);
  const given = assert.rejects(player.restart(state(1e6), [plan(1, "f")]), GivenUp);
  await once(player, "change");
  const next = player.restart(state(5), [plan(2, "f")]);
  await given;
  await next;
  assert.equal(player.step, 5);
  assert.equal(pool.asked.at(-1), 'create {"alpha":2} to 5, at the end costly');

  const far = player.goTo(1e6);
  await once(player, "change");
  await player.goTo(7);
  await far;
  assert.equal(player.step, 7);
  assert.ok(
    shown.every(([step]) => step < 3000),
    `${shown}`,
  );
});

test("a state that takes long is not given up for a step, but with its scene", async (context) => {
  const { timers } = context.mock;
  timers.enable({ apis: ["setTimeout"] });
  const [player, { asked }] = startWithEndless();
  await player.restart(state(6), [plan(2, "f")]);
  const refused = assert.rejects(player.restart(state(5), [plan(1, "f")]), GivenUp);
  await aTurn();
  player.goTo(3);
  timers.tick(1800);
  await aTurn();
  assert.equal(asked.length, 1);
  player.dispose();
  await refused;
  assert.deepEqual(asked.slice(1), ["give up", "dispose"]);
});

test("when one of two runs is refused the other is brought back before it goes on", async () => {
  const [player, pool] = start();
  const { run } = pool;
  let made = 0;
  pool.run = () => {
    const plain = run();
    const isSecond = made++ === 1;
    return {
      ...plain,
      create: (request) =>
        isSecond && request.parameters.alpha === 9
          ? Promise.reject(new Error("no"))
          : plain.create(request),
    };
  };
  const both = (/** @type {number} */ alpha) => [
    plan(alpha, "f"),
    { ...plan(alpha, "f"), key: "second" },
  ];
  await player.restart(state(2), both(1));
  await assert.rejects(player.restart(state(2), both(9)));
  pool.asked.length = 0;
  await player.move(1);
  const again = 'create {"alpha":1} to 3, at the end costly';
  assert.deepEqual(pool.asked, [again, again]);
  assert.equal(player.step, 3);
});

test("once disposed it computes and plays nothing", async () => {
  const [player, { asked }] = start();
  await player.restart(state(2), [plan(1, "f")]);
  player.dispose();
  asked.length = 0;
  await assert.rejects(player.restart(state(3), [plan(2, "f")]), GivenUp);
  await player.move(1);
  player.play();
  assert.equal(player.playing, false);
  assert.deepEqual(asked, []);
});

/** A player that shows step 2, and whose runs answer what is asked of them then when told to. */
async function startWithLate() {
  const [player, pool] = start();
  /** @type {Promise<unknown>} */
  let answers = Promise.resolve();
  /** @type {(value?: unknown) => void} */
  let answer = () => undefined;
  const { run } = pool;
  pool.run = () => {
    const plain = run();
    return {
      ...plain,
      create: (request) => answers.then(() => plain.create(request)),
      advance: (steps, channels) => answers.then(() => plain.advance(steps, channels)),
      set: (id) => answers.then(() => plain.set(id)),
    };
  };
  await player.restart(state(2), [{ ...plan(1, "f"), fixed: ["field"] }]);
  answers = new Promise((resolve) => {
    answer = resolve;
  });
  return { player, answer };
}

test("what a run answers once its scene is left is not shown", async () => {
  /** @type {[string, (player: Player) => Promise<unknown>][]} */
  const ways = [
    ["a step on", (player) => player.move(1)],
    ["a step back", (player) => player.goTo(1)],
    ["a live change", (player) => player.set("alpha", 2)],
    [
      "another state",
      (player) => assert.rejects(player.restart(state(3), [plan(2, "f")]), GivenUp),
    ],
  ];
  for (const [name, act] of ways) {
    const { player, answer } = await startWithLate();
    let changes = 0;
    player.addEventListener("change", () => {
      changes += 1;
    });
    const left = act(player);
    await aTurn();
    player.dispose();
    answer();
    await left;
    assert.equal(changes, 0, name);
    assert.deepEqual(player.plans, [], name);
  }
});

test("the numbers that were asked for come, though their scene is left", async () => {
  const { player, answer } = await startWithLate();
  const asked = player.reportOf(() => ["f", "g"]);
  await aTurn();
  player.dispose();
  answer();
  const { plans, reports } = await asked;
  assert.deepEqual(
    plans.map(({ key }) => Object.keys(reports[key].channels)),
    [["f", "g"]],
  );
});

test("a run that fails while it plays stops the clock, and is told", async () => {
  const [player, pool] = start();
  const { run } = pool;
  pool.run = () => ({ ...run(), advance: () => Promise.reject(new Error("lost")) });
  await player.restart(state(2), [plan(1, "f")]);
  const frames = /** @type {any} */ (globalThis);
  frames.requestAnimationFrame = (/** @type {(now: number) => void} */ act) =>
    setTimeout(() => act(performance.now()), 5);
  player.speed = 1000;
  const told = new Promise((resolve) => player.addEventListener("failure", resolve));
  player.play();
  const { detail } = /** @type {CustomEvent} */ (await told);
  await aTurn();
  delete frames.requestAnimationFrame;
  assert.equal(detail.message, "lost");
  assert.equal(player.playing, false);
  assert.equal(player.step, 2);
});

test("a run that the picture can do without is left out when it is refused; another is not", async () => {
  const pool = recordingPool();
  const { run } = pool;
  const refusing = {
    ...pool,
    run: () => {
      const made = run();
      return {
        ...made,
        create: async (/** @type {any} */ request) => {
          if (request.parameters.alpha > 1) {
            throw new SimulationError("refused", [{ parameter: "alpha", message: "too large" }]);
          }
          return made.create(request);
        },
      };
    },
  };
  const player = new Player(/** @type {any} */ (refusing));
  const [small, large] = [plan(1, "f"), { ...plan(2, "f"), key: "large" }];
  await player.restart(state(3), [small, { ...large, optional: true }]);
  assert.deepEqual(Object.keys(player.reports), ["run"]);
  await player.move(2);
  assert.equal(player.step, 5);
  assert.deepEqual(Object.keys(player.reports), ["run"]);
  await assert.rejects(player.restart(state(3), [small, large]), /refused/);
});

test("a run that accompanies another goes no further than that one", async () => {
  const pool = recordingPool();
  const { run } = pool;
  let made = 0;
  // The first run ends at step 3, the second never does.
  const ended = { state: "diverged", step: 3 };
  pool.run = () => {
    const plain = run();
    return made++ > 0
      ? plain
      : {
          ...plain,
          create: async (request) => ({ ...(await plain.create(request)), status: ended }),
        };
  };
  const player = new Player(/** @type {any} */ (pool));
  const second = { ...plan(1, "f"), key: "second" };
  await player.restart(state(5), [plan(2, "f"), { ...second, companion: true }]);
  assert.ok(player.ended);
  assert.equal(player.step, 3);
  await player.restart(state(5), [plan(2, "f"), second]);
  assert.ok(!player.ended);
});
