// The page of the golden hashes, served with the package, for browsers that nobody drives.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { strictPolicy } from "./browser.js";

/** @typedef {{ browser: string, hashes?: Record<string, string>, failure?: string }} Result */

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const here = fileURLToPath(new URL("./", import.meta.url));
const page = `<!doctype html><meta charset="utf-8"><title>golden hashes</title>
<link rel="icon" href="data:,"><script type="module" src="golden-page.js"></script>`;

/** @param {string} path @returns {{ type: string, body: string | Buffer } | null} */
function fileAt(path) {
  if (path === "/") {
    return { type: "text/html", body: page };
  }
  const own = /^\/(golden-(?:page|hashes)\.js)$/.exec(path);
  const packaged = /^\/(lab\.js|wide-valley\.wasm|data\/\w+\.csv)$/.exec(path);
  const file = own ? here + own[1] : packaged ? dist + packaged[1] : null;
  const type = path.endsWith(".js")
    ? "text/javascript"
    : path.endsWith(".wasm")
      ? "application/wasm"
      : "text/csv";
  return file ? { type, body: readFileSync(file) } : null;
}

/**
 * @returns {Promise<{ url: string, result: Promise<Result>, giveUp: (reason: string) => void,
 *   close: () => Promise<void> }>}
 */
export async function serveGoldenPage() {
  /** @type {(result: Result) => void} */
  let receive = () => {};
  /** @type {(error: Error) => void} */
  let refuse = () => {};
  /** @type {Promise<Result>} */
  const result = new Promise((resolve, reject) => {
    receive = resolve;
    refuse = reject;
  });
  const server = createServer((request, response) => {
    const headers = { "content-security-policy": strictPolicy };
    if (request.method === "POST") {
      let text = "";
      request.on("data", (part) => {
        text += part;
      });
      request.on("end", () => {
        receive(JSON.parse(text));
        response.writeHead(204, headers).end();
      });
      return;
    }
    const file = fileAt(new URL(request.url ?? "/", "http://localhost").pathname);
    response.writeHead(file ? 200 : 404, {
      ...headers,
      "content-type": file?.type ?? "text/plain",
    });
    response.end(file?.body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    result,
    giveUp: (reason) => refuse(new Error(reason)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
