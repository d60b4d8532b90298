/** A picture to draw on: opaque RGB pixels, two per CSS pixel. */
import { encode } from "fast-png";
import type { Rgb } from "../colour.js";
import { toBase64 } from "./base64.js";
import { ASCENT, drawGlyphs, LINE_HEIGHT, textWidth } from "./font.js";

export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

export function canvas(width: number, height: number, background: Rgb): Canvas {
  const made = { width, height, pixels: new Uint8Array(3 * width * height) };
  fillRect(made, 0, 0, width, height, background);
  return made;
}

export function fillRect(target: Canvas, x: number, y: number, width: number, height: number, colour: Rgb): void {
  const [right, bottom] = [Math.min(target.width, x + width), Math.min(target.height, y + height)];
  for (let row = Math.max(0, y); row < bottom; row++)
    for (let col = Math.max(0, x); col < right; col++) target.pixels.set(colour, 3 * (row * target.width + col));
}

/** Diagonal stripes of one colour, `period` pixels apart, over a rectangle. */
export function hatch(
  target: Canvas,
  [x, y, width, height]: readonly [number, number, number, number],
  colour: Rgb,
  period = 12,
): void {
  for (let row = 0; row < height; row++)
    for (let col = 0; col < width; col++)
      if ((row + col) % period < period / 2) fillRect(target, x + col, y + row, 1, 1, colour);
}

/** One line of text; `y` is the middle of its capital letters. */
export function drawText(
  target: Canvas,
  text: string,
  { x, y, colour, align = "left" }: { x: number; y: number; colour: Rgb; align?: "left" | "center" | "right" },
): void {
  const width = textWidth(text);
  const left = Math.round(align === "left" ? x : align === "center" ? x - width / 2 : x - width);
  // Capitals are about 16 pixels high above the baseline.
  const top = Math.round(y + 8 - ASCENT);
  drawGlyphs(text, (dx, dy, coverage) => {
    const [px, py] = [left + dx, top + dy];
    if (px < 0 || py < 0 || px >= target.width || py >= target.height) return;
    const at = 3 * (py * target.width + px);
    for (let i = 0; i < 3; i++)
      target.pixels[at + i] = Math.round(target.pixels[at + i]! * (1 - coverage) + colour[i]! * coverage);
  });
}

/** Words in lines of at most `width` pixels; a word that is longer has a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

export { LINE_HEIGHT, textWidth };

/** The picture as PNG in base64, as a MIME bundle carries it. */
export const toPng = ({ width, height, pixels }: Canvas): string =>
  toBase64(encode({ width, height, data: pixels, channels: 3, depth: 8 }));

/** With 32 levels of each colour and white: no eye misses the rest in a plot, and the picture has half the bytes. */
export const toSmallPng = (picture: Canvas): string =>
  toPng({ ...picture, pixels: picture.pixels.map((level) => (level >= 248 ? 255 : level & 0xf8)) });
