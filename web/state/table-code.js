// A table of the reader's own as part of a link: its text compressed (raw DEFLATE, RFC 1951) and
// written in base64url (RFC 4648, without padding).

// In bytes. What inflates to more was not written by encodeTable for a table of this size.
const longestTable = 1_000_000;

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CompressionStream | DecompressionStream} transform
 * @param {number} most bytes of the result
 */
async function pass(bytes, transform, most) {
  const stream = new Blob([bytes]).stream().pipeThrough(transform);
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  let length = 0;
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > most) {
      await reader.cancel();
      throw new Error(`it is longer than ${most} bytes`);
    }
    parts.push(part.value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/**
 * @param {string} csv
 * @returns {Promise<string>} letters, digits, "-" and "_"
 */
export async function encodeTable(csv) {
  const bytes = new TextEncoder().encode(csv);
  const packed = await pass(bytes, new CompressionStream("deflate-raw"), Number.POSITIVE_INFINITY);
  const letters = Array.from(packed, (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * @param {string} code
 * @returns {Promise<string>} the table as CSV
 * @throws {Error} when the code was not made by encodeTable
 */
export async function decodeTable(code) {
  try {
    const letters = atob(code.replaceAll("-", "+").replaceAll("_", "/"));
    const packed = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const bytes = await pass(packed, new DecompressionStream("deflate-raw"), longestTable);
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error("The link's table cannot be read: a part of the link is missing or changed.");
  }
}
