// Pieces of SVG text: numbers, colours, fonts, escapes.

/** @param {number} value @returns {string} to a hundredth of a pixel */
export const number = (value) => String(Math.round(value * 100) / 100 || 0);

/** @param {number} code @returns {boolean} control characters may not even be escaped in XML */
function isAllowedInXml(code) {
  return (code >= 0x20 && code < 0xfffe) || code > 0xffff || [0x9, 0xa, 0xd].includes(code);
}

/** @param {string} text */
export function escapeXml(text) {
  /** @type {Record<string, string>} */
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return Array.from(text)
    .filter((character) => isAllowedInXml(character.codePointAt(0) ?? 0))
    .map((character) => entities[character] ?? character)
    .join("");
}

/**
 * rgba() is not known to SVG 1.1: the opacity goes into its own attribute.
 * @param {"fill" | "stroke"} name
 * @param {string} colour
 */
export function paint(name, colour) {
  const match = /^rgba\((.+),\s*([\d.]+)\)$/.exec(colour);
  return match
    ? ` ${name}="rgb(${escapeXml(match[1])})" ${name}-opacity="${match[2]}"`
    : ` ${name}="${escapeXml(colour)}"`;
}

/** @param {string} font @returns {{ weight: string, size: number, family: string }} */
function fontParts(font) {
  const match = /^(?:(bold|\d{3})\s+)?([\d.]+)px\s+(.+)$/.exec(font);
  if (!match) {
    throw new Error(`Not a font that SVG export knows: "${font}".`);
  }
  return { weight: match[1] ?? "", size: Number(match[2]), family: match[3] };
}

/** @type {Partial<Record<CanvasTextAlign, string>>} */
const anchors = { center: "middle", right: "end", end: "end" };

// Shift from the named line to the alphabetic baseline, in units of the font size. SVG's own
// dominant-baseline is not read by every program.
/** @type {Partial<Record<CanvasTextBaseline, number>>} */
const baselineShifts = { top: 0.8, hanging: 0.8, middle: 0.36, bottom: -0.2, ideographic: -0.2 };

/**
 * @param {number} x
 * @param {number} y
 * @param {{ font: string, textAlign: CanvasTextAlign, textBaseline: CanvasTextBaseline }} state
 * @returns {string} position and font as attributes
 */
export function textAttributes(x, y, { font, textAlign, textBaseline }) {
  const { weight, size, family } = fontParts(font);
  const anchor = anchors[textAlign];
  const baseline = y + (baselineShifts[textBaseline] ?? 0) * size;
  return [
    `x="${number(x)}" y="${number(baseline)}"`,
    `font-family="${escapeXml(family)}" font-size="${number(size)}"`,
    weight && `font-weight="${weight}"`,
    anchor && `text-anchor="${anchor}"`,
    'style="font-variant-numeric:tabular-nums"',
  ]
    .filter(Boolean)
    .join(" ");
}

/**
 * Width of a text without a font at hand: an average sans serif.
 * @param {string} text
 * @param {string} font
 * @returns {number} in pixels
 */
export function estimateWidth(text, font) {
  const widths = Array.from(text, (character) => {
    if (/[ilj.,:;'|!\u202f]/.test(character)) {
      return 0.32;
    }
    if (/[⁰¹²³⁴-⁹⁻₀-₉]/.test(character)) {
      return 0.42;
    }
    return /[mwMW−+=<>~]/.test(character) ? 0.88 : 0.6;
  });
  return fontParts(font).size * widths.reduce((sum, width) => sum + width, 0);
}

/** @param {number} x @param {number} y @param {number} width @param {number} height */
export function rectanglePath(x, y, width, height) {
  return `M${number(x)} ${number(y)}H${number(x + width)}V${number(y + height)}H${number(x)}Z`;
}
