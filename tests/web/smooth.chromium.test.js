// Every scene about ensembles plays 10 000 replicates, or as many points as it can show, and the page
// stays responsive meanwhile.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { playsSmoothly, traceOf } from "./long-tasks.js";
import { startDesk } from "./page-driver.js";

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

test("a task that is too long is seen", async () => {
  const reader = await desk.open("#confusion");
  const { tasks } = await traceOf(reader, () =>
    reader.page.evaluate((rounds) => {
      let sum = 0;
      for (let i = 0; i < rounds; i += 1) {
        sum += Math.sqrt(i);
      }
      return sum;
    }, 2e8),
  );
  const most = Math.max(...tasks.map(({ ms }) => ms));
  assert.ok(most > 50, `the longest took ${most} ms`);
  await reader.leave();
});

/** Addresses and how far each is played: a step of many replicates on data takes its time. */
const stretches = /** @type {const} */ ([
  ["#step-size?alpha=0.02&t=0", 10],
  ["#local-entropy?t=0", 10],
  ["#entropy-sgd?t=0", 5],
  ["#network?t=0", 3],
  ["#confusion?replicates=10000", 10],
  ["#sampling?replicates=10000&t=0", 40],
  ["#batch-size?replicates=10000&t=0", 5],
  ["#gradient-noise?points=5000&axes=log&t=0", 8],
  ["#constant-step?replicates=10000&t=0", 15],
  ["#decaying-step?replicates=10000&race=too-fast%2Cstaircase%2Cconstant%2Cinverse-sqrt&t=0", 100],
  ["#work?replicates=500&t=0", 3],
  ["#gibbs?replicates=10000&t=0", 40],
  ["#gibbs?objective=himmelblau&beta=0.03&alpha=0.001&replicates=10000&t=0", 40],
  ["#gibbs?compare=corrector&replicates=10000&t=0", 30],
  ["#annealing?replicates=10000&t=0", 200],
  ["#annealing?objective=double-well&replicates=10000&t=0", 200],
  ["#landscape?objective=random&method=sgd&t=0", 60],
  ["#connectivity?width=4&beads=200&pairs=1&t=1500", 60],
  ["#perceptron?d=25&n=20&beside=count&t=0", 30],
  ["#perceptron-learning?d=601&t=0", 10],
  // Long series: what is drawn grows with the steps.
  ["#sampling?replicates=100&t=900", 20],
  ["#batch-size?batches=1%2C2%2C4%2C8%2C16%2C32%2C64%2C128&replicates=10&t=1000", 20],
  ["#constant-step?replicates=300&t=3000", 12],
  ["#gibbs?replicates=100&t=20000", 20],
  ["#decaying-step?replicates=20&t=20000", 100],
  ["#landscape?method=sgd&beside=kept&t=5000", 60],
  ["#annealing?picture=budget&replicates=50&t=2000", 100],
]);

for (const [address, steps] of stretches) {
  test(`${address} plays without a task of 50 ms`, async () => {
    const reader = await desk.open(address);
    await playsSmoothly(reader, steps);
    await reader.leave();
  });
}
