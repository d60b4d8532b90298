/** What the runs of products share: parts with their places, reciprocals, the order of scalar factors. */
import type { Expr } from "../core/expr.js";
import { isScalar, type Shape, sameShape, transposed } from "../core/shape.js";
import { build, splitScalars } from "../ops/build.js";
import { isNumber, numberOf } from "../ops/leaves.js";
import { readTimes } from "../ops/scalars.js";
import type { Reading } from "./reading.js";
import type { BinaryOp, Tree } from "./syntax.js";

/** A value with the part of the text it stands for. */
export interface Part {
  readonly value: Expr;
  readonly from: Tree;
  readonly to: Tree;
}

/** One more factor or divisor of a run. */
export interface ChainStep {
  readonly op: BinaryOp;
  readonly tree: Tree;
}

export const partOf = (r: Reading, left: Part | Tree): Part =>
  "value" in left ? left : { value: r.read(left), from: left, to: left };

export const wideOf = (parts: readonly Part[]): Part | undefined => parts.find((p) => !isScalar(p.value.shape));

export const turnedHint = (a: Shape, b: Shape): string | undefined =>
  sameShape(transposed(a), b) ? "transpose one of them with '" : undefined;

/** Scalar factors in the order they are printed: those below the line last. */
export function tidy(e: Expr): Expr {
  if (e.op !== "times") return e;
  const { over, wide } = readTimes(e);
  const number = e.args.filter((a) => isNumber(a));
  const below = e.args.filter((a) => !isNumber(a) && a !== wide && !over.includes(a));
  return below.length === 0 ? e : build.times(...number, ...over, ...below, ...(wide ? [wide] : []));
}

/** Elementwise factors in the order they are printed: those below ./ last. */
export function elementwiseProduct(factors: readonly Expr[]): Expr {
  const e = build.hadamard(...factors);
  const { scalars, rest } = splitScalars(e);
  if (rest?.op !== "hadamard") return e;
  const below = (f: Expr): boolean => f.op === "pow" && isNumber(f.args[1]!) && numberOf(f.args[1]!) < 0;
  const ordered = [...rest.args.filter((f) => !below(f)), ...rest.args.filter(below)];
  return build.times(...scalars, build.hadamard(...ordered));
}

/** 1/u^k is u^(−k), so that a quotient and a negative power are one node. */
export function reciprocal(e: Expr): Expr {
  const k = e.op === "pow" ? e.args[1]! : undefined;
  return k && isNumber(k) ? build.pow(e.args[0]!, -numberOf(k)) : build.pow(e, -1);
}
