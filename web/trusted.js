// The one place where text becomes markup or script. Under the policy
//   require-trusted-types-for 'script'; trusted-types wide-valley
// a browser refuses such text from anywhere else in the page, whatever a link or a file brought in.

const policy = globalThis.trustedTypes?.createPolicy("wide-valley", {
  createHTML: (markup) => markup,
  createScriptURL(address) {
    if (!address.startsWith("blob:")) {
      throw new TypeError("A script of ours comes from a blob that the page itself has made.");
    }
    return address;
  },
});

/**
 * Parses our own markup (prose with formulas that the build made), never anything typed or linked.
 * Scripts in it would not run.
 * @param {string} markup
 * @returns {ChildNode[]}
 */
export function parseMarkup(markup) {
  const trusted = /** @type {string} */ (policy?.createHTML(markup) ?? markup);
  return [...new DOMParser().parseFromString(trusted, "text/html").body.childNodes];
}

/**
 * The address of a worker's script, as a browser with trusted types wants it. The build puts this
 * around the addresses of bundled workers (build/trusted-workers.js).
 * @param {string} address of a blob
 * @returns {string}
 */
export function scriptAddress(address) {
  return /** @type {string} */ (policy?.createScriptURL(address) ?? address);
}
