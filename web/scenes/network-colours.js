// A table of colours between two of the theme's.

const entries = 256;

/** @param {string} colour "#rrggbb" */
const channelsOf = (colour) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/**
 * @param {string} first as "#rrggbb"
 * @param {string} last
 * @returns {Uint8Array} 256 × (red, green, blue)
 */
export function sequentialTable(first, last) {
  const [from, to] = [channelsOf(first), channelsOf(last)];
  return Uint8Array.from({ length: 3 * entries }, (_, i) => {
    const share = Math.floor(i / 3) / (entries - 1);
    return Math.round(from[i % 3] + share * (to[i % 3] - from[i % 3]));
  });
}
