// Chromium, a static server and a watch over what a page does, for the Chromium tests.

import { createReadStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize, sep } from "node:path";
import { chromium } from "playwright-core";
import { chromiumNames, findChromium } from "../../web/build/processes.js";
import { trustedTypes } from "../../web/build/trusted-workers.js";

/** The policy under which the site must run without a violation. */
export const strictPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "font-src 'self'",
  ...trustedTypes,
].join("; ");

// No sandbox: as root Chromium refuses to start with one. The rest keeps it from calling anywhere.
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Starts Chromium with a profile of its own.
 * @param {import("playwright-core").BrowserContextOptions} [options] viewport, colorScheme, …
 * @returns {Promise<{ context: import("playwright-core").BrowserContext, close: () => Promise<void> }>}
 */
export async function launch(options = {}) {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new Error(`None of ${chromiumNames.join(", ")} is on PATH.`);
  }
  const profile = mkdtempSync(join(tmpdir(), "wide-valley-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    ...options,
    executablePath,
    args: flags,
  });
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** @type {Record<string, string>} */
const mediaTypes = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".csv": "text/csv; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

// As real servers have it: a browser keeps what never changes under this name, and its compiled code.
const nameOfItsContents = /-[\w-]{8}\.\w+$/;

/**
 * Serves a folder on a free port of this machine.
 * @param {string} folder
 * @param {{ headers?: Record<string, string> }} [options] headers sent with every file
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} url ends with "/"
 */
export async function serve(folder, { headers = {} } = {}) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    const file = normalize(join(folder, decodeURIComponent(path)));
    const isFile =
      file.startsWith(folder + sep) && statSync(file, { throwIfNoEntry: false })?.isFile();
    if (!isFile) {
      response.writeHead(404, headers).end();
      return;
    }
    const type = mediaTypes[extname(file)] ?? "application/octet-stream";
    const kept = nameOfItsContents.test(file) ? { "cache-control": "max-age=3600" } : {};
    response.writeHead(200, { "content-type": type, ...kept, ...headers });
    createReadStream(file).pipe(response);
  });
  server.unref(); // a test that fails before it closes the server must not keep the run from ending
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * Collects what a sound page never does. Call it before the page is opened.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<{ problems: string[], foreignRequests: string[] }>} problems: console errors and
 *   warnings, uncaught errors with where they were thrown, policy violations, failed requests;
 *   foreignRequests: addresses outside the page's own origin
 */
export async function watchPage(page) {
  /** @type {string[]} */
  const problems = [];
  /** @type {string[]} */
  const foreignRequests = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      problems.push(`${message.type()}: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.stack ?? error.message}`));
  page.on("requestfailed", (request) => problems.push(`failed request: ${request.url()}`));
  page.on("request", (request) => {
    const own = originOf(page.url() === "about:blank" ? request.url() : page.url());
    if (!/^(data|blob):/.test(request.url()) && originOf(request.url()) !== own) {
      foreignRequests.push(request.url());
    }
  });
  await page.exposeFunction("reportViolation", (/** @type {string} */ text) => problems.push(text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const report = /** @type {any} */ (globalThis).reportViolation;
      report(`policy violation: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return { problems, foreignRequests };
}

/**
 * @param {string} address
 * @returns {string} file:// pages share the origin "file:" here
 */
function originOf(address) {
  const url = new URL(address);
  return url.protocol === "file:" ? "file:" : url.origin;
}
