// 256-entry colour tables, computed while bundling: at run time the colour package would cost 12 kB.
// import { heat, heatDark, viridis, magma } from "virtual:colour-tables": each a Uint8Array of
// 256 × (red, green, blue), from the least value to the greatest.

import { interpolateMagma, interpolateViridis } from "d3-scale-chromatic";

const entries = 256;

/** @typedef {[number, number, number]} Rgb */

/**
 * @param {string} colour "#rrggbb" or "rgb(r, g, b)"
 * @returns {Rgb}
 */
function rgbOf(colour) {
  const parts = colour.startsWith("#")
    ? [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16))
    : (colour.match(/\d+/g) ?? []).map(Number);
  return [parts[0], parts[1], parts[2]];
}

/**
 * @param {string} low
 * @param {string} high
 * @returns {(t: number) => Rgb}
 */
function between(low, high) {
  const [a, b] = [rgbOf(low), rgbOf(high)];
  /** @param {number} t @param {0 | 1 | 2} i */
  const mix = (t, i) => Math.round(a[i] + t * (b[i] - a[i]));
  return (t) => [mix(t, 0), mix(t, 1), mix(t, 2)];
}

/**
 * Behind the paths of a scene `heat` and `heatDark` stay quiet: the lines drawn on them keep their
 * contrast from the lowest to the highest value.
 * @type {Record<string, (t: number) => Rgb>}
 */
const scales = {
  heat: between("#f4f7fa", "#aec9e3"),
  heatDark: between("#1c2235", "#44434a"),
  viridis: (t) => rgbOf(interpolateViridis(t)),
  magma: (t) => rgbOf(interpolateMagma(t)),
};

/**
 * @param {(t: number) => Rgb} colour
 * @returns {Uint8Array}
 */
function tableOf(colour) {
  const steps = Array.from({ length: entries }, (_, i) => i / (entries - 1));
  return Uint8Array.from(steps.flatMap(colour));
}

/** @returns {Record<string, Uint8Array>} every table by its name */
export function computeTables() {
  return Object.fromEntries(
    Object.entries(scales).map(([name, colour]) => [name, tableOf(colour)]),
  );
}

/** @returns {string} a module that exports the tables */
function moduleText() {
  const decode = "(text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0))";
  const exports = Object.entries(computeTables()).map(
    ([name, table]) => `export const ${name} = decode("${Buffer.from(table).toString("base64")}");`,
  );
  return [`const decode = ${decode};`, ...exports].join("\n");
}

/** @returns {import("vite").Plugin} */
export function colourTables() {
  const id = "virtual:colour-tables";
  return {
    name: "wide-valley:colour-tables",
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (resolved) => (resolved === `\0${id}` ? moduleText() : null),
  };
}
