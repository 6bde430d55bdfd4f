// A table of the reader's own in the link: reopened elsewhere, it gives the same picture.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { encodeTable } from "../../web/state/table-code.js";
import { startDesk } from "./page-driver.js";

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

  const elsewhere = await startDesk();
  const other = await elsewhere.open(reader.hash);
  assert.deepEqual(await other.complaints(), []);
  await other.seesTheSameAs(reader);
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

for (const [address, first, second] of /** @type {const} */ ([
  [
    "#step-size?objective=least-squares",
    "a,b,y\n1,2,3\n2,1,1\n3,3,5\n4,1,2",
    "a,y\n1,2\n2,3\n3,5\n4,4",
  ],
  [
    "#constant-step?objective=least-squares",
    "a,b,y\n1,2,3\n2,1,1\n3,3,5\n4,1,2",
    "a,b,kind\n1,2,x\n2,1,y\n3,3,z\n4,1,x",
  ],
])) {
  test(`${address}: a second table that does not fit leaves the first one whole`, async () => {
    const reader = await desk.open(address);
    await reader.choose("dataset", "own");
    await paste(reader, first);
    await reader.untilAddress({ dataset: "own", features: "a,b", targetColumn: "y" });
    await keep(reader).check();
    await reader.untilAddress({ table: (code) => code !== null });
    await reader.pictures();
    const before = reader.hash;
    const text = reader.page.getByRole("textbox", { name: "your table as CSV" });

    await paste(reader, second);
    await reader.until(
      async () => (await reader.complaints()).length > 0,
      () => "nothing was said",
    );
    await reader.untilComputed();
    const complaints = await reader.complaints();
    assert.equal(complaints.length, 1, complaints.join("\n"));
    assert.match(complaints[0], /two columns of the data set, not 1|column “kind” holds text/);
    assert.equal(await text.inputValue(), second);
    await reader.untilText(".own-data .preview", /4 rows, 3 columns/);
    assert.ok(await reader.page.getByRole("checkbox", { name: "b as a feature" }).isChecked());
    assert.equal(reader.hash, before);

    const step = await reader.step();
    await reader.press("◀ Step");
    await reader.untilReadOut(new RegExp(`^step ${step - 1} `));
    await reader.type("alpha", "0.03");
    await reader.untilAddress({ alpha: 0.03, features: "a,b", targetColumn: "y" });
    assert.deepEqual(await reader.complaints(), []);
    assert.equal(await text.inputValue(), second);
    const other = await desk.open(reader.hash);
    assert.deepEqual(await other.complaints(), []);
    await other.seesTheSameAs(reader);
    await other.leave();
    await reader.leave();
  });
}

test("a table of one column is said to have nothing to learn from, whatever was before", async () => {
  const reader = await desk.open("#constant-step?objective=least-squares");
  await reader.choose("dataset", "own");
  await paste(reader, "a\n1\n2\n3");
  await reader.untilText(".own-data .complaint", /^This table has nothing to learn from: /);
  await reader.untilText(".own-data .preview", /^3 rows, 1 column\./);
  await paste(reader, houses(10));
  await reader.untilAddress({ dataset: "own", targetColumn: "price" });
  assert.deepEqual(await reader.complaints(), []);
  await paste(reader, "a\n1\n2\n3");
  await reader.untilText(".own-data .complaint", /^This table has nothing to learn from: /);
  await reader.untilText(".own-data .preview", /^10 rows, 3 columns/);
  await paste(reader, "a,y\n1,1\n1,2\n1,3");
  await reader.untilText(".own-data .complaint", /“a”: the same number in every row/);
  await paste(reader, "a,b,kind\n1,2,x\n2,1,y\n3,3,z\n4,1,x");
  await reader.untilText(".notice p, .complaint", /column “kind” holds text/);
  await paste(reader, "a;b\n1,5;x\n2,5;y");
  await reader.untilText(
    ".own-data .complaint",
    /“a”: no numbers: line 2 is “1,5”; write decimals/,
  );
  await paste(reader, houses(10));
  await reader.until(
    async () => (await reader.complaints()).length === 0,
    () => "the table put right again did not clear the sentence",
  );
  await reader.leave();
});

test("a table whose last column alone holds numbers begins with it as the feature", async () => {
  const reader = await desk.open("#work?objective=logistic&n=3,4");
  await reader.choose("dataset", "own");
  await paste(reader, "a,b,y\n1,2,0\n2,1,1\n3,3,0\n4,1,1");
  await reader.untilAddress({ features: "a,b", targetColumn: "y" });
  await paste(reader, "kind,c\nx,1\ny,2\nx,4\ny,3");
  await reader.untilAddress({ features: "c", targetColumn: "kind" });
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
