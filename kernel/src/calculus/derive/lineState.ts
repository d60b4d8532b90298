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
  let e = line;
  for (const { symbol, value } of [...state.lets].reverse()) e = substitute(e, new Map([[symbol, value]]));
  return expandDifferentials(e, state.wrt);
}

/** Named parts written out, differentials left as they stand. */
export function withoutLets(lets: readonly Let[], e: Expr): Expr {
  return [...lets].reverse().reduce((out, { symbol, value }) => substitute(out, new Map([[symbol, value]])), e);
}
