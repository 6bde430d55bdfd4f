// In embed.html, before anything else: a sandboxed frame has no origin, and then a browser loads neither
// modules nor files for a script, so that everything must be in the one script.

{
  const { module, whole } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  const policies = /** @type {any} */ (window).trustedTypes;
  const own = policies?.createPolicy("wide-valley-frame", {
    createScriptURL: (/** @type {string} */ url) => url,
  });
  const script = document.createElement("script");
  const isSandboxed = window.origin === "null";
  if (!isSandboxed) {
    script.type = "module";
  }
  const url = isSandboxed ? whole : module;
  script.src = own ? own.createScriptURL(url) : url;
  document.head.append(script);
}
