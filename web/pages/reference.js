// The reference: every experiment from the core's own table, the JavaScript interface from its
// comments, and how to add an experiment, by one that is there.

import { excerpt } from "./excerpt.js";
import { anchor, escaped, list } from "./markup.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../lab.js").ExperimentInfo} ExperimentInfo */
/** @typedef {import("../lab.js").Parameter} Parameter */
/** @typedef {import("../build/documentation.js").Documented} Documented */

/** @param {string} text plain */
const code = (text) => `<code>${escaped(text)}</code>`;

/** A comment's text: what stands between backticks is code. @param {string} text plain */
function commentMarkup(text) {
  const parts = text.split("`");
  return parts.map((part, i) => (i % 2 === 1 ? code(part) : escaped(part))).join("");
}

/** A type as a reader writes it, wherever it is declared. @param {string} type */
const typeMarkup = (type) => code(type.replaceAll(/import\("[^"]*"\)\./g, ""));

/**
 * @param {string} label
 * @param {string[]} heads plain
 * @param {string[][]} rows markup; the first cell names the row
 */
function table(label, heads, rows) {
  const head = heads.map((text) => `<th scope="col">${escaped(text)}</th>`).join("");
  const body = rows.map(
    ([first, ...rest]) =>
      `<tr><th scope="row">${first}</th>${rest
        .map((cell, k) => `<td data-head="${escaped(heads[k + 1])}">${cell}</td>`)
        .join("")}</tr>`,
  );
  return `<div class="wide" role="region" tabindex="0" aria-label="${escaped(label)}"><table><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}

/** What values a parameter takes. @param {Parameter} parameter */
function rangeOf({ kind, min, max, stride, scale, choices }) {
  switch (kind) {
    case "choice":
      return choices.map(({ id, label }) => `${code(id)} ${escaped(label)}`).join("<br />");
    case "text":
      return `text of at most ${max} characters`;
    case "integer":
      return `${min} to ${max}${stride > 1 ? ` in steps of ${stride}` : ""}`;
    default:
      return `${min} to ${max}${scale === "logarithmic" ? ", log scale" : ""}`;
  }
}

/** @param {Parameter} parameter */
function whenOf({ live, relevant }) {
  const conditions = relevant.map(
    ({ parameter, values }) => `${code(parameter)} is ${values.map(code).join(", ")}`,
  );
  return [live ? "live" : "", ...conditions].filter(Boolean).join("; ");
}

/** @param {Parameter} parameter */
function parameterRow(parameter) {
  const { id, label, symbol, unit, help, initial } = parameter;
  const name = [label, symbol, unit ? `(${unit})` : ""].filter(Boolean).join(" ");
  return [
    code(id),
    escaped(help ? `${name}: ${help}` : name),
    initial === "" ? "empty" : code(String(initial)),
    rangeOf(parameter),
    whenOf(parameter),
  ];
}

/** @param {ExperimentInfo} experiment @param {Desk} desk */
function experimentMarkup({ id, title, section, parameters, channels }, desk) {
  const scene = desk.scenes.find((candidate) => candidate.id === id);
  const link = scene && desk.linkTo({ scene: id });
  return `<section class="item" id="reference-${id}"><h3>${code(id)} ${escaped(title)}</h3>
    <p>${escaped(section)}${link ? ` · ${anchor(link.href, link.label)}` : ""}</p>
    ${table(
      `Parameters of ${id}`,
      ["parameter", "what it is", "default", "values", "when"],
      parameters.map(parameterRow),
    )}
    ${table(
      `Channels of ${id}`,
      ["channel", "what it holds", "unit", "shape"],
      channels.map(({ id: channel, label, unit, shape, costly }) => [
        code(channel),
        escaped(costly ? `${label} (worked out when asked for)` : label),
        escaped(unit),
        code(shape),
      ]),
    )}</section>`;
}

/** @param {Documented} documented @param {string} [owner] */
function signatureOf({ name, kind, type, tags }, owner) {
  if (kind === "type" || kind === "class") {
    return type ? `${name} = ${type}` : name;
  }
  const parameters = tags.filter(({ tag }) => tag === "param").map(({ name: each }) => each);
  return `${owner ? `${owner}.` : ""}${name}(${parameters.join(", ")})`;
}

/** @type {Record<string, string>} */
const tagNames = { returns: "returns", throws: "throws" };

/**
 * @param {Documented} documented
 * @param {string} [owner] of a method
 * @returns {string}
 */
function documentedMarkup(documented, owner) {
  const { text, tags, name, members } = documented;
  const rows = tags.map(
    ({ tag, type, name: each, text: about }) =>
      `<dt>${tagNames[tag] ?? code(each)}</dt><dd>${type ? typeMarkup(type) : ""} ${commentMarkup(about)}</dd>`,
  );
  const heading = owner ? "h4" : "h3";
  return `<section class="item"><${heading}>${code(signatureOf(documented, owner))}</${heading}>
    ${text ? `<p>${commentMarkup(text)}</p>` : ""}${rows.length > 0 ? `<dl class="tags">${rows.join("")}</dl>` : ""}
    ${members.map((member) => documentedMarkup(member, name.toLowerCase())).join("")}</section>`;
}

/** What a user of the package sees. @param {Desk} desk */
function interfaceMarkup(desk) {
  const all = ["web/package.js", "web/lab.js"].flatMap((file) => desk.documentation(file));
  const inside = ["labFromModule"];
  return all
    .filter(({ name }) => !inside.includes(name))
    .map((documented) => documentedMarkup(documented))
    .join("");
}

/**
 * The steps of adding an experiment, each with a file of one that was added and a part of it.
 * @type {{ title: string, text: string, parts: { file: string, start: string, after?: string }[] }[]}
 */
const steps = [
  {
    title: "Declare it",
    text: "One table of parameters and one of channels. Controls, validation, links, types, the command line and this page follow from it.",
    parts: [
      {
        file: "core/experiment/local_entropy.cpp",
        start: 'table.push_back({.id = "gamma",',
      },
      {
        file: "core/experiment/local_entropy.cpp",
        start: "ExperimentInfo localEntropyExperiment() {",
        after: '{"grid", "x of every curve"',
      },
    ],
  },
  {
    title: "Create it, or say what is wrong",
    text: "What no range can exclude is refused here, by an issue that names the parameter. Nothing is thrown.",
    parts: [
      {
        file: "core/experiment/local_entropy.cpp",
        start: "Creation createLocalEntropy(",
      },
    ],
  },
  {
    title: "Make a step, take a change, tell the state",
    text: "A class derived from Experiment. Its caller owns the loop; leaving the window is a result, not an error.",
    parts: [
      { file: "core/experiment/local_entropy.cpp", start: "void advanceOneStep() override {" },
      { file: "core/experiment/local_entropy.cpp", start: "void apply(std::string_view id" },
      { file: "core/experiment/local_entropy.cpp", start: "Status status() const override {" },
    ],
  },
  {
    title: "Register it",
    text: "In its chapter of the lecture.",
    parts: [
      { file: "core/experiment/registry.cpp", start: "ExperimentInfo localEntropyExperiment();" },
      { file: "core/experiment/registry.cpp", start: "addChapter<5, localEntropyExperiment" },
    ],
  },
  {
    title: "Draw it",
    text: "A scene says which runs it needs, what stands on its slider and what its panels paint. It never steps.",
    parts: [
      { file: "web/scenes/local-entropy.js", start: "function plans(state, table) {" },
      {
        file: "web/scenes/local-entropy.js",
        start: "export const localEntropy = {",
        after: "adapt: () => ({}),",
      },
      { file: "web/scenes/index.js", start: '"local-entropy": async () =>' },
    ],
  },
  {
    title: "Say what is true of it",
    text: "A test against a closed form, an enumeration or a published number.",
    parts: [
      {
        file: "tests/core/local_entropy_experiment_test.cpp",
        start: 'TEST_CASE(\n    "local-entropy: descent on the smoothed quadratic',
      },
    ],
  },
];

/** @param {Desk} desk */
function howToMarkup(desk) {
  return steps
    .map(
      ({ title, text, parts }, i) => `<section class="item"><h3>${i + 1} · ${escaped(title)}</h3>
      <p>${escaped(text)}</p>${parts
        .map(
          ({ file, start, after }) =>
            `<figure><figcaption>${code(file)}</figcaption><pre tabindex="0" aria-label="part of ${file}"><code>${escaped(excerpt(desk.read(file), start, after))}</code></pre></figure>`,
        )
        .join("")}</section>`,
    )
    .join("");
}

/** @param {Desk} desk */
function dataMarkup(desk) {
  const shipped = desk.dataSets.filter(({ file }) => file !== "");
  return table(
    "Data sets",
    ["id", "what it is", "source", "licence"],
    shipped.map(({ id, title, source, licence }) => [
      code(id),
      ...[title, source, licence].map(escaped),
    ]),
  );
}

/** @param {Desk} desk */
export function referenceMarkup(desk) {
  const toExperiments = desk.experiments.map(({ id, title }) =>
    anchor(desk.pageAddress("reference", `reference-${id}`), title),
  );
  const parts = [
    ["experiments", "Experiments", list(toExperiments)],
    ["data", "Data sets", dataMarkup(desk)],
    ["interface", "JavaScript", interfaceMarkup(desk)],
    ["adding", "Add an experiment", howToMarkup(desk)],
  ];
  const all = desk.experiments.map((experiment) => experimentMarkup(experiment, desk)).join("");
  return parts
    .map(([id, title, markup]) => {
      const below = id === "experiments" ? `${markup}${all}` : markup;
      return `<section class="part" id="reference-part-${id}"><h2>${title}</h2>${below}</section>`;
    })
    .join("");
}
