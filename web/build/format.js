// `npm run format`: brings every source file into the project's format.

import { formatters } from "./checks.js";
import { main, mustRun } from "./processes.js";
import { setUp } from "./set-up.js";

await main(async () => {
  await setUp("checks");
  for (const { command, args } of formatters()) {
    await mustRun(command, args);
  }
});
