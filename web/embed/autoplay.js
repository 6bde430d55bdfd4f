// Figures that play by themselves.

/**
 * From step 0, unless the link names a step; and not for a reader who wants nothing to move.
 * @param {import("../ui/scene-view.js").SceneView} view
 * @param {string} hash of the link that was opened
 * @param {() => boolean} isWanted whether nothing else was asked for meanwhile
 */
export async function playByItself({ player }, hash, isWanted) {
  if (!/[?&]t=/.test(hash)) {
    await player.goTo(0);
  }
  const isAtRest = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (isWanted() && !isAtRest) {
    player.play();
  }
}
