/** A line of the chain style: products of derivatives with the shape of every factor. */
import type { Expr } from "./expr.js";
import type { Dim } from "./shape.js";

export type ChainFactor =
  /** ∂of/∂by of named quantities, with its shape (two or three axes). */
  | { readonly kind: "partial"; readonly of: Expr; readonly by: Expr; readonly shape: readonly Dim[] }
  /** An expression as a factor, with the shape printed under it. */
  | { readonly kind: "expr"; readonly expr: Expr; readonly shape: readonly Dim[] }
  /** The name of an upstream gradient, g_y. */
  | { readonly kind: "upstream"; readonly of: Expr; readonly shape: readonly Dim[] };

/** Factors of one right-hand side; `hadamard` joins them by ∘ instead of a product. */
export interface ChainProduct {
  readonly factors: readonly ChainFactor[];
  readonly hadamard?: true;
}

export interface ChainLine {
  readonly kind: "chain";
  /** Definitions (first line): c = Wx + b, f = c'c. */
  readonly names: readonly { readonly symbol: Expr; readonly value: Expr }[];
  readonly left?: ChainFactor;
  /** Right-hand sides in order; a sum where a name is used several times. */
  readonly right: readonly (readonly ChainProduct[])[];
}
