// How a figure gets into somebody else's page, tool by tool. Each is tried in tests/web/recipes.chromium.test.js.

import { figureAddress, laboratoryAddress } from "../embed/addresses.js";
import { elementCode, frameCode } from "../embed/code.js";

/** @typedef {{ id: string, tool: string, text: string, code: string }} Recipe */

/** Where the laboratory lies, for a reader to put the own address in its place. */
export const exampleAddress = "https://example.org/wide-valley/";

/**
 * @param {string} href of the laboratory
 * @param {string} state of the figure, as in the hash of a link
 * @returns {Recipe[]} texts are plain
 */
export function recipes(href, state) {
  const figure = { href, isSingleFile: false, title: "Wide Valley", state, autoplay: false };
  const frame = frameCode(figure, false);
  const fitted = frameCode(figure, true);
  const tag = elementCode(figure);
  const address = figureAddress(href, state, false);
  const { origin } = new URL(laboratoryAddress(href));
  return [
    {
      id: "plain",
      tool: "A page in HTML",
      text: "A frame that takes the height it needs, or an element. Several elements on a page share their workers.",
      code: `${fitted}\n\n${tag}`,
    },
    {
      id: "notebook",
      tool: "Jupyter notebook",
      text: "In a code cell; the frame stays in the notebook when it is exported. A Markdown cell drops scripts and does not know the element.",
      code: [
        "from IPython.display import IFrame",
        "",
        `IFrame(${JSON.stringify(address)}, width=640, height=480)`,
      ].join("\n"),
    },
    {
      id: "sphinx",
      tool: "Jupyter Book 1, Sphinx with MyST",
      text: "HTML as it is, in the Markdown.",
      code: ["```{raw} html", fitted, "```"].join("\n"),
    },
    {
      id: "myst",
      tool: "Jupyter Book 2, MyST",
      text: "The directive takes a width and keeps a fixed shape; the figure fits itself in.",
      code: [`\`\`\`{iframe} ${address}`, ":width: 100%", "```"].join("\n"),
    },
    {
      id: "quarto",
      tool: "Quarto, Pandoc",
      text: "A raw block, which only the output in HTML shows.",
      code: ["```{=html}", fitted, "```"].join("\n"),
    },
    {
      id: "mkdocs",
      tool: "MkDocs",
      text: "HTML as it is. An element goes into a block of its own.",
      code: `<div>\n${tag}\n</div>`,
    },
    {
      id: "reveal",
      tool: "reveal.js",
      text: "A frame with data-src is loaded when its slide comes near. While the focus is in the frame the arrow keys are the figure's; a click beside it gives them back to the slides.",
      code: `<section>\n  ${frame.replace(" src=", " data-src=").replace(' loading="lazy"', "")}\n</section>`,
    },
    {
      id: "platform",
      tool: "Moodle, Canvas and other learning platforms",
      text: "In the editor's view of the source. They drop scripts and elements and keep the frame, sandboxed or not. Canvas gives it the height it asks for.",
      code: frame,
    },
    {
      id: "policy",
      tool: "A page with a strict Content-Security-Policy",
      text: "For a frame the page must allow frame-src and nothing else. For an element it needs the following; nothing inline, no eval.",
      code: `script-src ${origin} 'wasm-unsafe-eval'; connect-src ${origin}; worker-src blob:; img-src data: blob:`,
    },
    {
      id: "file",
      tool: "One file, without a site",
      text: "Put wide-valley.html beside the page. It is its own figure page.",
      code: frameCode({ ...figure, href: `${href}wide-valley.html`, isSingleFile: true }, false),
    },
  ];
}
