/** The signs on the toolbar's buttons, drawn: fonts without media symbols are common. */
import { svg } from "./dom.js";

const PATHS = {
  first: "M3 3h2v10H3zM13 3v10L6 8z",
  back: "M11 3v10L4 8z",
  play: "M4 2.5v11L13 8z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  next: "M5 3v10l7-5z",
  quiz: "M8 1a4 4 0 0 1 4 4c0 2.4-3 2.8-3 5H7c0-3.2 3-3.4 3-5a2 2 0 0 0-4 0H4a4 4 0 0 1 4-4zM7 12h2v2H7z",
  compare: "M8 2l6 12H2zM8 6l-3 6h6z",
  large: "M2 2h6v2H5.4L8 6.6 6.6 8 4 5.4V8H2zM14 14H8v-2h2.6L8 9.4 9.4 8 12 10.6V8h2z",
  projector: "M1 3h14v8H1zM3 5v4h10V5zM7 11h2v2h3v1H4v-1h3z",
  last: "M11 3h2v10h-2zM3 3v10l7-5z",
} as const;

export type Glyph = keyof typeof PATHS;

export const glyph = (name: Glyph): SVGElement =>
  svg(
    "svg",
    { viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": true, fill: "currentColor" },
    svg("path", { d: PATHS[name], "fill-rule": "evenodd" }),
  );
