/** Entries of what does not move: sums, multiples and elementwise products of symbols are written out, the rest stays whole. */
import type { Expr } from "../../core/expr.js";
import { ENTRY, type IndexName, type IndexNode } from "../../core/indexLine.js";
import { isOne, isScalar } from "../../core/shape.js";
import { rebuild } from "../../ops/build.js";
import { opOf } from "../../ops/index.js";
import { isNumber, numberOf } from "../../ops/leaves.js";
import { add, apply, delta, entry, number, power, product, ZERO } from "./indexTree.js";

type At = IndexName | undefined;

export function constantEntry(e: Expr, row: At, col: At): IndexNode {
  const whole = (): IndexNode =>
    entry(
      e,
      [row, col].filter((i): i is IndexName => i !== undefined),
    );
  if (isScalar(e.shape)) return e.op === "times" ? product(...e.args.map((a) => constantEntry(a, row, col))) : whole();
  switch (e.op) {
    case "ones":
      return number(1);
    case "zeros":
      return ZERO;
    case "eye":
      return delta(row!, col!);
    case "transpose":
      return constantEntry(e.args[0]!, col, row);
    case "times":
      return product(
        ...e.args.map((a) => (isScalar(a.shape) ? constantEntry(a, undefined, undefined) : constantEntry(a, row, col))),
      );
    case "hadamard":
      return product(...e.args.map((a) => constantEntry(a, row, col)));
    case "add":
      return e.args.every(isPlain) ? add(...e.args.map((a) => constantEntry(a, row, col))) : whole();
    case "diag":
      return isOne(e.shape.cols)
        ? constantEntry(e.args[0]!, row, row)
        : product(delta(row!, col!), diagonal(e.args[0]!, row!));
    case "mul":
      return outer(e, row, col) ?? whole();
    case "pow":
      return isNumber(e.args[1]!) && isPlain(e.args[0]!)
        ? power(constantEntry(e.args[0]!, row, col), numberOf(e.args[1]!))
        : whole();
    default:
      return opOf(e.op).elementwise && e.args[0]!.op === "symbol"
        ? apply(rebuild(e, [ENTRY, ...e.args.slice(1)]), constantEntry(e.args[0]!, row, col))
        : whole();
  }
}

const diagonal = (v: Expr, at: IndexName): IndexNode =>
  isOne(v.shape.cols) ? constantEntry(v, at, undefined) : constantEntry(v, undefined, at);

/** A symbol, its transpose, ones, or a multiple of one. */
const isPlain = (e: Expr): boolean =>
  e.op === "symbol" ||
  e.op === "ones" ||
  e.op === "eye" ||
  (e.op === "transpose" && isPlain(e.args[0]!)) ||
  (e.op === "times" && e.args.every((a) => isScalar(a.shape) || isPlain(a)));

/** x y' is x_i y_j. */
function outer(e: Expr, row: At, col: At): IndexNode | undefined {
  const at = e.args.findIndex((a, n) => n + 1 < e.args.length && isOne(a.shape.cols));
  if (at < 0 || e.args.length !== 2) return undefined;
  return product(constantEntry(e.args[0]!, row, undefined), constantEntry(e.args[1]!, undefined, col));
}
