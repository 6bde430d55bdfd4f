// From data to pixels and back along one axis. d3-scale does the same and brings colours and number
// formats with it, which would be a seventh of all the page's scripts.

/**
 * "symlog" is logarithmic in both signs and linear about 0, within its unit.
 * @typedef {"linear" | "log" | "symlog"} ScaleKind
 */
/** @typedef {((value: number) => number) & { invert(position: number): number }} Scale */

/**
 * @param {ScaleKind} kind
 * @param {[number, number]} domain two different values; positive ones for "log"
 * @param {[number, number]} range their positions in pixels
 * @param {number} unit of "symlog"
 * @returns {Scale}
 */
export function scaleOf(kind, domain, range, unit) {
  const { forward, backward } = transforms(unit)[kind];
  const origin = forward(domain[0]);
  const perUnit = (range[1] - range[0]) / (forward(domain[1]) - origin);
  /** @param {number} value */
  const scale = (value) => range[0] + (forward(value) - origin) * perUnit;
  scale.invert = (/** @type {number} */ position) =>
    backward(origin + (position - range[0]) / perUnit);
  return scale;
}

/**
 * @param {number} unit
 * @returns {Record<ScaleKind, { forward: (x: number) => number, backward: (u: number) => number }>}
 */
function transforms(unit) {
  return {
    linear: { forward: (x) => x, backward: (u) => u },
    log: { forward: Math.log, backward: Math.exp },
    symlog: {
      forward: (x) => Math.sign(x) * Math.log1p(Math.abs(x / unit)),
      backward: (u) => Math.sign(u) * Math.expm1(Math.abs(u)) * unit,
    },
  };
}
