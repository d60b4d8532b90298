/** Expressions in the names of a page. */
import { type Expr, topological } from "../core/expr.js";
import type { Let } from "../core/step.js";
import { rebuild } from "../ops/build.js";
import { isSymbol, nameOf } from "../ops/leaves.js";
import { simplify } from "../simplify/rewrite.js";

/**
 * Writes an expression with the names of its parts, one inside the other, in one pass however many there are; F' is not F
 * here, whatever is declared of F.
 */
export function refer(e: Expr, lets: readonly Let[]): Expr {
  if (lets.length === 0) return e;
  const names = new Map<Expr, Expr>();
  for (const { symbol, value } of lets)
    for (const form of [value, simplify(value, { frozen: namesIn(value) }).expr])
      if (!names.has(form)) names.set(form, symbol);
  const done = new Map<Expr, Expr>();
  for (const part of topological(e)) {
    const args = part.args.map((a) => done.get(a)!);
    const made = args.every((a, i) => a === part.args[i]) ? part : rebuild(part, args);
    done.set(part, names.get(made) ?? made);
  }
  return done.get(e)!;
}

export const namesIn = (e: Expr): ReadonlySet<string> => new Set(topological(e).filter(isSymbol).map(nameOf));
