/** The signs on the toolbar's buttons, drawn: fonts without media symbols are common. */
import { svg } from "./dom.js";

const PATHS = {
  first: "M3 3h2v10H3zM13 3v10L6 8z",
  back: "M11 3v10L4 8z",
  play: "M4 2.5v11L13 8z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  next: "M5 3v10l7-5z",
  last: "M11 3h2v10h-2zM3 3v10l7-5z",
} as const;

export type Glyph = keyof typeof PATHS;

export const glyph = (name: Glyph): SVGElement =>
  svg(
    "svg",
    { viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": true, fill: "currentColor" },
    svg("path", { d: PATHS[name] }),
  );
