// What to predict before a constant step is run.

import { format, formatStep } from "../render/numbers.js";
import { withError } from "./ensemble.js";

/** Within this factor a gap counts as the same. */
const alike = 1.5;

/** @type {import("../ui/scene.js").Question[]} */
export const questions = [
  {
    source: "Section 3.1",
    text: "What happens to the mean gap f − f* if the step size is never decreased?",
    options: [
      "It goes on falling, ever more slowly.",
      "It stops at a floor, and stays there.",
      "It rises again in the end.",
    ],
    set: {},
    step: 400,
    verdict({ reports, step }) {
      const { gap, gapStandardError } = reports.run.channels;
      const middle = Math.floor(step / 2);
      const [half, end] = [gap.data[middle], gap.data[step]];
      const answer = end > alike * half ? 2 : half > alike * end ? 0 : 1;
      const [atHalf, atEnd] = [middle, step].map((t) =>
        withError(gap.data[t], gapStandardError.data[t]),
      );
      return {
        answer,
        text: `From ${format(gap.data[0])} at the start the mean gap is ${atHalf} after ${formatStep(middle)} steps and ${atEnd} after ${formatStep(step)}. Every run goes on moving; their law no longer does.`,
      };
    },
  },
];
