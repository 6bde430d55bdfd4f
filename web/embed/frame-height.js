// For the page that holds a figure in a frame: gives the frame the height that the figure asks for.
// <script src="…/frame-height.js" async></script>, once, anywhere in the page.

window.addEventListener("message", ({ source, origin, data }) => {
  const frame = [...document.querySelectorAll("iframe")].find(
    ({ contentWindow }) => contentWindow === source,
  );
  // A sandboxed frame has no origin of its own.
  const expected = frame && [new URL(frame.src, document.baseURI).origin, "null"];
  if (!frame || !expected?.includes(origin) || data?.subject !== "lti.frameResize") {
    return;
  }
  const { height, sender } = data;
  if (sender === "wide-valley" && Number.isFinite(height) && height >= 100 && height <= 5000) {
    frame.style.height = `${Math.ceil(height)}px`;
  }
});
