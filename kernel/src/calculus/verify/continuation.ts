/**
 * The value of a smooth function of a point where its formula has none: |X| X⁻¹ at a singular X. The symbols below the
 * singular inverses are moved along a line through the point, and the values on both sides are interpolated at
 * Chebyshev nodes (0 is none of them). A polynomial of degree < NODES is met exactly. Two lines must agree.
 * Source: Berrut and Trefethen, "Barycentric Lagrange Interpolation", SIAM Review 46 (2004), eq. (4.2), (5.3).
 */
import { type Dense, dense, inverse, largestEntry, map, relativeError, zip } from "../core/dense.js";
import { NablaError } from "../core/errors.js";
import { type Expr, topological } from "../core/expr.js";
import { random } from "../core/random.js";
import { isSymbol, nameOf } from "../ops/leaves.js";
import { evaluateAll, type Point } from "./evaluate.js";
import { randomValue } from "./point.js";

/** Even, so that no node is 0. */
const NODES = 24;
/** Half the length of a line beside the largest entry of what moves. */
const RADII: readonly number[] = [0.5, 0.05, 0.01];
const AGREEMENT = 1e-8;
/** Condition number beyond which the products with an inverse lose more than half of their digits. */
const SINGULAR = 1e7;

/** Condition number beyond which no digit of an inverse is right: a part of 1/(unit roundoff) = 9e15. */
const ROUNDED = 1e15;

/** The parts X⁻¹, X⁻ᵏ and ln|X| whose X is singular, or all but singular, at the point. */
export function singularInverses(roots: readonly Expr[], point: Point): readonly Expr[] {
  return topological(...roots).filter((e) => {
    if (e.op !== "inv" && e.op !== "logdet" && !(e.op === "matpow" && (e.attrs.k as number) < 0)) return false;
    const X = e.args[0]!;
    const inside = singularInverses([X], point);
    if (inside.length > 0) return true;
    const value = evaluateAll([X], point).get(X)!;
    const inverted = inverse(value);
    return !inverted || largestEntry(value) * largestEntry(inverted) * value.rows > SINGULAR;
  });
}

/**
 * Is a matrix singular but for rounding? Its condition number is taken after its rows and then its columns are scaled
 * to a largest entry of 1, so that diag(1, 1e-20) is not.
 */
export function singularButForRounding(X: Dense): boolean {
  const most = (line: (k: number) => number, n: number): number =>
    Array.from({ length: n }, (_, k) => Math.abs(line(k))).reduce((a, x) => Math.max(a, x), 0) || 1;
  const n = X.rows;
  const rows = Array.from({ length: n }, (_, i) => most((j) => X.data[i * n + j]!, n));
  const even = dense(
    n,
    n,
    X.data.map((x, k) => x / rows[Math.floor(k / n)]!),
  );
  const cols = Array.from({ length: n }, (_, j) => most((i) => even.data[i * n + j]!, n));
  const scaled = map(even, (x) => x);
  for (let k = 0; k < n * n; k++) scaled.data[k]! /= cols[k % n]!;
  const inverted = inverse(scaled);
  return !inverted || largestEntry(inverted) * n > ROUNDED;
}

/** `value` continued to the point from beside it; undefined where two lines do not agree, as at a pole. */
export function continued(
  value: (point: Point) => ArrayLike<number>,
  singular: readonly Expr[],
  point: Point,
): Float64Array | undefined {
  const moving = topological(...singular).filter(isSymbol);
  for (const radius of RADII) {
    const [a, b] = [1, 2].map((seed) => alongLine(value, directions(moving, point, seed), point, radius));
    if (a && b && relativeError(a, b, 1e-6) <= AGREEMENT) return a;
  }
  return undefined;
}

/** A direction keeps the declared structure: symmetric matrices stay symmetric. */
function directions(moving: readonly Expr[], point: Point, seed: number): ReadonlyMap<string, Dense> {
  const rng = random(seed * 7919);
  return new Map(
    moving.map((s) => {
      const scale = largestEntry(point.values[nameOf(s)]!) || 1;
      return [nameOf(s), map(randomValue(s, point.sizes, rng), (x) => scale * x)];
    }),
  );
}

function alongLine(
  value: (point: Point) => ArrayLike<number>,
  line: ReadonlyMap<string, Dense>,
  point: Point,
  radius: number,
): Float64Array | undefined {
  let sum: Float64Array | undefined;
  let weights = 0;
  for (let k = 0; k < NODES; k++) {
    const angle = ((2 * k + 1) * Math.PI) / (2 * NODES);
    const t = radius * Math.cos(angle);
    const weight = ((k % 2 ? -1 : 1) * Math.sin(angle)) / t;
    const moved = Object.assign(Object.create(null), point.values) as Record<string, Dense>;
    for (const [name, E] of line) moved[name] = zip(point.values[name]!, E, (x, e) => x + t * e);
    const here = tryValue(value, { ...point, values: moved });
    if (!here) return undefined;
    sum ??= new Float64Array(here.length);
    for (let i = 0; i < here.length; i++) sum[i]! += weight * here[i]!;
    weights += weight;
  }
  const out = sum!.map((x) => x / weights);
  return out.every(Number.isFinite) ? out : undefined;
}

function tryValue(value: (point: Point) => ArrayLike<number>, point: Point): ArrayLike<number> | undefined {
  try {
    return value(point);
  } catch (error) {
    if (error instanceof NablaError && error.code === "bad_argument") return undefined;
    throw error;
  }
}
