// Which runs the scene about orders holds, and what they are called.

/** @typedef {import("../ui/scene-view.js").Shown} Shown */

/** In the order of the experiment's columns. */
export const orders = [
  { id: "replacement", label: "replacement" },
  { id: "reshuffle", label: "reshuffled" },
  { id: "shuffle-once", label: "shuffled once" },
  { id: "cyclic", label: "cyclic" },
];

/** The column of random reshuffling. */
export const reshuffling = 1;

/** The run at α itself. */
export const main = "whole";

/** Side by side, at shares of α, for the picture of the floors. */
export const shares = [
  { key: main, share: 1 },
  { key: "half", share: 0.5 },
  { key: "quarter", share: 0.25 },
];

/** Whole epochs that the picture shows. @param {Shown} shown */
export function epochsOf({ reports }) {
  return reports[main].channels.gap.shape[0] - 1;
}

/**
 * @param {Shown} shown
 * @param {import("../render/theme.js").Theme} theme
 */
export function orderStyles(shown, theme) {
  const { diverged } = shown.reports[main].channels;
  return orders.map((order, k) => ({
    ...order,
    style: theme.series[k],
    diverged: diverged.data[k] === 1,
  }));
}
