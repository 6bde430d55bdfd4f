// The public JavaScript interface, and the only JavaScript that sees Embind.

import createCore from "#core";

/** @typedef {"real" | "integer" | "choice" | "text" | "set"} ParameterKind sets, of choices joined
 * by commas, are the page's own */
/** @typedef {number | string} Value */
/**
 * @typedef {object} Parameter
 * @property {string} id
 * @property {string} label
 * @property {string} symbol
 * @property {string} unit
 * @property {string} help
 * @property {ParameterKind} kind
 * @property {Value} initial
 * @property {number} min real, integer: the least value allowed
 * @property {number} max real, integer: the greatest value allowed; text: the longest length
 * @property {number} stride integer: how far allowed values are apart, from `min` on
 * @property {"linear" | "logarithmic"} scale
 * @property {boolean} live may change while a run goes on
 * @property {{ id: string, label: string, help: string }[]} choices
 * @property {{ parameter: string, values: string[] }[]} relevant it matters only while each of
 *   these parameters has one of these values
 */
/**
 * @typedef {object} ChannelInfo
 * @property {string} id
 * @property {string} label
 * @property {string} unit
 * @property {string} shape
 * @property {boolean} costly it is worked out when asked for, which may take a second
 */
/** @typedef {string} ExperimentId the types that ship name those there are */
/**
 * @typedef {object} ExperimentInfo
 * @property {ExperimentId} id
 * @property {string} title
 * @property {string} section
 * @property {number} chapter of the lecture, from 1; a part of one that is fetched apart has two
 *   digits
 * @property {Parameter[]} parameters
 * @property {ChannelInfo[]} channels
 */
/** @typedef {{ parameter: string, message: string }} Issue */
/** @typedef {{ step: number, parameter: string, value: Value }} Edit */
/** @typedef {{ state: "running" | "finished" | "diverged", step: number }} Status */
/** @typedef {{ shape: number[], data: Float64Array }} Channel */
/**
 * @typedef {object} DataSetInfo
 * @property {string} id
 * @property {string} title
 * @property {string} file
 * @property {string} source
 * @property {string} licence
 * @property {string} pair the two features taken where two weights are drawn
 * @property {string} regressionTarget
 * @property {string} positive what the label +1 stands for
 * @property {string} negative
 */

/**
 * @typedef {object} TableColumn
 * @property {string} name
 * @property {boolean} numeric
 * @property {(number | string)[]} first a few cells
 * @property {number} mean what standardising takes off; NaN in a column of texts
 * @property {number} deviation what standardising divides by: the root of the mean square about the
 *   mean; 0 in a constant column, NaN in one of texts
 * @property {number} oddLine the line of the first cell that is no number; 0 in a numeric column
 * @property {string} oddText that cell
 */
/** @typedef {{ rows: number, columns: TableColumn[] }} Table */

/** One or more parameters were refused; nothing was made or changed. */
export class ParameterError extends Error {
  /** @param {Issue[]} issues one for each refused parameter */
  constructor(issues) {
    super(issues.map((issue) => issue.message).join(" "));
    this.name = "ParameterError";
    this.issues = issues;
  }
}

/** A value as a message shows it. @param {unknown} value */
function shownValue(value) {
  if (typeof value === "string") {
    return `the text “${value}”`;
  }
  const isPlain = ["number", "boolean", "undefined"].includes(typeof value) || value === null;
  return isPlain ? String(value) : `a value of type ${typeof value}`;
}

/** @param {string} what @param {unknown} value */
function refuseUnlessText(what, value) {
  if (typeof value !== "string") {
    throw new TypeError(`${what} must be a text, not ${shownValue(value)}.`);
  }
}

/** @param {unknown} parameters */
function refuseUnlessObject(parameters) {
  // A Map or an array is none: its own keys are no parameters.
  if (Object.prototype.toString.call(parameters) !== "[object Object]") {
    throw new ParameterError([
      { parameter: "parameters", message: "The parameters must be an object of values by id." },
    ]);
  }
}

/**
 * @param {Float64Array} numbers
 * @param {ArrayBuffer} [spent]
 */
function copied(numbers, spent) {
  if (!spent || spent.byteLength < numbers.byteLength) {
    return numbers.slice();
  }
  const copy = new Float64Array(spent, 0, numbers.length);
  copy.set(numbers);
  return copy;
}

// The core counts them in an int.
const maxStepsPerCall = 1e9;

/** One simulation. Synchronous and deterministic: advance(600), advance(400) is advance(1000). */
export class Run {
  #core;
  #channels;

  /**
   * @param {import("#core").CoreRun} core
   * @param {ChannelInfo[]} channels
   */
  constructor(core, channels) {
    this.#core = /** @type {import("#core").CoreRun | null} */ (core);
    this.#channels = channels;
  }

  get #alive() {
    if (!this.#core) {
      throw new Error("This run was disposed; create another one.");
    }
    return this.#core;
  }

  /**
   * Makes at most `steps` steps; fewer when the run finishes or diverges.
   * @param {number} steps a whole number; a RangeError says how many are too many for one call
   */
  advance(steps) {
    if (!Number.isInteger(steps) || steps < 0 || steps > maxStepsPerCall) {
      throw new RangeError(
        `advance takes a whole number of steps from 0 to ${maxStepsPerCall}, not ${shownValue(steps)}.`,
      );
    }
    this.#alive.advance(steps);
  }

  /**
   * A copy of a channel, safe to keep.
   * @param {string} id
   * @param {ArrayBuffer} [spent] takes the copy where it is large enough: of numbers nobody reads any more
   * @returns {Channel}
   */
  channel(id, spent) {
    if (!this.#channels.some((channel) => channel.id === id)) {
      const ids = this.#channels.map((channel) => channel.id).join(", ");
      throw new RangeError(`There is no channel “${String(id)}”; there are ${ids}.`);
    }
    const { shape, data } = this.#alive.channel(id);
    return { shape, data: copied(data, spent) };
  }

  /**
   * Changes a live parameter from the next step on, and enters it in the edit log.
   * @param {string} parameter
   * @param {Value} value
   * @throws {ParameterError} when it is not live or the value is not allowed; nothing changes then
   */
  set(parameter, value) {
    const issues = this.#alive.set(String(parameter), value);
    if (issues.length > 0) {
      throw new ParameterError(issues);
    }
  }

  /**
   * The live changes so far; set again at their steps they replay the run.
   * @returns {Edit[]}
   */
  edits() {
    return this.#alive.edits();
  }

  /** @returns {Status} */
  status() {
    return this.#alive.status();
  }

  /** Frees the simulation's memory. */
  dispose() {
    this.#core?.delete();
    this.#core = null;
  }
}

/** The experiments, and the making of runs. */
export class Lab {
  #core;
  #native;
  /** @type {ExperimentInfo[]} */
  #experiments;

  /** @param {import("#core").CoreModule} core */
  constructor(core) {
    this.#core = core;
    this.#native = new core.Lab();
    this.#experiments = JSON.parse(core.describeExperiments());
  }

  /**
   * Every experiment with its parameters and channels, in the order of the lecture.
   * @returns {ExperimentInfo[]}
   */
  experiments() {
    return structuredClone(this.#experiments);
  }

  /**
   * The data sets that a `dataset` parameter may name, and the files that hold them.
   * @returns {DataSetInfo[]}
   */
  dataSets() {
    return JSON.parse(this.#core.describeDataSets());
  }

  /** How many replicates the shards of one run may have together: 2²⁰. */
  get mostReplicates() {
    return this.#core.mostReplicates;
  }

  /**
   * Makes a data set known. `loadLab` does this for all that ship; "own" is for a table of yours.
   * @param {string} id
   * @param {string} csv a header line, then numbers and texts, separated by commas, semicolons or
   *   tabs
   * @throws {Error} when the text is not a table, naming the line and column
   */
  addData(id, csv) {
    refuseUnlessText("The id of a data set", id);
    refuseUnlessText(`The table “${id}”`, csv);
    const problem = this.#native.addData(id, csv);
    if (problem) {
      throw new Error(`The table “${id}” cannot be read: ${problem}`);
    }
  }

  /**
   * The columns of a data set that is known, with their first cells; null for another one.
   * @param {string} id
   * @returns {Table | null}
   */
  table(id) {
    refuseUnlessText("The id of a data set", id);
    return this.#native.table(id);
  }

  /**
   * @param {ExperimentId} experiment an id from experiments()
   * @param {Record<string, Value>} [parameters] by id; those left out take their defaults
   * @returns {Run}
   * @throws {ParameterError} with one issue for each refused parameter
   */
  create(experiment, parameters = {}) {
    refuseUnlessObject(parameters);
    return this.#made(experiment, this.#native.create(String(experiment), parameters));
  }

  /**
   * A part of a run that is split over workers or machines: the replicates `firstReplicate`,
   * `firstReplicate` + 1, ..., as many as `replicates` says. Channels whose shape begins with R are
   * rows of the whole run's, to the last bit; the others describe the part alone.
   * @param {ExperimentId} experiment
   * @param {Record<string, Value>} parameters
   * @param {number} firstReplicate a whole number from 0 to 2²⁰ − replicates
   * @returns {Run}
   * @throws {ParameterError} with one issue for each refused parameter; under "firstReplicate" also
   *   where an experiment has no replicates that go their own ways
   */
  createShard(experiment, parameters, firstReplicate) {
    refuseUnlessObject(parameters);
    if (typeof firstReplicate !== "number") {
      const message = `firstReplicate must be a whole number, not ${shownValue(firstReplicate)}.`;
      throw new ParameterError([{ parameter: "firstReplicate", message }]);
    }
    const creation = this.#native.createShard(String(experiment), parameters, firstReplicate);
    return this.#made(experiment, creation);
  }

  /**
   * @param {string} experiment
   * @param {import("#core").CoreCreation} creation
   */
  #made(experiment, { run, issues }) {
    if (!run) {
      throw new ParameterError(issues);
    }
    const info = this.#experiments.find((candidate) => candidate.id === experiment);
    return new Run(run, info?.channels ?? []);
  }
}

/**
 * Starts the core from a compiled module, with no data sets in it yet.
 * @param {WebAssembly.Module} module
 * @returns {Promise<Lab>}
 */
export async function labFromModule(module) {
  /** @type {import("#core").CoreModule} */
  const core = await new Promise((resolve, reject) => {
    createCore({
      instantiateWasm(imports, receive) {
        // The core's own promise knows of no failure here: it would never settle.
        WebAssembly.instantiate(module, imports)
          .then((instance) => receive(instance, module))
          .catch(reject);
        return {};
      },
    }).then(resolve, reject);
  });
  return new Lab(core);
}
