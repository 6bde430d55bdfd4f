// The bar at the top: where you are, and what you can take away.

import { closeOnLeaving, element } from "./dom.js";

/**
 * @param {object} actions
 * @param {() => void} actions.copyLink
 * @param {() => void} actions.showQr
 * @param {() => void} actions.embed
 * @param {{ label: string, save: () => void, isOffered?: () => boolean }[]} actions.exports offered
 *   always, or as the menu is opened
 * @param {() => void} actions.present
 * @param {() => void} actions.showKeys
 * @param {() => void} actions.toggleTheme
 */
export function createHeader(actions) {
  const section = element("span", { class: "section" });
  const items = actions.exports.map(({ label, save, isOffered = () => true }) => ({
    isOffered,
    button: element(
      "button",
      {
        type: "button",
        onclick: () => {
          menu.open = false;
          save();
        },
      },
      label,
    ),
  }));
  /** @type {HTMLDetailsElement} */
  const menu = element(
    "details",
    {
      class: "menu",
      ontoggle: () => {
        for (const { isOffered, button } of items) {
          button.hidden = !isOffered();
        }
      },
    },
    element("summary", {}, "Export"),
    element("div", { class: "items card" }, ...items.map(({ button }) => button)),
  );
  closeOnLeaving(menu);
  const node = element(
    "header",
    { class: "bar" },
    element("a", { class: "brand", href: "#" }, "Wide Valley"),
    section,
    element(
      "div",
      { class: "actions" },
      element("button", { type: "button", onclick: actions.copyLink }, "Copy link"),
      element(
        "button",
        {
          type: "button",
          onclick: actions.showQr,
          title: "this state as a QR code, for a projector",
          "aria-label": "QR code",
        },
        "QR",
      ),
      element("button", { type: "button", onclick: actions.embed }, "Embed"),
      menu,
      element(
        "button",
        { type: "button", class: "theme", title: "light or dark", onclick: actions.toggleTheme },
        "Theme",
      ),
      element(
        "button",
        {
          type: "button",
          class: "present",
          title: "large, for a class (P)",
          onclick: actions.present,
        },
        "Present",
      ),
      element(
        "button",
        { type: "button", class: "keys", title: "the keys (?)", onclick: actions.showKeys },
        "Keys",
      ),
    ),
  );
  return {
    node,
    /** @param {string} text */
    setSection(text) {
      section.textContent = text;
    },
  };
}
