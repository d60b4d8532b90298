/** Matrices of tape nodes, and the definitions of matrix operations by sums and products of their entries. */
import type { Dense } from "./dense.js";
import { JETS, powerJet, type Tape } from "./tape.js";

export interface Grid {
  readonly rows: number;
  readonly cols: number;
  /** Node of entry (i, j) at i·cols + j. */
  readonly at: readonly number[];
}

export function grid(rows: number, cols: number, node: (i: number, j: number) => number): Grid {
  const at: number[] = [];
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) at.push(node(i, j));
  return { rows, cols, at };
}

export const single = (node: number): Grid => ({ rows: 1, cols: 1, at: [node] });
export const mapGrid = ({ rows, cols, at }: Grid, f: (node: number) => number): Grid => ({ rows, cols, at: at.map(f) });
export const zipGrid = (a: Grid, b: Grid, f: (x: number, y: number) => number): Grid => ({
  rows: a.rows,
  cols: a.cols,
  at: a.at.map((x, k) => f(x, b.at[k]!)),
});
export const constantGrid = (t: Tape, { rows, cols, data }: Dense): Grid => ({
  rows,
  cols,
  at: Array.from(data, (x) => t.constant(x)),
});
export const transposeGrid = (a: Grid): Grid => grid(a.cols, a.rows, (i, j) => a.at[j * a.cols + i]!);
export const entryOf = (a: Grid, i: number, j: number): number => a.at[i * a.cols + j]!;

export function product(t: Tape, a: Grid, b: Grid): Grid {
  return grid(a.rows, b.cols, (i, j) => {
    let sum = t.constant(0);
    for (let k = 0; k < a.cols; k++) sum = t.add(sum, t.mul(a.at[i * a.cols + k]!, b.at[k * b.cols + j]!));
    return sum;
  });
}

const identity = (t: Tape, n: number): Grid => grid(n, n, (i, j) => t.constant(i === j ? 1 : 0));

/** Integer powers that are written as products. */
const MOST_FACTORS = 8;

/** x^k for a number k. */
export function power(t: Tape, x: number, k: number): number {
  if (k === 0.5) return t.apply(x, JETS.sqrt);
  if (!Number.isInteger(k) || k === 0 || Math.abs(k) > MOST_FACTORS) return t.apply(x, powerJet(k));
  let out = x;
  for (let n = 1; n < Math.abs(k); n++) out = t.mul(out, x);
  return k < 0 ? t.apply(out, JETS.reciprocal) : out;
}

export function matrixPower(t: Tape, a: Grid, k: number): Grid {
  const base = k < 0 ? inverseGrid(t, a) : a;
  let out: Grid | undefined;
  let square = base;
  for (let n = Math.abs(k); n > 0; n = Math.floor(n / 2)) {
    if (n % 2 === 1) out = out ? product(t, out, square) : square;
    if (n > 1) square = product(t, square, square);
  }
  return out ?? identity(t, a.rows);
}

/** Forward elimination with row pivots chosen by value: the rows [U | B], the pivots, and the sign of the exchange. */
function eliminate(t: Tape, a: Grid, beside?: Grid): { rows: number[][]; pivots: number[]; sign: number } {
  const n = a.rows;
  const rows = Array.from({ length: n }, (_, i) => [
    ...a.at.slice(i * n, (i + 1) * n),
    ...(beside ? beside.at.slice(i * n, (i + 1) * n) : []),
  ]);
  let sign = 1;
  const pivots: number[] = [];
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(t.hi[rows[i]![k]!]!) > Math.abs(t.hi[rows[best]![k]!]!)) best = i;
    if (best !== k) {
      [rows[k], rows[best]] = [rows[best]!, rows[k]!];
      sign = -sign;
    }
    const top = rows[k]!;
    pivots.push(top[k]!);
    if (k === n - 1 && !beside) break;
    const over = t.apply(top[k]!, JETS.reciprocal);
    for (let i = k + 1; i < n; i++) subtract(t, rows[i]!, top, t.mul(rows[i]![k]!, over), k + 1);
  }
  return { rows, pivots, sign };
}

/** row −= factor·top from a column on. */
function subtract(t: Tape, row: number[], top: readonly number[], factor: number, from: number): void {
  for (let j = from; j < row.length; j++) row[j] = t.sub(row[j]!, t.mul(factor, top[j]!));
}

/** Gauss–Jordan. */
export function inverseGrid(t: Tape, a: Grid): Grid {
  const n = a.rows;
  const { rows, pivots } = eliminate(t, a, identity(t, n));
  for (let k = n - 1; k >= 0; k--) {
    const over = t.apply(pivots[k]!, JETS.reciprocal);
    const row = rows[k]!;
    for (let j = n; j < 2 * n; j++) row[j] = t.mul(row[j]!, over);
    for (let i = 0; i < k; i++) subtract(t, rows[i]!, row, rows[i]![k]!, n);
  }
  return grid(n, n, (i, j) => rows[i]![n + j]!);
}

/** Smallest pivot beside the largest that is divided by. */
const SMALLEST_PIVOT = 1e-8;

/** ± the product of the pivots; near a singular matrix, where they have no derivative, the first row by its cofactors. */
export function determinantGrid(t: Tape, a: Grid): number {
  const { pivots, sign } = eliminate(t, a);
  const sizes = pivots.map((p) => Math.abs(t.hi[p]!));
  if (Math.min(...sizes) > SMALLEST_PIVOT * Math.max(...sizes))
    return pivots.reduce((p, x) => t.mul(p, x), t.constant(sign));
  const cofactors = adjugateGrid(t, a);
  return t.total(Array.from({ length: a.rows }, (_, j) => t.mul(entryOf(a, 0, j), entryOf(cofactors, j, 0))));
}

/** ln |A|, from the pivots one by one: the determinant may overflow. */
export const logDeterminant = (t: Tape, a: Grid): number =>
  t.total(eliminate(t, a).pivots.map((p) => t.apply(p, JETS.logAbs)));

/** Faddeev and LeVerrier: M ← A M + c I with c = −tr(A M)/k; no pivot, so that singular matrices have one too. */
export function adjugateGrid(t: Tape, a: Grid): Grid {
  const n = a.rows;
  let m = identity(t, n);
  for (let k = 1; k < n; k++) {
    const am = product(t, a, m);
    const trace = t.total(Array.from({ length: n }, (_, i) => entryOf(am, i, i)));
    const c = t.mul(t.apply(t.constant(-k), JETS.reciprocal), trace);
    m = grid(n, n, (i, j) => (i === j ? t.add(entryOf(am, i, i), c) : entryOf(am, i, j)));
  }
  return n % 2 === 0 ? mapGrid(m, (x) => t.mul(t.constant(-1), x)) : m;
}

/** e^(z − top) and their sum, with the largest entry as a constant: it cancels in what is made of them. */
export function exponentials(t: Tape, z: readonly number[]): { top: number; each: number[]; sum: number } {
  const top = t.constant(Math.max(...z.map((x) => t.hi[x]!)));
  const each = z.map((x) => t.apply(t.sub(x, top), JETS.exp));
  return { top, each, sum: t.total(each) };
}

/** e^z / Σ e^z of a list. */
export function softmaxOf(t: Tape, z: readonly number[]): number[] {
  const { each, sum } = exponentials(t, z);
  const over = t.apply(sum, JETS.reciprocal);
  return each.map((e) => t.mul(e, over));
}
