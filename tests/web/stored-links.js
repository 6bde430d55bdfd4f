// Links that were given away, and the numbers they led to. A link is kept for ever: to store another
// one, write { "link": "…" } into stored-links.json and run `node tests/web/stored-links.js`, which
// adds the numbers of this version to the links that have none yet.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { isMain } from "../../web/build/processes.js";
import { loadScenes, openLink, readLink } from "./scenes-in-node.js";

/** @typedef {Record<string, Record<string, string>>} Hashes by run and channel */
/** @typedef {{ link: string, step: number, hashes: Hashes }} StoredLink */

const file = new URL("./stored-links.json", import.meta.url);

/** @returns {StoredLink[]} */
export function storedLinks() {
  return JSON.parse(readFileSync(file, "utf8"));
}

/**
 * @param {import("../../web/lab.js").Channel} channel
 * @returns {string} of its shape and of the bits of its numbers
 */
function channelHash({ shape, data }) {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return createHash("sha256").update(shape.join()).update(bytes).digest("hex").slice(0, 16);
}

/**
 * @param {import("../../web/simulation/player.js").Reports} reports
 * @returns {Hashes}
 */
export function hashesOf(reports) {
  return Object.fromEntries(
    Object.entries(reports).map(([key, { channels }]) => [
      key,
      Object.fromEntries(
        Object.entries(channels).map(([id, channel]) => [id, channelHash(channel)]),
      ),
    ]),
  );
}

async function store() {
  const { loadLab } = await import("wide-valley");
  const [lab, scenes] = await Promise.all([loadLab(), loadScenes()]);
  /** @type {StoredLink[]} */
  const stored = [];
  for (const entry of storedLinks()) {
    if (entry.hashes) {
      stored.push(entry);
      continue;
    }
    const { problems } = readLink(lab, scenes, entry.link);
    if (problems.length > 0) {
      throw new Error(`${entry.link}: ${problems.join(" ")}`);
    }
    const { reports, step } = await openLink(lab, scenes, entry.link);
    stored.push({ link: entry.link, step, hashes: hashesOf(reports) });
  }
  writeFileSync(file, `${JSON.stringify(stored, null, 2)}\n`);
}

if (isMain(import.meta.url)) {
  await store();
}
