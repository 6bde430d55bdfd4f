// `npm run asan`: the native doctest suite under every check of the address and undefined-behaviour
// sanitizers, where `npm test` leaves out the tests' own code and the five checks that take longest.

import { buildTestsSanitizedInEverything } from "./core.js";
import { doctest } from "./doctest.js";
import { Failure, main } from "./processes.js";
import { setUp } from "./set-up.js";

await main(async () => {
  await setUp("sanitized");
  const { passed, failed } = await doctest(await buildTestsSanitizedInEverything(), []);
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0) {
    throw new Failure("Some of the core's tests failed.");
  }
});
