/**
 * Index notation as data: a sum of products of entries and Kronecker deltas. Indices that are not free are summed;
 * an index may occur more than twice (elementwise products, diagonals). Scalars are factors without indices.
 */
import type { Expr } from "./expr.js";
import type { Dim } from "./shape.js";

export interface Index {
  readonly id: number;
  readonly dim: Dim;
}

/** An entry [expr]_{row,col}; an axis that is 1 by type has no index. */
export interface Factor {
  readonly expr: Expr;
  readonly row: Index | undefined;
  readonly col: Index | undefined;
}

export interface Term {
  readonly coefficient: number;
  readonly factors: readonly Factor[];
  readonly deltas: readonly (readonly [Index, Index])[];
  readonly summed: readonly Index[];
}

export interface IndexForm {
  /** Output indices first, then those of the variables in order. */
  readonly free: readonly Index[];
  readonly terms: readonly Term[];
}

let nextIndex = 1;
/** A new index; its identity is its number, its name is given when it is printed. */
export const newIndex = (dim: Dim): Index => Object.freeze({ id: nextIndex++, dim });
