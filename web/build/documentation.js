// What a module's JSDoc comments say of what it exports, for the reference.

import { parseSync } from "vite";

/** @typedef {{ tag: string, type: string, name: string, text: string }} Tag */
/** @typedef {{ text: string, tags: Tag[] }} Comment */
/**
 * @typedef {object} Documented
 * @property {string} name
 * @property {"function" | "class" | "method" | "type"} kind
 * @property {string} text
 * @property {Tag[]} tags in the order in which they stand
 * @property {string} type of a type that is an alias, "" otherwise
 * @property {Documented[]} members of a class
 */

/** @param {string} comment what stands between the slashes */
function linesOf(comment) {
  return comment
    .replace(/^\*/, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\*\s?/, "").trim());
}

/**
 * "{type} [name] text"; types may have braces in them.
 * @param {string} rest
 */
function typed(rest) {
  if (!rest.startsWith("{")) {
    return { type: "", after: rest };
  }
  let depth = 0;
  const end = [...rest].findIndex((letter) => {
    depth += letter === "{" ? 1 : letter === "}" ? -1 : 0;
    return depth === 0;
  });
  return { type: rest.slice(1, end), after: rest.slice(end + 1).trim() };
}

/** @param {string} text of one tag, without the @ */
function readTag(text) {
  const [, tag, rest] = /^(\w+)\s*(.*)$/s.exec(text) ?? ["", "", ""];
  const { type, after } = typed(rest);
  const named = ["param", "property", "typedef"].includes(tag);
  const [name] = named ? after.split(/\s/, 1) : [""];
  return { tag, type, name, text: after.slice(name.length).trim() };
}

/** @param {string} comment @returns {Comment} */
export function readComment(comment) {
  const [text, ...tags] = linesOf(comment)
    .join("\n")
    .split(/(?:^|\n)@/);
  const joined = (/** @type {string} */ part) => part.replaceAll(/\s*\n\s*/g, " ").trim();
  return { text: joined(text), tags: tags.map((tag) => readTag(joined(tag))) };
}

/**
 * Everything exported that has a comment, and every type.
 * @param {string} file a name for messages
 * @param {string} code
 * @returns {Documented[]}
 */
export function documentationOf(file, code) {
  const { program, comments, errors } = parseSync(file, code);
  if (errors.length > 0) {
    throw new Error(`${file} cannot be parsed: ${errors[0].message}`);
  }
  const blocks = comments.filter(({ type, value }) => type === "Block" && value.startsWith("*"));
  /** @param {{ start: number }} node */
  const commentOf = ({ start }) => {
    const before = blocks.findLast(
      ({ end }) => end <= start && code.slice(end, start).trim() === "",
    );
    return before && readComment(before.value);
  };

  /** @param {string} name @param {Documented["kind"]} kind @param {Comment} comment */
  const entry = (name, kind, { text, tags }) => ({
    name,
    kind,
    text,
    tags,
    type: "",
    members: /** @type {Documented[]} */ ([]),
  });

  const exported = program.body.flatMap((node) => {
    const declared = node.type === "ExportNamedDeclaration" ? node.declaration : null;
    const comment = commentOf(node);
    if (declared?.type === "FunctionDeclaration" && declared.id && comment) {
      return [entry(declared.id.name, "function", comment)];
    }
    if (declared?.type !== "ClassDeclaration" || !declared.id || !comment) {
      return [];
    }
    const members = declared.body.body.flatMap((member) => {
      const isMethod = member.type === "MethodDefinition" && member.kind === "method";
      const described =
        isMethod && member.key.type === "Identifier" ? commentOf(member) : undefined;
      return isMethod && member.key.type === "Identifier" && described
        ? [entry(member.key.name, "method", described)]
        : [];
    });
    return [{ ...entry(declared.id.name, "class", comment), members }];
  });

  const types = blocks.flatMap(({ value }) => {
    const { text, tags } = readComment(value);
    const [definition, ...properties] = tags;
    return definition?.tag === "typedef" && !definition.type.startsWith("import(")
      ? [
          {
            ...entry(definition.name, "type", { text: text || definition.text, tags: properties }),
            type: definition.type === "object" ? "" : definition.type,
          },
        ]
      : [];
  });
  return [...exported, ...types];
}
