/**
 * A line of the chain style: products of derivatives with the shape of every factor. What is multiplied and in which
 * order is decided by derive/chain*; how it looks is decided by print/chainLatex.
 */
import type { Expr } from "./expr.js";
import type { Dim } from "./shape.js";

export type ChainFactor =
  /** ∂of/∂by of named quantities, with its shape (two axes, or more for a tensor). */
  | {
      readonly kind: "partial";
      readonly of: Expr;
      readonly by: Expr;
      /** A second derivative: ∇²f where it is `by` again. */
      readonly and?: Expr;
      readonly shape: readonly Dim[];
      /** A row d(of)/d(by): numerator layout of a scalar by a column. */
      readonly row?: true;
      readonly transposed?: true;
    }
  /** An expression as a factor; no shape is printed under it when `shape` is empty. */
  | { readonly kind: "expr"; readonly expr: Expr; readonly shape: readonly Dim[] }
  /** The upstream gradient of `of` by its name, g_y. */
  | {
      readonly kind: "upstream";
      readonly of: Expr;
      readonly symbol: Expr;
      readonly shape: readonly Dim[];
      readonly transposed?: true;
    };

/** scalars · factors; `hadamard` joins the factors by ∘ instead of a product. */
export interface ChainProduct {
  readonly scalars: readonly Expr[];
  readonly factors: readonly ChainFactor[];
  readonly hadamard?: true;
}

/** symbol = value, or symbol = means = value for the name of a derivative: g = ∂f/∂x = 2Ax. */
export interface ChainName {
  readonly symbol: Expr;
  readonly value: Expr;
  readonly means?: ChainFactor;
}

export interface ChainLine {
  readonly kind: "chain";
  readonly layout: "denominator" | "numerator";
  /** Definitions (first line): c = Wx + b, f = c'c. */
  readonly names: readonly ChainName[];
  /** What the name of an upstream gradient means (first line): g_y := ∂L/∂y. */
  readonly define?: { readonly symbol: Expr; readonly of: Expr; readonly by: Expr };
  /** Absent when it is that of the line above. */
  readonly left?: ChainFactor;
  /** Right-hand sides in order, each a sum of products: several where a name is used several times. */
  readonly right: readonly (readonly ChainProduct[])[];
  /** Definitions that only this line uses: p = softmax(y). */
  readonly where?: readonly ChainName[];
}
