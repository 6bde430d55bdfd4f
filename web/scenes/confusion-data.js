// The table of the confusion scene, a and b as the texts that the parameters are: how dragging a
// minimiser, adding a term and taking one out change it.

/** @typedef {import("../ui/figure.js").Changes} Changes */
/** @typedef {{ a: number[], b: number[] }} Terms */
/** @typedef {Record<string, import("../lab.js").Channel>} Channels */

const flattest = 0.1;
const steepest = 10;

/** @param {Record<string, import("../lab.js").Value>} parameters */
export function isTable(parameters) {
  return parameters.dataset === "table";
}

/**
 * The channel `terms`, which the core read from the table.
 * @param {import("../lab.js").Channel} terms [n, 3]: a, b, b/a
 * @returns {Terms}
 */
export function termsOf({ data, shape }) {
  const rows = [...Array(shape[0]).keys()];
  return { a: rows.map((i) => data[3 * i]), b: rows.map((i) => data[3 * i + 1]) };
}

/** @param {Terms} terms @returns {Changes} */
function texts({ a, b }) {
  return { a: a.join(", "), b: b.join(", ") };
}

/**
 * Moves the minimiser b/a of one term, and steepens its parabola.
 * @param {Terms} terms
 * @param {number} i
 * @param {number} x where its minimiser goes
 * @param {number} stretch factor on the slope a
 * @returns {Changes}
 */
export function withMinimizer({ a, b }, i, x, stretch) {
  const size = Math.abs(a[i]) * stretch;
  const bounded = stretch === 1 ? size : Math.min(steepest, Math.max(flattest, size));
  const slope = tidy(Math.sign(a[i]) * bounded);
  return texts({ a: a.with(i, slope), b: b.with(i, tidy(slope * x)) });
}

/**
 * @param {Terms} terms
 * @param {number} x the minimiser of the new term, whose slope is 1
 * @returns {Changes}
 */
export function withTerm({ a, b }, x) {
  return texts({ a: [...a, 1], b: [...b, tidy(x)] });
}

/**
 * @param {Terms} terms
 * @param {number} i
 * @returns {Changes} nothing for the last term that pulls: f would have no minimiser
 */
export function withoutTerm({ a, b }, i) {
  const left = { a: a.toSpliced(i, 1), b: b.toSpliced(i, 1) };
  return left.a.some((slope) => slope !== 0) ? texts(left) : {};
}

/**
 * What each term costs at x.
 * @param {Channels} channels
 * @param {number} i the number of the term
 * @returns {(x: number) => number}
 */
export function lossOfTerm({ terms, leastOfTerms }, i) {
  const [a, b, least] = [terms.data[3 * i], terms.data[3 * i + 1], leastOfTerms.data[i]];
  return (x) => (a * x - b) ** 2 / 2 + least;
}

/**
 * How many terms pull the weight to either side.
 * @param {Terms} terms
 * @param {number} x
 */
export function pulls({ a, b }, x) {
  const slopes = a.map((slope, i) => slope * (slope * x - b[i]));
  return {
    left: slopes.filter((slope) => slope > 0).length,
    right: slopes.filter((slope) => slope < 0).length,
  };
}

/** Four digits: what a pointer can tell apart, and short in a link. @param {number} value */
function tidy(value) {
  return Number(value.toPrecision(4)) || 0;
}
