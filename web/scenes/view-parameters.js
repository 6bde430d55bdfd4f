// Parameters of a picture, declared in the form in which the core declares those of a simulation, and
// lists of the core's that several scenes offer.

/** @typedef {import("../lab.js").Parameter} Parameter */

/**
 * @param {Partial<Parameter> & Pick<Parameter, "id" | "label" | "kind" | "initial">} declared
 * @returns {Parameter} with nothing said of the rest
 */
export function viewParameter(declared) {
  return {
    symbol: "",
    unit: "",
    help: "",
    min: 0,
    max: 0,
    stride: 1,
    scale: "linear",
    live: false,
    choices: [],
    relevant: [],
    ...declared,
  };
}

/**
 * @param {string} id
 * @param {string} label
 * @param {string} help
 * @param {{ id: string, label: string, help?: string }[]} choices the first one is the default
 * @param {Parameter["relevant"]} [relevant]
 */
export function viewChoice(id, label, help, choices, relevant = []) {
  return viewParameter({
    id,
    label,
    help,
    kind: "choice",
    initial: choices[0].id,
    choices: choices.map((choice) => ({ help: "", ...choice })),
    relevant,
  });
}

/** What the mixtures, the double wells and the cosine leave open, in the order in which it is offered. */
export const landscapeDials = ["weights", "means", "deviations", "tilt", "amplitude", "omega"];
