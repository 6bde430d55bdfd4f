// The link as a QR code, for a room that looks at the projector.

import { encode } from "uqr";
import { element, openDialog } from "./dom.js";

// In bytes: version 40 at the lowest error correction (ISO/IEC 18004, table 7).
const mostBytes = 2953;
// In modules: ISO/IEC 18004 asks for four of white on each side.
const quietZone = 4;
// In pixels of the canvas: enough for a projector; the page scales it to what room there is.
const size = 1000;

/**
 * Why a link cannot be a QR code that is of use, "" if it can.
 * @param {string} link
 */
function refusal(link) {
  const bytes = new TextEncoder().encode(link).length;
  if (bytes > mostBytes) {
    return `The link has ${bytes} characters; a QR code holds at most ${mostBytes}. Leave a table or live changes out of it.`;
  }
  return link.startsWith("file:")
    ? "This page is a file on this computer, which no other device can open by a QR code."
    : "";
}

/**
 * Black on white whatever the theme: readers expect it so.
 * @param {boolean[][]} modules a row each, with the quiet zone
 */
function paint(modules) {
  const scale = Math.ceil(size / modules.length);
  const side = scale * modules.length;
  const canvas = element("canvas", {
    width: side,
    height: side,
    role: "img",
    "aria-label": "QR code of the link",
  });
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  ctx.fillStyle = "#fff";
  ctx.fillRect(0, 0, side, side);
  ctx.fillStyle = "#000";
  for (const [i, row] of modules.entries()) {
    for (const [j, dark] of row.entries()) {
      if (dark) {
        ctx.fillRect(j * scale, i * scale, scale, scale);
      }
    }
  }
  return canvas;
}

/** @param {string} link */
export function showQr(link) {
  const fault = refusal(link);
  const shown = fault
    ? element("p", { role: "alert" }, fault)
    : paint(encode(link, { ecc: "L", boostEcc: true, border: quietZone }).data);
  openDialog("QR code", "qr", shown, element("p", { class: "address" }, link));
}
