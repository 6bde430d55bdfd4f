// The entry of dist/standalone.js: the package with the core and the data sets inside one script.

// A library embeds its assets: this is a data: URL.
import wasm from "#wasm?url";
import { labFromModule } from "./lab.js";

export { Lab, ParameterError, Run } from "./lab.js";

/** @type {Record<string, string>} */
const tables = import.meta.glob("./data/*.csv", { query: "?raw", import: "default", eager: true });

/** @returns {Promise<import("./lab.js").Lab>} */
export async function loadLab() {
  const binary = atob(wasm.slice(wasm.indexOf(",") + 1));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const lab = await labFromModule(await WebAssembly.compile(bytes));
  for (const { id, file } of lab.dataSets().filter((set) => set.file !== "")) {
    lab.addData(id, tables[`./data/${file}`]);
  }
  return lab;
}
