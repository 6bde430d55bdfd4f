// `npm start`: the page on a local server. Edits in web/ show at once; for core/, start again.

import { buildWasm } from "./core.js";
import { Failure, main } from "./processes.js";
import { setUp } from "./set-up.js";

/** @returns {number} */
function portWanted() {
  const text = process.env.PORT ?? "8000";
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Failure(`PORT must be a whole number from 1 to 65535, not “${text}”.`);
  }
  return port;
}

await main(async () => {
  const port = portWanted();
  await setUp("page");
  await buildWasm();
  const { createServer } = await import("vite");
  const { developmentConfig } = await import("./vite.js");
  const server = await createServer(developmentConfig(port));
  await server.listen();
  console.log(`\nWide Valley is at ${server.resolvedUrls?.local[0]}  (stop it with Ctrl+C)`);
});
