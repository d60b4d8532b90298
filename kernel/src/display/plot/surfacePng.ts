/**
 * A surface as a picture: seen from the corner where both axes begin, far cells first, so that near ones lie over them.
 * Cells without a value are hatched on the floor; paths and arrows lie over everything.
 */
import { HATCH, type Rgb, WHITE } from "../colour.js";
import { type Canvas, canvas, drawText, LINE_HEIGHT, textWidth, toSmallPng, wrap } from "../png/canvas.js";
import { fillPolygon, type Point, strokeLine, strokeSegment } from "../png/raster.js";
import { drawPath, heightKey, levels } from "./contour.js";
import { drawn, type Field, gapStripes, heights, isGap, lowHigh } from "./field.js";
import { AXIS, DARK } from "./frame.js";
import { arrowHead } from "./overlays.js";
import { heightColour, OVER } from "./palette.js";
import { linearTicks, type Tick } from "./ticks.js";

/** Shares of the ranges of x, y and height, each from 0 to 1, to pixels. */
type Place = (x: number, y: number, height: number) => Point;

const WIDTH = 1160;
const PAD = 24;
const HEIGHT = 800;
const KEY = 150;
/** The eye looks along this angle over the floor, from above by that one. */
const TURN = (56 * Math.PI) / 180;
const TILT = (27 * Math.PI) / 180;
const SCALE = 560;
const TALL = 0.72;
/** Every how many cells a line of the mesh is drawn. */
const MESH = 4;
const FLOOR: Rgb = [236, 236, 236];

const place = (top: number): Place => {
  const middle = [(WIDTH - KEY) / 2 + 10, top + HEIGHT / 2 - 10] as const;
  return (x, y, height) => {
    const [u, v, w] = [x - 0.5, y - 0.5, (height - 0.5) * TALL];
    const right = u * Math.sin(TURN) - v * Math.cos(TURN);
    const away = u * Math.cos(TURN) + v * Math.sin(TURN);
    return [middle[0] + SCALE * right, middle[1] - SCALE * (w * Math.cos(TILT) + away * Math.sin(TILT))];
  };
};

export function surfacePng(field: Field): string {
  const titleLines = wrap(field.title, WIDTH - 2 * PAD);
  const noteLines = field.notes.flatMap((note) => wrap(note, WIDTH - 2 * PAD));
  const top = PAD + titleLines.length * LINE_HEIGHT;
  const picture = canvas(WIDTH, top + HEIGHT + noteLines.length * LINE_HEIGHT + PAD, WHITE);
  titleLines.forEach((line, n) => {
    drawText(picture, line, { x: PAD, y: PAD + (n + 0.5) * LINE_HEIGHT, colour: DARK });
  });
  noteLines.forEach((line, n) => {
    drawText(picture, line, { x: PAD, y: top + HEIGHT + (n + 0.5) * LINE_HEIGHT, colour: AXIS });
  });
  const [low, high] = heights(field);
  const at = place(top);
  const ticks = levels(field, 6);
  drawWalls(picture, at, field, { ticks, low, high });
  drawCells(picture, at, field, low, high);
  drawOver(picture, at, field, low, high);
  heightKey(
    { picture, keyLeft: WIDTH - KEY, top: top + 130, height: HEIGHT - 260 },
    { ticks: levels(field), low, high, name: field.valueName },
  );
  return toSmallPng(picture);
}

interface Heights {
  readonly ticks: readonly Tick[];
  readonly low: number;
  readonly high: number;
}

/** The floor, the two walls behind, and the numbers along three edges. */
function drawWalls(picture: Canvas, at: Place, field: Field, { ticks, low, high }: Heights): void {
  const line = (points: readonly Point[], colour: Rgb = FLOOR): void =>
    strokeLine(picture, points, { width: 2, colour });
  const label = (text: string, [x, y]: Point, align: "left" | "center" | "right", colour = AXIS): void =>
    drawText(picture, text, { x, y, colour, align });
  const [x, y] = [lowHigh(field.x), lowHigh(field.y)];
  const share = (value: number, [from, to]: readonly [number, number]): number => (value - from) / (to - from);
  for (const { value, label: text } of linearTicks(...x, 5)) {
    const s = share(value, x);
    line([at(s, 0, 0), at(s, 1, 0), at(s, 1, 1)]);
    const [px, py] = at(s, 0, 0);
    label(text, [px + 8, py + 22], "left");
  }
  for (const { value, label: text } of linearTicks(...y, 5)) {
    const s = share(value, y);
    line([at(0, s, 0), at(1, s, 0), at(1, s, 1)]);
    const [px, py] = at(0, s, 0);
    label(text, [px - 8, py + 22], "right");
  }
  for (const { value, label: text } of ticks) {
    const s = (value - low) / (high - low);
    line([at(0, 1, s), at(1, 1, s), at(1, 0, s)]);
    const [px, py] = at(0, 1, s);
    label(text, [px - 12, py], "right");
  }
  line([at(1, 0, 0), at(0, 0, 0), at(0, 1, 0), at(0, 1, 1)], AXIS);
  const [xx, xy] = at(0.5, 0, 0);
  label(field.x.name, [xx + 62, xy + 62], "left", DARK);
  const [yx, yy] = at(0, 0.5, 0);
  label(field.y.name, [yx - 62, yy + 50], "right", DARK);
  const [zx, zy] = at(0, 1, 1);
  label(field.valueName, [Math.max(zx - 12, PAD + textWidth(field.valueName)), zy - 34], "right", DARK);
}

function drawCells(picture: Canvas, at: Place, field: Field, low: number, high: number): void {
  const [rows, cols] = [field.y.values.length, field.x.values.length];
  const share = (row: number, col: number): number => (drawn(field, field.z[row * cols + col]!) - low) / (high - low);
  const corner = (row: number, col: number): Point => at(col / (cols - 1), row / (rows - 1), share(row, col));
  for (const stripe of gapStripes(field))
    strokeLine(
      picture,
      stripe.map(([u, v]) => floorPoint(at, field, u, v)),
      { width: 3, colour: HATCH.dark },
    );
  // Along the way of the eye: the far row and column first.
  for (let r = rows - 2; r >= 0; r--)
    for (let c = cols - 2; c >= 0; c--) {
      if (isGap(field, r, c)) continue;
      const points = [corner(r, c), corner(r, c + 1), corner(r + 1, c + 1), corner(r + 1, c)];
      const middle = (share(r, c) + share(r, c + 1) + share(r + 1, c + 1) + share(r + 1, c)) / 4;
      const colour = heightColour(middle);
      fillPolygon(picture, points, colour);
      const light = colour.map((part) => Math.round(part + (255 - part) * 0.3)) as unknown as Rgb;
      // The near edges; lines of the mesh on every other one, and no seam on the rest.
      strokeSegment(picture, points[0]!, points[1]!, 1, r % MESH === 0 ? light : colour);
      strokeSegment(picture, points[0]!, points[3]!, 1, c % MESH === 0 ? light : colour);
    }
}

const floorPoint = (at: Place, field: Field, u: number, v: number): Point => {
  const [[x0, x1], [y0, y1]] = [lowHigh(field.x), lowHigh(field.y)];
  return at((u - x0) / (x1 - x0), (v - y0) / (y1 - y0), 0);
};

function drawOver(picture: Canvas, at: Place, field: Field, low: number, high: number): void {
  const [[x0, x1], [y0, y1]] = [lowHigh(field.x), lowHigh(field.y)];
  const inside = (u: number, v: number): boolean => u >= x0 && u <= x1 && v >= y0 && v <= y1;
  const point = (u: number, v: number, value: number): Point =>
    at((u - x0) / (x1 - x0), (v - y0) / (y1 - y0), (Math.min(high, drawn(field, value)) - low) / (high - low));
  for (const arrow of field.arrows) {
    const head = arrowHead(field, arrow).map(([u, v]) => point(u, v, arrow.value));
    const shaft = [point(arrow.x, arrow.y, arrow.value), point(arrow.x + arrow.dx, arrow.y + arrow.dy, arrow.value)];
    for (const stroke of [shaft, head]) strokeLine(picture, stroke, { width: 2.5, colour: WHITE });
  }
  field.paths.forEach((path, n) => {
    const seen = path.x.flatMap((u, k) => (inside(u, path.y[k]!) ? [point(u, path.y[k]!, path.value[k]!)] : []));
    drawPath({ picture }, seen, OVER[n % OVER.length]!, () => true);
  });
}
