import assert from "node:assert/strict";
import { test } from "node:test";
import { computeTables } from "../../web/build/colour-tables.js";

/**
 * Relative luminance of WCAG 2.
 * @param {Uint8Array} table
 * @param {number} i
 */
function luminance(table, i) {
  const [r, g, b] = [0, 1, 2].map((k) => {
    const c = table[3 * i + k] / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test("every table goes one way in lightness, so that it reads without colour", () => {
  for (const [name, table] of Object.entries(computeTables())) {
    assert.equal(table.length, 3 * 256);
    const rises = luminance(table, 255) > luminance(table, 0);
    const sign = rises ? 1 : -1;
    for (let i = 16; i < 256; i += 16) {
      assert.ok(sign * (luminance(table, i) - luminance(table, i - 16)) > 0, `${name} at ${i}`);
    }
  }
});

test("the ends are those of the published maps and of the page's two themes", () => {
  const { heat, heatDark, viridis, magma } = computeTables();
  assert.deepEqual([...viridis.slice(0, 3)], [0x44, 0x01, 0x54]);
  assert.deepEqual([...viridis.slice(-3)], [0xfd, 0xe7, 0x25]);
  assert.deepEqual([...magma.slice(0, 3)], [0, 0, 4]);
  assert.ok(luminance(heat, 0) > 0.9 && heat[255 * 3 + 2] > heat[255 * 3]);
  assert.ok(luminance(heatDark, 0) < 0.03 && luminance(heatDark, 255) < 0.08);
});
