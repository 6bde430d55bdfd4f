// What to predict before the region of confusion is run.

/** @type {import("../ui/scene.js").Question[]} */
export const questions = [
  {
    source: "Section 1",
    text: "A step of SGD follows the gradient of one datum. Is this the direction of steepest descent of f?",
    options: [
      "Yes, every step leads downhill.",
      "Far out every step leads downhill; near the minimum many lead uphill.",
      "No, anywhere about every second step leads uphill.",
    ],
    set: { x0: 5 },
    step: 200,
    verdict({ reports }) {
      const { path, region, minimizer } = reports.run.channels;
      const [low, high] = region.data;
      const steps = { outside: { all: 0, uphill: 0 }, inside: { all: 0, uphill: 0 } };
      for (const [t, x] of path.data.subarray(0, -1).entries()) {
        const part = x >= low && x <= high ? steps.inside : steps.outside;
        const distances = [x, path.data[t + 1]].map((each) => Math.abs(each - minimizer.data[0]));
        part.all += 1;
        part.uphill += distances[1] > distances[0] ? 1 : 0;
      }
      const { outside, inside } = steps;
      const confused = outside.uphill === 0 ? 1 : 2;
      return {
        answer: outside.uphill + inside.uphill === 0 ? 0 : confused,
        text: `Of the run drawn, ${outside.uphill} of ${outside.all} steps from outside the region of confusion led uphill, and ${inside.uphill} of ${inside.all} from inside it. The direction is right on average only.`,
      };
    },
  },
];
