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

export const systemTheme = () => (system.matches ? "dark" : "light");

/** @param {() => void} listener */
export function onSystemTheme(listener) {
  system.addEventListener("change", listener);
  return () => system.removeEventListener("change", listener);
}

/**
 * @param {HTMLElement} root gets the colours as custom properties
 * @param {ThemeName} name
 */
export function dress(root, name) {
  root.dataset.theme = name;
  for (const [variable, value] of Object.entries(cssVariables(themeFrom(name)))) {
    root.style.setProperty(variable, value);
  }
}

/**
 * @param {HTMLElement} root
 * @param {() => void} onChange
 */
export function createThemeSwitch(root, onChange) {
  const saved = remembered();
  /** @type {ThemeName | null} */
  let chosen = saved === "light" || saved === "dark" ? saved : null;
  const name = () => chosen ?? systemTheme();

  const apply = () => {
    dress(root, name());
    onChange();
  };
  onSystemTheme(apply);
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
