// The text of a table that comes as a file, in the encodings in which spreadsheets save.

/** @type {Record<string, string>} */
const marks = { fffe: "utf-16le", feff: "utf-16be" };

/**
 * @param {Blob} file UTF-8, or UTF-16 with a byte order mark
 * @returns {Promise<string>} without the mark
 * @throws {Error} when it is neither
 */
export async function readTableText(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const mark = Array.from(bytes.subarray(0, 2), (byte) => byte.toString(16)).join("");
  try {
    return new TextDecoder(marks[mark] ?? "utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Error("The table is not UTF-8 text; save it as “CSV UTF-8”.");
  }
}
