// The dialog that gives the code for a figure in another page.

import { elementCode, frameCode } from "../embed/code.js";
import { isRelevant } from "../state/parameters.js";
import { encode } from "../state/url.js";
import { element, openDialog } from "./dom.js";
import { labelText } from "./inputs.js";
import { copyText } from "./take-away.js";

/** @typedef {import("./scene-view.js").SceneView} SceneView */

/**
 * @param {string} label
 * @param {boolean} ticked
 * @param {() => void} onChange
 */
function tick(label, ticked, onChange) {
  const box = element("input", { type: "checkbox", onchange: onChange });
  box.checked = ticked;
  return { box, node: element("label", { class: "tick" }, box, label) };
}

/**
 * @param {string} heading
 * @param {string} text
 */
function codeField(heading, text) {
  const field = element("textarea", { readonly: true, rows: 4, "aria-label": heading });
  const said = element("span", { role: "status" });
  const copy = element(
    "button",
    {
      type: "button",
      onclick: async () => {
        field.select();
        said.textContent = (await copyText(field.value)) ? "copied" : "press Ctrl+C to copy it";
      },
    },
    "Copy",
  );
  const node = element(
    "section",
    {},
    element("h3", {}, heading),
    element("p", {}, text),
    field,
    element("p", { class: "copy" }, copy, said),
  );
  return {
    node,
    /** @param {string} code */
    show(code) {
      if (field.value !== code) {
        field.value = code;
        said.textContent = "";
      }
    },
  };
}

/**
 * @param {SceneView} view
 * @param {string} href of this page
 * @param {boolean} isSingleFile
 */
export function openEmbedDialog({ scene, tables, shown }, href, isSingleFile) {
  const values = { ...shown.state.parameters, ...shown.state.view };
  const table = [...tables.parameters, ...tables.view];
  const atFirst = shown.state.controls ?? [scene.slider];
  const controls = tables.controls
    .map((id) => table.find((parameter) => parameter.id === id))
    .filter((parameter) => parameter && isRelevant(parameter, values))
    .map((parameter) => /** @type {import("../lab.js").Parameter} */ (parameter))
    .map((parameter) => ({
      id: parameter.id,
      ...tick(labelText(parameter), atFirst.includes(parameter.id), show),
    }));
  const plays = tick("plays by itself", false, show);
  const fits = tick("takes the height it needs", !isSingleFile, show);
  const frame = codeField("A frame", "Works wherever a page may hold a frame, sandboxed or not.");
  const tag = codeField(
    "An element",
    "Loads faster when a page has several, and scripts can drive it. For pages that may run a script from here.",
  );
  const fromDisk = href.startsWith("file:")
    ? "This page was opened from disk: put it on a web server and let the code begin with its address there."
    : "";

  function show() {
    const chosen = controls.filter(({ box }) => box.checked).map(({ id }) => id);
    const asUsual = chosen.length === 1 && chosen[0] === scene.slider;
    const state = { ...shown.state, controls: asUsual ? null : chosen };
    const figure = {
      href,
      isSingleFile,
      title: `Wide Valley: ${scene.question}`,
      state: encode(state, tables),
      autoplay: plays.box.checked,
    };
    frame.show(frameCode(figure, fits.box.checked && !isSingleFile));
    if (!isSingleFile) {
      tag.show(elementCode(figure));
    }
  }

  show();
  openDialog(
    "Embed this figure",
    "embed-dialog",
    element("h2", {}, "Embed this figure"),
    element(
      "fieldset",
      {},
      element("legend", {}, "Controls to show"),
      ...controls.map(({ node }) => node),
    ),
    element(
      "fieldset",
      {},
      element("legend", {}, "The figure"),
      plays.node,
      isSingleFile ? "" : fits.node,
    ),
    fromDisk && element("p", { class: "note" }, fromDisk),
    frame.node,
    isSingleFile ? "" : tag.node,
  );
}
