// A canvas recorded as WebM by the browser's own recorder.

// The first that the browser can write.
const types = ["video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm"];
const bitsPerSecond = 6_000_000;
// A file without pictures has about a hundred, the first picture some thousands.
const leastBytes = 1000;

// EBML identifiers (RFC 8794, RFC 9559).
const ebml = 0x1a45dfa3;
const segment = 0x18538067;
const info = 0x1549a966;
const duration = 0x4489;

/** @returns {string} "" when the browser cannot write WebM */
export function webmType() {
  const recorder = /** @type {any} */ (globalThis).MediaRecorder;
  return types.find((type) => recorder?.isTypeSupported(type)) ?? "";
}

/** @param {number} milliseconds */
const wait = (milliseconds) =>
  new Promise((resolve) => {
    window.setTimeout(resolve, milliseconds);
  });

/**
 * Records frames at a steady pace, or as fast as they can be drawn.
 * @param {HTMLCanvasElement} canvas
 * @param {object} film
 * @param {number} film.count of frames
 * @param {number} film.interval between them, in milliseconds
 * @param {(frame: number) => Promise<void>} film.draw
 * @param {AbortSignal} film.signal
 * @returns {Promise<Blob>} rejects with the signal's reason, and when the recorder gave no picture
 */
export async function recordFrames(canvas, { count, interval, draw, signal }) {
  const stream = canvas.captureStream(0);
  const [track] = /** @type {CanvasCaptureMediaStreamTrack[]} */ (stream.getVideoTracks());
  const recorder = new MediaRecorder(stream, {
    mimeType: webmType(),
    videoBitsPerSecond: bitsPerSecond,
  });
  /** @type {Blob[]} */
  const parts = [];
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  const stopped = new Promise((resolve, reject) => {
    recorder.addEventListener("stop", resolve);
    recorder.addEventListener("error", () => reject(new Error("The browser's recorder failed.")));
  });
  await draw(0);
  recorder.start();
  const start = performance.now();
  try {
    for (let frame = 0; frame < count; ++frame) {
      await draw(frame);
      await wait(start + frame * interval - performance.now());
      signal.throwIfAborted();
      track.requestFrame();
    }
    await wait(interval);
  } finally {
    recorder.stop();
    await stopped;
    track.stop();
  }
  const file = new Uint8Array(await new Blob(parts).arrayBuffer());
  // On a machine that is very busy it may write the file's head alone.
  if (file.length < leastBytes) {
    throw new Error(
      "the browser’s recorder gave no picture. Try again when less else is going on.",
    );
  }
  return new Blob([withDuration(file, performance.now() - start)], { type: "video/webm" });
}

/**
 * @param {Uint8Array} bytes
 * @param {number} at
 */
function element(bytes, at) {
  const idLength = Math.clz32(bytes[at]) - 23;
  const sizeLength = Math.clz32(bytes[at + idLength]) - 23;
  let id = 0;
  for (let i = 0; i < idLength; ++i) {
    id = id * 256 + bytes[at + i];
  }
  let size = bytes[at + idLength] & (0xff >> sizeLength);
  let unknown = size === 0xff >> sizeLength;
  for (let i = 1; i < sizeLength; ++i) {
    size = size * 256 + bytes[at + idLength + i];
    unknown &&= bytes[at + idLength + i] === 0xff;
  }
  const body = at + idLength + sizeLength;
  return { id, sizeAt: at + idLength, body, end: unknown ? Number.POSITIVE_INFINITY : body + size };
}

/**
 * A recorder writes before it knows how long it will record; without the duration a player shows
 * none and cannot move in the film. What is laid out otherwise than expected stays as it is.
 * @param {Uint8Array<ArrayBuffer>} file
 * @param {number} milliseconds the unit of WebM's default time scale
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function withDuration(file, milliseconds) {
  const head = element(file, 0);
  const whole = head.id === ebml ? element(file, head.end) : head;
  const first = element(file, whole.body);
  const isOpen = whole.id === segment && whole.end === Number.POSITIVE_INFINITY;
  if (!isOpen || first.id !== info || hasDuration(file, first)) {
    return file;
  }
  const added = new DataView(new ArrayBuffer(11));
  added.setUint16(0, duration);
  added.setUint8(2, 0x88);
  added.setFloat64(3, milliseconds);
  const size = new DataView(new ArrayBuffer(8));
  size.setBigUint64(0, (1n << 56n) | BigInt(first.end - first.body + added.byteLength));
  const parts = [
    file.subarray(0, first.sizeAt),
    new Uint8Array(size.buffer),
    file.subarray(first.body, first.end),
    new Uint8Array(added.buffer),
    file.subarray(first.end),
  ];
  const result = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

/** @param {Uint8Array} file @param {{ body: number, end: number }} parent */
function hasDuration(file, { body, end }) {
  for (let at = body; at < end; ) {
    const child = element(file, at);
    if (child.id === duration) {
      return true;
    }
    at = child.end;
  }
  return false;
}
