/** What a differential-style derivation holds between two lines. */
import { containing, type Expr, topological } from "../core/expr.js";
import type { Let } from "../core/step.js";
import { substitute } from "../ops/build.js";
import { isSymbol } from "../ops/leaves.js";
import { expandDifferentials } from "./linearise.js";

export interface LineState {
  /** The line as it stands: linear in d(…). */
  readonly line: Expr;
  readonly lets: readonly Let[];
  readonly wrt: ReadonlySet<Expr>;
}

export const letSymbols = (state: LineState): Set<Expr> => new Set(state.lets.map((l) => l.symbol));

/** Does e depend on a variable, directly or through a named part? */
export function varies(state: LineState): (e: Expr) => boolean {
  const names = letSymbols(state);
  const known = new Map<Expr, boolean>();
  return (e) => {
    let answer = known.get(e);
    if (answer === undefined) {
      answer = containing(e, (x) => state.wrt.has(x) || names.has(x)).size > 0;
      known.set(e, answer);
    }
    return answer;
  };
}

/** Differentials that can still be expanded: not of a variable and not of a named part. */
export function openDifferentials(state: LineState): Expr[] {
  const names = letSymbols(state);
  return topological(state.line).filter(
    (e) => e.op === "d" && !(isSymbol(e.args[0]!) && (state.wrt.has(e.args[0]!) || names.has(e.args[0]!))),
  );
}

/** The line with every named part written out and every differential expanded: what is evaluated. */
export function grounded(state: LineState, line: Expr = state.line): Expr {
  return expandDifferentials(withoutLets(state.lets, line), state.wrt);
}

/** Named parts written out, differentials left as they stand. A name speaks of earlier names only. */
export const withoutLets = (lets: readonly Let[], e: Expr): Expr =>
  lets.length === 0 ? e : substitute(e, valuesOf(lets));

/** Every name with its value written out; each value is opened once, whoever uses it. */
export function valuesOf(lets: readonly Let[]): ReadonlyMap<Expr, Expr> {
  const values = new Map<Expr, Expr>();
  for (const { symbol, value } of lets) values.set(symbol, substitute(value, values));
  return values;
}

/** The named parts that an expression speaks of, directly or through one another. */
export function usedLets(lets: readonly Let[], e: Expr): readonly Let[] {
  const spoken = new Set(topological(e));
  const used: Let[] = [];
  for (const part of [...lets].reverse()) {
    if (!spoken.has(part.symbol)) continue;
    used.unshift(part);
    for (const inner of topological(part.value)) spoken.add(inner);
  }
  return used;
}
