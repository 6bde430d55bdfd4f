// What a browser must fetch before a scene plays, as a server sends it.

import { readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { gzipSync } from "node:zlib";

/** In bytes. */
export const heaviestFirstView = 200_000;

// Data sets come only when a scene asks for one.
const needlessTypes = [".csv"];

/** @typedef {{ file: string, imports?: string[], css?: string[], assets?: string[] }} ManifestEntry */

/** @param {string} folder of the site @returns {Record<string, ManifestEntry>} */
function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
}

/**
 * Whether the site has a scene of this experiment's own: some are there for another's.
 * @param {string} folder of the site
 * @param {string} id
 */
export function hasScene(folder, id) {
  return `scenes/${id}.js` in manifestOf(folder);
}

/**
 * What comes for whoever opens the page at this scene.
 * @param {string} folder of the site
 * @param {{ id: string, chapter: number }} scene
 * @returns {{ file: string, bytes: number }[]} compressed sizes, the heaviest first
 */
export function firstViewFiles(folder, scene) {
  const manifest = manifestOf(folder);
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
  visit(`scenes/${scene.id}.js`);
  // The style sheet is in the page itself, not in the manifest's entry.
  const html = readFileSync(join(folder, "index.html"), "utf8");
  for (const { file } of Object.values(manifest)) {
    if (file.endsWith(".css") && html.includes(file)) {
      files.add(file);
    }
  }
  const core = `chapter-${scene.chapter}-`;
  return [...files]
    .filter((file) => !needlessTypes.includes(extname(file)))
    .filter((file) => extname(file) !== ".wasm" || basename(file).startsWith(core))
    .map((file) => ({
      file,
      bytes: gzipSync(readFileSync(join(folder, file)), { level: 9 }).length,
    }))
    .sort((a, b) => b.bytes - a.bytes);
}

/** @param {number} bytes */
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(9);

/**
 * The first scene file by file, the others by their sums.
 * @param {{ id: string, files: { file: string, bytes: number }[] }[]} views
 * @returns {{ lines: string[], isTooHeavy: boolean }}
 */
export function weightReport(views) {
  const totals = views.map(({ id, files }) => ({
    id,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
  }));
  return {
    isTooHeavy: totals.some(({ bytes }) => bytes > heaviestFirstView),
    lines: [
      ...views[0].files.map(({ file, bytes }) => `${kilobytes(bytes)}  ${file}`),
      `First view of each scene, gzip (at most ${heaviestFirstView / 1000} kB):`,
      ...totals.map(({ id, bytes }) => `${kilobytes(bytes)}  ${id}`),
    ],
  };
}
