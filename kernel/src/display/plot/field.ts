/**
 * A function of two numbers on a grid, with paths and arrows over it: what contours and surfaces are drawn from.
 * Invariant: `z` is row-major with a row for every y; NaN and ±∞ are places without a value.
 */
import { formatNumber } from "../number.js";

export interface FieldAxis {
  readonly name: string;
  readonly values: readonly number[];
}

export interface Path {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly value: readonly number[];
  /** ‖∇f‖ at every point. */
  readonly slope: readonly number[];
}

export interface Arrow {
  readonly x: number;
  readonly y: number;
  readonly dx: number;
  readonly dy: number;
  readonly value: number;
}

export interface Field {
  readonly title: string;
  /** What is plotted: "L". */
  readonly valueName: string;
  readonly x: FieldAxis;
  readonly y: FieldAxis;
  readonly z: Float64Array;
  readonly scale: "linear" | "log";
  /** The smallest positive value: what is below it, 0 among it, is drawn as high as it where the scale is logarithmic. */
  readonly floor: number;
  readonly paths: readonly Path[];
  readonly arrows: readonly Arrow[];
  readonly notes: readonly string[];
}

export const lowHigh = (axis: FieldAxis): readonly [number, number] => [axis.values[0]!, axis.values.at(-1)!];

/** The height that is drawn: the value, or its logarithm to base ten. */
export const drawn = ({ scale, floor }: Field, value: number): number =>
  scale === "log" ? Math.log10(Math.max(value, floor)) : value;

/** Smallest and largest drawn height; where there is no value at all, 0 and 1. */
export function heights(field: Field): readonly [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of field.z) {
    const height = drawn(field, value);
    if (!Number.isFinite(height)) continue;
    low = Math.min(low, height);
    high = Math.max(high, height);
  }
  if (low > high) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

/** Of the cell whose lower left point this is: a corner has no value. */
export function isGap(field: Field, row: number, col: number): boolean {
  const cols = field.x.values.length;
  const at = row * cols + col;
  return [at, at + 1, at + cols, at + cols + 1].some((k) => !Number.isFinite(drawn(field, field.z[k]!)));
}

/** Diagonal lines over the cells without a value, each as long as the gap goes on. */
export function gapStripes(field: Field): [x: number, y: number][][] {
  const [rows, cols] = [field.y.values.length - 1, field.x.values.length - 1];
  const stripes: [number, number][][] = [];
  for (let diagonal = 1 - rows; diagonal < cols; diagonal++) {
    let from: number | undefined;
    const [first, last] = [Math.max(0, -diagonal), Math.min(rows, cols - diagonal)];
    for (let row = first; row <= last; row++) {
      const gap = row < last && isGap(field, row, row + diagonal);
      if (gap) from ??= row;
      else if (from !== undefined) {
        stripes.push([from, row].map((r) => [field.x.values[r + diagonal]!, field.y.values[r]!] as [number, number]));
        from = undefined;
      }
    }
  }
  return stripes;
}

/** Wide enough apart in both directions that shapes are true: level lines and −∇f then meet at right angles. */
export function trueRatio(field: Field): number | undefined {
  const [x, y] = [lowHigh(field.x), lowHigh(field.y)];
  const ratio = (x[1] - x[0]) / (y[1] - y[0]);
  return ratio >= 0.4 && ratio <= 2.5 ? ratio : undefined;
}

export function fieldText(field: Field): string {
  const range = (axis: FieldAxis): string =>
    `${axis.name} from ${lowHigh(axis)
      .map((x) => formatNumber(x))
      .join(" to ")}`;
  const cols = field.x.values.length;
  let [least, most] = [-1, -1];
  field.z.forEach((value, k) => {
    if (!Number.isFinite(value)) return;
    if (least < 0 || value < field.z[least]!) least = k;
    if (most < 0 || value > field.z[most]!) most = k;
  });
  const at = (k: number): string =>
    `${formatNumber(field.z[k]!)} at ${field.x.name} = ${formatNumber(field.x.values[k % cols]!)}, ${field.y.name} = ${formatNumber(field.y.values[Math.floor(k / cols)]!)}`;
  return [
    field.title,
    `${cols}×${field.y.values.length} points: ${range(field.x)}, ${range(field.y)}`,
    least < 0 ? "no value anywhere" : `smallest ${at(least)}; largest ${at(most)}`,
    ...field.notes,
  ].join("\n");
}
