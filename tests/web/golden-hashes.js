// The golden hashes, computed wherever the package runs: in Node and, served as it is, in a page.

const steps = 7; // as tests/core/golden_experiments_test.cpp

/**
 * FNV-1a, 64 bits, over the bytes of the numbers; all NaNs count as one.
 * @param {Float64Array} numbers
 * @param {bigint} [before] the hash so far
 */
export function goldenHash(numbers, before = 0xcbf29ce484222325n) {
  let hash = before;
  const plain = numbers.map((number) => (Number.isNaN(number) ? Number.NaN : number));
  for (const byte of new Uint8Array(plain.buffer)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash;
}

/**
 * Of every channel of every experiment at its defaults, after a few steps.
 * @param {import("../../web/lab.js").Lab} lab
 * @returns {Record<string, string>} hexadecimal, by experiment
 */
export function experimentHashes(lab) {
  const hashes = lab.experiments().map(({ id, channels }) => {
    const run = lab.create(id);
    run.advance(steps);
    const hash = channels.reduce(
      (before, channel) => goldenHash(run.channel(channel.id).data, before),
      goldenHash(new Float64Array()),
    );
    run.dispose();
    return [id, `0x${hash.toString(16).padStart(16, "0")}`];
  });
  return Object.fromEntries(hashes);
}
