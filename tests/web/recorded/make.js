// Runs the tools that make course pages on our recipes and keeps what they print, for
// recipes.chromium.test.js. By hand, after a recipe has changed: node tests/web/recorded/make.js
// On Debian: apt-get install mkdocs pandoc jupyter-nbconvert python3-sphinx python3-myst-parser

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { recipes } from "../../../web/pages/recipes.js";
import { mark, recordedAddress, recordedState } from "./recorded.js";

const here = fileURLToPath(new URL("./", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "wide-valley-recorded-"));
const byId = new Map(recipes(recordedAddress, recordedState).map((recipe) => [recipe.id, recipe]));

/** @param {string} command @param {string[]} args */
const run = (command, args) => execFileSync(command, args, { cwd: work, encoding: "utf8" });

/** @param {string} file @param {string} text */
function write(file, text) {
  mkdirSync(dirname(join(work, file)), { recursive: true });
  writeFileSync(join(work, file), text);
}

/** @param {string} code */
const lesson = (code) => `# Gradient descent\n\nText before.\n\n${code}\n\nText after.\n`;

/** An IFrame as IPython shows it. @param {string} code */
function notebook(code) {
  const [, address] = /IFrame\("([^"]+)"/.exec(code) ?? [];
  const html = `\n        <iframe\n            width="640"\n            height="480"\n            src="${address}"\n            frameborder="0"\n            allowfullscreen\n            \n        ></iframe>\n        `;
  const output = {
    output_type: "execute_result",
    execution_count: 1,
    metadata: {},
    data: { "text/html": [html], "text/plain": ["<IPython.lib.display.IFrame>"] },
  };
  const cell = { cell_type: "code", id: "a", metadata: {}, execution_count: 1, source: code };
  return JSON.stringify({
    cells: [{ ...cell, outputs: [output] }],
    metadata: { language_info: { name: "python" } },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

/** By recipe: its tool's version, and the page it makes. @type {Record<string, (code: string) => [string, string]>} */
const tools = {
  mkdocs(code) {
    write("mkdocs/mkdocs.yml", "site_name: Course\ntheme: mkdocs\nuse_directory_urls: false\n");
    write("mkdocs/docs/index.md", lesson(code));
    run("mkdocs", ["build", "-q", "-f", "mkdocs/mkdocs.yml"]);
    return [run("mkdocs", ["--version"]), "mkdocs/site/index.html"];
  },
  quarto(code) {
    write("quarto.md", lesson(code));
    run("pandoc", ["-s", "-t", "html5", "--metadata", "title=Course", "quarto.md", "-o", "q.html"]);
    return [run("pandoc", ["--version"]).split("\n")[0], "q.html"];
  },
  sphinx(code) {
    write("sphinx/conf.py", 'project = "Course"\nextensions = ["myst_parser"]\n');
    write("sphinx/index.md", lesson(code));
    run("sphinx-build", ["-q", "sphinx", "sphinx/out"]);
    return [run("sphinx-build", ["--version"]), "sphinx/out/index.html"];
  },
  notebook(code) {
    write("book.ipynb", notebook(code));
    run("jupyter-nbconvert", ["--to", "html", "--template", "basic", "book.ipynb"]);
    return [`nbconvert ${run("jupyter-nbconvert", ["--version"])}`, "book.html"];
  },
};

for (const [id, make] of Object.entries(tools)) {
  const { code } = /** @type {import("../../../web/pages/recipes.js").Recipe} */ (byId.get(id));
  const [version, file] = make(code);
  const page = readFileSync(join(work, file), "utf8");
  writeFileSync(join(here, `${id}.html.txt`), `${page}\n${mark(version.trim(), code)}\n`);
}
rmSync(work, { recursive: true });
