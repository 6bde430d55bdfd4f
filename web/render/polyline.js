// Polylines in pixels: clipping, thinning, tracing. A point that is not finite breaks the line.

/** @typedef {import("./types.js").DrawContext} DrawContext */
/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").Box} Box */
/** @typedef {{ x: number[], y: number[] }} Polyline in pixels */

// Lines are cut this far outside the plot, so that no cap or join shows at its border.
const overhang = 24;

/**
 * Draws with everything outside the plot rectangle masked.
 * @param {DrawContext} ctx
 * @param {Frame} frame
 * @param {() => void} draw
 */
export function insidePlot(ctx, frame, draw) {
  const { left, top, width, height } = frame.plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  draw();
  ctx.restore();
}

/** @param {Box} box @param {number} margin @returns {Box} */
export function grown({ left, top, right, bottom }, margin) {
  return { left: left - margin, top: top - margin, right: right + margin, bottom: bottom + margin };
}

/** @param {Box} box @param {number} x @param {number} y */
export function contains(box, x, y) {
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}

/**
 * The part of a segment inside a box (Liang and Barsky), as fractions of the segment.
 * @param {Box} box
 * @param {number} x0
 * @param {number} y0
 * @param {number} x1
 * @param {number} y1
 * @returns {[number, number] | null} null where the segment misses the box
 */
export function clipSegment(box, x0, y0, x1, y1) {
  let enter = 0;
  let leave = 1;
  const dx = x1 - x0;
  const dy = y1 - y0;
  const sides = [
    [-dx, x0 - box.left],
    [dx, box.right - x0],
    [-dy, y0 - box.top],
    [dy, box.bottom - y0],
  ];
  for (const [speed, room] of sides) {
    if (speed === 0 && room < 0) {
      return null;
    }
    if (speed < 0) {
      enter = Math.max(enter, room / speed);
    }
    if (speed > 0) {
      leave = Math.min(leave, room / speed);
    }
  }
  return enter <= leave ? [enter, leave] : null;
}

/**
 * Data to pixels; what has no place on the scales (NaN, infinity, zero or less on a log axis)
 * becomes NaN.
 * @param {Frame} frame
 * @param {import("./types.js").Series} series without x the abscissa is the index
 * @returns {Polyline}
 */
export function toPixels(frame, { x, y }) {
  const count = x ? Math.min(x.length, y.length) : y.length;
  const px = new Array(count);
  const py = new Array(count);
  for (let i = 0; i < count; i += 1) {
    px[i] = pixel(frame.x, frame.xScale, x ? x[i] : i);
    py[i] = pixel(frame.y, frame.yScale, y[i]);
  }
  return { x: px, y: py };
}

/**
 * @param {(value: number) => number | undefined} scale
 * @param {import("./frame.js").ScaleKind} kind
 * @param {number} value
 * @returns {number} NaN where the value has no place
 */
export function pixel(scale, kind, value) {
  if (!Number.isFinite(value) || (kind === "log" && value <= 0)) {
    return NaN;
  }
  const position = Number(scale(value));
  return Number.isFinite(position) ? position : NaN;
}

/**
 * Adds the polyline to the current path, cut a little outside the plot: far or huge points never
 * reach the context. A point alone between two gaps becomes a dot.
 * @param {DrawContext} ctx
 * @param {Frame} frame
 * @param {Polyline} polyline
 */
export function trace(ctx, frame, { x, y }) {
  const box = grown(frame.plot, overhang);
  let penDown = false;
  for (let i = 0; i < x.length; i += 1) {
    const previous = i > 0 && defined(x[i - 1], y[i - 1]);
    if (!defined(x[i], y[i])) {
      penDown = false;
    } else if (!previous) {
      penDown = false;
      if (i + 1 >= x.length || !defined(x[i + 1], y[i + 1])) {
        dot(ctx, box, x[i], y[i]);
      }
    } else {
      penDown = traceSegment(ctx, box, penDown, x[i - 1], y[i - 1], x[i], y[i]);
    }
  }
}

/** @param {number} x @param {number} y */
const defined = (x, y) => !Number.isNaN(x) && !Number.isNaN(y);

/** @param {DrawContext} ctx @param {Box} box @param {number} x @param {number} y */
function dot(ctx, box, x, y) {
  if (!contains(box, x, y)) {
    return;
  }
  // A segment of length zero is not drawn by a canvas, even with round caps.
  ctx.moveTo(x - 0.05, y);
  ctx.lineTo(x + 0.05, y);
}

/**
 * @param {DrawContext} ctx @param {Box} box @param {boolean} penDown the path already stands at
 *   the start @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1
 * @returns {boolean} the path stands at the end
 */
function traceSegment(ctx, box, penDown, x0, y0, x1, y1) {
  const part = clipSegment(box, x0, y0, x1, y1);
  if (!part) {
    return false;
  }
  const [enter, leave] = part;
  if (!penDown || enter > 0) {
    ctx.moveTo(x0 + enter * (x1 - x0), y0 + enter * (y1 - y0));
  }
  ctx.lineTo(leave < 1 ? x0 + leave * (x1 - x0) : x1, leave < 1 ? y0 + leave * (y1 - y0) : y1);
  return leave === 1;
}

/**
 * Thins a line that is a function of x to at most four points a pixel column (first, least,
 * greatest, last): the picture stays the same.
 * @param {Polyline} polyline x ascending
 * @returns {Polyline} the same object where nothing is gained
 */
export function thinColumns(polyline) {
  const { x, y } = polyline;
  /** @type {Polyline} */
  const thin = { x: [], y: [] };
  let start = 0;
  while (start < x.length) {
    const column = Math.floor(x[start]);
    let low = start;
    let high = start;
    let end = start + 1;
    // NaN equals no column, so a gap always stands alone.
    while (
      end < x.length &&
      defined(x[end], y[end]) &&
      Math.floor(x[end]) === column &&
      defined(x[start], y[start])
    ) {
      if (y[end] < y[low]) {
        low = end;
      }
      if (y[end] > y[high]) {
        high = end;
      }
      end += 1;
    }
    keep(polyline, thin, [start, low, high, end - 1]);
    start = end;
  }
  return thin.x.length < x.length ? thin : polyline;
}

/**
 * Thins a path in the plane without losing the extremes: of each run of points the first and those
 * with the least and greatest x and y stay.
 * @param {Polyline} polyline
 * @param {number} most points that are kept
 * @returns {Polyline} the same object if it is short enough
 */
export function thinPath(polyline, most) {
  const { x, y } = polyline;
  if (x.length <= most) {
    return polyline;
  }
  /** @type {Polyline} */
  const thin = { x: [], y: [] };
  const run = Math.ceil((5 * x.length) / (most - 1));
  for (let start = 0; start < x.length; start += run) {
    const end = Math.min(start + run, x.length);
    const chosen = [start, start, start, start, start];
    for (let i = start + 1; i < end; i += 1) {
      if (x[i] < x[chosen[1]]) {
        chosen[1] = i;
      }
      if (x[i] > x[chosen[2]]) {
        chosen[2] = i;
      }
      if (y[i] < y[chosen[3]]) {
        chosen[3] = i;
      }
      if (y[i] > y[chosen[4]]) {
        chosen[4] = i;
      }
    }
    keep(polyline, thin, chosen);
  }
  keep(polyline, thin, [x.length - 1]);
  return thin;
}

/** @param {Polyline} from @param {Polyline} to @param {number[]} indices in any order */
function keep(from, to, indices) {
  const ordered = [...indices].sort((a, b) => a - b);
  ordered.forEach((index, k) => {
    if (k > 0 && index === ordered[k - 1]) {
      return;
    }
    to.x.push(from.x[index]);
    to.y.push(from.y[index]);
  });
}

/**
 * @param {DrawContext} ctx
 * @param {import("./types.js").SeriesStyle} style
 */
export function applyStroke(ctx, style) {
  ctx.strokeStyle = style.colour;
  ctx.lineWidth = style.width;
  ctx.lineJoin = "round";
  ctx.lineCap = style.dash.length > 0 ? "butt" : "round";
  ctx.setLineDash(style.dash);
}
