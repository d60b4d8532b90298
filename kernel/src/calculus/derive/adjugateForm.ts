/** |X| X⁻¹ = adj(X): the form of an answer that also holds where X is singular. */
import { type Expr, topological } from "../core/expr.js";
import { build as b, substitute } from "../ops/build.js";

export function adjugateForm(root: Expr): Expr {
  const by = new Map<Expr, Expr>();
  for (const e of topological(root)) {
    if (e.op !== "times") continue;
    const determinant = e.args.find((a) => a.op === "det");
    const body = e.args[e.args.length - 1]!;
    if (!determinant || body === determinant) continue;
    const inverse = b.op("inv", [determinant.args[0]!]);
    const uses = topological(body).filter((x) => x.args.includes(inverse)).length + (body === inverse ? 1 : 0);
    if (uses !== 1) continue;
    const regular = substitute(body, new Map([[inverse, b.op("adj", [determinant.args[0]!])]]));
    by.set(e, b.times(...e.args.slice(0, -1).filter((a) => a !== determinant), regular));
  }
  return substitute(root, by);
}
