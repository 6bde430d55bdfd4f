// Colours by meaning, type and line widths. The page takes its CSS variables from here too
// (cssVariables), so a colour is declared once.

/** @typedef {import("./types.js").SeriesStyle} SeriesStyle */

/**
 * @typedef {object} Colours
 * @property {string} page behind the panels
 * @property {string} surface of a panel
 * @property {string} text
 * @property {string} muted text of less weight
 * @property {string} border
 * @property {string} grid
 * @property {string} accent buttons, progress
 * @property {string} onAccent text on the accent
 * @property {string} handle what the user drags
 * @property {string} measured
 * @property {string} second a second method
 * @property {string} third
 * @property {string} fourth
 * @property {string} fifth
 * @property {string} sixth
 * @property {string} seventh
 * @property {string} theory
 * @property {string} warning what was refused, in words
 * @property {string} bound
 * @property {string} contour
 * @property {string} undefinedValue where a field is not finite
 * @property {string} safe tint: the step size converges without hopping
 * @property {string} oscillate tint: it hops and still converges
 * @property {string} diverge tint: it leaves
 */

/**
 * @typedef {object} Theme
 * @property {"light" | "dark"} name
 * @property {Colours} colours
 * @property {SeriesStyle} measured
 * @property {SeriesStyle} second
 * @property {SeriesStyle[]} series seven styles for methods raced; the first two are measured and
 *   second
 * @property {SeriesStyle} theory dashed
 * @property {SeriesStyle} bound dotted
 * @property {{ family: string, serif: string, figures: string, tick: string, label: string,
 *   legend: string }} fonts families and CSS font shorthands; `figures` is the CSS
 *   font-variant-numeric
 * @property {{ line: number, path: number, thin: number, contour: number, halo: number }} widths
 *   in pixels
 */

/** @type {Record<"light" | "dark", Colours>} */
const palettes = {
  light: {
    page: "#fbfaf7",
    surface: "#ffffff",
    text: "#1c1d21",
    muted: "#5d616b",
    border: "#e3e0d8",
    grid: "#e6e7e8",
    accent: "#0067a5",
    onAccent: "#ffffff",
    handle: "#1c1d21",
    measured: "#0067a5",
    second: "#007555",
    third: "#8f2d78",
    fourth: "#6a5400",
    fifth: "#717580",
    sixth: "#4e2413",
    seventh: "#745ee7",
    theory: "#c4500a",
    warning: "#b0440a",
    bound: "#5d616b",
    contour: "rgba(38, 52, 74, 0.34)",
    undefinedValue: "#d9d6cf",
    safe: "#dfeee6",
    oscillate: "#fbeccb",
    diverge: "#f7d6d0",
  },
  dark: {
    page: "#14161a",
    surface: "#1b1e24",
    text: "#eceae4",
    muted: "#a2a7b3",
    border: "#30343d",
    grid: "#2e313b",
    accent: "#6cb8f0",
    onAccent: "#14161a",
    handle: "#eceae4",
    measured: "#6cb8f0",
    second: "#5fd9b0",
    third: "#dc6ba8",
    fourth: "#e8dc6a",
    fifth: "#a9adb8",
    sixth: "#c08a78",
    seventh: "#9a83ff",
    theory: "#ff9a52",
    warning: "#ff9a52",
    bound: "#a2a7b3",
    contour: "rgba(214, 222, 240, 0.26)",
    undefinedValue: "#3a3b40",
    safe: "#1d3a2e",
    oscillate: "#453814",
    diverge: "#4a2420",
  },
};

const family = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const serif = 'Charter, "Bitstream Charter", "Noto Serif", Georgia, serif';

const widths = { line: 1.75, path: 1.5, thin: 1, contour: 0.75, halo: 3 };

/** @type {{ role: "measured" | "second" | "third" | "fourth" | "fifth" | "sixth" | "seventh",
 *   dash: number[], marker: import("./types.js").MarkerShape }[]} */
const raced = [
  { role: "measured", dash: [], marker: "circle" },
  { role: "second", dash: [14, 3], marker: "square" },
  { role: "third", dash: [10, 3, 2, 3], marker: "triangle" },
  { role: "fourth", dash: [4, 2], marker: "diamond" },
  { role: "fifth", dash: [10, 3, 2, 3, 2, 3], marker: "plus" },
  { role: "sixth", dash: [18, 4, 4, 4], marker: "cross" },
  { role: "seventh", dash: [3, 4], marker: "triangle-down" },
];

/**
 * @param {"light" | "dark"} name
 * @returns {Theme}
 */
export function themeFrom(name) {
  const colours = palettes[name];
  const series = raced.map(({ role, dash, marker }) => {
    return { colour: colours[role], width: widths.line, dash, marker };
  });
  return {
    name,
    colours,
    measured: series[0],
    second: series[1],
    series,
    theory: { colour: colours.theory, width: widths.line, dash: [7, 4.5], marker: "none" },
    bound: { colour: colours.bound, width: widths.line, dash: [1.5, 3.5], marker: "none" },
    fonts: {
      family,
      serif,
      figures: "tabular-nums",
      tick: `11px ${family}`,
      label: `11.5px ${family}`,
      legend: `12px ${family}`,
    },
    widths,
  };
}

/**
 * The theme as CSS custom properties, "--wv-surface" and so on, for the page around the pictures.
 * @param {Theme} theme
 * @returns {Record<string, string>}
 */
export function cssVariables(theme) {
  /** @type {Record<string, string>} */
  const variables = {};
  for (const [role, colour] of Object.entries(theme.colours)) {
    variables[`--wv-${role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`] = colour;
  }
  variables["--wv-font"] = theme.fonts.family;
  variables["--wv-font-serif"] = theme.fonts.serif;
  variables["--wv-figures"] = theme.fonts.figures;
  return variables;
}
