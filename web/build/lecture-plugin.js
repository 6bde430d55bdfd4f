// What the page must know before it has fetched a core: the experiments' names, and which core holds
// which chapter. Both come from the built core, so that nothing is declared a second time.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, root } from "./processes.js";

const wasmFolder = join(root, "build", "wasm");
const wholeCore = join(wasmFolder, "wide-valley.wasm");
const chapterCore = /^chapter-(\d+)\.wasm$/;

/** The built core, with no data sets in it. */
export async function builtLab() {
  const { labFromModule } = await import("../lab.js");
  return labFromModule(await WebAssembly.compile(readFileSync(wholeCore)));
}

/** @returns {Promise<{ id: string, title: string, chapter: number }[]>} of the built core */
export async function experimentNames() {
  const lab = await builtLab();
  return lab.experiments().map(({ id, title, chapter }) => ({ id, title, chapter }));
}

/** The file of each chapter's core. @returns {Map<number, string>} */
function chapterCores() {
  /** @type {Map<number, string>} */
  const cores = new Map();
  for (const name of readdirSync(wasmFolder)) {
    const chapter = chapterCore.exec(name)?.[1];
    if (chapter) {
      cores.set(Number(chapter), join(wasmFolder, name));
    }
  }
  return cores;
}

/**
 * All cores are run by the script of the whole one. That they can be is a fact of how they are
 * linked, not a promise of Emscripten's.
 */
export function checkGlue() {
  const glue = readFileSync(join(wasmFolder, "wide-valley.mjs"), "utf8");
  for (const file of chapterCores().values()) {
    const other = readFileSync(file.replace(/wasm$/, "mjs"), "utf8");
    if (other.replaceAll(/chapter-\d+/g, "wide-valley") !== glue) {
      throw new Failure(`${file} needs another script than the whole core's.`);
    }
  }
}

/**
 * Gives "virtual:lecture" its `experiments`, `cores` and `delivery`.
 * @param {"by chapter" | "whole"} delivery one core for each chapter, or one for all
 * @returns {import("vite").Plugin}
 */
export function lecture(delivery) {
  const id = "virtual:lecture";
  return {
    name: "wide-valley:lecture",
    resolveId: (source) => (source === id ? `\0${id}` : null),
    async load(source) {
      if (source !== `\0${id}`) {
        return null;
      }
      const experiments = await experimentNames();
      const chapters = [...new Set(experiments.map(({ chapter }) => chapter))];
      const split = chapterCores();
      const file = (/** @type {number} */ chapter) =>
        delivery === "whole" ? wholeCore : split.get(chapter);
      const missing = chapters.find((chapter) => !file(chapter));
      if (missing) {
        throw new Failure(`CMakeLists.txt builds no core for chapter ${missing}.`);
      }
      return [
        ...chapters.map((chapter) => `import core${chapter} from "${file(chapter)}?url";`),
        `export const delivery = ${JSON.stringify(delivery)};`,
        `export const experiments = ${JSON.stringify(experiments)};`,
        `export const cores = { ${chapters.map((n) => `${n}: core${n}`).join(", ")} };`,
      ].join("\n");
    },
  };
}
