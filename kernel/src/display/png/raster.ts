/** Smooth lines, areas and discs on a picture; coordinates in pixels, a pixel's middle at ½. */
import type { Rgb } from "../colour.js";
import type { Canvas } from "./canvas.js";

export type Point = readonly [x: number, y: number];

/** A share of a colour over one pixel. */
function blend({ width, height, pixels }: Canvas, x: number, y: number, colour: Rgb, share: number): void {
  if (x < 0 || y < 0 || x >= width || y >= height || share <= 0) return;
  const at = 3 * (y * width + x);
  const part = Math.min(1, share);
  for (let i = 0; i < 3; i++) pixels[at + i] = Math.round(pixels[at + i]! * (1 - part) + colour[i]! * part);
}

/** A straight line with round ends. */
export function strokeSegment(target: Canvas, a: Point, b: Point, width: number, colour: Rgb): void {
  const reach = width / 2 + 1;
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const square = dx * dx + dy * dy;
  const [top, bottom] = [Math.min(a[1], b[1]) - reach, Math.max(a[1], b[1]) + reach];
  const [left, right] = [Math.min(a[0], b[0]) - reach, Math.max(a[0], b[0]) + reach];
  if (![top, bottom, left, right].every(Number.isFinite)) return;
  for (let y = Math.max(0, Math.floor(top)); y <= Math.min(target.height - 1, bottom); y++)
    for (let x = Math.max(0, Math.floor(left)); x <= Math.min(target.width - 1, right); x++) {
      const [px, py] = [x + 0.5 - a[0], y + 0.5 - a[1]];
      const along = square === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / square));
      const distance = Math.hypot(px - along * dx, py - along * dy);
      blend(target, x, y, colour, width / 2 + 0.5 - distance);
    }
}

export interface Stroke {
  readonly width: number;
  readonly colour: Rgb;
  /** Pixels drawn and left out, in turn. */
  readonly dash?: readonly [on: number, off: number];
}

export function strokeLine(target: Canvas, points: readonly Point[], { width, colour, dash }: Stroke): void {
  const [on, off] = dash ?? [Number.POSITIVE_INFINITY, 0];
  let drawn = 0;
  for (let n = 1; n < points.length; n++) {
    const [a, b] = [points[n - 1]!, points[n]!];
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    const at = (t: number): Point => [a[0] + ((b[0] - a[0]) * t) / length, a[1] + ((b[1] - a[1]) * t) / length];
    if (!dash || length === 0) {
      strokeSegment(target, a, b, width, colour);
      continue;
    }
    for (let t = 0; t < length; ) {
      const phase = (drawn + t) % (on + off);
      const end = Math.min(length, t + (phase < on ? on - phase : on + off - phase) + 1e-9);
      if (phase < on) strokeSegment(target, at(t), at(end), width, colour);
      t = end;
    }
    drawn += length;
  }
}

export const disc = (target: Canvas, centre: Point, radius: number, colour: Rgb): void =>
  strokeSegment(target, centre, centre, 2 * radius, colour);

/** Rows of a pixel that are looked at. */
const SUBROWS = 4;

/** The inside of a closed polygon. */
export function fillPolygon(target: Canvas, points: readonly Point[], colour: Rgb): void {
  const ys = points.map(([, y]) => y);
  const cover = new Float64Array(target.width);
  for (let y = Math.max(0, Math.floor(Math.min(...ys))); y <= Math.min(target.height - 1, Math.max(...ys)); y++) {
    cover.fill(0);
    for (let k = 0; k < SUBROWS; k++) {
      const crossings = crossed(points, y + (k + 0.5) / SUBROWS);
      for (let n = 0; n + 1 < crossings.length; n += 2) addSpan(cover, crossings[n]!, crossings[n + 1]!, 1 / SUBROWS);
    }
    for (let x = 0; x < target.width; x++) blend(target, x, y, colour, cover[x]!);
  }
}

/** Where the edges of a polygon cross a row, from left to right. */
function crossed(points: readonly Point[], y: number): number[] {
  const found: number[] = [];
  points.forEach(([x0, y0], n) => {
    const [x1, y1] = points[(n + 1) % points.length]!;
    if (y0 <= y !== y1 <= y) found.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
  });
  return found.sort((p, q) => p - q);
}

function addSpan(cover: Float64Array, from: number, to: number, weight: number): void {
  const [left, right] = [Math.max(0, from), Math.min(cover.length, to)];
  for (let x = Math.floor(left); x < right; x++) cover[x]! += weight * (Math.min(right, x + 1) - Math.max(left, x));
}
