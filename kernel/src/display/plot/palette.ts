/**
 * Colours of plots. Heights: cividis (Nuñez, Anderton and Renslow, 2018), made to be the same to every eye and to rise in
 * lightness. Lines: Okabe and Ito, each with a dash and a mark of its own, so that no colour has to be told apart.
 */
import { hex, type Rgb } from "../colour.js";

/** Cividis at equal distances. */
export const CIVIDIS: readonly Rgb[] = [
  [0, 32, 76],
  [0, 42, 102],
  [0, 52, 110],
  [39, 63, 108],
  [60, 74, 107],
  [76, 85, 107],
  [91, 95, 109],
  [104, 106, 112],
  [117, 117, 117],
  [131, 129, 120],
  [146, 140, 120],
  [161, 152, 118],
  [176, 165, 114],
  [192, 177, 109],
  [209, 191, 102],
  [225, 204, 92],
  [243, 219, 79],
  [255, 233, 69],
];

/** The colour of a share between 0 and 1. */
export function heightColour(share: number): Rgb {
  const place = Math.max(0, Math.min(1, share)) * (CIVIDIS.length - 1);
  const low = Math.min(Math.floor(place), CIVIDIS.length - 2);
  const mix = (i: 0 | 1 | 2): number =>
    Math.round(CIVIDIS[low]![i] + (CIVIDIS[low + 1]![i] - CIVIDIS[low]![i]) * (place - low));
  return [mix(0), mix(1), mix(2)];
}

export const HEIGHTS = CIVIDIS.map((colour, i) => [i / (CIVIDIS.length - 1), hex(colour)] as const);

export interface LineStyle {
  readonly colour: Rgb;
  /** Plotly's name, and pixels on and off. */
  readonly dash: "solid" | "dash" | "dot" | "dashdot";
  readonly pixels?: readonly [on: number, off: number];
  readonly symbol: string;
}

/** Readable on white and on black. */
export const LINES: readonly [LineStyle, LineStyle, LineStyle, LineStyle] = [
  { colour: [0, 114, 178], dash: "solid", symbol: "circle" },
  { colour: [213, 94, 0], dash: "dash", pixels: [16, 9], symbol: "square" },
  { colour: [0, 158, 115], dash: "dot", pixels: [4, 8], symbol: "diamond" },
  { colour: [204, 121, 167], dash: "dashdot", pixels: [24, 8], symbol: "triangle-up" },
];

/** Over heights: orange has a lightness and a hue that cividis lacks, on a casing of black. */
export const OVER: readonly Rgb[] = [
  [255, 130, 60],
  [120, 210, 255],
  [240, 170, 230],
  [255, 255, 255],
];

/** Between white and black paper: text and lines of a viewer that does not know its theme. */
export const GREY = "#7a7a7a";
export const CLEAR = "rgba(0,0,0,0)";
