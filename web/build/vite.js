// The configurations of vite: development server, site, single file, package, standalone script.

import { join } from "node:path";
import { viteSingleFile } from "vite-plugin-singlefile";
import { elementScript } from "../embed/addresses.js";
import { colourTables } from "./colour-tables.js";
import { coreGlue } from "./core-glue.js";
import { wholeScript } from "./embed-files.js";
import { lecture } from "./lecture-plugin.js";
import { notePackages } from "./licences.js";
import { mathMarkup } from "./math-plugin.js";
import { pages, staticPages } from "./pages-plugin.js";
import { root } from "./processes.js";
import { trustedTypesPolicy, trustedWorkers } from "./trusted-workers.js";

export const distribution = join(root, "dist");
export const siteFolder = join(distribution, "site");

/** @typedef {import("vite").InlineConfig} InlineConfig */

/** The npm packages in what was built so far. @type {Set<string>} */
export const bundled = new Set();

const plugins = () => [
  coreGlue(),
  mathMarkup(),
  colourTables(),
  trustedWorkers(),
  notePackages(bundled),
];
const pagePlugins = () => [...plugins(), trustedTypesPolicy()];

// The pages are tried against the core while bundling: that it takes seconds is no news.
const quiet = { checks: { pluginTimings: false } };

/** @type {InlineConfig} */
const common = {
  configFile: false,
  root: join(root, "web"),
  publicDir: false,
  base: "./",
  logLevel: "warn",
  clearScreen: false,
  // A worker from a blob runs from file://, under a strict policy and in a sandbox.
  worker: { format: "iife", plugins: () => [coreGlue()] },
};

/**
 * @param {number} port the first to try
 * @returns {InlineConfig}
 */
export function developmentConfig(port) {
  return {
    ...common,
    base: "/",
    plugins: [...plugins(), lecture("by chapter"), pages()],
    server: { port, fs: { allow: [root] } },
  };
}

/**
 * @returns {InlineConfig} a static page of separate files that runs under a strict policy; a scene's
 *   script is fetched when the scene is opened
 */
export function siteConfig() {
  return {
    ...common,
    plugins: [...pagePlugins(), lecture("by chapter"), pages(), staticPages()],
    build: {
      outDir: siteFolder,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      cssCodeSplit: false,
      modulePreload: false,
      manifest: "manifest.json",
      rolldownOptions: {
        ...quiet,
        input: [join(root, "web", "index.html"), join(root, "web", elementScript)],
        // Other pages import it: it keeps its name and what it exports.
        preserveEntrySignatures: "exports-only",
        output: {
          entryFileNames: ({ name }) =>
            `${name}.js` === elementScript ? elementScript : "assets/[name]-[hash].js",
        },
      },
    },
  };
}

/** @returns {InlineConfig} the page's script with all it ever loads inside, not a module */
export function wholeConfig() {
  const config = libraryConfig("main.js", "iife", wholeScript);
  return {
    ...config,
    plugins: [...plugins(), lecture("whole"), pages()],
    build: { ...config.build, outDir: siteFolder },
  };
}

/** @returns {InlineConfig} everything in one html file */
export function singleFileConfig() {
  return {
    ...common,
    plugins: [
      ...pagePlugins(),
      lecture("whole"),
      pages(),
      viteSingleFile({ removeViteModuleLoader: true }),
    ],
    build: {
      outDir: join(distribution, "single"),
      emptyOutDir: true,
      modulePreload: false,
      rolldownOptions: quiet,
    },
  };
}

/**
 * @param {string} entry relative to web/
 * @param {"es" | "iife"} format
 * @param {string} fileName
 * @returns {InlineConfig}
 */
function libraryConfig(entry, format, fileName) {
  return {
    ...common,
    plugins: plugins(),
    build: {
      outDir: distribution,
      emptyOutDir: false,
      lib: {
        entry: join(root, "web", entry),
        formats: [format],
        name: "WideValley",
        fileName: () => fileName,
        cssFileName: fileName.replace(/\.js$/, ""),
      },
    },
  };
}

/** @returns {InlineConfig} the ES module of the package; wasm and data lie beside it */
export const packageConfig = () => libraryConfig("package.js", "es", "lab.js");

/** @returns {InlineConfig} one classic script with everything in it, the global WideValley */
export function standaloneConfig() {
  const config = libraryConfig("standalone.js", "iife", "standalone.js");
  // Imported, the script is a module, whose variables are its own.
  const footer = "globalThis.WideValley = WideValley;";
  return { ...config, build: { ...config.build, rolldownOptions: { output: { footer } } } };
}
