/** Index notation as a tree, as it stands on a line: sums with named indices, entries, partial derivatives, deltas. */
import type { Expr } from "./expr.js";
import type { Dim } from "./shape.js";

/** A named index on a page. */
export interface IndexName {
  readonly name: string;
  readonly dim: Dim;
}

export type IndexNode =
  | { readonly kind: "number"; readonly value: number }
  /** [expr]_{i}, [expr]_{ij}, or a scalar with no indices. */
  | { readonly kind: "entry"; readonly expr: Expr; readonly indices: readonly IndexName[] }
  | { readonly kind: "delta"; readonly i: IndexName; readonly j: IndexName }
  | { readonly kind: "sum"; readonly index: IndexName; readonly body: IndexNode }
  | { readonly kind: "product"; readonly factors: readonly IndexNode[] }
  | { readonly kind: "add"; readonly terms: readonly IndexNode[] }
  | { readonly kind: "power"; readonly base: IndexNode; readonly exponent: number }
  /** ∂ of / ∂ by, where `by` is an entry of the variable (or of an intermediate). */
  | { readonly kind: "partial"; readonly of: IndexNode; readonly by: IndexNode }
  /** φ(inner), an elementwise function by operator name, with its derivative count. */
  | { readonly kind: "function"; readonly op: string; readonly attrs: Expr["attrs"]; readonly argument: IndexNode };

export interface IndexLine {
  readonly kind: "index";
  /** Left-hand side; absent when it is that of the line above. */
  readonly left?: IndexNode | { readonly kind: "latex"; readonly latex: string };
  /** One or more right-hand sides on the line. */
  readonly right: readonly (IndexNode | { readonly kind: "matrix"; readonly expr: Expr })[];
  /** Definitions shown on the same line: r_i = Σ_j W_ij x_j + b_i. */
  readonly where: readonly { readonly left: IndexNode; readonly right: IndexNode }[];
}
