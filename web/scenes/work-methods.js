// What the pictures of the work scene share: the methods, how they look, and what is known so far.

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../render/theme.js").Theme} Theme */

// In the order of the channels' rows.
export const methods = ["gradient descent", "SGD", "SVRG", "SAGA"];
const gradientDescent = 0;
const sgd = 1;

/** @param {Shown} shown */
export function run(shown) {
  return shown.reports.run;
}

/** @param {Theme} theme */
export function styles(theme) {
  const [sgdStyle, gdStyle, svrg, saga] = theme.series;
  return [gdStyle, sgdStyle, svrg, saga];
}

/**
 * One cell of the table of a method and a size.
 * @typedef {object} Cell
 * @property {number} n
 * @property {"known" | "beyond" | "pending"} state beyond: a replicate did not arrive in the budget
 * @property {number} evaluations
 * @property {number} error
 * @property {number} predicted
 */
/** @param {Shown} shown @param {number} method @returns {Cell[]} */
export function cells(shown, method) {
  const { channels } = run(shown);
  const sizes = channels.n.data;
  const finished = channels.cells.data[0];
  return Array.from(sizes, (n, i) => {
    const at = method * sizes.length + i;
    const evaluations = channels.evaluations.data[at];
    const pending = i * methods.length + method >= finished;
    return {
      n,
      state: pending ? "pending" : Number.isFinite(evaluations) ? "known" : "beyond",
      evaluations,
      error: channels.standardError.data[at],
      predicted: channels.predicted.data[at],
    };
  });
}

/**
 * The size that the second picture shows: of those with a count the nearest to the one asked for.
 * @param {Shown} shown
 */
export function sizeShown(shown) {
  const { n, cells: finished } = run(shown).channels;
  const counted = n.data.slice(0, Math.max(1, Math.ceil(finished.data[0] / methods.length)));
  const wanted = Math.log(Math.max(1, Number(shown.state.view.at) || 1));
  const distance = (/** @type {number} */ size) => Math.abs(Math.log(size) - wanted);
  return counted.reduce((best, size) => (distance(size) < distance(best) ? size : best));
}

/**
 * Whether the rule 1/ε = n log 1/ε speaks of these terms: where all of them agree at the minimum, SGD is
 * not bound to 1/ε.
 * @param {Shown} shown
 */
export function ruleHolds({ state: { parameters } }) {
  return parameters.dataset !== "synthetic" || Number(parameters.noise) > 0;
}

/** What is predicted, by the methods' order; SVRG and SAGA have one order in common. */
export const theories = ["GD, worst case", "SGD, expected", "order of SVRG, SAGA", ""];

/**
 * Where the measured lines of gradient descent and SGD cross: between two sizes, on straight lines
 * in the picture; null where they do not.
 * @param {Shown} shown
 */
export function measuredCrossing(shown) {
  const down = cells(shown, gradientDescent);
  const noisy = cells(shown, sgd);
  const known = down
    .map((cell, i) => ({ n: cell.n, one: cell, other: noisy[i] }))
    .filter(({ one, other }) => one.state === "known" && other.state === "known")
    .map(({ n, one, other }) => ({ n, lead: Math.log(one.evaluations / other.evaluations) }));
  for (let i = 1; i < known.length; i += 1) {
    const [left, right] = [known[i - 1], known[i]];
    if (left.lead < 0 && right.lead >= 0) {
      const share = left.lead / (left.lead - right.lead);
      return left.n * (right.n / left.n) ** share;
    }
  }
  return null;
}

/**
 * Which of gradient descent and SGD was measured to be cheaper at the size shown; null where one of
 * them did not get there.
 * @param {Shown} shown
 */
export function measuredWinner(shown) {
  const at = sizeShown(shown);
  const [down, noisy] = [gradientDescent, sgd].map((method) =>
    cells(shown, method).find(({ n, state }) => n === at && state === "known"),
  );
  if (!down || !noisy) {
    return null;
  }
  return methods[down.evaluations < noisy.evaluations ? gradientDescent : sgd];
}

/**
 * What a method has spent at one size, in words.
 * @param {Cell} cell
 * @param {number} budget
 * @param {(value: number) => string} write
 */
export function spent(cell, budget, write) {
  if (cell.state === "pending") {
    return "not yet";
  }
  return cell.state === "known" ? write(cell.evaluations) : `> ${write(budget)}`;
}
