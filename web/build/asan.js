// `npm run asan`: the native doctest suite alone, as `npm test` runs it, under the address and
// undefined-behaviour sanitizers.

import { buildSanitizedTests } from "./core.js";
import { doctest } from "./doctest.js";
import { Failure, main } from "./processes.js";
import { setUp } from "./set-up.js";

await main(async () => {
  await setUp("sanitized");
  const { passed, failed } = await doctest(await buildSanitizedTests(), []);
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0) {
    throw new Failure("Some of the core's tests failed.");
  }
});
