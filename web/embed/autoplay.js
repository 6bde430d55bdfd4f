// Figures that play by themselves.

/**
 * From step 0, unless the link names a step; and not for a reader who wants nothing to move.
 * @param {import("../ui/scene-view.js").SceneView} view
 * @param {string} hash of the link that was opened
 */
export async function playByItself({ player }, hash) {
  if (!/[?&]t=/.test(hash)) {
    await player.goTo(0);
  }
  if (!window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
    player.play();
  }
}
