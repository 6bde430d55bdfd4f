// Numbers as the laboratory writes them: three digits, a real minus sign, powers of ten raised.

const minus = "−";
const thinSpace = "\u202f";
const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const greatestPlainInteger = 1e9;

/** @param {string} text */
const withMinus = (text) => text.replace("-", minus);

/** @param {string} digits @returns {string} groups of three from five digits on, "12 000" */
function grouped(digits) {
  return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, thinSpace);
}

/** @param {number} exponent @returns {string} "⁻³" */
export function superscript(exponent) {
  return String(exponent)
    .replace(/\d/g, (digit) => superscripts[Number(digit)])
    .replace("-", "⁻");
}

/** @param {number} exponent @returns {string} "10⁻³"; "1" for exponent 0 */
export function powerOfTen(exponent) {
  return exponent === 0 ? "1" : `10${superscript(exponent)}`;
}

/**
 * @param {number} x finite, not 0
 * @param {number} digits
 * @returns {{ mantissa: string, exponent: number }} without trailing zeros
 */
function scientificParts(x, digits) {
  const [mantissa, exponent] = x.toExponential(digits - 1).split("e");
  const trimmed = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
  return { mantissa: withMinus(trimmed), exponent: Number(exponent) };
}

/**
 * @param {number} x
 * @param {number} digits
 * @returns {string | null} null where only scientific notation is short enough
 */
function plain(x, digits) {
  if (Number.isNaN(x)) {
    return "undefined";
  }
  if (!Number.isFinite(x)) {
    return x > 0 ? "∞" : `${minus}∞`;
  }
  const size = Math.abs(x);
  if (Number.isInteger(x) && size < greatestPlainInteger) {
    return withMinus(String(x || 0));
  }
  if (size < 0.01 || size >= 1e5) {
    return null;
  }
  const rounded = Math.abs(Number(x.toPrecision(digits)));
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(rounded)));
  return withMinus(x.toFixed(decimals));
}

/**
 * Three significant digits ("0.170", "12.3", "1235"), scientific below 0.01 and from 100 000 on
 * ("3.1e−3"); integers as they are.
 * @param {number} x any number; NaN is written "undefined"
 * @param {number} [digits]
 * @returns {string}
 */
export function format(x, digits = 3) {
  const text = plain(x, digits);
  if (text !== null) {
    return text;
  }
  const { mantissa, exponent } = scientificParts(x, digits);
  return `${mantissa}e${withMinus(String(exponent))}`;
}

/**
 * As format, with a raised power of ten: "3.1·10⁻³", "10⁻³".
 * @param {number} x
 * @param {number} [digits]
 * @returns {string}
 */
export function formatRaised(x, digits = 3) {
  const text = plain(x, digits);
  if (text !== null) {
    return text;
  }
  const { mantissa, exponent } = scientificParts(x, digits);
  return mantissa === "1" ? powerOfTen(exponent) : `${mantissa}·${powerOfTen(exponent)}`;
}

/**
 * A count of steps or gradients: "22", "12 000" (narrow no-break spaces).
 * @param {number} step
 * @returns {string}
 */
export function formatStep(step) {
  return Number.isFinite(step) ? grouped(Math.round(step).toFixed(0)) : format(step);
}

/**
 * "1 epoch", "12 000 epochs".
 * @param {number} count
 * @param {string} noun whose plural ends in s
 */
export function counted(count, noun) {
  return `${formatStep(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/**
 * Labels of evenly spaced ticks: as many decimals as tell them apart, the same for all.
 * @param {number[]} values ascending
 * @returns {string[]}
 */
export function formatTicks(values) {
  const largest = Math.max(...values.map(Math.abs));
  const spacing = values.length > 1 ? values[1] - values[0] : largest;
  if (!(largest > 0 && spacing > 0)) {
    return values.map((value) => format(value));
  }
  // The spacing may be 2.5 times a power of ten, which needs one decimal more than the power.
  const decimals = decimalsOf(spacing);
  const exponent = Math.floor(Math.log10(largest) + 1e-9);
  // Many digits read better in groups of three than as a long mantissa.
  const manyDigits = decimals + exponent > 3 && exponent < 9;
  if ((exponent < 6 || manyDigits) && decimals <= 4) {
    return values.map((value) => fixed(value, decimals));
  }
  return values.map((value) => {
    if (Math.abs(value) < spacing / 2) {
      return "0";
    }
    const mantissa = fixed(value / 10 ** exponent, Math.max(0, decimals + exponent));
    return mantissa === "1" ? powerOfTen(exponent) : `${mantissa}·${powerOfTen(exponent)}`;
  });
}

/** @param {number} spacing positive @returns {number} negative for tens, hundreds, ... */
function decimalsOf(spacing) {
  const power = Math.floor(Math.log10(spacing) + 1e-9);
  const lead = spacing / 10 ** power;
  return Math.abs(lead - Math.round(lead)) < 1e-6 ? -power : 1 - power;
}

/** @param {number} value @param {number} decimals */
function fixed(value, decimals) {
  const [whole, fraction] = Math.abs(value).toFixed(Math.max(0, decimals)).split(".");
  const sign = value < 0 && Number(`${whole}.${fraction ?? 0}`) > 0 ? minus : "";
  return sign + grouped(whole) + (fraction ? `.${fraction}` : "");
}
