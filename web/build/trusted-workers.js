// Vite's code for a bundled worker makes its address itself, which trusted types forbid: here it goes
// through our policy. Its second way, a data: address, no strict policy allows; it is taken out, so
// that what went wrong is what is told.

import { join } from "node:path";
import { Failure, root } from "./processes.js";

/**
 * What a server should send too (README): text becomes markup or script by our policies alone, the one
 * of web/trusted.js and the one with which embed.html chooses between two scripts of its own.
 */
export const trustedTypes = [
  "require-trusted-types-for 'script'",
  "trusted-types wide-valley wide-valley-frame",
];

const address = "new Worker(objURL,";
const secondWay = /catch\s*\(\w+\)\s*\{\s*return new Worker\(\s*'data:[\s\S]*?\);\s*\}/;

/** @returns {import("vite").Plugin} */
export function trustedWorkers() {
  return {
    name: "wide-valley:trusted-workers",
    apply: "build",
    enforce: "post",
    transform(code, id) {
      if (!/[?&]worker&inline$/.test(id)) {
        return null;
      }
      if (!code.includes(address) || !secondWay.test(code)) {
        throw new Failure(
          "Vite makes workers in another way than web/build/trusted-workers.js knows.",
        );
      }
      const trusted = JSON.stringify(join(root, "web", "trusted.js"));
      return {
        code: `import { scriptAddress } from ${trusted};\n${code
          .replace(address, "new Worker(scriptAddress(objURL),")
          .replace(secondWay, "finally {}")}`,
        map: null,
      };
    },
  };
}

/**
 * Puts the policy into the page itself, where a server sends no headers and where there is none.
 * @returns {import("vite").Plugin}
 */
export function trustedTypesPolicy() {
  return {
    name: "wide-valley:trusted-types-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: {
          "http-equiv": "Content-Security-Policy",
          content: trustedTypes.join("; "),
        },
        injectTo: "head-prepend",
      },
    ],
  };
}
