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
