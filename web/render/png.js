// A PNG in plain JavaScript, for images inside an SVG: no compression, but a palette where 256
// colours are enough (a field drawn from a colour table always fits).

const signature = [137, 80, 78, 71, 13, 10, 26, 10];
const trueColourWithAlpha = 6;
const indexed = 3;

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit += 1) {
    c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  }
  return c;
});

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc = crcTable[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** @param {Uint8Array} bytes */
function adler32(bytes) {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

/** @param {number} value @returns {number[]} most significant byte first */
const uint32 = (value) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];

/** @param {ArrayLike<number>[]} parts @returns {Uint8Array} */
function joined(parts) {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** @param {string} type four letters @param {ArrayLike<number>} data @returns {Uint8Array} */
function chunk(type, data) {
  const body = joined([Array.from(type, (letter) => letter.charCodeAt(0)), data]);
  return joined([uint32(data.length), body, uint32(crc32(body))]);
}

/** @param {Uint8Array} bytes @returns {Uint8Array} a zlib stream of stored blocks */
function stored(bytes) {
  const most = 65535;
  /** @type {ArrayLike<number>[]} */
  const parts = [[0x78, 0x01]];
  for (let at = 0; at < bytes.length; at += most) {
    const block = bytes.subarray(at, at + most);
    const last = at + most >= bytes.length ? 1 : 0;
    const { length } = block;
    parts.push([last, length & 255, length >> 8, ~length & 255, (~length >> 8) & 255], block);
  }
  parts.push(uint32(adler32(bytes)));
  return joined(parts);
}

/**
 * @param {Uint8ClampedArray} rgba
 * @returns {{ palette: number[], indices: Uint8Array } | null} null if opacity or more than 256
 *   colours are used
 */
function palettised(rgba) {
  /** @type {Map<number, number>} */
  const seen = new Map();
  const palette = [];
  const indices = new Uint8Array(rgba.length / 4);
  for (let i = 0; i < indices.length; i += 1) {
    const [r, g, b, a] = rgba.subarray(4 * i, 4 * i + 4);
    const colour = (r << 16) | (g << 8) | b;
    const known = seen.get(colour);
    const index = known ?? seen.size;
    if (a !== 255 || index > 255) {
      return null;
    }
    if (known === undefined) {
      seen.set(colour, index);
      palette.push(r, g, b);
    }
    indices[i] = index;
  }
  return { palette, indices };
}

/** @param {ArrayLike<number>} pixels @param {number} rowLength in bytes
 * @returns {Uint8Array} each row after the byte that says "no filter" */
function scanlines(pixels, rowLength) {
  const rows = pixels.length / rowLength;
  const bytes = new Uint8Array(pixels.length + rows);
  for (let row = 0; row < rows; row += 1) {
    for (let i = 0; i < rowLength; i += 1) {
      bytes[row * (rowLength + 1) + 1 + i] = pixels[row * rowLength + i];
    }
  }
  return bytes;
}

/**
 * @param {number} width
 * @param {number} height
 * @param {Uint8ClampedArray} rgba
 * @returns {Uint8Array} a PNG file
 */
export function encodePng(width, height, rgba) {
  const table = palettised(rgba);
  const colourType = table ? indexed : trueColourWithAlpha;
  const header = [...uint32(width), ...uint32(height), 8, colourType, 0, 0, 0];
  const pixels = table ? scanlines(table.indices, width) : scanlines(rgba, 4 * width);
  return joined([
    signature,
    chunk("IHDR", header),
    ...(table ? [chunk("PLTE", table.palette)] : []),
    chunk("IDAT", stored(pixels)),
    chunk("IEND", []),
  ]);
}

/**
 * @param {number} width
 * @param {number} height
 * @param {Uint8ClampedArray} rgba
 * @returns {string} a data: URI
 */
export function pngDataUri(width, height, rgba) {
  const bytes = encodePng(width, height, rgba);
  const pieces = [];
  for (let at = 0; at < bytes.length; at += 8192) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  }
  return `data:image/png;base64,${btoa(pieces.join(""))}`;
}
