/**
 * Random points at which steps and results are checked: sizes distinct and > 1, so that a transpose error is a
 * shape error; entries generic; declared facts respected; nothing symmetric that was not declared so.
 */
import { type Dense, dense, fill, identity, map, matmul, sumOf, transpose, zip } from "../core/dense.js";
import { type Expr, topological } from "../core/expr.js";
import { type Random, random } from "../core/random.js";
import { dim, isOne, sizeOf } from "../core/shape.js";
import { factsOf, nameOf } from "../ops/leaves.js";
import type { Point } from "./evaluate.js";

export interface PointOptions {
  readonly seed: number;
  /** Symbols that get a direction dX. */
  readonly wrt?: readonly Expr[];
  /** Widens the range of the dimensions on later attempts, for domains such as n ≥ m. */
  readonly attempt?: number;
}

export function randomPoint(roots: readonly Expr[], options: PointOptions): Point {
  const rng = random(options.seed * 1009 + (options.attempt ?? 0) * 7919 + 17);
  const everything = [...roots, ...(options.wrt ?? [])];
  const symbols = topological(...everything).filter((e) => e.op === "symbol");
  const sizes = randomSizes(everything, rng, options.attempt ?? 0);
  const values: Record<string, Dense> = Object.create(null);
  const directions: Record<string, Dense> = Object.create(null);
  for (const s of symbols) values[nameOf(s)] = randomValue(s, sizes, rng, options.attempt ?? 0);
  for (const s of options.wrt ?? []) {
    const [rows, cols] = sizeOfSymbol(s, sizes);
    values[nameOf(s)] ??= randomValue(s, sizes, rng, options.attempt ?? 0);
    directions[nameOf(s)] = fill(rows, cols, () => rng.between(-1, 1));
  }
  return { sizes, values, directions };
}

const sizeOfSymbol = (s: Expr, sizes: Record<string, number>): [number, number] => [
  isOne(s.shape.rows) ? 1 : sizeOf(s.shape.rows, sizes),
  isOne(s.shape.cols) ? 1 : sizeOf(s.shape.cols, sizes),
];

function randomSizes(roots: readonly Expr[], rng: Random, attempt: number): Record<string, number> {
  const names = new Set<string>();
  for (const e of topological(...roots)) {
    for (const d of [e.shape.rows, e.shape.cols]) for (const n of d.names) names.add(n);
    if (e.op === "dimension") for (const n of dim(e.attrs.dim as string).names) names.add(n);
  }
  const pool = [2, 3, 4, 5, 6, 7, 8].slice(0, Math.max(Math.min(names.size + 1, 7), 3));
  // With many names sizes repeat: products of all of them must stay small.
  while (pool.length < names.size) pool.push(2 + (pool.length % 6));
  if (attempt % 2 === 1) pool.reverse();
  const sizes: Record<string, number> = Object.create(null);
  for (const name of [...names].sort()) sizes[name] = pool.splice(rng.integer(0, pool.length - 1), 1)[0]!;
  return largest(roots, sizes) <= LARGE ? sizes : smallest(sizes);
}

/** Entries of a value that are many for a random point: towers of Kronecker products take the smallest sizes. */
const LARGE = 4096;

const largest = (roots: readonly Expr[], sizes: Record<string, number>): number =>
  topological(...roots).reduce(
    (most, e) => Math.max(most, sizeOf(e.shape.rows, sizes) * sizeOf(e.shape.cols, sizes)),
    0,
  );

/** 2 for the smallest size, 3 for all others: what differed still differs from it. */
function smallest(sizes: Record<string, number>): Record<string, number> {
  const least = Math.min(...Object.values(sizes));
  return Object.assign(
    Object.create(null),
    Object.fromEntries(Object.entries(sizes).map(([name, n]) => [name, n === least ? 2 : 3])),
  );
}

export function randomValue(s: Expr, sizes: Record<string, number>, rng: Random, attempt = 0): Dense {
  const [rows, cols] = sizeOfSymbol(s, sizes);
  const facts = factsOf(s);
  const has = (fact: (typeof facts)[number]): boolean => facts.includes(fact);
  // Later attempts move towards positive entries, so that logarithms and roots find their domain.
  const low = attempt < 3 ? -1.5 : attempt < 40 ? 0.15 : 0.05;
  const high = attempt < 3 ? 1.5 : attempt < 40 ? 1.6 : 0.6;
  const generic = (): Dense => fill(rows, cols, () => awayFromZero(rng.between(low, high)));
  if (has("spd")) {
    const B = fill(rows, rows, () => rng.between(has("positive") ? 0.1 : -1, 1));
    return zip(matmul(B, transpose(B)), identity(rows), (x, y) => x + y);
  }
  if (has("orthogonal") && has("diagonal")) return fill(rows, rows, (i, j) => (i === j ? signOf(rng) : 0));
  if (has("orthogonal")) return has("symmetric") ? reflection(rows, rng) : orthogonal(rows, rng);
  if (has("diagonal")) return fill(rows, cols, (i, j) => (i === j ? awayFromZero(rng.between(0.3, 1.5)) : 0));
  const entries = (): Dense | undefined => {
    if (has("signs")) return fill(rows, cols, () => signOf(rng));
    if (has("unit_interval")) return fill(rows, cols, () => rng.between(0.1, 0.9));
    if (has("positive")) return fill(rows, cols, () => rng.between(0.3, 1.8));
    return undefined;
  };
  if (has("symmetric")) {
    const given = entries();
    if (given) return fill(rows, rows, (i, j) => given.data[Math.min(i, j) * rows + Math.max(i, j)]!);
    const A = generic();
    return map(
      zip(A, transpose(A), (x, y) => x + y),
      (x) => x / 2,
    );
  }
  if (has("simplex")) {
    const p = fill(rows, cols, () => rng.between(0.1, 1));
    const total = sumOf(p);
    return map(p, (x) => x / total);
  }
  const given = entries();
  if (given) return given;
  const value = generic();
  const weight = attempt < 3 ? 2 : [2, 0.9, 0.4][attempt % 3]!;
  // A square matrix of small entries is often close to singular: add weight to its diagonal.
  if (rows === cols && rows > 1) return fill(rows, cols, (i, j) => value.data[i * cols + j]! + (i === j ? weight : 0));
  return value;
}

const signOf = (rng: Random): number => (rng.next() < 0.5 ? -1 : 1);
const awayFromZero = (x: number): number => (Math.abs(x) < 0.1 ? x + Math.sign(x || 1) * 0.1 : x);

/** I − 2vv'/v'v: symmetric and orthogonal. */
function reflection(n: number, rng: Random): Dense {
  const v = Float64Array.from({ length: n }, () => awayFromZero(rng.between(-1, 1)));
  const square = v.reduce((s, x) => s + x * x, 0);
  return fill(n, n, (i, j) => (i === j ? 1 : 0) - (2 * v[i]! * v[j]!) / square);
}

/** Gram–Schmidt on a random square matrix. */
function orthogonal(n: number, rng: Random): Dense {
  const columns: Float64Array[] = [];
  while (columns.length < n) {
    const v = Float64Array.from({ length: n }, () => rng.between(-1, 1));
    for (const q of columns) {
      const dot = q.reduce((s, x, i) => s + x * v[i]!, 0);
      q.forEach((x, i) => {
        v[i]! -= dot * x;
      });
    }
    const length = Math.hypot(...v);
    if (length > 0.2) columns.push(v.map((x) => x / length));
  }
  return dense(
    n,
    n,
    Array.from({ length: n * n }, (_, k) => columns[k % n]![Math.floor(k / n)]!),
  );
}
