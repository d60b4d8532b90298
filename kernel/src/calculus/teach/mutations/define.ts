/**
 * Mistakes as mutations of our own derivation: the answer that the mistake leads to is computed, not guessed, and a
 * wrong answer is named when it equals one. A mutation is a small named record; where it acts decides its kind.
 */
import type { Expr } from "../../core/expr.js";
import type { Layout } from "../../core/step.js";

/** One place of a derivation where a mistake can be made: argument i of node e, whose differential is dArg. */
export interface Site {
  readonly e: Expr;
  readonly i: number;
  readonly dArg: Expr;
  /** What e contributes to the differential for argument i when nothing is wrong. */
  readonly right: Expr;
  /** Number of arguments of e that vary. */
  readonly varying: number;
  /** The variable, and what is differentiated by it. */
  readonly x: Expr;
}

/** A wrong contribution; undefined where the mistake makes no sense. */
export interface LocalMutation {
  readonly code: string;
  readonly ops: readonly string[] | "elementwise" | "any";
  readonly wrong: (site: Site) => Expr | undefined;
  /** What was done, in one sentence. */
  readonly says: (site: Site, show: (e: Expr) => string) => string;
}

/** A wrong reading of the expression, or a wrong last line: the parts of `e` that stand for something else. */
export interface RewriteMutation {
  readonly code: string;
  /** What the node can be mistaken for. */
  readonly wrong: (e: Expr) => readonly Wrong[];
}

export interface Wrong {
  readonly instead: Expr;
  readonly says: (show: (e: Expr) => string) => string;
}

/** An answer where it matters in which layout it is. */
export interface InLayout {
  readonly expr: Expr;
  readonly layout: Layout;
}

/** Where a mistake is made: in a rule, in reading the expression, or, when nothing else explains it, in the last line. */
export type Level = "rule" | "reading" | "last line";

export interface Mutant {
  readonly code: string;
  readonly level: Level;
  readonly says: string;
  /** The node at which the mistake was made, to find the line of the derivation. */
  readonly at: Expr | undefined;
  /** A differential that is linear in dX, or an answer in one of the two layouts. */
  readonly form: { readonly kind: "differential"; readonly dF: Expr } | ({ readonly kind: "answer" } & InLayout);
}
