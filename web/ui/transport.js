// Play, pause, step, back, reset, scrub and speed.

import { element } from "./dom.js";

const speeds = [2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

/**
 * @param {object} actions
 * @param {() => void} actions.toggle
 * @param {(by: number) => void} actions.move
 * @param {(step: number) => void} actions.goTo
 * @param {(speed: number) => void} actions.setSpeed
 */
export function createTransport(actions) {
  const play = element("button", {
    type: "button",
    class: "primary play",
    onclick: actions.toggle,
  });
  const back = element(
    "button",
    { type: "button", onclick: () => actions.move(-1), title: "one step back (←)" },
    "◀ Step",
  );
  const forward = element(
    "button",
    { type: "button", onclick: () => actions.move(1), title: "one step on (→)" },
    "Step ▶",
  );
  const reset = element(
    "button",
    { type: "button", onclick: () => actions.goTo(0), title: "back to step 0 (R)" },
    "↺ Reset",
  );
  const scrub = element("input", {
    type: "range",
    class: "scrub",
    min: 0,
    step: 1,
    "aria-label": "step shown",
    oninput: () => actions.goTo(Number(scrub.value)),
  });
  const speed = element(
    "select",
    { "aria-label": "speed", onchange: () => actions.setSpeed(Number(speed.value)) },
    ...speeds.map((value) => element("option", { value }, `${value} steps/s`)),
  );
  const readOut = element("output", { class: "read-out" });
  let longest = 0;
  const node = element(
    "div",
    { class: "transport", role: "group", "aria-label": "time" },
    play,
    back,
    forward,
    reset,
    scrub,
    speed,
    readOut,
  );
  return {
    node,
    /**
     * @param {import("../simulation/player.js").Player} player
     * @param {string} text what the scene reads out at this step
     */
    show(player, text) {
      play.textContent = player.playing ? "❚❚ Pause" : "▶ Play";
      play.title = player.playing ? "pause (space)" : "play (space)";
      play.disabled = player.ended && !player.playing;
      back.disabled = player.step === 0;
      reset.disabled = player.step === 0;
      forward.disabled = player.ended;
      scrub.max = String(Math.max(1, player.horizon));
      scrub.value = String(player.step);
      scrub.style.setProperty("--filled", `${(100 * player.step) / Math.max(1, player.horizon)}%`);
      scrub.setAttribute("aria-valuetext", `step ${player.step} of ${player.horizon}`);
      speed.value = String(player.speed);
      readOut.textContent = text;
      // A number that gets a digit must not move all that stands beside it.
      longest = Math.max(longest, text.length);
      readOut.style.setProperty("--characters", String(longest));
    },
  };
}
