/** Conditions in the header: where the expression and its derivative are defined, in the words of a reader. */
import { type Expr, topological } from "../core/expr.js";
import { opOf } from "../ops/index.js";
import { isNumber, numberOf } from "../ops/leaves.js";

export interface Condition {
  readonly about: Expr;
  readonly says: string;
}

export function conditionsOf(f: Expr, depends: (e: Expr) => boolean): readonly Condition[] {
  const found: Condition[] = [];
  const add = (about: Expr, says: string): void => {
    if (!found.some((c) => c.about === about && c.says === says)) found.push({ about, says });
  };
  for (const e of topological(f)) {
    const X = e.args[0];
    if (!X) continue;
    if (e.op === "inv" || e.op === "logdet" || (e.op === "det" && depends(e))) add(X, "invertible");
    if (e.op === "log" && X.op === "det")
      add(X, "|·| > 0 (for |·| < 0 read ln of the absolute value: same derivative)");
    else if (e.op === "log" && X.op !== "softmax" && X.op !== "sigmoid") add(X, "positive entries");
    if (e.op === "pow" && isNumber(e.args[1]!) && numberOf(e.args[1]!) < 0) add(X, "not 0");
    if (opOf(e.op).domain === "entries not 0" && depends(e)) add(X, "entries not 0");
    if (e.op === "norm" && depends(e)) add(X, "not 0");
  }
  // ‖u‖² is smooth at 0.
  const squares = new Set(
    topological(f)
      .filter((e) => e.op === "pow" && e.args[0]!.op === "norm" && isNumber(e.args[1]!, 2))
      .map((e) => e.args[0]!.args[0]!),
  );
  return found.filter((c) => !(c.says === "not 0" && squares.has(c.about)));
}
