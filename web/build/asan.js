// `npm run asan`: the native doctest suite under the address and undefined-behaviour sanitizers.

import { buildNativeTests } from "./core.js";
import { main, mustRun } from "./processes.js";
import { setUp } from "./set-up.js";

await main(async () => {
  await setUp("native");
  await mustRun(await buildNativeTests("native-asan"), []);
});
