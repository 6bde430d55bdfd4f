// The hashes that the C++ tests hold natively, for the same runs as wasm.

import { readFile } from "node:fs/promises";

/** @returns {Promise<{ method: string, alpha: number, hash: bigint }[]>} */
export async function goldenPaths() {
  const list = new URL("../core/golden_paths.inc", import.meta.url);
  const lines = (await readFile(list, "utf8")).matchAll(/\{"([\w-]+)", ([\d.]+), (0x[0-9a-f]+)/gi);
  return [...lines].map(([, method, alpha, hash]) => ({
    method,
    alpha: Number(alpha),
    hash: BigInt(hash),
  }));
}

/** By experiment, over all its channels. @returns {Promise<Record<string, string>>} */
export async function goldenExperiments() {
  const list = new URL("../core/golden_experiments.inc", import.meta.url);
  const lines = (await readFile(list, "utf8")).matchAll(/\{"([\w-]+)", (0x[0-9a-f]+)/gi);
  return Object.fromEntries([...lines].map(([, id, hash]) => [id, hash]));
}
