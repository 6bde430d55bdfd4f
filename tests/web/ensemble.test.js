// A run whose replicates are shared out over workers: whoever makes what, and when, the whole is that
// of one run.

import assert from "node:assert/strict";
import { test } from "node:test";
import { loadLab } from "wide-valley";
import { computeEnsemble, shareOf } from "../../web/simulation/ensemble.js";
import { GivenUp, SimulationError } from "../../web/simulation/errors.js";
import { atOnce, report, startRun } from "../../web/simulation/replay.js";
import { hasReplicateRows } from "../../web/state/replicates.js";

/** @typedef {import("../../web/simulation/remote-run.js").RemoteRun} RemoteRun */
/** @typedef {import("../../web/simulation/worker-link.js").RunRequest} RunRequest */

const lab = await loadLab();
const confusion = {
  experiment: "confusion",
  parameters: { alpha: 0.1, seed: 3 },
  edits: [{ step: 4, parameter: "alpha", value: 0.02 }],
  step: 9,
  channels: ["x"],
};

/**
 * What stands in for a run in a worker: it takes its time, another one each time.
 * @param {number} number of the worker
 * @param {(request: RunRequest) => void} [onCreate]
 */
function slowRun(number, onCreate = () => undefined) {
  let calls = 0;
  const told = { givenUp: false, disposed: false, made: 0 };
  const run = {
    told,
    create: async (/** @type {RunRequest} */ request, /** @type {ArrayBuffer[]} */ spent) => {
      calls += 1;
      await new Promise((resolve) => setTimeout(resolve, (7 * number + 3 * calls) % 5));
      onCreate(request);
      if (told.givenUp) {
        throw new GivenUp();
      }
      const made = atOnce(startRun(lab, request));
      const result = atOnce(report(made, request, spent));
      made.dispose();
      told.made += spent.length === 0 ? 1 : 0;
      return result;
    },
    giveUp: () => {
      told.givenUp = true;
    },
    dispose: async () => {
      told.disposed = true;
    },
  };
  return /** @type {RemoteRun & { told: typeof told }} */ (/** @type {unknown} */ (run));
}

/** @param {number} count @param {(request: RunRequest) => void} [onCreate] */
const workers = (count, onCreate) => Array.from({ length: count }, (_, i) => slowRun(i, onCreate));

/** @param {RunRequest} request @param {number} replicates */
function wholeOf(request, replicates) {
  const parameters = { ...request.parameters, replicates };
  const run = atOnce(startRun(lab, { ...request, parameters }));
  const { channels } = atOnce(report(run, request));
  run.dispose();
  return channels;
}

const never = new AbortController().signal;
const unheard = () => undefined;

for (const count of [1, 2, 3, 8]) {
  test(`shared out over ${count} workers it is the whole run, to the last bit`, async () => {
    const ensemble = { request: confusion, replicates: 2100, share: 200 };
    let done = 0;
    const runs = workers(count);
    const channels = await computeEnsemble(runs, ensemble, never, (more) => {
      done += more;
    });
    assert.deepEqual(channels, wholeOf(confusion, 2100));
    assert.equal(done, 2100);
    assert.ok(runs.every(({ told }) => told.disposed));
    // Of the eleven shares only the first of each worker has buffers of its own.
    assert.ok(runs.every(({ told }) => told.made === 1));
  });
}

test("a channel is copied into the buffer that is spent, where it is large enough", () => {
  const run = lab.create("confusion", { replicates: 50 });
  run.advance(3);
  const { data } = run.channel("x");
  const large = new ArrayBuffer(8 * 60);
  new Float64Array(large).fill(7);
  const copy = run.channel("x", large).data;
  assert.equal(copy.buffer, large);
  assert.deepEqual(copy, data);
  const small = new ArrayBuffer(8 * 49);
  assert.notEqual(run.channel("x", small).data.buffer, small);
  run.advance(1);
  assert.deepEqual(copy, data);
  run.dispose();
});

test("every experiment that has replicates can be shared out", async () => {
  const channelsOf = (/** @type {import("wide-valley").ExperimentInfo} */ { channels }) =>
    channels.filter(hasReplicateRows).map(({ id }) => id);
  /** @type {Record<string, Record<string, string | number>>} */
  const settings = {
    annealing: { schedule: "geometric" },
    "perceptron-learning": { d: 51 },
  };
  const shared = lab.experiments().filter((info) => channelsOf(info).length > 0);
  assert.ok(shared.length > 8);
  for (const info of shared) {
    const { id } = info;
    const parameters = settings[id] ?? {};
    const request = { experiment: id, parameters, edits: [], step: 2, channels: channelsOf(info) };
    const ensemble = { request, replicates: 14, share: 5 };
    const channels = await computeEnsemble(workers(2), ensemble, never, unheard);
    assert.deepEqual(channels, wholeOf(request, 14), id);
  }
});

test("a share is no larger than a run may be, and parts no group", () => {
  for (const replicates of [1, 17, 499, 12_000, 2 ** 20]) {
    for (const most of [20, 100_000]) {
      for (const group of [1, 7, 20]) {
        const share = shareOf(replicates, { most, group });
        assert.ok(share >= group && share <= Math.max(most, group) && share % group === 0);
      }
    }
  }
  assert.equal(shareOf(2 ** 20, { most: 100_000, group: 1 }), 20_000);
  assert.equal(shareOf(1000, { most: 20, group: 1 }), 20);
});

test("what one share is refused for is told, and the others are given up", async () => {
  const refused = { ...confusion, parameters: { alpha: -1 } };
  const runs = workers(3);
  await assert.rejects(
    computeEnsemble(runs, { request: refused, replicates: 900, share: 100 }, never, unheard),
    (/** @type {any} */ error) => error.issues[0].parameter === "alpha",
  );
  assert.ok(runs.every(({ told }) => told.givenUp && told.disposed));
});

test("replicates that diverge before the step are no ensemble at that step", async () => {
  const wild = { ...confusion, parameters: { alpha: 0.9 }, edits: [], step: 400 };
  await assert.rejects(
    computeEnsemble(workers(2), { request: wild, replicates: 50, share: 20 }, never, unheard),
    (/** @type {any} */ error) =>
      error instanceof SimulationError && /diverged at step \d+.*400 steps/.test(error.message),
  );
});

test("once stopped, no further share is begun", async () => {
  const stop = new AbortController();
  let begun = 0;
  const runs = workers(2, () => {
    begun += 1;
    if (begun === 3) {
      stop.abort();
    }
  });
  const ensemble = { request: confusion, replicates: 5000, share: 100 };
  await assert.rejects(computeEnsemble(runs, ensemble, stop.signal, unheard), GivenUp);
  assert.ok(begun <= 4, `${begun} shares were begun`);
});
