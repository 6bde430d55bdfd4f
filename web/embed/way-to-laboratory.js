// The link below an embedded figure: to the whole page, in the state that the figure is in.

import { element } from "../ui/dom.js";

/** @param {() => string} address of the laboratory in this state */
export function wayToLaboratory(address) {
  const link = element(
    "a",
    { href: address(), target: "_blank", rel: "noopener" },
    "Open in Wide Valley ↗",
  );
  // Where it is only on being followed: the state changes at every frame.
  const update = () => {
    link.href = address();
  };
  for (const event of ["pointerdown", "focus", "keydown", "contextmenu"]) {
    link.addEventListener(event, update);
  }
  return element("p", { class: "way-to-laboratory" }, link);
}
