/** The paper of a plot as a picture: title, two axes with their ticks and names, room for a key, notes below. */
import { BLACK, type Rgb, WHITE } from "../colour.js";
import { type Canvas, canvas, drawText, fillRect, LINE_HEIGHT, textWidth, wrap } from "../png/canvas.js";
import type { Point } from "../png/raster.js";
import type { Tick } from "./ticks.js";

export interface PictureAxis {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly Tick[];
}

export interface Frame {
  readonly picture: Canvas;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** From the units of the axes to pixels. */
  readonly place: (x: number, y: number) => Point;
  /** Where the key or the colour bar may stand. */
  readonly keyLeft: number;
}

export interface FrameOptions {
  readonly title: string;
  readonly x: PictureAxis;
  readonly y: PictureAxis;
  readonly notes: readonly string[];
  /** Pixels right of the axes for a key or a colour bar. */
  readonly key: number;
  readonly grid: boolean;
  /** Width by height of the inside; as wide as there is room when absent. */
  readonly ratio?: number | undefined;
}

const PAD = 24;
const WIDTH = 1160;
/** A narrow plot is no narrower than its notes can be read. */
const NARROWEST = 900;
const PLOT_HEIGHT = 640;
const TICK = 8;
export const DARK: Rgb = [34, 34, 34];
export const AXIS: Rgb = [90, 90, 90];
const GRID: Rgb = [224, 224, 224];

export function frame({ title, x, y, notes, key, grid, ratio }: FrameOptions): Frame {
  const labels = Math.max(...y.ticks.map(({ label }) => textWidth(label)), 0);
  const left = PAD + labels + TICK + 8;
  const room = WIDTH - left - PAD - key;
  const width = Math.round(Math.min(room, ratio ? PLOT_HEIGHT * ratio : room));
  const height = Math.round(ratio ? Math.min(PLOT_HEIGHT, width / ratio) : PLOT_HEIGHT);
  const whole = Math.max(NARROWEST, left + width + key + PAD);
  const titleLines = wrap(title, whole - 2 * PAD);
  const noteLines = notes.flatMap((note) => wrap(note, whole - 2 * PAD));
  const top = PAD + (titleLines.length + 1) * LINE_HEIGHT + 8;
  const below = top + height + TICK + 2 * LINE_HEIGHT + 12;
  const picture = canvas(whole, below + noteLines.length * LINE_HEIGHT + PAD, WHITE);
  const place = (u: number, v: number): Point => [
    left + ((u - x.low) / (x.high - x.low)) * width,
    top + height - ((v - y.low) / (y.high - y.low)) * height,
  ];
  titleLines.forEach((line, n) => {
    drawText(picture, line, { x: PAD, y: PAD + (n + 0.5) * LINE_HEIGHT, colour: BLACK });
  });
  drawText(picture, y.name, { x: left, y: top - LINE_HEIGHT / 2 - 4, colour: DARK, align: "left" });
  for (const { value, label } of x.ticks) {
    const at = Math.round(place(value, y.low)[0]);
    if (grid) fillRect(picture, at - 1, top, 2, height, GRID);
    fillRect(picture, at - 1, top + height, 2, TICK, AXIS);
    drawText(picture, label, { x: at, y: top + height + TICK + LINE_HEIGHT / 2 + 2, colour: AXIS, align: "center" });
  }
  for (const { value, label } of y.ticks) {
    const at = Math.round(place(x.low, value)[1]);
    if (grid) fillRect(picture, left, at - 1, width, 2, GRID);
    fillRect(picture, left - TICK, at - 1, TICK, 2, AXIS);
    drawText(picture, label, { x: left - TICK - 6, y: at, colour: AXIS, align: "right" });
  }
  drawText(picture, x.name, {
    x: left + width / 2,
    y: top + height + TICK + 1.5 * LINE_HEIGHT + 4,
    colour: DARK,
    align: "center",
  });
  noteLines.forEach((line, n) => {
    drawText(picture, line, { x: PAD, y: below + (n + 0.5) * LINE_HEIGHT, colour: AXIS });
  });
  return { picture, left, top, width, height, place, keyLeft: left + width + 24 };
}

/** The lines around the axes, over what was drawn inside. */
export function outline({ picture, left, top, width, height }: Frame): void {
  fillRect(picture, left - 2, top - 2, width + 4, 2, AXIS);
  fillRect(picture, left - 2, top + height, width + 4, 2, AXIS);
  fillRect(picture, left - 2, top - 2, 2, height + 4, AXIS);
  fillRect(picture, left + width, top - 2, 2, height + 4, AXIS);
}
