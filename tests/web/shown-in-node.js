// A scene in a state, without a browser: what it says, and what its pictures draw.

import assert from "node:assert/strict";
import { themeFrom } from "../../web/render/theme.js";
import { recordingContext } from "./recording-context.js";
import { openLink, readLink } from "./scenes-in-node.js";

/** @typedef {import("../../web/ui/scene.js").Shown} Shown */
/** @typedef {import("../../web/ui/scene.js").Scene} Scene */

/**
 * @param {import("../../web/lab.js").Lab} lab
 * @param {Awaited<ReturnType<typeof import("./scenes-in-node.js").loadScenes>>} scenes
 * @param {string} link
 * @returns {Promise<{ scene: Scene, shown: Shown }>}
 */
export async function shownBy(lab, scenes, link) {
  const { scene, tables, state } = readLink(lab, scenes, link);
  const { reports, step } = await openLink(lab, scenes, link);
  return {
    scene,
    shown: { state, reports, step, horizon: step, tables, dataSets: lab.dataSets() },
  };
}

/**
 * What a panel draws.
 * @param {{ scene: Scene, shown: Shown }} opened
 * @param {string} id
 * @param {{ width: number, height: number }} [size]
 */
export function painted({ scene, shown }, id, size = { width: 420, height: 380 }) {
  const panel = scene.panels(shown).find((each) => each.id === id);
  assert.ok(panel, id);
  const { ctx, calls } = recordingContext();
  panel.paint(ctx, {
    ...size,
    theme: themeFrom("light"),
    layer: (_name, _madeOf, paint) => paint(ctx),
    createImage: () => ({}),
  });
  return calls;
}
