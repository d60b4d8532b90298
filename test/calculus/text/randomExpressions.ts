/** Random typed expressions over the whole grammar, and a point to evaluate them at. */
import { dense } from "../../../kernel/src/calculus/core/dense.js";
import type { Expr } from "../../../kernel/src/calculus/core/expr.js";
import {
  dim,
  isScalar,
  ONE,
  SCALAR,
  type Shape,
  sameDim,
  shape,
  shapeKey,
  transposed,
} from "../../../kernel/src/calculus/core/shape.js";
import { build as b } from "../../../kernel/src/calculus/ops/build.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import type { Point } from "../../../kernel/src/calculus/verify/evaluate.js";

type Random = () => number;

export const lcg = (seed: number): Random => {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};

export const SCOPE = declare(
  "A: m×n, B: n×m, X: n×n, Y: m×m, x: n, y: n, u: m, v: m, s, t, L: scalar of n, σ: elementwise",
);
const [M, N] = [dim("m"), dim("n")];
const SHAPES = [shape(M, N), shape(N, N), shape(N, ONE), SCALAR, shape(ONE, N)];
const NAMES: Readonly<Record<string, readonly string[]>> = {
  "m,n": ["A"],
  "n,m": ["B"],
  "n,n": ["X"],
  "m,m": ["Y"],
  "n,1": ["x", "y"],
  "m,1": ["u", "v"],
  "1,1": ["s", "t"],
};
const ELEMENTWISE = ["exp", "log", "sin", "tanh", "sigmoid", "relu", "abs", "sign", "step"];

export const randomExpression = (random: Random, depth: number): Expr => grow(random, pick(random, SHAPES), depth);

export function randomPoint(random: Random): Point {
  const sizes: Record<string, number> = { m: 3, n: 2 };
  const values: Record<string, ReturnType<typeof dense>> = {};
  for (const [name, e] of SCOPE.symbols) {
    const [rows, cols] = [e.shape.rows, e.shape.cols].map((d) => sizes[d.key] ?? 1) as [number, number];
    values[name] = dense(
      rows,
      cols,
      Array.from({ length: rows * cols }, () => 0.3 + random()),
    );
  }
  return { sizes, values };
}

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

function leaf(random: Random, s: Shape): Expr {
  const roll = random();
  if (isScalar(s) && roll < 0.15) return b.number(pick(random, [2, 0.5, -1, 3, 0.25, -3, 1 / 3]));
  if (!isScalar(s) && roll < 0.05) return b.ones(s);
  if (!isScalar(s) && sameDim(s.rows, s.cols) && roll < 0.15) return b.eye(s.rows);
  const names = NAMES[shapeKey(s)];
  if (names) return SCOPE.symbols.get(pick(random, names))!;
  return b.transpose(SCOPE.symbols.get(pick(random, NAMES[shapeKey(transposed(s))]!))!);
}

function grow(random: Random, s: Shape, depth: number): Expr {
  if (depth <= 0) return leaf(random, s);
  const of = (inner: Shape): Expr => grow(random, inner, depth - 1);
  const kinds: readonly (() => Expr)[] = [
    () => leaf(random, s),
    () => b.add(of(s), of(s)),
    () => b.sub(of(s), of(s)),
    () => b.neg(of(s)),
    () => product(random, s, of),
    () => product(random, s, of),
    () => b.hadamard(of(s), of(s)),
    () => b.times(of(SCALAR), of(s)),
    () => b.times(of(s), b.pow(of(SCALAR), pick(random, [-1, -2]))),
    () => b.hadamard(of(s), b.pow(of(s), pick(random, [-1, -2]))),
    () => b.pow(of(s), pick(random, [2, 3, -1, -2, 0.5, 1.5])),
    () => b.op(pick(random, ELEMENTWISE), [of(s)]),
    () => b.op("apply", [of(s)], { fn: "sigma", order: pick(random, [0, 1, 2]) }),
    () => b.transpose(of(transposed(s))),
    () => special(random, s, of),
    () => special(random, s, of),
  ];
  return pick(random, kinds)();
}

function product(random: Random, s: Shape, of: (s: Shape) => Expr): Expr {
  const inner = pick(random, [M, N, ONE]);
  return b.mul(of(shape(s.rows, inner)), of(shape(inner, s.cols)));
}

/** The operators that a shape alone allows: reductions, inverses, softmax, gradients. */
function special(random: Random, s: Shape, of: (s: Shape) => Expr): Expr {
  const k = pick(random, [M, N]);
  const square = shape(k, k);
  if (isScalar(s))
    return pick(random, [
      () => b.op(pick(random, ["tr", "det", "logdet"]), [of(square)]),
      () => b.op("sum", [of(shape(M, N))]),
      () => b.op("norm", [of(shape(M, pick(random, [ONE, N])))]),
      () => b.op("logsumexp", [of(shape(k, ONE))]),
      () => b.op("scalarfn", [of(shape(N, ONE))], { fn: "L", order: 0 }),
      () => b.dimension(k),
    ])();
  if (sameDim(s.rows, s.cols))
    return pick(random, [
      () => b.op(pick(random, ["inv", "adj"]), [of(s)]),
      () => b.matpow(of(s), pick(random, [2, 3, -2])),
      () => b.op("diag", [of(shape(s.rows, ONE))]),
    ])();
  if (shapeKey(s) !== "n,1") return leaf(random, s);
  return pick(random, [
    () => b.op("softmax", [of(s)]),
    () => b.op("scalarfn", [of(s)], { fn: "L", order: 1 }),
    () => b.op("diag", [of(shape(N, N))]),
  ])();
}
