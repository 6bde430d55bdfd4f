// dist/licences.txt: the terms of everything of others that ships. What the bundler took is noted as
// it takes it, so that a new dependency cannot be forgotten.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, root } from "./processes.js";

const modules = join(root, "node_modules");

// Read at build time, not bundled; what is made of them ships all the same.
const copiedFrom = ["d3-scale-chromatic"];

// What the compiler puts into the core. Only those that ask to be named; LLVM's libraries do not.
const inTheCore = [
  {
    name: "Eigen",
    terms:
      "Mozilla Public License 2.0, https://www.mozilla.org/MPL/2.0/. " +
      "The source, unchanged, is at https://eigen.tuxfamily.org.",
  },
  {
    name: "Emscripten's runtime",
    terms: "MIT licence. Copyright (c) 2010-2022 Emscripten authors, https://emscripten.org.",
  },
  {
    name: "musl",
    terms: "MIT licence. Copyright (c) 2005-2020 Rich Felker and others, https://musl.libc.org.",
  },
];

/**
 * @param {string} id of a module, as the bundler names it
 * @returns {string | null} the npm package that it belongs to; null for our own
 */
export function packageOf(id) {
  const helper = /^\0(rolldown|vite)\//.exec(id);
  const installed = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(id);
  return helper?.[1] ?? installed?.[1].replaceAll("\\", "/") ?? null;
}

/**
 * Notes which packages end up in what is built.
 * @param {Set<string>} packages
 * @returns {import("vite").Plugin}
 */
export function notePackages(packages) {
  return {
    name: "wide-valley:note-packages",
    generateBundle(_options, bundle) {
      for (const part of Object.values(bundle)) {
        const ids = part.type === "chunk" ? part.moduleIds : [];
        for (const name of ids.map(packageOf)) {
          if (name) {
            packages.add(name);
          }
        }
      }
    },
  };
}

/** @param {string} name of a package */
function termsOfPackage(name) {
  const folder = join(modules, name);
  const file = existsSync(folder)
    ? readdirSync(folder).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry))
    : undefined;
  if (!file) {
    throw new Failure(`${name} is bundled, but node_modules holds no licence of it.`);
  }
  // A bundler's own file goes on with the licences of what it is itself built from.
  const text = readFileSync(join(folder, file), "utf8").split(/^# Licenses of bundled/m, 1)[0];
  return text.replace(/^#.*\n/gm, "").trim();
}

/**
 * @param {Iterable<string>} packages that were bundled
 * @param {import("../lab.js").DataSetInfo[]} dataSets
 * @returns {string}
 */
export function licencesText(packages, dataSets) {
  const ours = readFileSync(join(root, "LICENSE"), "utf8").trim();
  const conditions = ours.slice(ours.indexOf("Permission is hereby"));
  const parts = [
    ["Wide Valley", ours],
    ...[...new Set([...copiedFrom, ...packages])]
      .sort()
      .map((name) => [name, termsOfPackage(name)]),
    ...inTheCore.map(({ name, terms }) => [name, terms]),
    ["The MIT licence", conditions],
    ...dataSets
      .filter(({ file }) => file !== "")
      .map(({ title, source, licence }) => [`Data: ${title}`, `${source}\n${licence}`]),
  ];
  const head = "What Wide Valley is made of, and under which terms.\n";
  return `${[head, ...parts.map(([name, text]) => `── ${name}\n\n${text}\n`)].join("\n")}`;
}
