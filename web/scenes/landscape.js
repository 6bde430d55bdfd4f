// Section 4.1: what a landscape looks like, how its lakes hang together, and what descent finds in it.

import { format } from "../render/numbers.js";
import { relevantValues } from "../state/parameters.js";
import { texBlock } from "../ui/formula.js";
import { mapPanel, methodLabel } from "./landscape-map.js";
import { surfacePanel } from "./landscape-surface.js";
import {
  besidePanel,
  heightAxis,
  inSpace,
  keptName,
  lakeCount,
  withValue,
} from "./landscape-tree.js";
import { countAt, lakesOf, waterLevel } from "./landscape-water.js";
import { viewChoice, viewParameter } from "./view-parameters.js";

/** @typedef {import("../ui/scene.js").Shown} Shown */
/** @typedef {import("../ui/scene.js").Scene} Scene */
/** @typedef {import("../ui/figure.js").Changes} Changes */

const everyStep = [
  "path",
  "f",
  "gradientNorm",
  "conserved",
  "weights",
  "lakeCount",
  "spaceCount",
  "geodesic",
  "geodesicLength",
];
const everyLandscape = [
  "window",
  "field",
  "lowest",
  "branch",
  "lakes",
  "mergeTree",
  "criticalPoints",
  "minimizers",
];
// What does not change the landscape.
const ofTheRun = ["method", "alpha", "gradientNoise", "x0", "y0", "level", "from", "to"];

/** @type {Scene["view"]} */
const view = () => [
  viewChoice("beside", "beside it", "what stands to the right of the surface", [
    { id: "tree", label: "the merge tree" },
    { id: "count", label: "the number of lakes" },
    { id: "kept", label: "what the flow keeps" },
  ]),
  viewParameter({
    id: "azimuth",
    label: "seen from",
    unit: "degrees",
    help: "the surface turned around",
    kind: "integer",
    initial: 330,
    min: 0,
    max: 360,
  }),
  viewParameter({
    id: "elevation",
    label: "from above",
    unit: "degrees",
    help: "how high the eye stands over the surface",
    kind: "integer",
    initial: 42,
    min: 8,
    max: 86,
  }),
];

/** @type {Scene["plans"]} */
function plans(state, table) {
  const all = relevantValues(table, state.parameters);
  const { seed, ...rest } = all;
  const ofTheLandscape = Object.entries(
    state.parameters.objective === "random" ? all : rest,
  ).filter(([id]) => !ofTheRun.includes(id));
  return [
    {
      key: "run",
      experiment: "landscape",
      parameters: all,
      channels: everyStep,
      fixed: everyLandscape,
      fixedKey: JSON.stringify(ofTheLandscape),
    },
  ];
}

/** The highest saddles over which lakes meet. @param {Shown} shown */
function meetings(shown) {
  const { channels } = shown.reports.run;
  const base = channels.lowest.data[0];
  const heights = lakesOf(channels)
    .filter(({ merge }) => Number.isFinite(merge))
    .map(({ merge }) => merge - base);
  const [low, high] = heightAxis(shown).domain;
  const distinct = heights
    .toSorted((a, b) => b - a)
    .filter((height, i, all) => i === 0 || all[i - 1] / height > 1.4)
    .filter((height) => height > low && height < high);
  return distinct.slice(0, 3);
}

/** @type {Scene["scale"]} */
function scale(shown) {
  const [low, high] = withValue(heightAxis(shown).domain, Number(shown.state.parameters.level));
  return {
    low,
    high,
    marks: meetings(shown).map((value, i) => ({
      value,
      label: i === 0 ? "last lakes meet" : "meet",
    })),
    regimes: [{ from: low, to: high, name: "safe" }],
  };
}

/** @param {Shown} shown */
function count(shown) {
  return countAt(lakesOf(shown.reports.run.channels), waterLevel(shown));
}

/** @type {Scene["readOut"]} */
function readOut(shown) {
  const { f } = shown.reports.run.channels;
  return `step ${shown.step} · f = ${format(f.data.at(-1) ?? 0)} · ${lakeCount(count(shown))}`;
}

/** @type {NonNullable<Scene["warning"]>} */
function warning(shown) {
  const { status } = shown.reports.run;
  return status.state === "diverged" ? `It left the landscape at step ${status.step}.` : "";
}

/** @param {import("../state/url.js").SceneState["parameters"]} parameters */
const hasTwoLayers = ({ objective, network }) =>
  objective === "linear-network" && network === "depth-2";

/** @type {Scene["remark"]} */
function remark(shown) {
  const { geodesicLength, conserved, weights } = shown.reports.run.channels;
  const { parameters } = shown.state;
  const parts = [
    `The water stands at f = ${format(waterLevel(shown))}: ${lakeCount(count(shown))} in the picture${inSpace(shown)}.`,
  ];
  if (geodesicLength.data.length > 0) {
    const [arc, chord] = geodesicLength.data;
    parts.push(
      `Along the floor from w₁ = ${format(Number(parameters.from))} to ${format(Number(parameters.to))} it is ${format(arc)} far, straight over the hill ${format(chord)}.`,
    );
  } else if (hasTwoLayers(parameters)) {
    parts.push("With κ > 0 the floor w₁w₂ = 1 is no longer level: no way along it stands out.");
  }
  if (parameters.objective === "linear-network" && parameters.network === "depth-3") {
    parts.push(
      `w₃ is ${format(weights.data[2])} now, the picture’s is ${format(Number(parameters.slice))}.`,
    );
  } else if (conserved.data.length > 0 && shown.step > 0) {
    const change = (conserved.data.at(-1) ?? 0) - conserved.data[0];
    parts.push(`${keptName(shown)} changed by ${format(change)}.`);
  }
  return parts.join(" ");
}

/** @type {Scene["summary"]} */
function summary(shown) {
  const { f } = shown.reports.run.channels;
  return `${lakeCount(count(shown))} below f = ${format(waterLevel(shown))}${inSpace(shown)}. ${methodLabel(shown)} is at f = ${format(f.data.at(-1) ?? 0)} after ${shown.step} steps.`;
}

/** Where in its window descent starts. */
const startShare = { x: 0.85, y: 0.3 };

/**
 * A typed function may be undefined in part of its window.
 * @param {Shown} shown
 * @param {{ x: number, y: number }} share of the window
 */
function isDefinedAt(shown, { x, y }) {
  const { field } = shown.reports.run.channels;
  const [rows, columns] = field.shape;
  const [row, column] = [Math.round(y * (rows - 1)), Math.round(x * (columns - 1))];
  return Number.isFinite(field.data[row * columns + column]);
}

/** @type {NonNullable<Scene["began"]>} */
function began(shown) {
  const [x0, y0] = shown.reports.run.channels.path.data;
  return shown.state.parameters.objective === "expression" ? { x0, y0 } : {};
}

/** @type {Scene["adapt"]} */
function adapt(_before, after, changes) {
  if (!("objective" in changes || "expression" in changes)) {
    return {};
  }
  // Another landscape: a start in its window, water between its bottom and its walls.
  const { window, lakes } = after.reports.run.channels;
  const [xMin, xMax, yMin, yMax] = window.data;
  const [low, high] = heightAxis(after).domain;
  const merges = meetings(after);
  const level = merges.length > 0 ? 0.7 * (merges.at(-1) ?? high) : Math.sqrt(low * high);
  /** @type {Changes} */
  const adapted = {};
  if (!("level" in changes)) {
    adapted.level = Number(level.toPrecision(2));
  }
  if (!("x0" in changes) && isDefinedAt(after, startShare)) {
    adapted.x0 = Number((xMin + startShare.x * (xMax - xMin)).toPrecision(3));
    adapted.y0 = Number((yMin + startShare.y * (yMax - yMin)).toPrecision(3));
  }
  return lakes.data.length > 0 ? adapted : {};
}

/** @type {Scene} */
export const landscape = {
  id: "landscape",
  question: "Is there one valley, or are there many lakes?",
  lead: "Move the water level: lakes grow, and meet over saddles. Then press play and see which one the point finds.",
  step: 0,
  speed: 20,
  slider: "level",
  controls: [
    "objective",
    "expression",
    "network",
    "width",
    "plane",
    "slice",
    "weightDecay",
    "frequency",
    "weights",
    "means",
    "deviations",
    "tilt",
    "condition",
    "method",
    "alpha",
    "gradientNoise",
    "x0",
    "y0",
    "beside",
    "azimuth",
    "elevation",
    "from",
    "to",
  ],
  view,
  plans,
  scale,
  panels: (shown) => [mapPanel(shown), surfacePanel(shown), besidePanel(shown)],
  readOut,
  warning,
  remark,
  summary,
  suggestions: () => ({}),
  adapt,
  yields: ["x0", "y0"],
  began,
  formulas: [
    texBlock`f(u, v) = (1 - u \cdot v)^2 + \kappa\,(\|u\|^2 + \|v\|^2)`,
    texBlock`\kappa < 1:\; w^* = \pm\sqrt{1-\kappa}\,(1, 1),\; f^* = 2\kappa - \kappa^2`,
    texBlock`\nabla^2 f(w^*) \text{ has the eigenvalues } 4\kappa \text{ and } 4 - 4\kappa`,
    texBlock`\dot w = -\nabla f(w),\; \kappa = 0:\quad \tfrac{d}{dt}\left(\|u\|^2 - \|v\|^2\right) = 0`,
    texBlock`\text{from } (a, 1/a) \text{ to } (b, 1/b) \text{ along the floor:}\; \int_a^b \sqrt{1 + w^{-4}}\,dw`,
  ],
  text: `<p>The simplest network, y = w₁w₂x, is right wherever w₁w₂ = 1: not at a point but along a whole
    river, in a gorge whose walls get steeper the farther it runs. There are two such rivers, one for
    each pair of signs, and every way from one to the other climbs to f = 1: a network of one unit has
    two valleys. The lecture says that linear networks have one. That needs width: with two units in
    the hidden layer u and v may turn together from one river to the other and u·v stays 1, so the four
    dimensions hold one connected valley, of which the plane of u₁ and v₁ shows two pieces and the plane
    u = v a closed ring. Three layers of one unit have four valleys, and a cut at one w₃ shows two.</p>
    <p>Water makes the question exact. Lakes are the connected pieces of the set where f is at most λ;
    where two meet, the one with the higher bottom ends in the other. All these meetings together are
    the merge tree: its branches are lakes, its joints are saddles. They are counted on the grid of the
    picture, with beads of one narrow valley, which no grid can tell from lakes, taken as one; for three
    and four weights also on a grid of the whole space.</p>
    <p>Gradient flow cannot choose where along the river it arrives: it keeps ‖u‖² − ‖v‖². Descent with
    finite steps loses it by an amount that falls with α, noise changes it faster, and weight decay
    flows along the floor until both layers are equal.</p>`,
  tries: [
    {
      title: "Two lakes meet",
      text: "Raise the level from 0.5 to 1. Where do they meet, and what does the tree do?",
      set: { level: 0.5 },
      step: 0,
    },
    {
      title: "One more unit",
      text: "Width 2: two lakes in this plane, one in four dimensions. The plane u = v shows the way round.",
      set: { network: "depth-2-wide", plane: "equal", level: 0.3, x0: 1.6, y0: -1.2 },
      step: 40,
    },
    {
      title: "Three layers",
      text: "Two lakes here, four in the whole space: which signs do the other two have? Move w₃ below 0.",
      set: { network: "depth-3", level: 0.3, slice: 1 },
      step: 0,
    },
    {
      title: "What the flow keeps",
      text: "Gradient flow keeps w₁² − w₂². Change the method to gradient descent: what is lost per step?",
      set: { beside: "kept", method: "gd", alpha: 0.03, level: 0.1 },
      step: 60,
    },
    {
      title: "Weight decay",
      text: "κ = 0.1: the river becomes two pools at ±√0.9 (1, 1). The flow runs down the gorge, then along it.",
      set: { weightDecay: 0.1, level: 0.02, beside: "kept", alpha: 0.1 },
      step: 0,
      play: true,
    },
    {
      title: "A rough country",
      text: "Lower the water on a random landscape: first one sea, then ever more lakes, then they dry up.",
      set: { objective: "random", frequency: 1.5, level: 2, beside: "count", x0: 1, y0: -1 },
      step: 0,
    },
  ],
};
