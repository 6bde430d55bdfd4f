// `npm run check`: formats, style and types, without building or running anything.

import { checks } from "./checks.js";
import { Failure, main, run } from "./processes.js";
import { setUp } from "./set-up.js";

await main(async () => {
  await setUp("checks");
  const failed = [];
  for (const { name, command, args } of checks()) {
    if ((await run(command, args)).code !== 0) {
      failed.push(name);
    }
  }
  if (failed.length > 0) {
    throw new Failure(`Not in order: ${failed.join(", ")}. \`npm run format\` mends formats.`);
  }
});
