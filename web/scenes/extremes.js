// The ends of long series. Math.max with a spread would overflow the stack.

/** @typedef {ArrayLike<number>} Values */

/** @param {Values[]} series @returns {number} −∞ for none */
export function greatest(series) {
  let most = Number.NEGATIVE_INFINITY;
  for (const values of series) {
    for (let i = 0; i < values.length; i += 1) {
      most = Math.max(values[i], most);
    }
  }
  return most;
}

/** @param {Values[]} series @returns {number} ∞ for none */
export function least(series) {
  let fewest = Number.POSITIVE_INFINITY;
  for (const values of series) {
    for (let i = 0; i < values.length; i += 1) {
      fewest = Math.min(values[i], fewest);
    }
  }
  return fewest;
}

/**
 * Of what is a number, in the values of a function that is not defined everywhere.
 * @param {Values} values
 * @returns {[number, number]} least and greatest; 0 and 1 where nothing is
 */
export function finiteEnds(values) {
  const numbers = [Float64Array.from(values).filter(Number.isFinite)];
  return numbers[0].length > 0 ? [least(numbers), greatest(numbers)] : [0, 1];
}

/** What a logarithmic axis can show. @param {Values[]} series @returns {number} ∞ for none */
export function leastPositive(series) {
  let fewest = Number.POSITIVE_INFINITY;
  for (const values of series) {
    for (let i = 0; i < values.length; i += 1) {
      fewest = values[i] > 0 && values[i] < fewest ? values[i] : fewest;
    }
  }
  return fewest;
}
