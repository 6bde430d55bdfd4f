// Tables as people have them: in files, large, wide, and written by spreadsheets.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { staysResponsive } from "./long-tasks.js";
import { startDesk } from "./page-driver.js";

/** @typedef {import("./page-driver.js").Reader} Reader */

/** @type {Awaited<ReturnType<typeof startDesk>>} */
let desk;
/** @type {string} */
let folder;
before(async () => {
  desk = await startDesk();
  folder = mkdtempSync(join(tmpdir(), "wide-valley-tables-"));
});
after(async () => {
  await desk.close();
  rmSync(folder, { recursive: true });
});

/**
 * @param {number} rows
 * @param {number} columns
 */
function tableOf(rows, columns) {
  const names = Array.from({ length: columns }, (_, j) => `x${j}`);
  const lines = Array.from({ length: rows }, (_, i) =>
    names.map((_name, j) => (((i * (7 + j) + j * j * 31) % 997) / 100).toFixed(2)).join(","),
  );
  return [names.join(","), ...lines].join("\n");
}

/** @param {Reader} reader @param {string} name @param {string | Buffer} content */
async function open(reader, name, content) {
  const file = join(folder, name); // on the disk: the page itself must not be busy with giving it
  writeFileSync(file, content);
  await reader.page.getByLabel("open a CSV file").setInputFiles(file);
}

/** @returns {Promise<Reader>} where a table is asked for */
async function atTheDoor() {
  const reader = await desk.open("#constant-step?objective=least-squares&t=3");
  await reader.choose("dataset", "own");
  await reader.page.locator(".own-data").waitFor();
  return reader;
}

test("a file of 100 000 rows is read and computed with, and the page stays responsive", async () => {
  const reader = await atTheDoor();
  const content = tableOf(100_000, 5);
  await staysResponsive(reader, async () => {
    await open(reader, "large.csv", content);
    await reader.untilText(".own-data .preview", /100.000 rows, 5 columns/);
    await reader.untilAddress({ dataset: "own", features: "x0,x1", targetColumn: "x4" });
  });
  await reader.untilText(".own-data", /large\.csv, 2\.5 MB: too long to be shown as text/);
  await reader.untilText(".own-data .keep", /too large for a link/);
  assert.deepEqual(await reader.complaints(), []);
  await reader.untilReadOut(/^step 3 /);
  await reader.leave();
});

test("of 1000 columns the first are shown, and more on demand", async () => {
  const reader = await atTheDoor();
  const content = tableOf(200, 1000);
  await staysResponsive(reader, async () => {
    await open(reader, "wide.csv", content);
    await reader.untilText(".own-data .preview", /200 rows, 1000 columns/);
    await reader.untilAddress({ dataset: "own", targetColumn: "x999" });
  });
  const rows = reader.page.locator(".own-data tbody tr");
  assert.equal(await rows.count(), 50);
  await reader.press("Show 50 of 950 more columns");
  assert.equal(await rows.count(), 100);
  const box = reader.page.getByRole("checkbox", { name: "x73 as a feature" });
  await box.focus();
  await reader.page.keyboard.press("Space");
  await reader.untilAddress({ features: "x0,x1,x73" });
  assert.ok(await box.isChecked());
  assert.ok(await box.evaluate((node) => node === document.activeElement), "the focus stays");
  await reader.leave();
});

test("what spreadsheets write is read: marks, semicolons, line ends, quoted cells", async () => {
  const reader = await atTheDoor();
  const text = '"size; m²";"note";price\r\n1.5;"a ""quoted""\r\ncell";3\r\n2;b;4.5\r\n3.5;c;6\r\n';
  await open(reader, "sheet.csv", `\uFEFF${text}`);
  await reader.untilText(".own-data .preview", /3 rows, 3 columns/);
  const cells = await reader.page
    .locator(".own-data tbody tr")
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
  assert.deepEqual(
    cells.map(([name, , , mean, deviation, first]) => [name, first, mean, deviation]),
    [
      [
        "size; m²",
        "1.50, 2, 3.50 …; a comma in its name; rename it to use it as a feature",
        "2.33",
        "0.850",
      ],
      ["note", 'a "quoted"\r\ncell, b, c …; no numbers: line 2 is “a "quoted"\r\ncell”', "–", "–"],
      ["price", "3, 4.50, 6 …", "4.50", "1.22"],
    ],
  );
  await reader.untilText(".own-data", /From sheet\.csv\./);
  await open(reader, "decimals.csv", "size;age;price\n1,5;2;3\n2,5;1;4\n");
  await reader.untilText(".own-data .preview", /line 2 is “1,5”; write decimals with a point/);
  const wide = Buffer.from("\uFEFFsize,age,price\n1,2,3\n2,5,7\n4,4,1\n", "utf16le");
  await open(reader, "unicode.csv", wide);
  await reader.untilAddress({ features: "size,age", targetColumn: "price" });
  await open(reader, "latin.csv", Buffer.from("größe,preis\n1,2\n", "latin1"));
  await reader.untilText(".own-data .complaint", /not UTF-8 text; save it as “CSV UTF-8”/);
  await reader.leave();
});

test("a file is dropped, on the place for it or beside it, and the page stays", async () => {
  const reader = await atTheDoor();
  const drop = (/** @type {string} */ selector, /** @type {string} */ csv) =>
    reader.page.evaluate(
      ([place, text]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text], "dropped.csv", { type: "text/csv" }));
        const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
        document.querySelector(place)?.dispatchEvent(event);
        return event.defaultPrevented;
      },
      [selector, csv],
    );
  assert.equal(await drop("h1", "a,b,c\n1,2,3\n"), true);
  assert.equal(await reader.page.locator(".own-data tbody").count(), 0);
  assert.equal(await drop(".own-data", "a,b,c\n1,2,3\n2,1,5\n4,4,4\n"), true);
  await reader.untilAddress({ features: "a,b", targetColumn: "c" });
  await reader.leave();
});

test("a large file that is refused is named by its place, and what was typed stays", async () => {
  const reader = await atTheDoor();
  const text = reader.page.getByRole("textbox", { name: "your table as CSV" });
  await text.fill("a,b,c\n1,2,3\n");
  const lines = tableOf(30_000, 3).split("\n");
  lines[20_000] = "1,,3";
  await open(reader, "holes.csv", lines.join("\n"));
  await reader.untilText(
    ".own-data .complaint",
    /line 20001, column 2: This cell of “x1” is empty/,
  );
  assert.equal(await text.inputValue(), "a,b,c\n1,2,3\n");
  await reader.leave();
});
