// Tells the page around a frame how tall the figure would like to be: in the message that Canvas and
// other learning platforms listen for, and frame-height.js.

/**
 * The height of a figure whose frame leaves it free: what stands around the picture, and the picture
 * at its own measure, which depends on the width alone. The frame's height must not come into it.
 * @param {HTMLElement} scene
 */
function naturalHeight(scene) {
  const stage = /** @type {HTMLElement} */ (scene.parentElement);
  const parts = /** @type {HTMLElement[]} */ ([...scene.children]).filter(
    (part) => part.offsetHeight > 0 && getComputedStyle(part).position !== "absolute",
  );
  const heights = parts.map((part) => {
    const basis = Number.parseFloat(getComputedStyle(part).flexBasis);
    return Number.isNaN(basis) ? part.offsetHeight : basis;
  });
  const { rowGap } = getComputedStyle(scene);
  const { paddingTop, paddingBottom } = getComputedStyle(stage);
  const around = Number.parseFloat(paddingTop) + Number.parseFloat(paddingBottom);
  return (
    heights.reduce((sum, height) => sum + height, 0) +
    (parts.length - 1) * Number.parseFloat(rowGap) +
    around
  );
}

/** @param {HTMLElement} scene in a frame */
export function tellHeight(scene) {
  let told = 0;
  const tell = () => {
    const height = Math.ceil(naturalHeight(scene));
    if (height !== told && height > 0) {
      told = height;
      window.parent.postMessage({ subject: "lti.frameResize", sender: "wide-valley", height }, "*");
    }
  };
  const watch = new ResizeObserver(tell);
  for (const part of scene.children) {
    watch.observe(part);
  }
}
