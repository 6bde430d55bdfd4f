// The core and the data files, from beside the page or, in the single file, from inside it.

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

/**
 * @param {string} url
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compileWasm(url) {
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
