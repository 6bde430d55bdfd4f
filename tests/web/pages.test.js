// The pages beside the scenes: what they speak of, and that each of their links is a state that opens.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { before, test } from "node:test";
import { loadLab } from "wide-valley";
import { renderPages } from "../../web/build/pages-plugin.js";
import { createDesk } from "../../web/pages/desk.js";
import { errata } from "../../web/pages/errata.js";
import { sections } from "../../web/pages/lecture.js";

/** @typedef {import("../../web/build/pages-plugin.js").RenderedPage} RenderedPage */

const items = sections.flatMap((section) => section.items);

// As the notes number them: everything from 1 to 18 but the formulas, which count for themselves.
const numbered = [
  "Example 1",
  "Example 2",
  "Remark 3",
  "Remark 4",
  "Lemma 5",
  "Lemma 6",
  "Theorem 7",
  "Theorem 8",
  "Remark 9",
  "Remark 10",
  "Remark 11",
  "Assumption 12",
  "Assumption 13",
  "Assumption 14",
  "Remark 15",
  "Remark 16",
  "Question 17",
  "Question 18",
  "Formula 1",
  "Formula 2",
  "Formula 3",
  "Formula 4",
];
// What the notes ask without a number.
const asked = [
  /difficult when n is large/,
  /direction of steepest descent/,
  /convergence of SGD be understood/,
  /why do we use mini-batches/,
  /never decreased/,
  /transition kernel/,
  /equilibrate for a convex loss/,
  /hold in practice/,
  /How many weight vectors/,
  /generalise better/,
];

test("everything that the notes number or ask is there, in their order", () => {
  const names = items.filter(({ number }) => number).map(({ kind, number }) => `${kind} ${number}`);
  assert.deepEqual([...new Set(names)].toSorted(), numbered.toSorted());
  const numbers = items
    .filter(({ kind, number }) => number && kind !== "Formula")
    .map(({ number }) => Number(number));
  assert.deepEqual(
    numbers,
    numbers.toSorted((a, b) => a - b),
  );
  const questions = items.filter(({ kind }) => kind === "Question").map(({ title }) => title);
  for (const pattern of asked) {
    assert.ok(
      questions.some((title) => pattern.test(title)),
      `${pattern} is not asked`,
    );
  }
});

test("each item says something, and leads somewhere or says why not", () => {
  for (const { title, says, places, missing } of items) {
    assert.match(says, /^<p>.+<\/p>$/, title);
    assert.ok(places.length > 0 || missing, `${title} leads nowhere`);
  }
});

test("each erratum is named where the lecture has it", () => {
  const named = new Set(items.flatMap((item) => item.errata ?? []));
  assert.deepEqual(
    [...named].toSorted((a, b) => a - b),
    errata.map((_, i) => i + 1),
  );
});

/** @type {RenderedPage[]} */
let rendered;
before(async () => {
  rendered = await renderPages({ laboratory: "lab.html", page: (id) => `${id}.html` });
});

test("every link of every page is a state that the core takes", () => {
  const links = rendered.flatMap(({ markup }) => markup.match(/href="[^"]+"/g) ?? []);
  assert.ok(links.length > 100, `${links.length} links`);
  const known = readdirSync(new URL("../../web/scenes/", import.meta.url));
  const parts = rendered.flatMap(({ id, markup }) => [
    id,
    ...[...markup.matchAll(/ id="([^"]+)"/g)].map(([, part]) => part),
  ]);
  for (const link of links) {
    const [, file, target] = /^href="([\w.-]+)#([\w-]+)/.exec(link) ?? [];
    assert.ok(file === "lab.html" ? known.includes(`${target}.js`) : parts.includes(target), link);
  }
});

test("every scene is led to from the lecture's items", () => {
  const [lecture] = rendered;
  const experiments = readdirSync(new URL("../../core/experiment/", import.meta.url));
  assert.ok(experiments.length > 0);
  const reached = new Set([...lecture.markup.matchAll(/lab\.html#([\w-]+)/g)].map(([, id]) => id));
  const places = items.flatMap((item) => item.places.map(({ scene }) => scene));
  assert.deepEqual([...reached].toSorted(), [...new Set(places)].toSorted());
  assert.equal(reached.size, 18);
});

test("formulas are set, no source is left", () => {
  const wordsOnly = ["recipes"];
  for (const { id, markup } of rendered.filter(({ id }) => id !== "reference")) {
    assert.doesNotMatch(markup, /\\[a-z]+|\$\{|undefined|NaN/, id);
    assert.equal(/<math>/.test(markup), !wordsOnly.includes(id), id);
  }
});

test("a link to what is not there is refused by name", async () => {
  const lab = await loadLab();
  const scene = /** @type {any} */ ({
    id: "confusion",
    question: "Why?",
    step: 0,
    tries: [{ title: "Look", text: "", set: { alpha: -1 }, step: 3 }],
    view: () => [{ id: "measure", kind: "choice", initial: "a", choices: [{ id: "a" }] }],
    slider: "alpha",
    controls: ["measure"],
    plans: (/** @type {any} */ state) => [
      { experiment: "confusion", parameters: state.parameters },
    ],
  });
  const addresses = { laboratory: "", page: () => "" };
  const desk = createDesk({
    lab,
    scenes: [scene],
    addresses,
    read: () => "",
    documentation: () => [],
  });
  assert.equal(desk.linkTo({ scene: "confusion" }).href, "#confusion?v=1");
  const refusals = /** @type {const} */ ([
    [{ scene: "fusion" }, /no scene “fusion”; there are confusion/],
    [{ scene: "confusion", attempt: "Listen" }, /named “Listen”; it has “Look”/],
    [{ scene: "confusion", attempt: "Look" }, /alpha/],
    [{ scene: "confusion", set: { alhpa: 1 } }, /no parameter “alhpa”/],
    [{ scene: "confusion", set: { measure: "b" } }, /measure .* one of a, not “b”/],
  ]);
  for (const [place, message] of refusals) {
    assert.throws(() => desk.linkTo(place), { message });
  }
});

test("the reference has every parameter with its range and every channel, from the table", async () => {
  const reference = rendered.find(({ id }) => id === "reference")?.markup ?? "";
  for (const { id, parameters, channels } of (await loadLab()).experiments()) {
    const [, own = ""] = reference.split(`id="reference-${id}"`);
    for (const { id: parameter, kind, min, max } of parameters) {
      const [, row = ""] = new RegExp(`"row"><code>${parameter}</code>(.*?)</tr>`).exec(own) ?? [];
      assert.notEqual(row, "", `${id} has no row ${parameter}`);
      if (kind === "real" || kind === "integer") {
        assert.ok(row.includes(`${min} to ${max}`), `${id} ${parameter}: ${row}`);
      }
    }
    for (const { id: channel } of channels) {
      const part = own.split("</section>")[0];
      assert.ok(part.includes(`"row"><code>${channel}</code>`), `${id} has no row ${channel}`);
    }
  }
});

test("the reference has what the package exports, and parts of files that are there", async () => {
  const reference = rendered.find(({ id }) => id === "reference")?.markup ?? "";
  const exported = ["loadLab()", "lab.create(experiment, [parameters])", "run.advance(steps)"];
  for (const signature of [...exported, "ParameterError", "Channel = { shape: number[]"]) {
    assert.ok(reference.includes(`<code>${signature}`), signature);
  }
  assert.ok(reference.includes("void advanceOneStep() override {"));
  assert.ok(reference.includes("addChapter&lt;5, localEntropyExperiment"));
});
