// The entry of the package: the same lab in a browser, in a worker and in Node, with every data set.

import { labFromModule } from "./lab.js";

export { Lab, ParameterError, Run } from "./lab.js";

/** @typedef {import("./lab.js").ExperimentId} ExperimentId */
/** @typedef {import("./lab.js").ExperimentInfo} ExperimentInfo */
/** @typedef {import("./lab.js").Parameter} Parameter */
/** @typedef {import("./lab.js").Channel} Channel */
/** @typedef {import("./lab.js").Edit} Edit */
/** @typedef {import("./lab.js").Issue} Issue */
/** @typedef {import("./lab.js").Status} Status */
/** @typedef {import("./lab.js").DataSetInfo} DataSetInfo */
/** @typedef {import("./lab.js").Table} Table */

/**
 * Bytes of a file that lies beside this one.
 * @param {URL} url
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function read(url) {
  if (url.protocol === "file:") {
    const files = "node:fs/promises"; // out of a bundler's sight: only Node comes here
    const { readFile } = await import(/* @vite-ignore */ files);
    return new Uint8Array(await readFile(url));
  }
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${url.href} could not be loaded (${response.status}).`);
  }
  return new Uint8Array(await response.arrayBuffer());
}

/**
 * Loads the core and the data sets that lie beside this file.
 * @returns {Promise<import("./lab.js").Lab>}
 */
export async function loadLab() {
  const base = new URL(/* @vite-ignore */ "./", import.meta.url);
  const bytes = await read(new URL("wide-valley.wasm", base));
  const lab = await labFromModule(await WebAssembly.compile(bytes));
  const decoder = new TextDecoder();
  const shipped = lab.dataSets().filter(({ file }) => file !== "");
  await Promise.all(
    shipped.map(async ({ id, file }) => {
      lab.addData(id, decoder.decode(await read(new URL(`data/${file}`, base))));
    }),
  );
  return lab;
}
