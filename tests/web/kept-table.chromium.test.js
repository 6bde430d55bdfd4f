// A table of the reader's own in the link: reopened elsewhere, it gives the same picture.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { encodeTable } from "../../web/state/table-code.js";
import { differingPixels, startDesk } from "./page-driver.js";

/** @typedef {import("./page-driver.js").Reader} Reader */

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
before(async () => {
  desk = await startDesk();
});
after(() => desk.close());

/** @param {number} count of rows */
function houses(count) {
  const rows = Array.from({ length: count }, (_, i) => {
    const size = 1 + ((i * 7) % 40) / 10;
    const age = ((i * 11) % 17) / 4;
    return [size, age, 2 * size - age + ((i * i * 5) % 9) / 4].join(",");
  });
  return `size,"age, rounded",price\n${rows.join("\r\n")}`;
}

/** @param {Reader} reader @param {string} csv */
async function paste(reader, csv) {
  const text = reader.page.getByRole("textbox", { name: "your table as CSV" });
  await text.fill(csv);
  await text.blur();
}

/** @param {Reader} reader */
const keep = (reader) => reader.page.getByRole("checkbox", { name: "Keep the table in the link" });

test("a small table is kept when the reader says so, and opens in a fresh profile", async () => {
  const reader = await desk.open("#confusion?t=40&alpha=0.05");
  await reader.choose("dataset", "own");
  await paste(reader, houses(40));
  await reader.untilAddress({ dataset: "own", features: "size", table: null });
  await keep(reader).check();
  await reader.untilAddress({ table: (code) => /^[\w-]{100,2000}$/.test(code ?? "") });
  const { hash } = new URL(reader.page.url());
  const pictures = await reader.pictures();

  const elsewhere = await startDesk();
  const other = await elsewhere.open(hash);
  assert.deepEqual(await other.complaints(), []);
  const again = await other.pictures();
  for (const [panel, picture] of Object.entries(pictures)) {
    assert.equal(differingPixels(picture, again[panel]), 0, panel);
  }
  const text = other.page.getByRole("textbox", { name: "your table as CSV" });
  assert.equal(await text.inputValue(), houses(40).replaceAll("\r\n", "\n"));
  assert.ok(await keep(other).isChecked());
  assert.ok(await other.page.getByRole("checkbox", { name: "size as a feature" }).isChecked());
  await keep(other).uncheck();
  await other.untilAddress({ dataset: "own", table: null });
  await other.leave();
  await elsewhere.close();
  await reader.leave();
});

test("another table takes the kept one's place, and one too large leaves the link", async () => {
  const reader = await desk.open("#confusion?t=5");
  await reader.choose("dataset", "own");
  await paste(reader, houses(10));
  await reader.untilAddress({ dataset: "own" });
  await keep(reader).check();
  await reader.untilAddress({ table: (code) => code !== null });
  const first = (await reader.address()).get("table");
  await paste(reader, houses(12));
  await reader.untilAddress({ table: (code) => code !== null && code !== first });
  await paste(reader, houses(600));
  await reader.untilText(".own-data .keep", /too large for a link: .*at most 2,000 characters/);
  assert.ok(await keep(reader).isDisabled());
  await reader.untilAddress({ dataset: "own", table: null });
  assert.deepEqual(await reader.complaints(), []);
  await reader.leave();
});

test("a table given in one scene is at hand in the next", async () => {
  const reader = await desk.open("#confusion?t=5");
  await reader.choose("dataset", "own");
  await paste(reader, houses(20));
  await reader.untilAddress({ dataset: "own", features: "size" });
  await reader.goToHash("#constant-step?objective=least-squares");
  await reader.untilAddress({ objective: "least-squares" });
  await reader.choose("dataset", "own");
  await reader.untilAddress({ dataset: "own", targetColumn: "price" });
  assert.deepEqual(await reader.complaints(), []);
  await reader.untilText(".own-data .preview", /20 rows, 3 columns/);
  await reader.leave();
});

/**
 * In the page: a table stays on its way to the worker until "send".
 * @param {string} csv
 */
function holdTable(csv) {
  const page = /** @type {any} */ (globalThis);
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (/** @type {any} */ message) {
    const send = () => postMessage.call(this, message);
    if (message.request.csv !== csv) {
      send();
      return;
    }
    page.held = true;
    window.addEventListener("send", send, { once: true });
    this.addEventListener("message", ({ data }) => {
      page.answered ||= data.ticket === message.ticket;
    });
  };
}

test("the table of a link that another one took the place of is in no later link", async () => {
  const reader = await desk.open("#confusion?t=5");
  await reader.choose("dataset", "own");
  await paste(reader, houses(20));
  await reader.untilAddress({ dataset: "own", features: "size" });
  await reader.page.evaluate(holdTable, houses(10));
  const code = await encodeTable(houses(10));
  await reader.goToHash(`#confusion?dataset=own&features=size&t=6&table=${code}`);
  await reader.page.waitForFunction(() => /** @type {any} */ (globalThis).held);
  await reader.goToHash("#confusion?dataset=own&features=size&t=7");
  await reader.untilReadOut(/^step 7 /);
  await reader.page.evaluate(() => window.dispatchEvent(new Event("send")));
  await reader.page.waitForFunction(() => /** @type {any} */ (globalThis).answered);
  await reader.page.keyboard.press("ArrowRight");
  await reader.untilReadOut(/^step 8 /);
  await reader.untilAddress({ dataset: "own", t: 8, table: null });
  assert.deepEqual(await reader.complaints(), []);
  await reader.leave();
});

test("a link whose table is damaged says so, and shows the rest", async () => {
  const reader = await desk.open("#confusion?dataset=own&alpha=0.06&table=AAAA&t=7&v=1");
  const complaints = await reader.complaints();
  assert.match(complaints[0], /^The link's table cannot be read: a part of the link/);
  await reader.untilAddress({ alpha: 0.06, table: null, t: 7 });
  await reader.leave();
});
