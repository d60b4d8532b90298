/**
 * The order in which a chain of matrix products is computed, and what its pairs become: the cheapest by a count of
 * multiplications in which every named dimension is 100 (so that vectors are multiplied first); an inverse beside a
 * factor is a solve, a diagonal matrix scales rows or columns, ones are sums.
 */
import { type Expr, node } from "../../core/expr.js";
import { type Dim, isColumn, isOne, isRow, isScalar, SCALAR, shape, transposed } from "../../core/shape.js";
import { factsOf } from "../../ops/leaves.js";

const SYMMETRIC = ["symmetric", "spd", "diagonal"] as const;
const TYPICAL = 100;
const sizeOf = (d: Dim): number => d.coefficient * TYPICAL ** d.names.length;

/** The transpose; of a matrix that is declared symmetric, the matrix itself. */
export const turned = (e: Expr): Expr =>
  SYMMETRIC.some((fact) => factsOf(e.op === "inv" ? e.args[0]! : e).includes(fact))
    ? e
    : e.op === "transpose"
      ? e.args[0]!
      : isScalar(e.shape)
        ? e
        : node("transpose", [e], transposed(e.shape));

/** The product of prepared factors as products of two. */
export function associate(factors: readonly Expr[]): Expr {
  const n = factors.length;
  const cost: number[][] = factors.map(() => new Array<number>(n).fill(0));
  const cut: number[][] = factors.map(() => new Array<number>(n).fill(0));
  for (let length = 2; length <= n; length++)
    for (let i = 0; i + length <= n; i++) {
      const j = i + length - 1;
      cost[i]![j] = Number.POSITIVE_INFINITY;
      for (let k = i; k < j; k++) {
        const total = cost[i]![k]! + cost[k + 1]![j]! + pairCost(factors, i, k, j);
        if (total >= cost[i]![j]!) continue;
        cost[i]![j] = total;
        cut[i]![j] = k;
      }
    }
  const made = (i: number, j: number): Expr => {
    if (i === j) return factors[i]!;
    const k = cut[i]![j]!;
    return pair(made(i, k), made(k + 1, j));
  };
  return made(0, n - 1);
}

function pairCost(factors: readonly Expr[], i: number, k: number, j: number): number {
  const [rows, inner, cols] = [factors[i]!.shape.rows, factors[k]!.shape.cols, factors[j]!.shape.cols].map(sizeOf);
  const left = i === k && factors[i]!.op === "diag";
  const right = k + 1 === j && factors[j]!.op === "diag";
  return left || right ? rows! * cols! : rows! * inner! * cols!;
}

/** A⁻¹ or A⁻ᵀ as the matrix to solve with. */
function inverted(e: Expr): Expr | undefined {
  if (e.op === "inv") return e.args[0]!;
  return e.op === "transpose" && e.args[0]!.op === "inv" ? turned(e.args[0]!.args[0]!) : undefined;
}

const solve = (A: Expr, B: Expr): Expr => node("solve", [A, B], B.shape);

export function pair(L: Expr, R: Expr): Expr {
  const s = shape(L.shape.rows, R.shape.cols);
  const [left, right] = [inverted(L), inverted(R)];
  if (left) return solve(left, R);
  if (right) return turned(solve(turned(right), turned(L)));
  if (L.op === "diag" && !isOne(L.shape.cols)) {
    const v = L.args[0]!;
    if (isColumn(R.shape)) return node("hadamard", [isRow(v.shape) ? turned(v) : v, R], R.shape);
    return node("scaleRows", [isRow(v.shape) ? turned(v) : v, R], R.shape);
  }
  if (R.op === "diag" && !isOne(R.shape.cols)) {
    const v = R.args[0]!;
    if (isRow(L.shape)) return node("hadamard", [L, isColumn(v.shape) ? turned(v) : v], L.shape);
    return node("scaleColumns", [L, isColumn(v.shape) ? turned(v) : v], L.shape);
  }
  if (L.op === "ones" && isRow(L.shape)) return isColumn(R.shape) ? node("sum", [R], SCALAR) : node("sumRows", [R], s);
  if (R.op === "ones" && isColumn(R.shape))
    return isRow(L.shape) ? node("sum", [L], SCALAR) : node("sumColumns", [L], s);
  return node("mul", [L, R], s);
}
