// `node tests/fuzz/fuzz-links.js SECONDS`: fast-check on what reads links in the page, for each property
// its share of the time. Seeded, as libFuzzer's searches are.

import fc from "fast-check";
import { Failure, main } from "../../web/build/processes.js";
import { linkProperties } from "./link-properties.js";

/**
 * @param {import("./link-properties.js").LinkProperty} property
 * @param {number} seconds
 * @returns {Promise<number>} on how many inputs it was tried
 * @throws {Failure} where it does not hold, with the input
 */
async function search({ name, property, examples }, seconds) {
  const details = await fc.check(property, {
    ...{ seed: 1, examples, numRuns: Number.MAX_SAFE_INTEGER },
    plugins: [fc.interruptAfterTimeLimit(1000 * seconds)],
  });
  if (details.failed) {
    throw new Failure(`Not so: ${name}.\n${await fc.asyncDefaultReportMessage(details)}`);
  }
  console.log(`${name}: ${details.numRuns}`);
  return details.numRuns;
}

await main(async () => {
  const seconds = Number(process.argv[2]);
  if (!(seconds > 0)) {
    throw new Failure("Usage: node tests/fuzz/fuzz-links.js SECONDS, for all properties, > 0.");
  }
  const properties = await linkProperties();
  let executions = 0;
  for (const property of properties) {
    executions += await search(property, seconds / properties.length);
  }
  console.log(`${executions} executions`);
});
