// Turns formulas into MathML while bundling, so that no typesetting code ships. In a module that
// imports them from ui/formula.js, tex`…` becomes the markup of a formula in the line, texBlock`…`
// that of one on its own line, both as plain strings. A malformed formula stops the build.

import temml from "temml";
import { parseSync, Visitor } from "vite";

const blockByTag = new Map([
  ["tex", false],
  ["texBlock", true],
]);

// A strict policy forbids inline style. These do only what the page's CSS or the browser's own
// MathML style does as well.
const dispensableStyle = /^(display:block math|math-depth:0|padding-(left|right):[\d.]+(em|pt))$/;

/**
 * @param {string} formula in TeX
 * @param {boolean} isBlock
 * @returns {string} MathML without inline style
 * @throws {Error} that names the formula
 */
export function markupOf(formula, isBlock) {
  /** @param {string} reason */
  const refuse = (reason) => new Error(`The formula ${formula} cannot be set: ${reason}`);
  let markup;
  try {
    markup = temml.renderToString(formula, { throwOnError: true, displayMode: isBlock });
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error));
  }
  return markup.replaceAll(/ style="([^"]*)"/g, (_attribute, style) => {
    for (const declaration of style.split(";").filter(Boolean)) {
      if (!dispensableStyle.test(declaration)) {
        throw refuse(`it needs the inline style ${declaration}.`);
      }
    }
    return "";
  });
}

/**
 * @param {string} code
 * @param {string} file
 * @returns {string}
 */
export function replaceFormulas(code, file) {
  const { program, errors } = parseSync(file, code);
  if (errors.length > 0) {
    return code; // the bundler reports it with a picture of the place
  }
  /** @type {Map<string, boolean>} local name → is it on its own line */
  const tags = new Map();
  /** @type {{ start: number, end: number, text: string }[]} */
  const replacements = [];
  new Visitor({
    ImportDeclaration({ source, specifiers }) {
      for (const specifier of source.value.endsWith("/formula.js") ? specifiers : []) {
        const isNamed = specifier.type === "ImportSpecifier";
        const name = isNamed && specifier.imported.type === "Identifier" && specifier.imported.name;
        const isBlock = blockByTag.get(name || "");
        if (isBlock !== undefined) {
          tags.set(specifier.local.name, isBlock);
        }
      }
    },
    TaggedTemplateExpression({ tag, quasi, start, end }) {
      const isBlock = tag.type === "Identifier" ? tags.get(tag.name) : undefined;
      if (isBlock === undefined) {
        return;
      }
      if (quasi.expressions.length > 0) {
        throw new Error(`${file}: a formula is set while building and cannot contain \${…}.`);
      }
      const markup = JSON.stringify(markupOf(quasi.quasis[0].value.raw, isBlock));
      // As many lines as before, so that line numbers in stack traces stay right.
      const lines = code.slice(start, end).split("\n").length - 1;
      replacements.push({ start, end, text: markup + "\n".repeat(lines) });
    },
  }).visit(program);
  return replacements
    .sort((a, b) => b.start - a.start)
    .reduce(
      (text, { start, end, text: markup }) => text.slice(0, start) + markup + text.slice(end),
      code,
    );
}

/** @returns {import("vite").Plugin} */
export function mathMarkup() {
  return {
    name: "wide-valley:math-markup",
    enforce: "pre",
    transform(code, id) {
      const file = id.replace(/\?.*$/, "");
      if (!file.endsWith(".js") || !code.includes("/formula.js")) {
        return null;
      }
      return { code: replaceFormulas(code, file), map: null };
    },
  };
}
