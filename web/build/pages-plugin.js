// Renders the pages beside the scenes while bundling: their links are made, and tried, with the tables
// of the built core, their formulas are set, and what ships is markup.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runnerImport } from "vite";
import { cssVariables, themeFrom } from "../render/theme.js";
import { colourTables } from "./colour-tables.js";
import { coreGlue } from "./core-glue.js";
import { documentationOf } from "./documentation.js";
import { builtLab, lecture } from "./lecture-plugin.js";
import { mathMarkup } from "./math-plugin.js";
import { root } from "./processes.js";

/** @typedef {import("../pages/desk.js").Addresses} Addresses */
/** @typedef {{ id: string, title: string, lead: string, markup: string }} RenderedPage */

/** In the laboratory every page is a hash of the one address. @type {Addresses} */
export const inTheLaboratory = { laboratory: "", page: () => "" };

/** @param {string} file of the repository */
function read(file) {
  return readFileSync(join(root, file), "utf8");
}

async function labWithData() {
  const lab = await builtLab();
  for (const { id, file } of lab.dataSets().filter((each) => each.file !== "")) {
    lab.addData(id, read(join("web", "data", file)));
  }
  return lab;
}

/** @returns {Promise<typeof import("../pages/index.js")>} the pages and every scene */
export async function loadPages() {
  const { module } = await runnerImport(join(root, "web", "pages", "index.js"), {
    configFile: false,
    root: join(root, "web"),
    logLevel: "warn",
    plugins: [coreGlue(), mathMarkup(), colourTables(), lecture("whole")],
  });
  return /** @type {any} */ (module);
}

/** @type {Promise<[typeof import("../pages/index.js"), import("../lab.js").Lab]> | undefined} */
let loaded;

/**
 * @param {Addresses} addresses
 * @returns {Promise<RenderedPage[]>}
 * @throws {Error} that names the page, when it leads to a state that is refused
 */
export async function renderPages(addresses) {
  loaded ??= Promise.all([loadPages(), labWithData()]);
  const [{ createDesk, pages, scenes }, lab] = await loaded;
  const documentation = (/** @type {string} */ file) => documentationOf(file, read(file));
  const desk = createDesk({ lab, scenes, addresses, read, documentation });
  return pages.map(({ id, title, lead, markup }) => {
    try {
      return { id, title, lead, markup: markup(desk) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`The page “${id}” cannot be made: ${reason}`);
    }
  });
}

/**
 * Gives "virtual:pages" its `pages`, each with its title and the way to load its markup.
 * @returns {import("vite").Plugin}
 */
export function pages() {
  const index = "virtual:pages";
  const one = "virtual:page/";
  const render = () => renderPages(inTheLaboratory);
  return {
    name: "wide-valley:pages",
    resolveId: (source) => (source === index || source.startsWith(one) ? `\0${source}` : null),
    async load(source) {
      if (source === `\0${index}`) {
        const entries = (await render()).map(({ id, title, lead }) => {
          const about = JSON.stringify({ id, title, lead });
          return `{ ...${about}, load: async () => (await import("${one}${id}")).default }`;
        });
        return `export const pages = [${entries.join(", ")}];`;
      }
      const page = source.startsWith(`\0${one}`)
        ? (await render()).find(({ id }) => source === `\0${one}${id}`)
        : undefined;
      return page ? `export default ${JSON.stringify(page.markup)};` : null;
    },
  };
}

/** Beside the laboratory every page is a file. @type {Addresses} */
const asFiles = { laboratory: "index.html", page: (id) => `${id}.html` };

/** @param {"light" | "dark"} name */
function themeRule(name) {
  const declarations = Object.entries(cssVariables(themeFrom(name)));
  return `:root { ${declarations.map(([key, value]) => `${key}: ${value};`).join(" ")} }`;
}

/**
 * @param {RenderedPage} page
 * @param {RenderedPage[]} all
 * @param {string[]} styles addresses
 */
function htmlOf({ id, title, lead, markup }, all, styles) {
  const links = styles.map((href) => `<link rel="stylesheet" href="${href}" />`).join("");
  const others = all
    .filter((page) => page.id !== id)
    .map((page) => `<a href="${page.id}.html">${page.title}</a>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<meta name="description" content="${lead}" />
<title>${title} · Wide Valley</title><link rel="icon" href="data:," />${links}</head>
<body class="printed"><header class="bar"><a class="brand" href="index.html">Wide Valley</a>
<nav aria-label="Other pages">${others.join(" ")}</nav></header>
<main class="stage"><article class="page" id="${id}"><h1>${title}</h1><p class="lead">${lead}</p>
<div class="page-body">${markup}</div></article></main></body></html>
`;
}

/**
 * Writes each page as a file of its own too, which needs no script: for printing and for search.
 * @returns {import("vite").Plugin}
 */
export function staticPages() {
  return {
    name: "wide-valley:static-pages",
    enforce: "post",
    async generateBundle(_options, bundle) {
      const theme = this.emitFile({
        type: "asset",
        name: "theme.css",
        source: `${themeRule("light")}\n@media (prefers-color-scheme: dark) { ${themeRule("dark")} }\n`,
      });
      const style = Object.keys(bundle).filter((file) => file.endsWith(".css"));
      const rendered = await renderPages(asFiles);
      for (const page of rendered) {
        const source = htmlOf(page, rendered, [...new Set([...style, this.getFileName(theme)])]);
        this.emitFile({ type: "asset", fileName: `${page.id}.html`, source });
      }
    },
  };
}
