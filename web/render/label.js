// Text in the picture: readable on any ground, inside the plot, never on top of other labels.

import { clipSegment, contains, grown, thinColumns, toPixels } from "./polyline.js";

/** @typedef {import("./types.js").DrawContext} DrawContext */
/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").Theme} Theme */
/** @typedef {import("./types.js").Box} Box */

const ascent = 10;
const descent = 3;
const rowHeight = ascent + descent + 1;

/**
 * Text with a halo of the surface colour, in the context's font.
 * @param {DrawContext} ctx
 * @param {string} text
 * @param {number} x
 * @param {number} baseline
 * @param {Theme} theme
 * @param {{ colour?: string, align?: CanvasTextAlign }} style
 */
export function haloText(ctx, text, x, baseline, theme, { colour, align = "left" }) {
  ctx.save();
  ctx.textAlign = align;
  ctx.textBaseline = "alphabetic";
  ctx.setLineDash([]);
  ctx.lineJoin = "round";
  ctx.lineWidth = theme.widths.halo;
  ctx.strokeStyle = theme.colours.surface;
  ctx.globalAlpha = 0.8;
  ctx.strokeText(text, x, baseline);
  ctx.globalAlpha = 1;
  ctx.fillStyle = colour ?? theme.colours.text;
  ctx.fillText(text, x, baseline);
  ctx.restore();
}

/** @param {Box} a @param {Box} b */
const touch = (a, b) => {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
};

/** @param {Box} outer @param {Box} inner */
const holds = (outer, inner) => {
  return (
    inner.left >= outer.left &&
    inner.right <= outer.right &&
    inner.top >= outer.top &&
    inner.bottom <= outer.bottom
  );
};

/** @param {number} left @param {number} baseline @param {number} width @returns {Box} */
const textBox = (left, baseline, width) => {
  return { left, top: baseline - ascent, right: left + width, bottom: baseline + descent };
};

/**
 * A label beside a point: to the upper right where that is free, else the next best side, else some
 * rows above or below; always inside the plot.
 * @param {DrawContext} ctx
 * @param {Frame} frame
 * @param {string} text
 * @param {number} x the point in pixels
 * @param {number} y
 * @param {Theme} theme
 * @param {{ distance?: number, colour?: string, taken?: Box[] }} [options] `taken` holds the boxes
 *   already in use; the new one is added
 */
export function labelPoint(
  ctx,
  frame,
  text,
  x,
  y,
  theme,
  { distance = 10, colour, taken = [] } = {},
) {
  ctx.save();
  ctx.font = theme.fonts.label;
  const width = ctx.measureText(text).width;
  const middle = y + 0.36 * ascent;
  const boxes = [
    [x + distance, y - 0.7 * distance],
    [x + distance, y + 0.7 * distance + ascent],
    [x - distance - width, y - 0.7 * distance],
    [x - distance - width, y + 0.7 * distance + ascent],
    [x + distance, middle],
    [x - distance - width, middle],
    [x - width / 2, y - distance - descent],
    [x - width / 2, y + distance + ascent],
  ].map(([left, baseline]) => textBox(left, baseline, width));
  const room = grown(frame.plot, -3);
  const near = pushedInside(room, boxes[0]);
  const farther = [1, -1, 2, -2, 3, -3, 4, -4, 5, -5].map((rows) =>
    lowered(near, rows * rowHeight),
  );
  const box =
    [...boxes, near, ...farther].find(
      (each) => holds(room, each) && !taken.some((other) => touch(each, other)),
    ) ?? near;
  taken.push(box);
  haloText(ctx, text, box.left, box.bottom - descent, theme, { colour });
  ctx.restore();
}

/** @param {Box} box @param {number} by @returns {Box} */
function lowered(box, by) {
  return { ...box, top: box.top + by, bottom: box.bottom + by };
}

/** @param {Box} room @param {Box} box @returns {Box} */
function pushedInside(room, box) {
  const dx = Math.max(room.left - box.left, Math.min(0, room.right - box.right));
  const dy = Math.max(room.top - box.top, Math.min(0, room.bottom - box.bottom));
  return { left: box.left + dx, top: box.top + dy, right: box.right + dx, bottom: box.bottom + dy };
}

/**
 * Names on the lines themselves. Each stands beside its line where it covers no other line and no
 * other name; a name without such a place is left to the legend.
 * @param {DrawContext} ctx
 * @param {Frame} frame
 * @param {(import("./types.js").Series & { label: string,
 *   style: import("./types.js").SeriesStyle })[]} lines one with no name is only kept clear of
 * @param {Theme} theme
 * @param {Box[]} [taken] boxes already in use; the new ones are added
 * @returns {string[]} the names that found a place
 */
export function directLabels(ctx, frame, lines, theme, taken = []) {
  const traces = lines.map((line) => boxed(thinColumns(toPixels(frame, line))));
  const placed = [];
  ctx.save();
  ctx.font = theme.fonts.label;
  for (const [index, { label, style }] of lines.entries()) {
    if (!label) {
      continue;
    }
    const width = ctx.measureText(label).width;
    const place = placesAlong(frame, traces[index], width).find(({ box, reach }) => {
      const roomy = grown(box, 2);
      return (
        !taken.some((other) => touch(roomy, other)) &&
        !crosses(traces[index], roomy) &&
        !traces.some((trace, k) => k !== index && crosses(trace, reach))
      );
    });
    if (!place) {
      continue;
    }
    const { box } = place;
    taken.push(box);
    placed.push(label);
    haloText(ctx, label, box.left, box.bottom - descent, theme, { colour: style.colour });
  }
  ctx.restore();
  return placed;
}

/**
 * Places beside a line, from its right end to its left: after it, above, below.
 * @param {Frame} frame
 * @param {import("./polyline.js").Polyline} trace
 * @param {number} width of the text
 * @returns {{ box: Box, reach: Box }[]} those inside the plot; `reach` goes from the text to its
 *   line, and no other line may pass between the two
 */
function placesAlong(frame, { x, y }, width) {
  const room = grown(frame.plot, -2);
  const visible = [...x.keys()].filter((i) => contains(room, x[i], y[i]));
  if (visible.length === 0) {
    return [];
  }
  const last = visible[visible.length - 1];
  const boxes = [{ at: last, box: textBox(x[last] + 6, y[last] + 0.36 * ascent, width) }];
  for (let k = 0; k <= 24; k += 1) {
    const at = visible[Math.round((visible.length - 1) * (1 - k / 24))];
    for (const gap of [5, 9, 14]) {
      for (const left of [x[at] + 4, x[at] - width / 2, x[at] - width - 4]) {
        boxes.push(
          { at, box: textBox(left, y[at] - gap, width) },
          { at, box: textBox(left, y[at] + gap + ascent, width) },
        );
      }
    }
  }
  return boxes
    .filter(({ box }) => holds(room, box))
    .map(({ at, box }) => {
      return {
        box,
        reach: {
          left: Math.min(box.left - 2, x[at]),
          right: Math.max(box.right + 2, x[at]),
          top: Math.min(box.top - 2, y[at]),
          bottom: Math.max(box.bottom + 2, y[at]),
        },
      };
    });
}

/** @typedef {import("./polyline.js").Polyline & { stretches: { from: number, box: Box }[] }} Trace */

const stretchLength = 16;

/**
 * A line and the boxes around stretches of it: most are out of a name's way, and told so at once.
 * @param {import("./polyline.js").Polyline} line
 * @returns {Trace}
 */
function boxed({ x, y }) {
  const count = Math.ceil((x.length - 1) / stretchLength);
  const stretches = Array.from({ length: Math.max(0, count) }, (_, k) => {
    const from = k * stretchLength;
    const xs = x.slice(from, from + stretchLength + 1);
    const ys = y.slice(from, from + stretchLength + 1);
    return {
      from,
      box: {
        left: Math.min(...xs),
        right: Math.max(...xs),
        top: Math.min(...ys),
        bottom: Math.max(...ys),
      },
    };
  });
  return { x, y, stretches };
}

/** @param {Trace} trace @param {Box} box */
function crosses({ x, y, stretches }, box) {
  return stretches.some(
    (stretch) =>
      mayMeet(box, stretch.box.left, stretch.box.top, stretch.box.right, stretch.box.bottom) &&
      stretchCrosses(x, y, stretch.from, box),
  );
}

/**
 * @param {ArrayLike<number>} x
 * @param {ArrayLike<number>} y
 * @param {number} from the first point of the stretch
 * @param {Box} box
 */
function stretchCrosses(x, y, from, box) {
  const to = Math.min(x.length - 1, from + stretchLength);
  for (let i = from + 1; i <= to; i += 1) {
    const near = mayMeet(box, x[i - 1], y[i - 1], x[i], y[i]);
    if (near && clipSegment(box, x[i - 1], y[i - 1], x[i], y[i])) {
      return true;
    }
  }
  return false;
}

/**
 * Whether a segment is not wholly on one side of a box: nearly all are, and told so cheaply.
 * @param {Box} box
 * @param {number} x0
 * @param {number} y0
 * @param {number} x1
 * @param {number} y1
 */
function mayMeet({ left, top, right, bottom }, x0, y0, x1, y1) {
  return !(
    (x0 < left && x1 < left) ||
    (x0 > right && x1 > right) ||
    (y0 < top && y1 < top) ||
    (y0 > bottom && y1 > bottom)
  );
}
