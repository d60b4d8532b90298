/** Factors of a product as a multiset: equal factors are one node, and each occurrence counts. */
import type { Expr } from "../core/expr.js";

/** `all` without `taken`, each of which removes one occurrence. */
export function without(all: readonly Expr[], taken: readonly Expr[]): Expr[] {
  const rest = [...all];
  for (const e of taken) {
    const at = rest.indexOf(e);
    if (at >= 0) rest.splice(at, 1);
  }
  return rest;
}

/** What occurs in both, as often as it does in both. */
export const sharedBy = (a: readonly Expr[], b: readonly Expr[]): Expr[] => without(a, without(a, b));
