// What a reader takes away from a scene: its link, its embed code, its picture and its numbers.

import { SvgContext } from "../render/svg-context.js";
import { element } from "./dom.js";
import { canvasImage } from "./panel-view.js";

/** @typedef {import("./figure.js").Panel} Panel */
/** @typedef {import("../render/theme.js").Theme} Theme */

const panelWidth = 640;
const panelHeight = 460;
const captionHeight = 28;

/**
 * Copies, and shows what was copied, so that it can be taken by hand where the clipboard is closed.
 * @param {string} what
 * @param {string} text
 */
export async function copy(what, text) {
  const field = element("textarea", { readonly: true, rows: 3, "aria-label": what }, text);
  const state = element("p", {}, `${what}:`);
  const dialog = element(
    "dialog",
    { class: "copied card", "aria-label": what },
    state,
    field,
    element("form", { method: "dialog" }, element("button", { class: "primary" }, "Close")),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  field.select();
  try {
    await navigator.clipboard.writeText(text);
    state.textContent = `${what}, copied:`;
  } catch {
    state.textContent = `${what}; press Ctrl+C to copy it:`;
  }
}

/** @param {string} link */
export function embedCode(link) {
  const url = new URL(link);
  url.searchParams.set("view", "figure");
  const src = url.href.replaceAll("&", "&amp;").replaceAll('"', "%22");
  return `<iframe src="${src}" width="640" height="480" title="Wide Valley" loading="lazy"></iframe>`;
}

/**
 * @param {string} name
 * @param {Blob} blob
 */
function save(name, blob) {
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/**
 * The panels side by side, with the link that made them underneath.
 * @param {CanvasRenderingContext2D | SvgContext} ctx
 * @param {import("../render/types.js").CreateImage} createImage
 * @param {Panel[]} panels
 * @param {Theme} theme
 * @param {string} link
 */
function paintAll(ctx, createImage, panels, theme, link) {
  ctx.fillStyle = theme.colours.surface;
  ctx.fillRect(0, 0, panelWidth * panels.length, panelHeight + captionHeight);
  panels.forEach((panel, i) => {
    ctx.save();
    ctx.translate(panelWidth * i, 0);
    panel.paint(ctx, { width: panelWidth, height: panelHeight, theme, createImage });
    ctx.restore();
  });
  ctx.fillStyle = theme.colours.muted;
  ctx.font = theme.fonts.tick;
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.fillText(link, 12, panelHeight + 16);
}

/**
 * @param {string} name
 * @param {Panel[]} panels
 * @param {Theme} theme
 * @param {string} link
 */
export function savePng(name, panels, theme, link) {
  const canvas = element("canvas", {
    width: 2 * panelWidth * panels.length,
    height: 2 * (panelHeight + captionHeight),
  });
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ctx.scale(2, 2);
  paintAll(ctx, canvasImage, panels, theme, link);
  canvas.toBlob((blob) => blob && save(`${name}.png`, blob), "image/png");
}

/**
 * @param {string} name
 * @param {Panel[]} panels
 * @param {Theme} theme
 * @param {string} link
 */
export function saveSvg(name, panels, theme, link) {
  const ctx = new SvgContext({
    width: panelWidth * panels.length,
    height: panelHeight + captionHeight,
    title: panels.map(({ label }) => label).join(" "),
  });
  paintAll(ctx, SvgContext.createImage, panels, theme, link);
  save(`${name}.svg`, new Blob([ctx.toString()], { type: "image/svg+xml" }));
}

/**
 * Every channel of every run whose first extent is the number of steps, a row a step.
 * @param {string} name
 * @param {import("../state/player.js").Reports} reports
 * @param {string} link
 */
export function saveCsv(name, reports, link) {
  /** @type {{ title: string, at: (t: number) => number }[]} */
  const columns = [];
  let rows = 0;
  for (const [key, { status, channels }] of Object.entries(reports)) {
    for (const [id, { shape, data }] of Object.entries(channels)) {
      if (shape[0] !== status.step + 1) {
        continue;
      }
      rows = Math.max(rows, shape[0]);
      const width = shape[1] ?? 1;
      for (let j = 0; j < width; ++j) {
        const title = width > 1 ? `${key} ${id} ${j}` : `${key} ${id}`;
        columns.push({ title, at: (t) => data[t * width + j] });
      }
    }
  }
  const lines = [`# ${link}`, ["step", ...columns.map(({ title }) => title)].join(",")];
  for (let t = 0; t < rows; ++t) {
    lines.push([t, ...columns.map(({ at }) => at(t) ?? "")].join(","));
  }
  save(`${name}.csv`, new Blob([`${lines.join("\n")}\n`], { type: "text/csv" }));
}
