/**
 * Central differences, the judge that knows no rule. Two step widths are taken: how far they differ says how far the
 * rounding of the values lets anything be decided.
 */
import { type Dense, dense, relativeError } from "../core/dense.js";
import { type Expr, topological } from "../core/expr.js";
import { axes } from "../core/shape.js";
import { nameOf } from "../ops/leaves.js";
import type { Tensor } from "./einsum.js";
import { evaluate, evaluateAll, type Point } from "./evaluate.js";

/** Step of a central difference without the Richardson step, relative to the size of the entry. */
export const STEP = 1e-5;
/** Steps with a Richardson step: the usual one, then for fast and for flat functions. */
export const STEPS: readonly number[] = [1e-4, 2e-6, 2e-3];

/** Slopes, and how far they can be trusted. */
export interface Differences extends Tensor {
  readonly noise: number;
}

type Slopes = Pick<Differences, "data" | "noise">;

/** The error of an exact derivative against central differences, as far as it is larger than their own noise. */
export function differenceError(exact: ArrayLike<number>, by: Slopes): number {
  const error = relativeError(exact, by.data);
  if (!Number.isFinite(error) || by.noise === 0) return error;
  const scale = largest(exact, largest(by.data, 1e-12));
  return Math.max(0, error - (NOISE_MARGIN * by.noise) / scale);
}

/** The noise beside the derivative; below DECISIVE a comparison decides. */
export const doubt = (by: Slopes): number => by.noise / largest(by.data, Number.MIN_VALUE);
export const DECISIVE = 1e-6;

/** The two slopes may agree by chance; their difference is taken this many times. */
const NOISE_MARGIN = 20;

const largest = (data: ArrayLike<number>, floor = 0): number => {
  let most = floor;
  for (let i = 0; i < data.length; i++) most = Math.max(most, Math.abs(data[i]!));
  return most;
};

const gap = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]!)), 0);

/** The largest value whose rounding shows in the result: that of the whole, and of terms that may cancel. */
export function magnitude(roots: readonly Expr[], point: Point): number {
  const known = evaluateAll(roots, point);
  let most = 0;
  for (const root of roots) most = largest(known.get(root)!.data, most);
  for (const e of topological(...roots))
    if (e.op === "add") for (const term of e.args) most = largest(known.get(term)!.data, most);
  return most;
}

const moved = (point: Point, name: string, value: Dense): Point => ({
  ...point,
  values: { ...point.values, [name]: value },
});

export interface DifferenceOptions {
  readonly step?: number;
  /** See `magnitude`; 0 where nothing cancels. */
  readonly magnitude?: number;
  /** Entries of X by which to differentiate, in their order; all of them by default. */
  readonly entries?: readonly number[] | undefined;
}

/** More entries than this are sampled, evenly spread: an error in one of the others shares its formula with these. */
const MOST_ENTRIES = 48;
const FEWEST_ENTRIES = 6;
/** Entries of the variable times entries taken stay below this, since each costs an evaluation of that size. */
const BUDGET = 4800;

/** The entries of a variable of this size that a proof takes; undefined for all. */
export function sampledEntries(size: number): readonly number[] | undefined {
  if (size <= MOST_ENTRIES) return undefined;
  const taken = Math.min(MOST_ENTRIES, Math.max(FEWEST_ENTRIES, Math.round(BUDGET / size)));
  return Array.from({ length: taken }, (_, k) => Math.floor(((k + 0.5) * size) / taken));
}

/** The columns of a row-major tensor (its last axes are those of X) that belong to these entries. */
export function columnsOf(
  data: ArrayLike<number>,
  size: number,
  entries: readonly number[] | undefined,
): ArrayLike<number> {
  if (!entries) return data;
  const outputs = data.length / size;
  return Float64Array.from(
    { length: outputs * entries.length },
    (_, n) => data[Math.floor(n / entries.length) * size + entries[n % entries.length]!]!,
  );
}

/** ∂F/∂X by central differences with one Richardson step: output axes first, then those of X. */
export function differenceTensor(
  f: (point: Point) => Dense,
  fShape: readonly number[],
  wrt: Expr,
  point: Point,
  options: DifferenceOptions = {},
): Differences {
  const step = options.step ?? STEPS[0]!;
  const name = nameOf(wrt);
  const X = point.values[name]!;
  const columns: Float64Array[] = [];
  let noise = (Number.EPSILON * (options.magnitude ?? 0)) / step;
  for (const k of options.entries ?? X.data.keys()) {
    const h = step * Math.max(1, Math.abs(X.data[k]!));
    const at = (t: number): Dense => {
      const data = Float64Array.from(X.data);
      data[k]! += t;
      return f(moved(point, name, dense(X.rows, X.cols, data)));
    };
    const { slopes, spread } = richardson(at, h);
    noise = Math.max(noise, spread);
    columns.push(slopes);
  }
  const outputs = columns[0]!.length;
  const data = new Float64Array(outputs * columns.length);
  for (const [k, column] of columns.entries())
    for (const [i, value] of column.entries()) data[i * columns.length + k] = value;
  const wrtShape =
    axes(wrt.shape).length === 2 ? [X.rows, X.cols] : axes(wrt.shape).length === 1 ? [X.data.length] : [];
  return { shape: [...fShape, ...wrtShape], data, noise };
}

/** (4 slope(h/2) − slope(h))/3, and how far the two slopes differ. */
function richardson(at: (t: number) => Dense, h: number): { slopes: Float64Array; spread: number } {
  const slope = (s: number): Float64Array => {
    const [p, m] = [at(s), at(-s)];
    return p.data.map((v, i) => (v - m.data[i]!) / (2 * s));
  };
  const [wide, narrow] = [slope(h), slope(h / 2)];
  return { slopes: narrow.map((v, i) => (4 * v - wide[i]!) / 3), spread: gap(wide, narrow) };
}

export const differences = (
  f: Expr,
  wrt: Expr,
  point: Point,
  step = STEPS[0]!,
  entries?: readonly number[],
): Differences => {
  const value = evaluate(f, point);
  const n = axes(f.shape).length;
  const shape = n === 2 ? [value.rows, value.cols] : n === 1 ? [value.data.length] : [];
  const options = { step, magnitude: magnitude([f], point), entries };
  return differenceTensor((p) => evaluate(f, p), shape, wrt, point, options);
};

/** The derivative of F in the direction stored in the point, by central differences. */
export function directionalDifference(
  f: Expr,
  wrt: readonly Expr[],
  point: Point,
  step = STEPS[0]!,
): Dense & { readonly noise: number } {
  const at = (t: number): Dense => {
    const values = { ...point.values };
    for (const s of wrt) {
      const name = nameOf(s);
      const dX = point.directions?.[name];
      if (dX)
        values[name] = dense(
          dX.rows,
          dX.cols,
          point.values[name]!.data.map((x, i) => x + t * dX.data[i]!),
        );
    }
    return evaluate(f, { ...point, values });
  };
  const { slopes, spread } = richardson(at, step);
  const value = at(0);
  const noise = Math.max(spread, (Number.EPSILON * magnitude([f], point)) / step);
  return { ...dense(value.rows, value.cols, slopes), noise };
}
