/**
 * A derivation as data. One step is one displayed line; its wording, colour and arrangement on the page belong to
 * print/. Each style has its own kind of body; every body was evaluated on random numbers when it was made.
 */

import type { ChainLine } from "./chainLine.js";
import type { Citation } from "./cite.js";
import type { Expr } from "./expr.js";
import type { IndexLine } from "./indexLine.js";

/** How a derivation is told. */
export type Style = "differential" | "index" | "chain";
/** Denominator: a gradient has the shape of its variable. Numerator: rows are outputs. */
export type Layout = "denominator" | "numerator";

/** before = via = after, all linear in the differentials of the variable. */
export interface DifferentialLine {
  readonly kind: "differential";
  /** What it is the differential of, where the page has several: the left-hand side is d(of). */
  readonly of?: Expr;
  readonly before: Expr;
  /** A form that is shown on the same line before `after`. */
  readonly via?: Expr;
  readonly after: Expr;
  /** Definitions under which the line is to be read: y = Wx + b, shown as |_{y = Wx + b}. */
  readonly where?: readonly Let[];
}

/** What is read off: the derivative in the layout of the page. */
export interface ResultLine {
  readonly kind: "result";
  readonly of: Expr;
  readonly wrt: readonly Expr[];
  readonly expr: Expr;
  readonly layout: Layout;
  /** The answer is ∂vec(f)/∂vec(X)', for orders above two. */
  readonly vec?: true;
}

/** A name for a part of the expression. */
export interface Let {
  readonly symbol: Expr;
  readonly value: Expr;
}

export interface Step {
  /** Name of the rule, "trace/cyclic"; several rules that act in one line are joined by " + ". */
  readonly rule: string;
  /** Two or three words each, in the order of the golden pages. */
  readonly chips: readonly string[];
  readonly cites: readonly Citation[];
  /** Reason at the end of the line, LaTeX (text in \text{…}). */
  readonly note: string;
  readonly body: DifferentialLine | IndexLine | ChainLine | ResultLine;
  /** Conditions that the step relies on. */
  readonly conditions: readonly string[];
  /** Shapes of the factors, "1×m · m×n · n×1"; empty when there is nothing to say. */
  readonly shape: string;
  readonly check: { readonly seed: number; readonly maxRelError: number };
}

/** Lines below the result that are folded at first: "Why (11)?", the tensor, "the same thing as". */
export interface Aside {
  readonly title: string;
  readonly steps: readonly Step[];
  /** Markdown with $…$. */
  readonly text?: string;
}
