// Which ticks an axis shows: the most that fit without their labels touching.

import { ticks } from "d3-array";
import { formatRaised, formatTicks, powerOfTen } from "./numbers.js";

/** @typedef {{ value: number, label: string, position: number }} Tick position in pixels */

/**
 * Candidates, the best first.
 * @param {import("./frame.js").ScaleKind} kind
 * @param {[number, number]} domain
 * @param {number} most ticks that keep their pitch
 * @param {number} unit of a symlog scale
 * @returns {{ value: number, label: string }[][]}
 */
function candidates(kind, domain, most, unit) {
  if (kind === "symlog") {
    return symlogCandidates(domain, unit);
  }
  return kind === "log" ? logCandidates(domain, most) : linearCandidates(domain, most);
}

// Where there is room for but one, ticks may be so many times as dense as they should; on an axis too
// low for that too, the ends of a fine scale are left.
const crowding = 4;
const finest = 10;

/** @param {[number, number]} domain @param {number} most */
function linearCandidates(domain, most) {
  const apart = Array.from({ length: most }, (_, k) => most - k);
  const crowded = Array.from({ length: (crowding - 1) * most }, (_, k) => most + 1 + k);
  const fine = ticks(...domain, finest);
  const ends = fine.filter((_, k) => k === 0 || k === fine.length - 1);
  const scales = [...apart, ...crowded].map((count) => ticks(...domain, count));
  return [...scales, ends].map((values) => {
    const labels = formatTicks(values);
    return values.map((value, index) => ({ value, label: labels[index] }));
  });
}

const everyLead = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** @param {[number, number]} domain @param {number} most */
function logCandidates([low, high], most) {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const decades = Math.log10(high / low);
  const tries = [];
  if (decades < 3) {
    const within = [...(decades < 1.2 ? [everyLead] : []), [1, 2, 5], [1, 3]].map((leads) => {
      return subdivided([low, high], leads);
    });
    tries.push(...within.filter((ticks) => ticks.length > 1));
  }
  if (decades < 1) {
    tries.push(...linearCandidates([low, high], most));
  }
  for (let stride = 1; stride <= Math.max(1, last - first); stride += 1) {
    const exponents = [];
    for (let e = Math.ceil(first / stride) * stride; e <= last; e += stride) {
      exponents.push(e);
    }
    tries.push(exponents.map((e) => ({ value: 10 ** e, label: powerOfTen(e) })));
  }
  return tries;
}

/**
 * 0, and powers of ten of both signs, those well outside the linear part.
 * @param {[number, number]} domain
 * @param {number} unit
 */
function symlogCandidates([low, high], unit) {
  const first = Math.ceil(Math.log10(3 * unit));
  const last = Math.max(first, Math.floor(Math.log10(Math.max(-low, high)) + 1e-9));
  const tries = [];
  for (let stride = 1; stride <= last - first + 1; stride += 1) {
    const ticks = [{ value: 0, label: "0" }];
    for (let e = last; e >= first; e -= stride) {
      ticks.push({ value: 10 ** e, label: powerOfTen(e) });
      ticks.unshift({ value: -(10 ** e), label: `−${powerOfTen(e)}` });
    }
    const inside = ticks.filter(({ value }) => value >= low && value <= high);
    tries.push(inside.sort((a, b) => a.value - b.value));
  }
  return tries;
}

/** @param {[number, number]} domain @param {number[]} leads leading digits that get a tick */
function subdivided([low, high], leads) {
  const ticks = [];
  for (let e = Math.floor(Math.log10(low)); e <= Math.log10(high); e += 1) {
    for (const lead of leads) {
      // Through text, so that 3e-3 is 0.003 and not 0.0030000000000000001.
      const value = Number(`${lead}e${e}`);
      if (value < low * (1 - 1e-9) || value > high * (1 + 1e-9)) {
        continue;
      }
      const label = e >= -3 && e <= 3 ? String(value) : formatRaised(value, 1);
      ticks.push({ value, label });
    }
  }
  return ticks;
}

/**
 * @param {object} axis
 * @param {import("./frame.js").ScaleKind} axis.kind
 * @param {[number, number]} axis.domain
 * @param {number} [axis.unit] of a symlog scale
 * @param {(value: number) => number} axis.scale data to pixels
 * @param {number} axis.pitch least distance of linear ticks in pixels
 * @param {number} axis.length of the axis in pixels
 * @param {(label: string, position: number) => [number, number]} axis.extent the pixels that a
 *   label takes along the axis, with the room it needs on both sides
 * @param {(position: number) => boolean} axis.isFree where a tick may be
 * @returns {Tick[]} ascending in value
 */
export function chooseTicks({ kind, domain, unit = 1, scale, pitch, length, extent, isFree }) {
  const most = Math.max(2, Math.floor(length / pitch));
  const placed = candidates(kind, domain, most, unit).map((ticks) =>
    onAxis(ticks, scale).filter(({ position }) => isFree(position)),
  );
  // One tick alone does not tell the scale.
  return (
    placed.find((ticks) => ticks.length > 1 && !overlap(ticks, extent)) ??
    placed.find((ticks) => ticks.length === 1) ??
    (placed.find((ticks) => ticks.length > 0) ?? []).slice(0, 1)
  );
}

/** @param {{ value: number, label: string }[]} ticks @param {(value: number) => number} scale */
function onAxis(ticks, scale) {
  return ticks.map((tick) => {
    return { ...tick, position: scale(tick.value) };
  });
}

/**
 * @param {Tick[]} ticks
 * @param {(label: string, position: number) => [number, number]} extent
 */
function overlap(ticks, extent) {
  const taken = ticks.map((tick) => extent(tick.label, tick.position)).sort((a, b) => a[0] - b[0]);
  return taken.some((range, index) => index > 0 && range[0] < taken[index - 1][1]);
}
