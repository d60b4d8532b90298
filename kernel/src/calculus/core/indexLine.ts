/**
 * Index notation as a tree, as it stands on a line: sums with named indices, entries, partial derivatives, deltas.
 * Invariant: a bound index never has the name of a free index or of an index bound around it.
 */
import { type Expr, node } from "./expr.js";
import { type Dim, SCALAR } from "./shape.js";

/** A named index on a page. */
export interface IndexName {
  readonly name: string;
  readonly dim: Dim;
}

export type IndexNode =
  | { readonly kind: "number"; readonly value: number }
  /** [expr]_{i}, [expr]_{ij}, or a scalar with no indices; axes that are 1 by type have none. */
  | { readonly kind: "entry"; readonly expr: Expr; readonly indices: readonly IndexName[] }
  | { readonly kind: "delta"; readonly i: IndexName; readonly j: IndexName }
  | { readonly kind: "sum"; readonly index: IndexName; readonly body: IndexNode }
  | { readonly kind: "product"; readonly factors: readonly IndexNode[] }
  | { readonly kind: "add"; readonly terms: readonly IndexNode[] }
  | { readonly kind: "power"; readonly base: IndexNode; readonly exponent: number }
  /** ∂ of / ∂ by, where `by` is an entry of the variable (or of a named part); of a ∂ of an entry it is ∂²f/∂x_k∂x_l. */
  | { readonly kind: "partial"; readonly of: IndexNode; readonly by: IndexNode }
  /** A function of one number, written as a scalar expression of ENTRY: σ(ENTRY), 1 − tanh(ENTRY)², … */
  | { readonly kind: "function"; readonly body: Expr; readonly argument: IndexNode };

export type EntryNode = Extract<IndexNode, { kind: "entry" }>;

/** The number that a `function` node is applied to; its name cannot be typed. */
export const ENTRY: Expr = node("symbol", [], SCALAR, { name: "·", facts: [] });

/** Left-hand sides that are no entry: ∇_W f, ∂y/∂x, ∇²f, ∂vec A/∂(vec B)ᵀ, dA, J_ijkl, [∂c/∂W]_kli. */
export interface IndexHead {
  readonly kind: "head";
  readonly form: "gradient" | "fraction" | "second" | "vec" | "differential" | "tensor" | "component";
  readonly of: Expr;
  readonly by: Expr;
  /** The second variable of a second derivative. */
  readonly and?: Expr;
  readonly indices: readonly IndexName[];
}

/** An expression in matrix form. */
export interface MatrixSide {
  readonly kind: "matrix";
  readonly expr: Expr;
}

export interface IndexDefinition {
  readonly left: IndexNode;
  readonly right: IndexNode;
}

export interface IndexLine {
  readonly kind: "index";
  /** Left-hand side; absent when it is that of the line above. */
  readonly left?: IndexNode | IndexHead | MatrixSide;
  /** One or more right-hand sides on the line. */
  readonly right: readonly (IndexNode | MatrixSide)[];
  /** Definitions shown on the same line: r_i = Σ_j W_ij x_j + b_i. */
  readonly where: readonly IndexDefinition[];
  /** Definitions in matrix form that stand before the line: A = BC ∈ ℝ^{m×p}. */
  readonly lets?: readonly { readonly symbol: Expr; readonly value: Expr }[];
  /** Ranges of sums are left out: they are those of a line above. */
  readonly ranges?: false;
}
