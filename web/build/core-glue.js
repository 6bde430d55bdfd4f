// Emscripten's module looks for its .wasm beside itself, which a bundler would take for an asset to
// embed and a classic script could not run. We always hand it the compiled module, so that address
// is never used.

/** @returns {import("vite").Plugin} */
export function coreGlue() {
  return {
    name: "wide-valley:core-glue",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith("/wide-valley.mjs")) {
        return null;
      }
      return { code: code.replaceAll("import.meta.url", '"file:///"'), map: null };
    },
  };
}
