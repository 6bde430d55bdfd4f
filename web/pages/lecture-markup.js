// The lecture's items and the errata as markup.

import { errata } from "./errata.js";
import { sections } from "./lecture.js";
import { anchor, escaped, list } from "./markup.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./lecture.js").Item} Item */
/** @typedef {import("./lecture.js").Place} Place */

/** @param {Place[]} places @param {Desk} desk */
function placesMarkup(places, desk) {
  return list(
    places.map((place) => {
      const { href, label, question } = desk.linkTo(place);
      const scene =
        label === question ? "" : ` <span class="scene-name">${escaped(question)}</span>`;
      return `${anchor(href, label)}${scene}`;
    }),
  );
}

/** @param {number} number @param {Desk} desk */
function erratumLink(number, desk) {
  if (!errata[number - 1]) {
    throw new Error(`There is no erratum ${number}; there are ${errata.length}.`);
  }
  return anchor(desk.pageAddress("errata", `errata-${number}`), `Erratum ${number}`);
}

/** @param {Item} item @param {Desk} desk */
function itemMarkup({ kind, number, title, says, places, missing, errata: numbers = [] }, desk) {
  const called = kind === "Formula" && number ? `(${number})` : number;
  const name = kind === "Point" ? "" : [kind, called].filter(Boolean).join(" ");
  return [
    `<section class="item" data-kind="${kind.toLowerCase()}" data-number="${number ?? ""}">`,
    `<h3>${name ? `<span class="name">${name}</span> ` : ""}${escaped(title)}</h3>`,
    says,
    places.length > 0 ? placesMarkup(places, desk) : "",
    missing ? `<p class="missing">Not shown: ${escaped(missing)}</p>` : "",
    numbers.length > 0
      ? `<p class="put-right">${numbers.map((each) => erratumLink(each, desk)).join(" · ")}</p>`
      : "",
    "</section>",
  ].join("");
}

/** @param {Desk} desk */
export function lectureMarkup(desk) {
  return sections
    .map(
      ({ number, title, items }) =>
        `<section><h2>${/^\d/.test(number) ? "§" : ""}${number} · ${escaped(title)}</h2>${items
          .map((item) => itemMarkup(item, desk))
          .join("")}</section>`,
    )
    .join("");
}

/** @param {Desk} desk */
export function errataMarkup(desk) {
  const items = errata.map(
    ({ where, notes, right, places }, i) => `<section class="item" id="errata-${i + 1}">
      <h2>${i + 1} · ${escaped(where)}</h2>
      <dl><dt>The notes</dt><dd>${notes}</dd><dt>Here</dt><dd>${right}</dd></dl>
      ${placesMarkup(places, desk)}</section>`,
  );
  return items.join("");
}
