// What the site offers to other pages: embed.html, the page of one figure, made from the laboratory's own,
// and the script that fits a frame to its figure.

import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { figurePage, frameScript } from "../embed/addresses.js";
import { Failure, root } from "./processes.js";

/** The laboratory in one classic script, for frames without an origin. */
export const wholeScript = "whole.js";
const chooseScript = "choose-script.js";

/**
 * @param {string} html
 * @param {RegExp} pattern
 * @param {(found: RegExpExecArray) => string} replacement
 */
function replaced(html, pattern, replacement) {
  const found = pattern.exec(html);
  if (!found) {
    throw new Failure(`index.html has nothing like ${pattern} to make ${figurePage} of.`);
  }
  return html.replace(found[0], replacement(found));
}

/** @param {string} site folder in which index.html was built */
export function writeEmbedFiles(site) {
  const scripts = join(root, "web", "embed");
  for (const name of [frameScript, chooseScript]) {
    cpSync(join(scripts, name), join(site, name));
  }
  // The whole script's own copy of the style sheet: the page has it already.
  rmSync(join(site, wholeScript.replace(/js$/, "css")));
  const page = readFileSync(join(site, "index.html"), "utf8").replaceAll(" crossorigin", "");
  const withView = replaced(page, /<html /, () => '<html data-view="figure" ');
  const html = replaced(
    withView,
    /<script type="module" src="([^"]+)"><\/script>/,
    ([, module]) =>
      `<script src="./${chooseScript}" data-module="${module}" data-whole="./${wholeScript}"></script>`,
  );
  writeFileSync(join(site, figurePage), html);
}
