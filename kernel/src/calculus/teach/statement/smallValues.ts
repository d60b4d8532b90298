/** Small numbers for one symbol that respect its declared facts. */
import { type Dense, dense, fill } from "../../core/dense.js";
import type { Expr } from "../../core/expr.js";
import type { Random } from "../../core/random.js";
import { factsOf } from "../../ops/leaves.js";

/** Entries to draw from, the most readable first. */
export const POOLS: readonly (readonly number[])[] = [
  [0, 1, 2, 1, 0, 3],
  [0, 1, 2, 3, -1, -2],
  [0.5, 1, 1.5, 2, 0.25, 3],
  [0.5, 0.2, 0.3, -0.4, 1, 0.7],
];

export function smallValue(
  s: Expr,
  [rows, cols]: readonly [number, number],
  pool: readonly number[],
  rng: Random,
): Dense {
  const facts = factsOf(s);
  const pick = (): number => pool[rng.integer(0, pool.length - 1)]!;
  const mirrored = (diagonal: () => number): Dense => {
    const A = fill(rows, cols, pick);
    return fill(rows, cols, (i, j) => (i === j ? diagonal() : A.data[Math.min(i, j) * cols + Math.max(i, j)]!));
  };
  if (facts.includes("spd")) return mirrored(() => rows * 3);
  if (facts.includes("orthogonal")) return rotated(rows, rng);
  if (facts.includes("diagonal")) return fill(rows, cols, (i, j) => (i === j ? Math.abs(pick()) + i + 1 : 0));
  if (facts.includes("symmetric")) return mirrored(pick);
  if (facts.includes("simplex")) return dense(rows, 1, weights(rows, rng));
  if (facts.includes("signs")) return fill(rows, cols, () => (rng.next() < 0.5 ? -1 : 1));
  if (facts.includes("unit_interval")) return fill(rows, cols, () => [0.25, 0.5, 0.75][rng.integer(0, 2)]!);
  if (facts.includes("positive")) return fill(rows, cols, () => Math.abs(pick()) || 1);
  return fill(rows, cols, pick);
}

export const smallDirection = ([rows, cols]: readonly [number, number], rng: Random): Dense =>
  fill(rows, cols, () => rng.integer(0, 1));

/** A rotation by the 3-4-5 triangle or a quarter turn in two axes, the identity elsewhere. */
function rotated(n: number, rng: Random): Dense {
  const [c, s] = rng.next() < 0.5 ? [0.6, 0.8] : [0, 1];
  return fill(n, n, (i, j) => (i > 1 || j > 1 ? Number(i === j) : i === j ? c : i < j ? -s : s));
}

/** Tenths that sum to 1. */
function weights(n: number, rng: Random): number[] {
  const out = Array.from({ length: n - 1 }, () => rng.integer(1, Math.max(1, Math.floor(8 / n))) / 10);
  return [...out, Number((1 - out.reduce((a, b) => a + b, 0)).toFixed(10))];
}
