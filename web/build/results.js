// What the test programs print at their end, and our own summary.

/** @typedef {{ passed: number, failed: number }} Counts */
/** @typedef {Counts & { part: string, seconds: number }} PartResult */

/**
 * @param {string} output of a doctest program without colours
 * @returns {Counts | null} null when it did not reach its end
 */
export function doctestCounts(output) {
  const line = /^\[doctest\] test cases:\s*\d+ \|\s*(\d+) passed \|\s*(\d+) failed/m.exec(output);
  return line && { passed: Number(line[1]), failed: Number(line[2]) };
}

/**
 * @param {string} output of `node --test --test-reporter=spec`
 * @returns {Counts | null} null when it did not reach its end
 */
export function nodeTestCounts(output) {
  /** @param {string} name */
  const count = (name) => new RegExp(`^\\S+ ${name} (\\d+)$`, "m").exec(output)?.[1];
  const passed = count("pass");
  return passed === undefined
    ? null
    : { passed: Number(passed), failed: Number(count("fail")) + Number(count("cancelled")) };
}

/**
 * A part fails as a whole when it ended badly without naming a failed test, or ran no test.
 * @param {number} exitCode
 * @param {Counts | null} counts
 * @returns {Counts}
 */
export function judge(exitCode, counts) {
  const { passed, failed } = counts ?? { passed: 0, failed: 0 };
  const isBroken = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: isBroken ? 1 : failed };
}

/**
 * @param {PartResult[]} results
 * @returns {string} a table and the closing line
 */
export function summary(results) {
  const width = Math.max(...results.map(({ part }) => part.length));
  const rows = results.map(
    ({ part, passed, failed, seconds }) =>
      `${part.padEnd(width)}  ${String(passed).padStart(6)}  ${String(failed).padStart(6)}  ${seconds
        .toFixed(1)
        .padStart(7)}`,
  );
  const total = (/** @type {"passed" | "failed"} */ key) =>
    results.reduce((sum, result) => sum + result[key], 0);
  return [
    `${"part".padEnd(width)}  ${"passed"}  ${"failed"}  seconds`,
    ...rows,
    "",
    `${total("passed")} passed, ${total("failed")} failed`,
  ].join("\n");
}
