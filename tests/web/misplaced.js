// What a page shows in the wrong place, or too small.

/**
 * Controls and texts that are cut off, stand outside the page, or cover one another.
 * @param {import("playwright-core").Page} page
 */
export function misplaced(page) {
  return page.evaluate(() => {
    /** @type {string[]} */
    const faults = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
      faults.push(`the page is ${root.scrollWidth} px wide in ${root.clientWidth} px`);
    }
    const selector =
      "h1, .lead, button, select, input:not([type=range]), .scrub, .rail, canvas, output, label, summary, .note";
    const parts = [...document.querySelectorAll(selector)]
      .filter((node) => node.checkVisibility() && !node.closest("label label, .items"))
      .map((node) => ({ node, box: node.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && box.height > 1); // one pixel: for screen readers only
    /** @param {Element} node */
    const name = (node) => `${node.tagName}.${node.className} “${node.textContent?.slice(0, 25)}”`;
    for (const [i, { node, box }] of parts.entries()) {
      if (box.left < -0.5 || box.right > root.clientWidth + 0.5) {
        faults.push(`${name(node)} leaves the page`);
      }
      if (
        node.scrollWidth > node.clientWidth + 1 &&
        node.matches("button:not(.mark), output, h1")
      ) {
        faults.push(`${name(node)} is cut off`);
      }
      for (const other of parts.slice(i + 1)) {
        const right = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        const nested = node.contains(other.node) || other.node.contains(node);
        if (right > 1 && down > 1 && !nested) {
          faults.push(`${name(node)} and ${name(other.node)} overlap`);
        }
      }
    }
    return faults;
  });
}

/**
 * What is too small for a finger: WCAG 2.2 asks for 24 px, or a label that is as large.
 * @param {import("playwright-core").Page} page
 */
export function smallTargets(page) {
  return page.evaluate(() => {
    const selector = "button, select, input, summary, textarea, a[href], canvas[tabindex]";
    return [...document.querySelectorAll(selector)]
      .filter((node) => node.checkVisibility() && !node.closest("[inert]"))
      .map((node) => ({ node, target: node.closest("label") ?? node }))
      .filter(({ target }) => {
        const { width, height } = target.getBoundingClientRect();
        return width < 24 || height < 24;
      })
      .map(({ node, target }) => {
        const { width, height } = target.getBoundingClientRect();
        const name = node.getAttribute("aria-label") ?? node.textContent;
        return `${node.tagName} ${name}: ${width.toFixed()}×${height.toFixed()}`;
      });
  });
}
