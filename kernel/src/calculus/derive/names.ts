/** Names for intermediates that do not collide with the symbols of an expression. */
import { type Expr, topological } from "../core/expr.js";
import type { Shape } from "../core/shape.js";
import { nameOf, symbol } from "../ops/leaves.js";

const SPARE = ["y", "z", "r", "u", "v", "w", "q", "s"];

export function freshSymbol(preferred: readonly string[], shape: Shape, ...avoid: readonly Expr[]): Expr {
  const used = new Set<string>();
  for (const e of topological(...avoid)) {
    if (e.op === "symbol") used.add(nameOf(e));
    for (const d of [e.shape.rows, e.shape.cols]) for (const n of d.names) used.add(n);
  }
  const free = [...preferred, ...SPARE].find((n) => !used.has(n));
  if (free) return symbol(free, shape);
  let n = 1;
  while (used.has(`y${n}`)) n++;
  return symbol(`y${n}`, shape);
}
