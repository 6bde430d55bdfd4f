import assert from "node:assert/strict";
import { test } from "node:test";
import { markupOf, replaceFormulas } from "../../web/build/math-plugin.js";

const importLine = 'import { tex, texBlock as own } from "../ui/formula.js";\n';

/**
 * The module's text after the plugin, with its exports evaluated.
 * @param {string} code one expression that uses tex or own
 */
function evaluated(code) {
  const replaced = replaceFormulas(`${importLine}export default ${code};`, "scene.js");
  return Function(`return ${replaced.slice(replaced.indexOf("export default") + 14)}`)();
}

test("formulas become MathML in the line or on their own", () => {
  assert.match(
    evaluated("tex`\\frac{1}{L}`"),
    /^<math><mfrac><mn>1<\/mn><mi>L<\/mi><\/mfrac><\/math>$/,
  );
  assert.match(evaluated("own`x`"), /^<math display="block"/);
});

test("the rest of the module and its line numbers stay", () => {
  const code = `${importLine}const a = "é" + tex\`x\n+ y\`;\nconst b = String.raw\`\\frac\`;\nthrow b;`;
  const replaced = replaceFormulas(code, "scene.js");
  assert.equal(replaced.split("\n").length, code.split("\n").length);
  assert.match(replaced, /^const a = "é" \+ "<math>/m);
  assert.match(replaced, /\nconst b = String\.raw`\\frac`;\nthrow b;$/);
});

test("a tag of the same name from elsewhere is left alone", () => {
  const code = 'import { tex } from "./other.js";\nexport default tex`\\frac`;';
  assert.equal(replaceFormulas(code, "scene.js"), code);
});

test("a malformed formula, or one with a value in it, stops the build and is named", () => {
  assert.throws(() => evaluated("tex`\\frac{1`"), /\\frac\{1 cannot be set/);
  assert.throws(() => evaluated("tex`\\unknown x`"), /\\unknown/);
  assert.throws(() => evaluated("tex`x_$" + "{1}`"), /scene\.js: a formula is set while building/);
});

test("no markup carries inline style; a formula that needs it is refused", () => {
  const typical = [
    "\\hat x",
    "\\begin{pmatrix}a&b\\\\c&d\\end{pmatrix}",
    "\\begin{aligned}a&=b\\\\c&=d\\end{aligned}",
    "\\begin{cases}1&x>0\\\\0&x<0\\end{cases}",
    "\\mathbb{E}\\lVert\\nabla f_\\omega\\rVert^2\\le\\sigma_0+\\sigma^2",
  ];
  for (const formula of typical) {
    assert.doesNotMatch(markupOf(formula, true), / style=/);
  }
  assert.throws(() => markupOf("\\color{red}x", false), /inline style color/);
});
