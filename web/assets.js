// The cores and the data files, from beside the page or, in the single file, from inside it.

import { cores } from "virtual:lecture";
import { Pool } from "./simulation/pool.js";

const files = /** @type {Record<string, string>} */ (
  import.meta.glob("./data/*.csv", { query: "?url", import: "default", eager: true })
);

/**
 * @param {string} url a data: URL in the single file
 * @returns {Uint8Array<ArrayBuffer> | null} null when it must be fetched
 */
function inlined(url) {
  // fetch() of a data: URL needs connect-src data:, which no strict policy gives.
  const body = /^data:[^,]*;base64,(.*)$/s.exec(url);
  return body ? Uint8Array.from(atob(body[1]), (letter) => letter.charCodeAt(0)) : null;
}

/**
 * @param {string} url
 * @returns {Promise<Response>}
 */
async function get(url) {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${url} could not be loaded (${response.status}).`);
  }
  return response;
}

/** @type {Map<string, Promise<WebAssembly.Module>>} */
const compiled = new Map();

/**
 * The core that holds a chapter's experiments.
 * @param {number} chapter
 * @returns {Promise<WebAssembly.Module>}
 */
export function loadCore(chapter) {
  const url = cores[chapter];
  let module = compiled.get(url);
  if (!module) {
    module = compile(url);
    compiled.set(url, module);
    module.catch(() => compiled.delete(url));
  }
  return module;
}

/**
 * @param {string} url
 * @returns {Promise<WebAssembly.Module>}
 */
async function compile(url) {
  const bytes = inlined(url);
  if (bytes) {
    return WebAssembly.compile(bytes);
  }
  const response = await get(url);
  const streams = response.headers.get("content-type")?.startsWith("application/wasm");
  return streams
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

/**
 * @param {string} file name in data/
 * @returns {Promise<string>}
 */
export async function fetchData(file) {
  const url = files[`./data/${file}`];
  const bytes = inlined(url);
  return bytes ? new TextDecoder().decode(bytes) : (await get(url)).text();
}

/** Workers for this machine, with these assets. */
export function createPool(most = 4) {
  return new Pool(Math.min(most, navigator.hardwareConcurrency || 1), { loadCore, fetchData });
}
