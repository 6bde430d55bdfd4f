// What a browser must fetch before the first scene plays, as a server sends it.

import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

/** In bytes. */
export const heaviestFirstView = 200_000;

// The scene that an address without a name opens.
const firstScene = "scenes/step-size.js";
// Data sets come only when a scene asks for one.
const needlessTypes = [".csv"];

/** @typedef {{ file: string, imports?: string[], css?: string[], assets?: string[] }} ManifestEntry */

/**
 * @param {string} folder of the site
 * @returns {{ file: string, bytes: number }[]} compressed sizes, the heaviest first
 */
export function firstViewFiles(folder) {
  /** @type {Record<string, ManifestEntry>} */
  const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  const files = new Set(["index.html"]);
  /** @param {string} key */
  const visit = (key) => {
    const { file, imports = [], css = [], assets = [] } = manifest[key];
    if (!files.has(file)) {
      for (const each of [file, ...css, ...assets]) {
        files.add(each);
      }
      imports.forEach(visit);
    }
  };
  visit("index.html");
  visit(firstScene);
  // The style sheet is in the page itself, not in the manifest's entry.
  for (const { file } of Object.values(manifest)) {
    if (file.endsWith(".css")) {
      files.add(file);
    }
  }
  return [...files]
    .filter((file) => !needlessTypes.includes(extname(file)))
    .map((file) => ({
      file,
      bytes: gzipSync(readFileSync(join(folder, file)), { level: 9 }).length,
    }))
    .sort((a, b) => b.bytes - a.bytes);
}

/**
 * @param {{ file: string, bytes: number }[]} files
 * @returns {{ lines: string[], isTooHeavy: boolean }}
 */
export function weightReport(files) {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  /** @param {number} bytes */
  const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(9);
  return {
    isTooHeavy: total > heaviestFirstView,
    lines: [
      ...files.map(({ file, bytes }) => `${kilobytes(bytes)}  ${file}`),
      `${kilobytes(total)}  first view, gzip (at most ${heaviestFirstView / 1000} kB)`,
    ],
  };
}
