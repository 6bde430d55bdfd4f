// What a browser must fetch before the first scene plays, as a server sends it.

import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

/** In bytes. */
export const heaviestFirstView = 200_000;

// Data sets come only when a scene asks for one.
const firstViewTypes = [".html", ".js", ".css", ".wasm", ".woff2"];

/**
 * @param {string} folder of the site
 * @returns {{ file: string, bytes: number }[]} compressed sizes, the heaviest first
 */
export function firstViewFiles(folder) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => firstViewTypes.includes(extname(file)))
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
