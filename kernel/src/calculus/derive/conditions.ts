/** Conditions in the header: where the expression and its derivative are defined, in the words of a reader. */
import type { Condition } from "../core/derivation.js";
import { type Expr, topological } from "../core/expr.js";
import { opOf } from "../ops/index.js";
import { factsOf, isNumber, numberOf } from "../ops/leaves.js";

/** Positive whatever the values of its symbols: e^z, 1 + e^z, softmax, a declared fact. */
function certainlyPositive(e: Expr): boolean {
  switch (e.op) {
    case "exp":
    case "sigmoid":
    case "softmax":
    case "ones":
      return true;
    case "number":
      return numberOf(e) > 0;
    case "symbol":
      return factsOf(e).some((f) => f === "positive" || f === "simplex");
    case "add":
    case "times":
    case "hadamard":
    case "sum":
      return e.args.every(certainlyPositive);
    default:
      return false;
  }
}

export function conditionsOf(f: Expr, depends: (e: Expr) => boolean): readonly Condition[] {
  const found: Condition[] = [];
  const add = (about: Expr, says: Condition["says"]): void => {
    if (!found.some((c) => c.about === about && c.says === says)) found.push({ about, says });
  };
  for (const e of topological(f)) {
    const X = e.args[0];
    if (!X) continue;
    if (e.op === "inv" || e.op === "logdet" || (e.op === "det" && depends(e))) add(X, "invertible");
    if (e.op === "log" && X.op === "det") add(X.args[0]!, "positive determinant");
    else if (e.op === "log" && !certainlyPositive(X)) add(X, "positive");
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
