// What to predict before annealing is run.

import { format } from "../render/numbers.js";
import { waitingKey } from "./annealing-waiting.js";

/** Within this factor of each other times count as the same. */
const alike = 1.5;

/** @type {import("../ui/scene.js").Question[]} */
export const questions = [
  {
    source: "Remark 16",
    text: "How long does it take SGD to equilibrate for a convex loss? Here ½kx², at six temperatures.",
    options: [
      "Longer the colder: exponential in 1/T.",
      "About 1/(αk) steps, whatever T is.",
      "It is there at once: there is no barrier.",
    ],
    set: { picture: "waiting", objective: "quadratic-1d", k: 2, stages: 6 },
    step: 300,
    verdict({ reports, state }) {
      const { beta, relaxation, stepSizes } = reports[waitingKey].channels;
      const k = Number(state.parameters.k);
      // In units of 1/(αk): the steps of a colder stage are shorter.
      const times = [...relaxation.data].map((steps, i) => steps * stepSizes.data[i] * k);
      const known = times.filter((time) => time > 0);
      const [least, most] = [Math.min(...known), Math.max(...known)];
      const constant = most < alike * least;
      return {
        answer: !constant ? 0 : least > 1 / alike ? 1 : 2,
        text: `From 1/T = ${format(beta.data[0])} to ${format(beta.data[beta.data.length - 1])} the walkers took between ${format(least)} and ${format(most)} times 1/(αk) steps. Only α makes a cold stage slow here; between two wells it is exponential in barrier over T.`,
      };
    },
  },
];
