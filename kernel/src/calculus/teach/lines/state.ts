/** What a reader of a derivation knows before a line: names, what the line before spoke of, where it stands. */
import type { Derivation } from "../../core/derivation.js";
import type { Expr } from "../../core/expr.js";
import type { IndexName } from "../../core/indexLine.js";
import type { Let } from "../../core/step.js";
import { expandDifferentials } from "../../derive/linearise.js";
import { valuesOf, withoutLets } from "../../derive/lineState.js";
import { substitute } from "../../ops/build.js";
import { nameOf } from "../../ops/leaves.js";
import type { Declarations } from "../../text/scope.js";
import type { Target } from "../answer/target.js";

/** What a chain of equations claims to be equal to. */
export type Truth =
  /** f, a part of it, or a differential: an expression with nothing named. */
  | { readonly kind: "expression"; readonly of: Expr; readonly main: boolean }
  | { readonly kind: "gradient"; readonly target: Target; readonly main: boolean }
  | { readonly kind: "entry"; readonly output: readonly IndexName[]; readonly variable: readonly IndexName[] };

export interface State {
  readonly derivation: Derivation;
  readonly target: Target;
  /** The variable of the last differentiation. */
  readonly x: Expr;
  scope: Declarations;
  /** Names of the student, of the problem and of its page; a later one hides an earlier. */
  lets: readonly Let[];
  /** Names that stand for f itself: L after "L = y'y". */
  readonly outputs: Set<string>;
  truth: Truth | undefined;
  /** f as it was last written, with its names, to differentiate by one of them. */
  written: Expr;
  /** u of the last left side d(u), nothing named. */
  lastDifferential: Expr | undefined;
  /** The last right differential, nothing named, as far as it was taken. */
  lastSide: Expr | undefined;
  /** A wrong differential: what follows from it is no second mistake. */
  wrong: { readonly line: number; readonly gradient: Expr | undefined; readonly grounded: Expr } | undefined;
  /** The line of our page where the student stands. */
  at: number;
  /** A right line since then is on no line of the page. */
  otherwise: boolean;
}

export const withoutNames = ({ lets }: State, e: Expr): Expr => withoutLets(lets, e);

/** Nothing named, every differential down to dX. */
export const grounded = (state: State, e: Expr): Expr =>
  expandDifferentials(withoutNames(state, e), new Set([state.x]));

/** Names what a student has defined; a name of our page gives way. */
export function define(state: State, one: Let, scope: Declarations): void {
  const name = nameOf(one.symbol);
  const value = substitute(one.value, valuesOf(state.lets));
  state.lets = [...state.lets.filter((l) => nameOf(l.symbol) !== name), { symbol: one.symbol, value }];
  state.scope = scope;
}
