// What the reference is made from: comments and parts of files.

import assert from "node:assert/strict";
import { test } from "node:test";
import { documentationOf, readComment } from "../../web/build/documentation.js";
import { excerpt } from "../../web/pages/excerpt.js";

test("a comment is its text and its tags, with braces in types", () => {
  const comment = `*
     * Makes a run,
     * in one line.
     * @param {{ id: string, values: Record<string, number> }} from where
     *   it comes from
     * @returns {Run}
     * @throws {Error} by name `;
  assert.deepEqual(readComment(comment), {
    text: "Makes a run, in one line.",
    tags: [
      {
        tag: "param",
        type: "{ id: string, values: Record<string, number> }",
        name: "from",
        text: "where it comes from",
      },
      { tag: "returns", type: "Run", name: "", text: "" },
      { tag: "throws", type: "Error", name: "", text: "by name" },
    ],
  });
});

test("exports with a comment are listed, private methods and constructors are not", () => {
  const code = `
    /** @typedef {string | number} Value */
    /** @typedef {import("./other.js").Hidden} Hidden */
    /** One run. */
    export class Run {
      /** @param {number} core */
      constructor(core) { this.core = core; }
      /** Goes on. @param {number} steps a number */
      advance(steps) { return steps; }
      #secret() { return 1; }
      silent() { return this.#secret(); }
    }
    export const other = 1;
    /** Loads. */
    export async function load() {}
    /** Not exported. */
    function inner() { return other + inner; }
  `;
  const names = documentationOf("run.js", code).map(({ name, kind, members, type }) => [
    name,
    kind,
    type,
    members.map((member) => member.name).join(),
  ]);
  assert.deepEqual(names, [
    ["Run", "class", "", "advance"],
    ["load", "function", "", ""],
    ["Value", "type", "string | number", ""],
  ]);
  assert.throws(() => documentationOf("bad.js", "export const = 1"), /bad\.js cannot be parsed/);
});

const source = `int before();

  int sum(int a,
          int b) {
    print("} not an end");
    return a + b;
  }
int after(int c);
`;

test("an excerpt goes from its first line to the end of the last bracket, without its indent", () => {
  assert.equal(
    excerpt(source, "int sum("),
    'int sum(int a,\n        int b) {\n  print("} not an end");\n  return a + b;\n}',
  );
  assert.equal(excerpt(source, "int after"), "int after(int c);");
  assert.equal(
    excerpt(source, "int sum(", "int b)"),
    "int sum(int a,\n        int b) {\n        …\n}",
  );
});

test("an excerpt that is not there once, or never ends, stops the build", () => {
  assert.throws(() => excerpt(source, "int product("), /stands 0 times/);
  assert.throws(() => excerpt(source, "int "), /stands \d times/);
  assert.throws(() => excerpt(source, "int sum(", "int c"), /stands 0 times/);
  assert.throws(() => excerpt("f(x {", "f("), /never ends/);
});
