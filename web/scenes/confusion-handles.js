// What can be moved in the picture of the confusion scene: the start and the minimiser of each term.

import { format } from "../render/numbers.js";
import { isTable, termsOf, withMinimizer, withoutTerm } from "./confusion-data.js";

/** @typedef {import("../ui/figure.js").Handle} Handle */
/** @typedef {import("../render/frame.js").Frame} Frame */

// Upwards by so many pixels a parabola becomes twice as steep; a small part of it is no wish.
const doublingDistance = 60;
const deadDistance = 14;
const nudgeSteepness = 1.05;
const nudgeShare = 1 / 100;

/**
 * @param {Frame} place
 * @param {import("../ui/scene-view.js").Shown} shown
 * @returns {Handle[]}
 */
export function handlesOf(place, { state, reports }) {
  const { channels } = reports.run;
  const baseline = place.plot.bottom;
  const [low, high] = place.xDomain;
  const unit = nudgeShare * (high - low);
  const digits = 10 ** Math.floor(Math.log10((high - low) / 500));
  /** @param {number} x */
  const rounded = (x) =>
    Number((Math.round(Math.min(high, Math.max(low, x)) / digits) * digits).toPrecision(6));
  const x0 = Number(state.parameters.x0);
  /** @type {Handle} */
  const start = {
    x: Math.min(place.plot.right, Math.max(place.plot.left, place.x(x0))),
    y: baseline,
    name: `start, at ${format(x0)}`,
    xDomain: place.xDomain,
    move: (px) => ({ x0: rounded(place.invert(px, 0)[0]) }),
    nudge: (right) => ({ x0: rounded(x0 + right * unit) }),
  };
  if (!isTable(state.parameters)) {
    return [start];
  }
  const terms = termsOf(channels.terms);
  const minimisers = [...terms.a.keys()]
    .filter((i) => terms.a[i] !== 0)
    .map((i) => {
      const at = terms.b[i] / terms.a[i];
      /** @type {Handle} */
      const minimiser = {
        x: place.x(at),
        y: baseline,
        name: `minimiser of term ${i + 1}, at ${format(at)}`,
        xDomain: place.xDomain,
        move: (px, py) =>
          isOutside(place, px, py)
            ? withoutTerm(terms, i)
            : withMinimizer(terms, i, rounded(place.invert(px, 0)[0]), stretch(baseline - py)),
        nudge: (right, up) => withMinimizer(terms, i, at + right * unit, nudgeSteepness ** up),
        remove: () => withoutTerm(terms, i),
      };
      return minimiser;
    });
  return [start, ...minimisers];
}

/** @param {Frame} place @param {number} px @param {number} py */
function isOutside({ width, height }, px, py) {
  return px < 0 || py < 0 || px > width || py > height;
}

/** @param {number} up in pixels */
function stretch(up) {
  const beyond = Math.sign(up) * Math.max(0, Math.abs(up) - deadDistance);
  return 2 ** (beyond / doublingDistance);
}
