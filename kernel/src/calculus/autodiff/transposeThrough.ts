/**
 * The transpose for numerator layout: (AB)′ = B′A′, (A∘B)′ = A′∘B′, (A + B)′ = A′ + B′, pushed down only where there
 * is an upstream gradient to meet, so that (p − y)′ stays as it is read.
 */
import { containing, type Expr } from "../core/expr.js";
import { isScalar } from "../core/shape.js";
import { build as b } from "../ops/build.js";

/** `meets` holds for the symbols to which the transpose is carried. */
export function transposeThrough(root: Expr, meets: (symbol: Expr) => boolean): Expr {
  const active = containing(root, meets);
  const push = (e: Expr): Expr => {
    if (e.op === "transpose") return e.args[0]!;
    if (e.op === "times") return b.times(...e.args.map((a) => (isScalar(a.shape) && !active.has(a) ? a : push(a))));
    if (!active.has(e)) return b.transpose(e);
    switch (e.op) {
      case "add":
        return e.args.every((a) => active.has(a)) ? b.add(...e.args.map(push)) : b.transpose(e);
      case "mul":
        return b.mul(...[...e.args].reverse().map(push));
      case "hadamard":
        return b.hadamard(...e.args.map((a) => (a.op === "pow" ? b.pow(push(a.args[0]!), a.args[1]!) : push(a))));
      default:
        return b.transpose(e);
    }
  };
  return push(root);
}
