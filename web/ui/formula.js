// Formulas. The build replaces tex`...` (in the line) and texBlock`...` (on its own line) by MathML;
// without a build the source stays.

/** @param {TemplateStringsArray} source */
export function tex(source) {
  return source.raw[0];
}

/** @param {TemplateStringsArray} source */
export function texBlock(source) {
  return source.raw[0];
}
