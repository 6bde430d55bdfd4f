// Section 2, Theorem 8: how fast should the step size fall?

import { format, formatStep } from "../render/numbers.js";
import { relevantValues } from "../state/parameters.js";
import { tex, texBlock } from "../ui/formula.js";
import { allowedValue } from "./allowed-values.js";
import { gapPanel, ranking } from "./decaying-step-gap.js";
import {
  byHand,
  digits,
  leader,
  racedSchedules,
  scheduleLabel,
  shareOf,
} from "./decaying-step-runs.js";
import { sumsPanel } from "./decaying-step-sums.js";
import { suggestAllColumns } from "./ensemble.js";
import { viewParameter } from "./view-parameters.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/scene-view.js").Scene} Scene */
/** @typedef {import("../ui/figure.js").Changes} Changes */

const everyStep = [
  "gap",
  "gapStandardError",
  "predictedGap",
  "schedule",
  "sums",
  "gradientEvaluations",
  "nu",
  "theoryHolds",
  "conditions",
  "constants",
  "marks",
  "stepSizeLimit",
];
// How far below 1/m the slider goes, for the hand that lowers it.
const decadesByHand = 10_000;
// alpha_1 after a change of the objective, as a share of the largest that Theorem 8 allows.
const shareOfLimit = 0.6;

/** @type {Scene["view"]} */
function view(table) {
  const schedules = table.find(({ id }) => id === "schedule")?.choices ?? [];
  return [
    viewParameter({
      id: "race",
      label: "raced against",
      help: "other schedules from the same start, with the same first step and the same draws",
      kind: "set",
      initial: "too-fast,staircase,constant",
      choices: [...schedules, { id: byHand, label: "by hand", help: "the slider, while playing" }],
    }),
  ];
}

/** @type {Scene["plans"]} */
function plans(state, table) {
  const schedules = racedSchedules(state);
  const names = schedules.map((id) => (id === byHand ? "constant" : id));
  const all = relevantValues(table, { ...state.parameters, schedule: names.join(",") });
  const handPlays = schedules.includes(byHand);
  return schedules.map((key, i) => {
    const share = shareOf(state, names[i]);
    const { alpha0 } = state.parameters;
    return {
      key,
      experiment: "decaying-step",
      parameters: {
        ...all,
        schedule: names[i],
        // What is no number is left for the core to refuse.
        alpha0: typeof alpha0 === "number" && share !== 1 ? digits(alpha0 * share) : alpha0,
      },
      channels: everyStep,
      fixed: [],
      fixedKey: "",
      live: (edit) => {
        if (handPlays && key !== byHand) {
          return null;
        }
        return { ...edit, value: digits(Number(edit.value) * share) };
      },
    };
  });
}

/** @type {Scene["scale"]} */
function scale(shown) {
  const [slow, best, limit] = leader(shown).channels.marks.data;
  const alpha0 = Number(shown.state.parameters.alpha0);
  const base = Number.isFinite(slow) ? slow : alpha0;
  const handPlays = racedSchedules(shown.state).includes(byHand);
  const { parameters } = shown.tables;
  const least = Math.min(base / (handPlays ? decadesByHand : 20), alpha0);
  const low = allowedValue(parameters, "alpha0", least);
  const high = allowedValue(parameters, "alpha0", Math.max(3 * limit, 4 * base, alpha0));
  const marks = [
    { value: slow, label: "1/m" },
    { value: best, label: "2/m" },
    { value: limit, label: "α₁ = 1/(Lσ)" },
  ].filter(({ value }) => value >= low && value <= high);
  const kind = String(shown.state.parameters.schedule);
  const ends = kind === "inverse-time" ? Math.min(slow, limit) : low;
  return {
    low,
    high,
    marks,
    regimes: [
      { from: low, to: Math.max(low, ends), name: "oscillate" },
      { from: Math.max(low, ends), to: limit, name: "safe" },
      { from: Math.min(high, limit), to: high, name: "diverge" },
    ],
  };
}

/** @type {Scene["readOut"]} */
function readOut(shown) {
  const { channels, status } = leader(shown);
  const work = channels.gradientEvaluations.data.at(-1) ?? 0;
  const spent =
    status.state === "diverged"
      ? `diverged at step ${formatStep(status.step)}`
      : `${formatStep(work)} gradients`;
  const scored = ranking(shown);
  const place = scored.findIndex(({ schedule }) => schedule === byHand);
  const hand = place < 0 ? "" : ` · by hand: ${place + 1} of ${scored.length}`;
  return `step ${shown.step} · ${spent}${hand}`;
}

const demands = ["m > 0", "αₜ = α₀/(t₀ + t)", "α₀ > 1/m", "α₁ ≤ 1/(Lσ)", "plain SGD"];

/** @type {NonNullable<Scene["warning"]>} */
function warning(shown) {
  const { conditions, theoryHolds } = leader(shown).channels;
  const missing = demands.filter((_, i) => conditions.data[i] !== 1);
  if (missing.length > 0) {
    return `Theorem 8 says nothing here: it needs ${missing.join(" and ")}.`;
  }
  return theoryHolds.data[0] === 1 ? "" : "Theorem 8 says nothing here: α₀ was changed on the way.";
}

/** @type {Scene["remark"]} */
function remark(shown) {
  const { nu, constants } = leader(shown).channels;
  const [smoothness, strongConvexity, , sigma0, sigma] = constants.data;
  const values = `L = ${format(smoothness)}, m = ${format(strongConvexity)}, σ₀ = ${format(sigma0)}, σ = ${format(sigma)}`;
  const holds = warning(shown) === "" ? `Theorem 8 holds with ν = ${format(nu.data[0])}; ` : "";
  return `${holds}${values}.${handRemark(shown)}`;
}

/** @param {Shown} shown */
function handRemark(shown) {
  const alpha = shown.reports[byHand]?.channels.schedule.data.at(-1);
  return alpha === undefined ? "" : ` By hand α = ${format(alpha)}.`;
}

/** @type {Scene["summary"]} */
function summary(shown) {
  const parts = racedSchedules(shown.state).map((id) => {
    const { status, channels } = shown.reports[id];
    const name = scheduleLabel(shown, id);
    return status.state === "diverged"
      ? `${name} diverged at step ${status.step}`
      : `${name} ${format(channels.gap.data.at(-1) ?? 0)}`;
  });
  return `Mean gap at step ${shown.step}: ${parts.join("; ")}.`;
}

/** @type {Scene["adapt"]} */
function adapt(_before, after, changes) {
  const anew = ["objective", "dataset", "features", "targetColumn", "ridge", "batch", "sampling"];
  if (!anew.some((id) => id in changes) || "alpha0" in changes) {
    return {};
  }
  const { marks, stepSizeLimit } = leader(after).channels;
  const best = marks.data[1];
  const first = shareOfLimit * stepSizeLimit.data[0];
  if (!Number.isFinite(best)) {
    return {};
  }
  const t0 = allowedValue(after.tables.parameters, "t0", best / first - 1);
  return { alpha0: Number(best.toPrecision(3)), t0: Number(t0.toPrecision(3)) };
}

/** @type {Scene} */
export const decayingStep = {
  id: "decaying-step",
  question: "How fast should the step size fall?",
  lead: "Every schedule starts with the same step and meets the same noise. Play, and see which one stops short and which one goes on.",
  step: 3000,
  speed: 200,
  slider: "alpha0",
  controls: [
    "objective",
    "dataset",
    "features",
    "targetColumn",
    "ridge",
    "schedule",
    "race",
    "method",
    "momentum",
    "averagingStart",
    "t0",
    "a",
    "b",
    "x0",
    "startScale",
    "batch",
    "sampling",
    "replicates",
    "seed",
  ],
  view,
  plans,
  scale,
  panels: (shown) => [gapPanel(shown), sumsPanel(shown)],
  readOut,
  warning,
  remark,
  summary,
  suggestions: suggestAllColumns,
  adapt,
  formulas: [
    texBlock`x_{t+1} = x_t - \alpha_t \nabla f_{\omega_t}(x_t)`,
    texBlock`\alpha_t = \frac{\alpha_0}{t_0 + t}, \quad \alpha_0 > \frac1m, \quad \alpha_1 \le \frac{1}{L\sigma}`,
    texBlock`\mathbb{E} f(x_t) - f^* \le \frac{\nu}{t_0 + t}`,
    texBlock`\nu = \max\left\{ \frac{\alpha_0^2 L \sigma_0}{2(\alpha_0 m - 1)},\; (t_0+1)(f(x_1) - f^*) \right\}`,
    texBlock`\sum_t \alpha_t \text{ diverges}, \qquad \sum_t \alpha_t^2 \text{ converges}`,
  ],
  text: `<p>A constant step comes down fast and then stays on a floor of noise. To get below it the step
    must fall, but not too fast: the mean error shrinks by ${tex`1 - \alpha_t m`} a step, so that all
    of them together shrink it by about ${tex`e^{-m \sum \alpha}`}. Where the sum is finite, as for
    1/t², the run stops short of the minimum, however long it goes on. The noise that comes in is
    weighed by Σα², which should stay finite.</p>
    <p>The notes promise only O(1/t). The constant is known: ν as below (Bottou, Curtis and Nocedal,
    Theorem 4.7), whose first term is least at α₀ = 2/m where σ₀ stays the same. Of all valid pairs (σ₀, σ) the one with the largest σ that α₁
    allows is used, as its σ₀ is the least.</p>
    <p>The staircase halves α whenever the gap of Theorem 7 has come down from four floors to two,
    after log 3/(αm) steps: nobody knows m in practice, and everybody lowers the step
    “when the loss stops falling”. That is the game by hand. While it plays, the slider moves only the
    run by hand, whose α is what the first step of this α₀ would be.</p>`,
  tries: [
    {
      title: "It stops short",
      text: "Too fast: Σα is finite. Its gap is flat; at what value of Σα?",
      set: { race: "too-fast" },
      step: 20_000,
    },
    {
      title: "Beat it by hand",
      text: "Lower α₀ with the slider (arrow keys) while it plays. Can you stay below the staircase?",
      set: { race: "staircase,constant,by-hand", x0: 3 },
      step: 0,
      play: true,
    },
    {
      title: "α₀ far below 1/m",
      text: "The slope is −2α₀m = −0.37, not −1. This f would be content with 1/(2m); raise α₀ and see.",
      set: { alpha0: 0.04, t0: 0.5, race: "" },
      step: 20_000,
    },
    {
      title: "From the minimiser",
      text: "Start at x*: the gap first rises. The constant in O(1/t) cannot be the start alone.",
      set: { x0: 1.178571, race: "constant" },
      step: 3000,
    },
    {
      title: "Slower than 1/t",
      text: "1/√t: twice the decades for the same gain. When would you still want it?",
      set: { race: "inverse-sqrt,constant" },
      step: 10_000,
    },
    {
      title: "Real data",
      text: "Diabetes, ten weights, strong ridge: the same order of finish, with a far larger t₀.",
      set: {
        objective: "least-squares",
        dataset: "diabetes",
        ridge: 1,
        alpha0: 1.8,
        t0: 60,
        race: "too-fast,staircase,constant",
        replicates: 100,
      },
      step: 5000,
    },
  ],
};
