// A short search for links that go wrong; `npm run fuzz` makes a long one.

import { test } from "node:test";
import fc from "fast-check";
import { linkProperties } from "../fuzz/link-properties.js";

for (const { name, property, examples } of await linkProperties()) {
  test(name, () => fc.assert(property, { seed: 2, numRuns: 500, examples }));
}
