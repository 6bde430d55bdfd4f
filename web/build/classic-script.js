// The page of the site loads a classic script: a sandboxed frame and file:// refuse modules.

/** @returns {import("vite").Plugin} */
export function classicScript() {
  return {
    name: "wide-valley:classic-script",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === "asset" && file.fileName.endsWith(".html")) {
            file.source = toClassic(String(file.source));
          }
        }
      },
    },
  };
}

/**
 * @param {string} html as vite writes it
 * @returns {string}
 * @throws {Error} when a module script is left
 */
export function toClassic(html) {
  const classic = html
    .replaceAll('<script type="module" crossorigin ', "<script defer ")
    .replaceAll('<link rel="stylesheet" crossorigin ', '<link rel="stylesheet" ');
  if (classic.includes('type="module"')) {
    throw new Error("The page of the site still loads a module script.");
  }
  return classic;
}
