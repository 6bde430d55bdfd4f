// Parts of the repository's own files, found by what they say, so that they cannot go stale.

/** Brackets opened less those closed, but for those in texts. @param {string} line */
function depthOf(line) {
  const bare = line.replaceAll(/"(?:[^"\\]|\\.)*"/g, "");
  return (bare.match(/[([{]/g) ?? []).length - (bare.match(/[)\]}]/g) ?? []).length;
}

/** @param {string[]} lines */
function dedented(lines) {
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join("\n");
}

/**
 * The lines from the one on which `start` stands until every bracket opened since is closed.
 * @param {string} source
 * @param {string} start a text that the source has exactly once
 * @param {string} [leaveOutAfter] within these, a text after whose line the rest is left out, but for
 *   the last line
 * @returns {string}
 * @throws {Error} that names the text when it is not there once
 */
export function excerpt(source, start, leaveOutAfter) {
  const at = placeOf(source, start);
  const lines = source.slice(source.lastIndexOf("\n", at) + 1).split("\n");
  let depth = 0;
  const end = lines.findIndex((line, i) => {
    depth += depthOf(line);
    return depth <= 0 && i >= start.split("\n").length - 1;
  });
  if (end < 0) {
    throw new Error(`What begins with “${start}” never ends.`);
  }
  const whole = lines.slice(0, end + 1);
  if (leaveOutAfter === undefined) {
    return dedented(whole);
  }
  placeOf(whole.join("\n"), leaveOutAfter);
  const last = whole.findIndex((line) => line.includes(leaveOutAfter));
  const indent = " ".repeat(whole[last].search(/\S/));
  return dedented([...whole.slice(0, last + 1), `${indent}…`, whole[end]]);
}

/** @param {string} source @param {string} text */
function placeOf(source, text) {
  const at = source.indexOf(text);
  if (at < 0 || source.indexOf(text, at + 1) >= 0) {
    const count = source.split(text).length - 1;
    throw new Error(`“${text}” stands ${count} times in its file, not once.`);
  }
  return at;
}
