/** A chart as a picture. */
import { HATCH } from "../colour.js";
import { drawText, fillRect, hatch, LINE_HEIGHT, textWidth, toSmallPng, wrap } from "../png/canvas.js";
import { disc, type Point, strokeLine } from "../png/raster.js";
import { type Chart, onAxis, ticksOf } from "./chart.js";
import { AXIS, DARK, type Frame, frame, outline } from "./frame.js";
import { LINES } from "./palette.js";

const SAMPLE = 56;
const MOST_KEY = 300;

export function chartPng(chart: Chart): string {
  const { x, y } = chart;
  const key = Math.min(MOST_KEY, Math.max(...chart.lines.map(({ name }) => textWidth(name)), 80) + SAMPLE + 40);
  const f = frame({
    title: chart.title,
    x: { name: x.name, low: x.range[0], high: x.range[1], ticks: ticksOf(x) },
    y: { name: y.name, low: y.range[0], high: y.range[1], ticks: ticksOf(y) },
    notes: [...chart.marks.map(({ text }) => text), ...chart.notes],
    key,
    grid: true,
  });
  const place = (u: number, v: number): Point => f.place(onAxis(x, u), onAxis(y, v));
  for (const { from, to } of chart.bands) {
    const [left, right] = [from, to].map((u) => Math.round(place(u, 1)[0])) as [number, number];
    fillRect(f.picture, left, f.top, right - left, f.height, HATCH.light);
    hatch(f.picture, [left, f.top, right - left, f.height], HATCH.dark);
  }
  chart.lines.forEach((line, n) => {
    const { colour, pixels } = LINES[n % LINES.length]!;
    for (const part of parts(line.x.map((u, k) => place(u, line.y[k]!))))
      strokeLine(f.picture, clipped(f, part), { width: 4, colour, ...(pixels ? { dash: pixels } : {}) });
  });
  for (const { x: u, y: v } of chart.marks) {
    if (Number.isNaN(v)) {
      const across = f.place(onAxis(x, u), y.range[0])[0];
      strokeLine(
        f.picture,
        [
          [across, f.top],
          [across, f.top + f.height],
        ],
        { width: 2, colour: AXIS, dash: [10, 8] },
      );
      continue;
    }
    const at = place(u, v);
    if (at[1] < f.top || at[1] > f.top + f.height) continue;
    disc(f.picture, at, 9, DARK);
    disc(f.picture, at, 5, [255, 255, 255]);
  }
  outline(f);
  drawKey(f, chart, key);
  return toSmallPng(f.picture);
}

/** The runs of points that have both coordinates. */
function parts(points: readonly Point[]): Point[][] {
  const runs: Point[][] = [[]];
  for (const point of points) {
    if (point.every(Number.isFinite)) runs.at(-1)!.push(point);
    else if (runs.at(-1)!.length > 0) runs.push([]);
  }
  return runs.filter((run) => run.length > 1);
}

/** A line that leaves the axes ends at their edge. */
function clipped({ top, height }: Frame, points: readonly Point[]): Point[] {
  const [low, high] = [top, top + height];
  const inside = ([, y]: Point): boolean => y >= low && y <= high;
  const edge = (a: Point, b: Point): Point => {
    const y = inside(a) ? Math.max(low, Math.min(high, b[1])) : Math.max(low, Math.min(high, a[1]));
    const t = (y - a[1]) / (b[1] - a[1]);
    return [a[0] + t * (b[0] - a[0]), y];
  };
  return points.flatMap((point, n) => {
    const before = points[n - 1];
    const enters = before && inside(before) !== inside(point) ? [edge(before, point)] : [];
    return inside(point) ? [...enters, point] : enters;
  });
}

function drawKey({ picture, keyLeft, top }: Frame, { lines }: Chart, key: number): void {
  let y = top + LINE_HEIGHT / 2;
  lines.forEach(({ name }, n) => {
    const { colour, pixels } = LINES[n % LINES.length]!;
    strokeLine(
      picture,
      [
        [keyLeft, y],
        [keyLeft + SAMPLE - 8, y],
      ],
      { width: 4, colour, ...(pixels ? { dash: pixels } : {}) },
    );
    for (const line of wrap(name, key - SAMPLE - 24)) {
      drawText(picture, line, { x: keyLeft + SAMPLE, y, colour: AXIS });
      y += LINE_HEIGHT;
    }
    y += 6;
  });
}
