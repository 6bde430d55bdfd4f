// The numbers behind a picture as tables: channels that go by the same index share one. The CSV and
// the data table are written from it.

/** @typedef {import("../lab.js").Channel} Channel */
/** @typedef {import("../lab.js").ChannelInfo} ChannelInfo */
/**
 * @typedef {object} RunNumbers
 * @property {string} key which of the scene's runs
 * @property {Record<string, Channel>} channels
 * @property {ChannelInfo[]} infos what the experiment declares of them
 */
/**
 * @typedef {object} Column
 * @property {string} run
 * @property {ChannelInfo} info
 * @property {number | null} component the place in a row of several numbers, null for a single one
 * @property {(row: number) => number | undefined} at undefined where the run ended earlier
 */
/**
 * @typedef {object} Block
 * @property {boolean} bySteps its rows are the steps from 0 on
 * @property {number} rows
 * @property {Column[]} columns
 */

/** How the core declares the extent of what has a value at every step from 0 on. */
const stepExtent = "t+1";
// A wider channel is a table of its own.
const widestShared = 8;

/** @param {ChannelInfo} info @returns {string} the first extent as the core declares it */
function leadingExtent({ shape }) {
  return shape.replace(/^\[/, "").split(/[,\]]/, 1)[0];
}

/** @param {number[]} shape */
function widthOf([, ...rest]) {
  return rest.reduce((product, extent) => product * extent, 1);
}

/**
 * @param {string} run
 * @param {ChannelInfo} info
 * @param {Channel} channel
 * @returns {Column[]}
 */
function columnsOf(run, info, { shape, data }) {
  const width = widthOf(shape);
  return Array.from({ length: width }, (_, component) => ({
    run,
    info,
    component: shape.length > 1 ? component : null,
    at: (row) => (row < shape[0] ? data[row * width + component] : undefined),
  }));
}

/**
 * @param {RunNumbers[]} runs
 * @returns {Block[]} that of the steps first, over all runs; those of other extents run by run
 */
export function blocksOf(runs) {
  /** @type {Map<string, Block>} */
  const blocks = new Map([[stepExtent, { bySteps: true, rows: 0, columns: [] }]]);
  for (const { key, channels, infos } of runs) {
    for (const [id, channel] of Object.entries(channels)) {
      const info = infos.find((candidate) => candidate.id === id);
      const [rows] = channel.shape;
      if (!info || channel.data.length === 0) {
        continue;
      }
      const extent = leadingExtent(info);
      const bySteps = extent === stepExtent;
      const own = widthOf(channel.shape) > widestShared ? id : "";
      const name = bySteps ? extent : [key, extent, rows, own].join(" ");
      const block = blocks.get(name) ?? { bySteps, rows: 0, columns: [] };
      block.rows = Math.max(block.rows, rows);
      block.columns.push(...columnsOf(key, info, channel));
      blocks.set(name, block);
    }
  }
  return [...blocks.values()].filter(({ columns }) => columns.length > 0);
}

/** The labels of what a block holds, each once. @param {Block} block */
export function labelsOf({ columns }) {
  return [...new Set(columns.map(({ info }) => info.label))];
}

/** @param {string} text */
function quoted(text) {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param {Column} column */
function csvTitle({ run, info, component }) {
  return quoted([run, info.id, component ?? ""].join(" ").trim());
}

/** A cell for every number there is; what is none stays empty. @param {number | undefined} number */
function csvCell(number) {
  return number !== undefined && Number.isFinite(number) ? String(number) : "";
}

// What a part of a CSV holds: written in a few milliseconds.
const rowsAtATime = 5000;

/**
 * Blocks under one another, each with a comment that names what it holds; in parts, between which a
 * page may do other things.
 * @param {Block[]} blocks
 * @param {string} link to the state they belong to
 * @returns {Generator<string, void>}
 */
export function* csvParts(blocks, link) {
  yield `# ${link}\n`;
  for (const [i, block] of blocks.entries()) {
    const { bySteps, rows, columns } = block;
    const titles = [bySteps ? "step" : "index", ...columns.map(csvTitle)];
    yield `${i > 0 ? "\n" : ""}# ${labelsOf(block).join("; ")}\n${titles.join(",")}\n`;
    for (let begin = 0; begin < rows; begin += rowsAtATime) {
      const count = Math.min(rowsAtATime, rows - begin);
      const lines = Array.from({ length: count }, (_, k) => {
        const row = begin + k;
        return `${[row, ...columns.map(({ at }) => csvCell(at(row)))].join(",")}\n`;
      });
      yield lines.join("");
    }
  }
}
