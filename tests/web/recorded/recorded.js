// Pages that other tools made of our recipes (make.js), with what they were made of.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where the laboratory was when they were made. */
export const recordedAddress = "https://wide-valley.test/";
export const recordedState = "step-size?alpha=0.05&t=17&v=1";

/** @param {string} code */
const digest = (code) => createHash("sha256").update(code).digest("hex");

/** What is written under a page. @param {string} tool @param {string} code that it was made of */
export function mark(tool, code) {
  return `<!-- ${tool}; of ${digest(code)} -->`;
}

/**
 * @param {string} id of a recipe
 * @param {string} code of the recipe today
 * @returns {string} the page
 * @throws {Error} when the recipe has changed since
 */
export function recordedPage(id, code) {
  const file = fileURLToPath(new URL(`./${id}.html.txt`, import.meta.url));
  const page = readFileSync(file, "utf8");
  if (!page.includes(`of ${digest(code)} -->`)) {
    throw new Error(`The recipe ${id} has changed: run node tests/web/recorded/make.js.`);
  }
  return page;
}
