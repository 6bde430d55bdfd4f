// Light or dark: as the system says, until the reader chooses.

import { cssVariables, themeFrom } from "../render/theme.js";

/** @typedef {"light" | "dark"} ThemeName */

const system = window.matchMedia("(prefers-color-scheme: dark)");
const key = "wide-valley-theme";

/** Storage is out of reach in a sandboxed frame. @returns {string | null} */
function remembered() {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {ThemeName} name */
function remember(name) {
  try {
    window.localStorage.setItem(key, name);
  } catch {
    // The choice then holds for this visit.
  }
}

/**
 * @param {HTMLElement} root gets the colours as custom properties
 * @param {() => void} onChange
 */
export function createThemeSwitch(root, onChange) {
  const saved = remembered();
  /** @type {ThemeName | null} */
  let chosen = saved === "light" || saved === "dark" ? saved : null;
  const name = () => chosen ?? (system.matches ? "dark" : "light");

  const apply = () => {
    root.dataset.theme = name();
    for (const [variable, value] of Object.entries(cssVariables(themeFrom(name())))) {
      root.style.setProperty(variable, value);
    }
    onChange();
  };
  system.addEventListener("change", apply);
  return {
    apply,
    theme: () => themeFrom(name()),
    toggle() {
      chosen = name() === "dark" ? "light" : "dark";
      remember(chosen);
      apply();
    },
  };
}
