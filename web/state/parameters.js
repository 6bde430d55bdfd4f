// Reading a parameter table: defaults, relevance, and text to value. Ranges are checked by the core.

/** @typedef {import("../lab.js").Parameter} Parameter */
/** @typedef {import("../lab.js").Value} Value */
/** @typedef {Record<string, Value>} Values */

/**
 * @param {Parameter[]} table
 * @returns {Values}
 */
export function defaultsOf(table) {
  return Object.fromEntries(table.map((parameter) => [parameter.id, parameter.initial]));
}

/**
 * Whether a parameter matters, given the values of the others; of several ("gd,nesterov") one will do.
 * @param {Parameter} parameter
 * @param {Values} values
 */
export function isRelevant(parameter, values) {
  return parameter.relevant.every((condition) =>
    String(values[condition.parameter])
      .split(",")
      .some((value) => condition.values.includes(value)),
  );
}

/**
 * Whether these values compute with a table of the reader's own.
 * @param {Parameter[]} table
 * @param {Values} values
 */
export function usesOwnData(table, values) {
  const dataset = table.find(({ id }) => id === "dataset");
  return dataset !== undefined && values.dataset === "own" && isRelevant(dataset, values);
}

/**
 * @param {Parameter[]} table
 * @param {Values} values
 * @returns {Values} the values of the parameters that matter
 */
export function relevantValues(table, values) {
  return Object.fromEntries(
    table
      .filter((parameter) => isRelevant(parameter, values))
      .map((parameter) => [parameter.id, values[parameter.id]]),
  );
}

/** @param {Parameter} parameter */
export function idsOf({ choices }) {
  return choices.map(({ id }) => id);
}

/** @param {Parameter} parameter */
export function isNumeric(parameter) {
  return parameter.kind === "real" || parameter.kind === "integer";
}

/**
 * Whether the table has nothing against a value. What values may do together, the core knows alone.
 * @param {Parameter} parameter
 * @param {Value} value
 */
export function isAllowed(parameter, value) {
  if (isNumeric(parameter)) {
    const isRight = parameter.kind === "integer" ? Number.isInteger(value) : Number.isFinite(value);
    return isRight && Number(value) >= parameter.min && Number(value) <= parameter.max;
  }
  return parameter.kind !== "choice" || parameter.choices.some(({ id }) => id === value);
}

/** What a sentence repeats of a text. @param {string} text */
export function clip(text) {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/**
 * What is said of a value of the page's own that is not allowed: no core sees it.
 * @param {Parameter} parameter numeric
 * @param {Value} value
 */
export function refusal({ id, label, kind, min, max }, value) {
  const what = kind === "integer" ? "a whole number" : "a number";
  const given =
    typeof value === "string" ? `“${clip(value)}”` : String(value).replace("Infinity", "infinity");
  const name = label === id ? label : `${label} (${id})`;
  return `${name} must be ${what} from ${min} to ${max}, not ${given}.`;
}

/**
 * The value that a text stands for. A text that is no number stays a text, for the core to refuse.
 * @param {Parameter} parameter
 * @param {string} text
 * @returns {Value}
 */
export function valueFromText(parameter, text) {
  if (!isNumeric(parameter)) {
    return text;
  }
  const trimmed = text.trim().replaceAll("−", "-");
  const number = Number(trimmed) + 0; // a link has no sign for zero
  return trimmed === "" || Number.isNaN(number) ? text : number;
}
