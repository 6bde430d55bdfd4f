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

/**
 * FNV-1a, 64 bits, over the bytes of the numbers.
 * @param {Float64Array} numbers
 */
export function goldenHash(numbers) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash;
}
