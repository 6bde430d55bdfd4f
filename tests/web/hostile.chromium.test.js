// What comes from outside in bad faith, by link, table, message or entry: nothing of it runs, nothing
// is thrown, no request leaves, and what the reader had stays.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { sceneTables } from "../../web/state/scene-tables.js";
import { startDesk } from "./page-driver.js";
import { loadScenes } from "./scenes-in-node.js";

/** @typedef {import("./page-driver.js").Reader} Reader */

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

// Each would set a mark in the page if anything took it for more than text.
const attacks = [
  "<img src=x onerror=window.struck=1>",
  '"><script>window.struck=1</script>',
  "<svg onload=window.struck=1><math><mi href='javascript:window.struck=1'>",
  "javascript:window.struck=1",
  `\${window.struck=1}{{window.struck=1}}`,
  "');window.struck=1;//",
  "https://example.org/struck.png",
  "__proto__",
  "constructor",
  "1e999",
  "nan",
  "-0",
  "\u0000\u0007\u202e\ud800",
  "%E0%A4%A",
  "=cmd|' /C calc'!A0",
  "9".repeat(400),
  "(".repeat(3000),
];

/**
 * Nothing ran, and the page still answers.
 * @param {Reader} reader
 */
async function isUnharmed(reader) {
  const { struck, polluted } = await reader.page.evaluate(() => ({
    struck: "struck" in window,
    polluted: Object.keys(Object.prototype).length > 0 || "step" in Object.prototype,
  }));
  assert.equal(struck, false, "something of it ran");
  assert.equal(polluted, false, "it reached the prototypes");
  assert.equal(await reader.page.locator("img, iframe, object, embed, svg").count(), 0);
  const before = await reader.step();
  await reader.page.locator("h1").click();
  await reader.page.keyboard.press("ArrowRight");
  await reader.until(
    async () => (await reader.step()) !== before || (await reader.readOut.textContent()) !== "",
    () => "the page no longer answers",
  );
}

test("links that put something hostile into every place of every scene", async () => {
  const reader = await desk.open();
  const scenes = await loadScenes();
  const { loadLab } = await import("wide-valley");
  const lab = await loadLab();
  let turn = 0;
  for (const scene of scenes.values()) {
    const tables = sceneTables(scene, lab.experiments());
    const query = new URLSearchParams();
    for (const { id } of [...tables.parameters, ...tables.view]) {
      query.set(id, attacks[turn++ % attacks.length]);
    }
    query.set("edits", `1:alpha:${attacks[turn % attacks.length]},2:__proto__:1`);
    query.set("t", "1e5");
    await reader.goToHash(`#${scene.id}?${query}`);
    await reader.untilText("nav.contents [aria-current=page]", /./);
    await reader.until(
      async () => (await reader.complaints()).length > 0,
      () => `nothing was said about ${scene.id}?${query}`,
    );
    await isUnharmed(reader);
  }
  await reader.leave();
});

test("addresses of any text", async () => {
  const reader = await desk.open();
  const texts = fc.sample(fc.oneof(fc.webFragments(), fc.string({ maxLength: 300 })), {
    numRuns: 40,
    seed: 7,
  });
  for (const text of [...texts, ...attacks, `#confusion?a=${"1,".repeat(20_000)}`]) {
    await reader.goToHash(text);
  }
  await reader.goToHash("#step-size?t=3");
  await reader.untilReadOut(/^step 3 /);
  await isUnharmed(reader);
  await reader.leave();
});

test("messages that pretend to be a worker's, a frame's or a page's", async () => {
  const reader = await desk.open("#confusion?t=5");
  await reader.untilReadOut(/^step 5 /);
  const before = await reader.pictures();
  await reader.page.evaluate((texts) => {
    const messages = [
      ...texts,
      null,
      { beat: true },
      { lost: "everything" },
      { ticket: 1, result: { status: { state: "diverged", step: 9 }, edits: [], channels: {} } },
      { subject: "lti.frameResize", sender: "wide-valley", height: 1e9 },
      { kind: "create", run: 1, experiment: "gibbs", parameters: {} },
    ];
    for (const message of messages) {
      window.postMessage(message, "*");
    }
  }, attacks);
  await reader.frames();
  assert.deepEqual(await reader.pictures(), before);
  assert.deepEqual(await reader.complaints(), []);
  await isUnharmed(reader);
  await reader.leave();
});

test("tables that are none, too large, or hold more than numbers", async () => {
  const reader = await desk.open("#batch-size?dataset=penguins");
  await reader.choose("dataset", "own");
  const text = reader.page.getByRole("textbox", { name: "your table as CSV" });
  const tables = [
    ...attacks,
    `${attacks.join(",")}\n${attacks.map(() => "1").join(",")}`,
    `${Array.from({ length: 2001 }, (_, i) => `c${i}`).join(",")}\n1`,
    `a,b\n${"1,2\n".repeat(200_001)}`,
    'a,b\n"1,2\n3',
    "a,a\n1,2",
    "__proto__,constructor\n1,2\n2,1",
  ];
  for (const table of tables) {
    // As a paste does: typing a million characters is no test of the page.
    await text.evaluate((node, value) => {
      /** @type {HTMLTextAreaElement} */ (node).value = value;
      node.dispatchEvent(new Event("change", { bubbles: true }));
    }, table);
    await reader.frames();
  }
  const { dataset } = Object.fromEntries(await reader.address());
  assert.notEqual(dataset, "own", "no table was taken, so no link may ask for one");
  await reader.goToHash("#batch-size?dataset=penguins&t=2");
  await reader.untilReadOut(/^step 2 /);
  await isUnharmed(reader);
  await reader.leave();
});

test("what is typed into an entry is a value or refused, and the state stays", async () => {
  const reader = await desk.open("#confusion?t=4");
  await reader.untilReadOut(/^step 4 /);
  await reader.untilAddress({ t: 4, v: 1 });
  const before = (await reader.address()).toString();
  for (const attack of attacks) {
    await reader.type("a", attack);
    await reader.until(
      async () => (await reader.complaints()).length > 0,
      () => `“${attack.slice(0, 40)}” was taken`,
    );
    assert.equal((await reader.address()).toString(), before);
  }
  await isUnharmed(reader);
  await reader.leave();
});
