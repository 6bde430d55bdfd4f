// The run from its start to the step shown, as a film with the link that made it.

import { Player } from "../simulation/player.js";
import { element, openDialog } from "./dom.js";
import { figureSize, paintFigure, save } from "./take-away.js";
import { recordFrames, webmType } from "./webm.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Shown} Shown */

const mostFrames = 240;
const leastSeconds = 2;
const mostSeconds = 10;
// The last picture is held, so that it can be read.
const heldSeconds = 1;
// Wider films than this play badly on projectors.
const widest = 1920;

/**
 * The steps of the frames, and how long each is shown.
 * @param {number} last the step shown at the end
 */
export function schedule(last) {
  const moving = Math.min(last, mostFrames);
  const steps = Array.from({ length: moving + 1 }, (_, i) =>
    moving === 0 ? last : Math.round((i * last) / moving),
  );
  const seconds = Math.min(mostSeconds, Math.max(leastSeconds, moving / 24));
  const interval = (1000 * seconds) / steps.length;
  const held = Math.ceil((1000 * heldSeconds) / interval);
  return { steps: [...steps, ...Array(held).fill(last)], interval };
}

/**
 * @param {object} options
 * @param {Scene} options.scene
 * @param {Shown} options.shown what the film ends with
 * @param {import("../simulation/pool.js").Pool} options.pool
 * @param {import("../render/theme.js").Theme} options.theme
 * @param {string} options.link
 */
export async function saveReplay({ scene, shown, pool, theme, link }) {
  const stop = new AbortController();
  const progress = element("progress", { max: 1, value: 0, "aria-label": "recorded" });
  const words = element("p", {}, "Recording from step 0. Closing this stops it.");
  const dialog = openDialog("Replay", "recording", words, progress);
  dialog.addEventListener("close", () => stop.abort());
  if (!webmType()) {
    words.textContent = "This browser cannot record WebM films.";
    progress.hidden = true;
    return;
  }
  const player = new Player(pool);
  try {
    const film = await record(player, scene, shown, theme, link, stop.signal, (share) => {
      progress.value = share;
    });
    save(`${scene.id}.webm`, film);
    dialog.close();
  } catch (error) {
    if (!stop.signal.aborted) {
      words.textContent = `The replay could not be recorded: ${/** @type {Error} */ (error).message}`;
    }
  } finally {
    player.dispose();
  }
}

/**
 * @param {Player} player with no runs yet
 * @param {Scene} scene
 * @param {Shown} shown
 * @param {import("../render/theme.js").Theme} theme
 * @param {string} link
 * @param {AbortSignal} signal
 * @param {(share: number) => void} onProgress
 */
async function record(player, scene, shown, theme, link, signal, onProgress) {
  const { state, tables, step: last } = shown;
  await player.restart({ ...state, step: 0 }, scene.plans(state, tables.parameters));
  const size = figureSize(scene.panels(shown), link);
  const scale = Math.min(1, widest / size.width);
  // Encoders want even sizes.
  const even = (/** @type {number} */ length) => 2 * Math.round((length * scale) / 2);
  const canvas = element("canvas", { width: even(size.width), height: even(size.height) });
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ctx.scale(scale, scale);
  const { steps, interval } = schedule(last);
  return recordFrames(canvas, {
    count: steps.length,
    interval,
    signal,
    draw: async (frame) => {
      await player.goTo(steps[frame]);
      const { reports, step, edits } = player;
      const then = { ...shown, reports, step, state: { ...state, edits, step } };
      paintFigure(ctx, scene.panels(then), theme, link);
      onProgress((frame + 1) / steps.length);
    },
  });
}
