// What the pictures of the step-size scene share: which runs there are, what they are called, how
// they look, and the legend below.

import { legend, legendLayout } from "../render/legend.js";

/** @typedef {import("../ui/scene-view.js").Shown} Shown */
/** @typedef {import("../ui/figure.js").Surface} Surface */
/** @typedef {import("../render/types.js").DrawContext} DrawContext */
/** @typedef {import("../render/legend.js").LegendItem} LegendItem */

export const legendGap = 6;

/** @param {Record<string, import("../lab.js").Value>} values */
export function isOnData(values) {
  return values.objective === "least-squares" || values.objective === "logistic";
}

/**
 * The methods in the race: the chosen one, then those against it.
 * @param {import("../state/url.js").SceneState} state
 */
export function racedMethods({ parameters, view }) {
  const others = String(view.race).split(",");
  return [...new Set([String(parameters.method), ...others])].filter((id) => id !== "");
}

/** The run that carries what belongs to the objective. @param {Shown} shown */
export function leader(shown) {
  return shown.reports[racedMethods(shown.state)[0]];
}

/** Whether f − f* means something: f* is a minimum, and no run got below it. @param {Shown} shown */
export function minimumIsKnown(shown) {
  return racedMethods(shown.state).every(
    (method) => shown.reports[method].channels.minimumIsOpen.data.length === 0,
  );
}

/**
 * What is followed over the steps: how far f is above its minimum or, where none is known, f itself.
 * @param {Shown} shown
 * @returns {{ name: string, atStep: string, of: (channels: Record<string, import("../lab.js").Channel>) => Float64Array }}
 */
export function heightOf(shown) {
  return minimumIsKnown(shown)
    ? { name: "f − f*", atStep: "f(xₜ) − f*", of: ({ gap }) => gap.data }
    : { name: "f", atStep: "f(xₜ)", of: ({ f }) => f.data };
}

/** @param {Shown} shown @param {string} id */
export function methodLabel({ tables }, id) {
  const methods = tables.parameters.find((parameter) => parameter.id === "method")?.choices;
  return methods?.find((choice) => choice.id === id)?.label ?? id;
}

/**
 * The raced methods with their looks and what was measured.
 * @param {Shown} shown
 * @param {import("../render/theme.js").Theme} theme
 * @param {(shown: Shown, id: string) => string} [label] what a method is called
 */
export function racers(shown, theme, label = methodLabel) {
  return racedMethods(shown.state).map((method, i) => ({
    method,
    label: label(shown, method),
    style: theme.series[i % theme.series.length],
    channels: shown.reports[method].channels,
    status: shown.reports[method].status,
  }));
}

/**
 * A legend along the lower edge; what is left above it is for the plot.
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {LegendItem[]} items
 */
export function withLegend(ctx, { width, height, theme }, items) {
  const tall = legendLayout(ctx, items, width, theme).height;
  legend(ctx, items, { x: 0, y: height - tall, width }, theme);
  return height - tall - legendGap;
}

// Of a panel's height that a legend may take before it leaves things out.
const legendShare = 0.45;

/**
 * A legend of everything, or of less where that would leave too little for the plot.
 * @param {DrawContext} ctx
 * @param {Surface} surface
 * @param {LegendItem[]} everything
 * @param {LegendItem[]} less
 */
export function withShortLegend(ctx, surface, everything, less) {
  const { height } = legendLayout(ctx, everything, surface.width, surface.theme);
  const fits = height <= legendShare * surface.height;
  return withLegend(ctx, surface, fits ? everything : less);
}

/**
 * @param {import("../state/url.js").SceneState} state
 * @param {import("../lab.js").DataSetInfo[]} dataSets
 */
export function featureNames({ parameters }, dataSets) {
  const chosen = String(parameters.features).trim();
  const info = dataSets.find(({ id }) => id === parameters.dataset);
  const names = chosen || info?.pair || "";
  return names.split(/[,;]/).map((name) => name.trim());
}
