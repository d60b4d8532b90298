/** How a product of scalars reads: sign, coefficient, numerator, denominator and the one matrix. */
import type { Expr } from "../core/expr.js";
import { node } from "../core/expr.js";
import { isScalar } from "../core/shape.js";
import { isNumber, number, numberOf } from "./leaves.js";

export interface ReadTimes {
  readonly negative: boolean;
  readonly coefficient: number;
  readonly over: readonly Expr[];
  readonly under: readonly Expr[];
  readonly wide: Expr | undefined;
}

/** |X|⁻¹ keeps its exponent, as the notes print it; other negative powers go below the line. */
const below = (e: Expr): boolean =>
  e.op === "pow" && isScalar(e.shape) && isNumber(e.args[1]!) && numberOf(e.args[1]!) < 0 && e.args[0]!.op !== "det";

export function readTimes(e: Expr): ReadTimes {
  const factors = e.op === "times" ? e.args : [e];
  const c = isNumber(factors[0]!) ? numberOf(factors[0]!) : 1;
  const rest = isNumber(factors[0]!) ? factors.slice(1) : factors;
  const under = rest.filter(below).map((p) => {
    const k = -numberOf(p.args[1]!);
    return k === 1 ? p.args[0]! : node("pow", [p.args[0]!, number(k)], p.shape);
  });
  const others = rest.filter((f) => !below(f));
  return {
    negative: c < 0,
    coefficient: Math.abs(c),
    over: others.filter((f) => isScalar(f.shape)),
    under,
    wide: others.find((f) => !isScalar(f.shape)),
  };
}
