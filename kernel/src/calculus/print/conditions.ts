/** Conditions in words; `print` writes the expression they are about. */
import type { Condition } from "../core/derivation.js";
import type { Expr } from "../core/expr.js";

export function conditionText({ about, says }: Condition, print: (e: Expr) => string): string {
  const it = print(about);
  switch (says) {
    case "positive determinant":
      return `${it} has a positive determinant (for a negative one read ln of the absolute value: same derivative)`;
    case "positive":
      return `${it} has positive entries`;
    case "entries not 0":
      return `${it} has no entry 0`;
    case "invertible":
    case "not 0":
      return `${it} is ${says}`;
  }
}
