/** Level lines of a function of two numbers, from above: a plotly figure, and the same as a picture. */
import type { Rgb } from "../colour.js";
import { HATCH } from "../colour.js";
import { formatNumber } from "../number.js";
import { drawText, fillRect, LINE_HEIGHT, toSmallPng } from "../png/canvas.js";
import { disc, type Point, strokeLine, strokeSegment } from "../png/raster.js";
import { plotlyText } from "../sheet/plotlyAxes.js";
import { drawn, type Field, heights, isGap, lowHigh, trueRatio } from "./field.js";
import { AXIS, DARK, type Frame, frame, outline } from "./frame.js";
import { baseLayout, headRoom, short } from "./layout.js";
import { arrowHead, arrows, FLAT, marks, paths, SLIDER_ROOM, slider, stripes } from "./overlays.js";
import { HEIGHTS, heightColour, OVER } from "./palette.js";
import { linearTicks, logTicks, type Tick } from "./ticks.js";

const LEVELS = 14;

/** Half decades where there are few enough of them. */
const MOST_DECADES = 7;

/** The heights at which lines are drawn, with their numbers; half decades have none. */
export const levels = (field: Field, count = LEVELS): Tick[] => {
  const [low, high] = heights(field);
  if (field.scale === "linear") return linearTicks(low, high, count);
  const powers = logTicks(low, high, count);
  if (powers.length < 2)
    return linearTicks(low, high, count).map(({ value }) => ({ value, label: formatNumber(10 ** value) }));
  if (high - low > MOST_DECADES || count < LEVELS) return powers;
  const halves = Array.from(
    { length: Math.floor(2 * high) - Math.ceil(2 * low) + 1 },
    (_, i) => (Math.ceil(2 * low) + i) / 2,
  );
  return halves.map((value) => ({ value, label: powers.find((p) => p.value === value)?.label ?? "" }));
};

/** Pixels: the width of the axes, and how high they are with what stands below. */
const INSIDE = 500;
const [SHORTEST, TALLEST] = [240, 430] as const;

export function contourFigure(field: Field): object {
  const { x, y, z } = field;
  const cols = x.values.length;
  const [low, high] = heights(field);
  const ticks = levels(field);
  const named = ticks.filter(({ label }) => label !== "");
  const step = ticks.length > 1 ? ticks[1]!.value - ticks[0]!.value : high - low;
  const over = [...stripes(field, FLAT, 0), ...arrows(field, FLAT), ...paths(field, FLAT)];
  const head = headRoom(field.notes);
  const sliders = slider(field, FLAT, 1 + over.length);
  const ratio = trueRatio(field);
  const tall = ratio ? Math.max(SHORTEST, Math.min(TALLEST, INSIDE / ratio)) : TALLEST;
  const axis = (name: string, range: readonly [number, number]) => ({
    title: { text: plotlyText(name) },
    range,
    showgrid: false,
    zeroline: false,
    constrain: "domain",
  });
  const rows = y.values.map((_, r) => Array.from(z.subarray(r * cols, (r + 1) * cols)));
  return {
    data: [
      {
        type: "contour",
        name: field.valueName,
        x: x.values.map(short),
        y: y.values.map(short),
        z: rows.map((row) => row.map((value) => short(drawn(field, value)))),
        zmin: low,
        zmax: high,
        colorscale: HEIGHTS,
        autocontour: false,
        contours: { start: ticks[0]?.value ?? low, end: ticks.at(-1)?.value ?? high, size: step, coloring: "fill" },
        line: { width: 0.6, color: "rgba(255,255,255,0.55)" },
        connectgaps: false,
        colorbar: {
          thickness: 14,
          outlinewidth: 0,
          title: { text: plotlyText(field.valueName), side: "top" },
          tickvals: named.map(({ value }) => value),
          ticktext: named.map(({ label }) => label),
        },
        ...(field.scale === "log" ? { customdata: rows.map((row) => row.map(short)) } : {}),
        hovertemplate: `${plotlyText(x.name)} = %{x}<br>${plotlyText(y.name)} = %{y}<br>${plotlyText(field.valueName)} = %{${field.scale === "log" ? "customdata" : "z"}:.6g}<extra></extra>`,
      },
      ...over,
      ...marks(field, FLAT),
    ],
    layout: {
      ...baseLayout(field.title, field.notes),
      width: 680,
      height: Math.round(head + tall) + (sliders.length > 0 ? SLIDER_ROOM : 0),
      margin: { t: head, l: 64, r: 24, b: 52 + (sliders.length > 0 ? SLIDER_ROOM : 0) },
      xaxis: axis(x.name, lowHigh(x)),
      yaxis: { ...axis(y.name, lowHigh(y)), ...(ratio ? { scaleanchor: "x" } : {}) },
      showlegend: field.paths.length > 1,
      legend: { orientation: "h", x: 0, y: 1, yanchor: "bottom" },
      ...(sliders.length > 0 ? { sliders } : {}),
    },
  };
}

const KEY = 170;

export function contourPng(field: Field): string {
  const [x, y] = [lowHigh(field.x), lowHigh(field.y)];
  const f = frame({
    title: field.title,
    x: { name: field.x.name, low: x[0], high: x[1], ticks: linearTicks(...x) },
    y: { name: field.y.name, low: y[0], high: y[1], ticks: linearTicks(...y) },
    notes: field.notes,
    key: KEY,
    grid: false,
    ratio: trueRatio(field),
  });
  const ticks = levels(field);
  const [low, high] = heights(field);
  fillLevels(f, field, ticks, low, high);
  drawOver(f, field);
  outline(f);
  heightKey(f, { ticks, low, high, name: field.valueName });
  return toSmallPng(f.picture);
}

/** The colour of the band between two levels is that of its middle. */
function bandColours(ticks: readonly Tick[], low: number, high: number): readonly Rgb[] {
  const edges = [low, ...ticks.map(({ value }) => value), high];
  return edges.slice(1).map((edge, n) => heightColour(((edge + edges[n]!) / 2 - low) / (high - low)));
}

const LEVEL_LINE = 0.35;

function fillLevels(
  { picture, left, top, width, height }: Frame,
  field: Field,
  ticks: readonly Tick[],
  low: number,
  high: number,
): void {
  const colours = bandColours(ticks, low, high);
  const cols = field.x.values.length;
  const rows = field.y.values.length;
  const band = new Int16Array(width * height).fill(-1);
  for (let py = 0; py < height; py++)
    for (let px = 0; px < width; px++) {
      const [u, v] = [((px + 0.5) / width) * (cols - 1), (1 - (py + 0.5) / height) * (rows - 1)];
      const [c, r] = [Math.min(cols - 2, Math.floor(u)), Math.min(rows - 2, Math.floor(v))];
      if (isGap(field, r, c)) {
        fillRect(picture, left + px, top + py, 1, 1, (px + py) % 16 < 6 ? HATCH.dark : HATCH.light);
        continue;
      }
      const at = (i: number, j: number): number => drawn(field, field.z[(r + i) * cols + c + j]!);
      const [s, t] = [u - c, v - r];
      const value = (1 - t) * ((1 - s) * at(0, 0) + s * at(0, 1)) + t * ((1 - s) * at(1, 0) + s * at(1, 1));
      const n = ticks.findIndex((tick) => value < tick.value);
      band[py * width + px] = n < 0 ? ticks.length : n;
    }
  for (let py = 0; py < height; py++)
    for (let px = 0; px < width; px++) {
      const n = band[py * width + px]!;
      if (n < 0) continue;
      const right = px + 1 < width ? band[py * width + px + 1]! : n;
      const below = py + 1 < height ? band[(py + 1) * width + px]! : n;
      const edge = (right >= 0 && right !== n) || (below >= 0 && below !== n);
      const colour = colours[n]!.map((part) => (edge ? Math.round(part + (255 - part) * LEVEL_LINE) : part));
      fillRect(picture, left + px, top + py, 1, 1, colour as unknown as Rgb);
    }
}

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

function drawOver(f: Frame, field: Field): void {
  const inside = ([px, py]: Point): boolean =>
    px >= f.left && py >= f.top && px <= f.left + f.width && py <= f.top + f.height;
  for (const arrow of field.arrows) {
    const shaft = [f.place(arrow.x, arrow.y), f.place(arrow.x + arrow.dx, arrow.y + arrow.dy)] as const;
    const head = arrowHead(field, arrow).map(([u, v]) => f.place(u, v));
    if (![...shaft, ...head].every(inside)) continue;
    strokeLine(f.picture, shaft, { width: 2.5, colour: WHITE });
    strokeLine(f.picture, head, { width: 2.5, colour: WHITE });
  }
  field.paths.forEach((path, n) => {
    const points = path.x.map((u, k) => f.place(u, path.y[k]!));
    drawPath(f, points, OVER[n % OVER.length]!, inside);
  });
}

/** Steps closer together than this, in pixels, are not dots of their own. */
const APART = 15;

export function drawPath(
  { picture }: Pick<Frame, "picture">,
  points: readonly Point[],
  colour: Rgb,
  inside: (p: Point) => boolean,
): void {
  for (const [width, paint] of [
    [8, BLACK],
    [4, colour],
  ] as const)
    points.slice(1).forEach((point, k) => {
      const before = points[k]!;
      if (inside(before) && inside(point)) strokeSegment(picture, before, point, width, paint);
    });
  let last: Point = [Number.NEGATIVE_INFINITY, 0];
  points.forEach((point, k) => {
    const end = k === 0 || k === points.length - 1;
    if (!inside(point) || (!end && Math.hypot(point[0] - last[0], point[1] - last[1]) < APART)) return;
    last = point;
    const radius = end ? 10 : 5;
    disc(picture, point, radius + 2, BLACK);
    disc(picture, point, radius, k === 0 ? WHITE : colour);
  });
}

/** The colours of the heights with their numbers. */
export function heightKey(
  { picture, keyLeft, top, height }: Pick<Frame, "picture" | "keyLeft" | "top" | "height">,
  { ticks, low, high, name }: { ticks: readonly Tick[]; low: number; high: number; name: string },
): void {
  const colours = bandColours(ticks, low, high);
  const bar = 26;
  drawText(picture, name, { x: keyLeft, y: top - LINE_HEIGHT / 2 - 4, colour: DARK });
  for (let y = 0; y < height; y++) {
    const value = high - ((high - low) * (y + 0.5)) / height;
    const n = ticks.findIndex((tick) => value < tick.value);
    fillRect(picture, keyLeft, top + y, bar, 1, colours[n < 0 ? ticks.length : n]!);
  }
  let free = Number.POSITIVE_INFINITY;
  for (const { value, label } of ticks) {
    const y = top + height * (1 - (value - low) / (high - low));
    if (y > free || label === "") continue;
    free = y - LINE_HEIGHT;
    drawText(picture, label, { x: keyLeft + bar + 8, y, colour: AXIS });
  }
}
