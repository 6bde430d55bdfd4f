// What the drawing functions are drawn with: colours, numbers, and the SVG that is exported.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PNG } from "pngjs";
import { axes } from "../../web/render/axes.js";
import { frame } from "../../web/render/frame.js";
import { heatmap } from "../../web/render/heatmap.js";
import { line } from "../../web/render/line.js";
import {
  format,
  formatRaised,
  formatStep,
  formatTicks,
  powerOfTen,
} from "../../web/render/numbers.js";
import { encodePng } from "../../web/render/png.js";
import { SvgContext } from "../../web/render/svg-context.js";
import { cssVariables, themeFrom } from "../../web/render/theme.js";

const themes = [themeFrom("light"), themeFrom("dark")];

/** @param {string} colour "#rrggbb" @returns {number[]} linear red, green, blue (sRGB, IEC 61966-2-1) */
function linear(colour) {
  return [1, 3, 5].map((at) => {
    const c = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
}

/** The WCAG 2 contrast ratio. @param {string} a @param {string} b */
function contrast(a, b) {
  const [low, high] = [a, b]
    .map(linear)
    .map(([red, green, blue]) => 0.2126 * red + 0.7152 * green + 0.0722 * blue)
    .sort((p, q) => p - q);
  return (high + 0.05) / (low + 0.05);
}

// Machado, Oliveira, Fernandes (2009), severity 1, on linear RGB.
const sight = {
  full: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [
    0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998,
  ],
  deuteranopia: [
    0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881,
  ],
};

/** As seen, in Oklab (Ottosson 2020). @param {string} colour @param {number[]} m */
function seen(colour, m) {
  const c = linear(colour);
  const [r, g, b] = [0, 3, 6].map((k) => {
    return Math.max(0, m[k] * c[0] + m[k + 1] * c[1] + m[k + 2] * c[2]);
  });
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const n = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * n - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * n + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * n - 0.808675766 * s,
  ];
}

test("text and lines can be read on their ground in both themes", () => {
  for (const { name, colours, series, theory, bound } of themes) {
    const inks = [colours.text, colours.muted, theory.colour, bound.colour];
    for (const ink of [...inks, ...series.map(({ colour }) => colour)]) {
      assert.ok(contrast(ink, colours.surface) >= 4.5, `${name} ${ink} on surface`);
    }
    for (const ground of [colours.page, colours.safe, colours.oscillate, colours.diverge]) {
      assert.ok(contrast(colours.text, ground) >= 4.5, `${name} text on ${ground}`);
    }
    assert.ok(contrast(colours.muted, colours.page) >= 4.5);
    assert.ok(contrast(colours.onAccent, colours.accent) >= 4.5);
  }
});

test("series are told apart by colour-blind eyes, and without colour", () => {
  for (const { name, series, theory, bound } of themes) {
    const styles = [...series.slice(0, 4), theory];
    for (const [kind, matrix] of Object.entries(sight)) {
      const colours = styles.map(({ colour }) => seen(colour, matrix));
      colours.forEach((a, i) => {
        for (const b of colours.slice(0, i)) {
          // 0.02 is a difference that is just noticed side by side.
          const difference = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
          assert.ok(difference > 0.06, `${name} ${kind}: ${difference}`);
        }
      });
    }
    const dashes = [...series, theory, bound].map(({ dash }) => `${dash}`);
    assert.equal(new Set(dashes).size, 9);
    assert.equal(new Set(series.map(({ marker }) => marker)).size, 7);
  }
});

test("the page's variables are the theme's colours", () => {
  for (const theme of themes) {
    const variables = cssVariables(theme);
    assert.equal(variables["--wv-surface"], theme.colours.surface);
    assert.equal(variables["--wv-on-accent"], theme.colours.onAccent);
    assert.equal(variables["--wv-theory"], theme.theory.colour);
    assert.ok(Object.values(variables).every((value) => typeof value === "string" && value));
  }
});

test("numbers have three digits and a real minus sign", () => {
  const cases = [
    [0, "0"],
    [-0, "0"],
    [0.17, "0.170"],
    [0.1999, "0.200"],
    [0.9996, "1.00"],
    [12.345, "12.3"],
    [-1.5, "−1.50"],
    [1234.5, "1235"],
    [22, "22"],
    [-100000, "−100000"],
    [0.0031, "3.1e−3"],
    [-2.5e-7, "−2.5e−7"],
    [123456.7, "1.23e5"],
    [1e12, "1e12"],
    [Infinity, "∞"],
    [-Infinity, "−∞"],
    [Number.NaN, "undefined"],
  ];
  for (const [value, text] of cases) {
    assert.equal(format(Number(value)), text);
  }
  assert.equal(format(Math.PI, 4), "3.142");
  assert.equal(formatRaised(0.0031), "3.1·10⁻³");
  assert.equal(formatRaised(1e-12), "10⁻¹²");
  assert.equal(powerOfTen(0), "1");
  assert.equal(powerOfTen(-3), "10⁻³");
  assert.equal(formatStep(1200), "1200");
  assert.equal(formatStep(1234567), "1\u202f234\u202f567");
});

test("ticks of one axis share their decimals and differ from each other", () => {
  assert.deepEqual(formatTicks([-0.5, 0, 0.5]), ["−0.5", "0.0", "0.5"]);
  assert.deepEqual(formatTicks([0, 0.25, 0.5]), ["0.00", "0.25", "0.50"]);
  assert.deepEqual(formatTicks([0, 10, 20]), ["0", "10", "20"]);
  assert.deepEqual(formatTicks([0, 20000]), ["0", "20\u202f000"]);
  assert.deepEqual(formatTicks([0, 1e-7, 2e-7]), ["0", "10⁻⁷", "2·10⁻⁷"]);
  assert.deepEqual(formatTicks([0, 2.5e7, 5e7]), ["0", "2.5·10⁷", "5.0·10⁷"]);
  assert.equal(new Set(formatTicks([1e6, 1000010, 1000020])).size, 3);
});

test("a PNG holds the pixels it was given", () => {
  const few = Uint8ClampedArray.from({ length: 4 * 300 * 90 }, (_, i) => {
    return i % 4 === 3 ? 255 : (i >> 2) % 7;
  });
  const many = Uint8ClampedArray.from({ length: 4 * 31 * 17 }, (_, i) => (i * 37) % 256);
  for (const { rgba, width, height } of [
    { rgba: few, width: 300, height: 90 },
    { rgba: many, width: 31, height: 17 },
  ]) {
    const decoded = PNG.sync.read(Buffer.from(encodePng(width, height, rgba)));
    assert.deepEqual([decoded.width, decoded.height], [width, height]);
    assert.ok(Buffer.from(rgba).equals(decoded.data));
  }
});

/** Fails unless every tag is closed in order. @param {string} xml */
function assertWellFormed(xml) {
  /** @type {string[]} */
  const open = [];
  for (const [tag, name] of xml.matchAll(/<\/?([a-zA-Z]+)(?:\s[\w:-]+="[^"<]*")*\s*\/?>/g)) {
    if (tag.startsWith("</")) {
      assert.equal(open.pop(), name);
    } else if (!tag.endsWith("/>")) {
      open.push(name);
    }
  }
  assert.deepEqual(open, []);
  const rest = xml.replace(/<\/?([a-zA-Z]+)(?:\s[\w:-]+="[^"<]*")*\s*\/?>/g, "");
  assert.doesNotMatch(rest, /[<>]|&(?!(?:amp|lt|gt|quot|#39);)/);
}

/** @param {string} label */
function exported(label) {
  const [theme] = themes;
  const ctx = new SvgContext({ width: 400, height: 300, title: label });
  ctx.translate(10, 5);
  const drawn = frame({ width: 390, height: 290, xDomain: [0, 2], yDomain: [0, 3] });
  const field = { rows: 2, cols: 3, data: [0, 1, 2, 3, 4, 5], xDomain: [0, 2], yDomain: [0, 3] };
  heatmap(ctx, drawn, /** @type {any} */ (field), new Uint8Array(768), {
    createImage: SvgContext.createImage,
    undefinedColour: theme.colours.undefinedValue,
  });
  axes(ctx, drawn, { x: { label }, y: { label: "y" } }, theme);
  line(ctx, drawn, { y: [0, 1, 5] }, theme.theory);
  return ctx.toString();
}

test("SVG export is well formed, escaped and the same each time", () => {
  const nasty = `<script>"&'</script>\u0000 ]]>`;
  const svg = exported(nasty);
  assertWellFormed(svg);
  assert.doesNotMatch(svg, /<script/);
  assert.ok(svg.includes("&lt;script&gt;&quot;&amp;&#39;&lt;/script&gt; ]]&gt;"));
  assert.equal(svg, exported(nasty));
  assert.match(svg, /stroke-dasharray="7 4.5"/);
  assert.match(svg, /href="data:image\/png;base64,/);
  assert.doesNotMatch(svg, /NaN|Infinity|undefined/);
});

test("SVG export keeps state, clips within clips and moves with translate and scale", () => {
  const ctx = new SvgContext({ width: 100, height: 100, idPrefix: "a" });
  ctx.save();
  ctx.beginPath();
  ctx.rect(0, 0, 50, 50);
  ctx.clip();
  ctx.translate(3, 4);
  ctx.scale(2, 2);
  ctx.beginPath();
  ctx.rect(1, 1, 5, 5);
  ctx.clip();
  ctx.fillStyle = "rgba(1, 2, 3, 0.5)";
  ctx.globalAlpha = 0.25;
  ctx.fillRect(1, 2, 3, 4);
  ctx.restore();
  ctx.fillRect(0, 0, 1, 1);
  const svg = ctx.toString();
  assertWellFormed(svg);
  assert.match(svg, /<clipPath id="a-clip-1" clip-path="url\(#a-clip-0\)">/);
  assert.match(svg, /<g clip-path="url\(#a-clip-1\)"><path d="M1 2H4V6H1Z" fill="rgb\(1, 2, 3\)"/);
  assert.match(svg, /fill-opacity="0.5" opacity="0.25" transform="matrix\(2 0 0 2 3 4\)"/);
  assert.match(svg, /<path d="M0 0H1V1H0Z" fill="#000000"><\/path>/);
  assert.throws(() => ctx.arc(0, 0, 1, 0, 1), /full circles/);
});
