// A table in a link, and the text of a table in a file.

import assert from "node:assert/strict";
import test from "node:test";
import { decodeTable, encodeTable } from "../../web/state/table-code.js";
import { readTableText } from "../../web/state/table-text.js";

test("a text comes back with the mark that it began with", async () => {
  assert.equal(await decodeTable(await encodeTable("\uFEFFa,b\n")), "\uFEFFa,b\n");
});

test("a code made by this version stays readable", async () => {
  assert.equal(await decodeTable("S9RJ4gIA"), "a,b\n");
});

test("a code that is cut, changed or blown up is refused in a sentence", async () => {
  const code = await encodeTable("size,price\n".repeat(40));
  const bomb = await encodeTable("0".repeat(1_100_000));
  assert.ok(bomb.length < 2000);
  for (const wrong of [code.slice(0, -4), `x${code}`, "_".repeat(40), "A", bomb]) {
    await assert.rejects(decodeTable(wrong), {
      message: "The link's table cannot be read: a part of the link is missing or changed.",
    });
  }
});

test("a file may be UTF-8 or, with its mark, UTF-16", async () => {
  const text = "größe,price\n1,2\n";
  const wide = [...text].flatMap((letter) => {
    const unit = letter.charCodeAt(0);
    return [unit & 255, unit >> 8];
  });
  const swapped = wide.map((_, i) => wide[i ^ 1]);
  const files = [
    [text],
    ["\uFEFF", text],
    [Uint8Array.of(0xff, 0xfe, ...wide)],
    [Uint8Array.of(0xfe, 0xff, ...swapped)],
  ];
  for (const parts of files) {
    assert.equal(await readTableText(new Blob(parts)), text);
  }
  await assert.rejects(readTableText(new Blob([Uint8Array.of(0x67, 0x72, 0xf6)])), /UTF-8/);
});
