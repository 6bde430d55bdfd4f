// What a scene asks for by itself, within what the core's table of parameters allows.

/** @typedef {import("../lab.js").Parameter} Parameter */

/**
 * The nearest value that is allowed.
 * @param {Parameter[]} table
 * @param {string} id of a number
 * @param {number} value
 */
export function allowedValue(table, id, value) {
  const { min, max } = table.find((parameter) => parameter.id === id) ?? { min: value, max: value };
  return Math.min(max, Math.max(min, value));
}
