/**
 * What one operator is. A record holds everything about its operator; the tables that passes use are made from
 * the records, so that an operator cannot be half known.
 */
import type { Citation } from "../core/cite.js";
import type { Dense } from "../core/dense.js";
import type { Attrs, Expr } from "../core/expr.js";
import type { Grid } from "../core/grid.js";
import type { Index } from "../core/indexForm.js";
import type { Dim, Shape, Sizes } from "../core/shape.js";
import type { Tape } from "../core/tape.js";
import type { Code } from "./code/define.js";
import type { Fragment, Print } from "./fragment.js";

/** Constructors of expressions. They flatten sums and products, drop zeros and ones, and check shapes. */
export interface Build {
  number(value: number): Expr;
  dimension(d: Dim): Expr;
  eye(n: Dim): Expr;
  ones(s: Shape): Expr;
  zeros(s: Shape): Expr;
  add(...terms: readonly Expr[]): Expr;
  sub(a: Expr, b: Expr): Expr;
  neg(a: Expr): Expr;
  /** Scalar factors and at most one other; `mul` finds them by itself. */
  times(...factors: readonly Expr[]): Expr;
  /** Product as written a*b*c from left to right: matrix product, or scalar times anything. */
  mul(...factors: readonly Expr[]): Expr;
  hadamard(...factors: readonly Expr[]): Expr;
  /** Elementwise power; the exponent is a scalar. */
  pow(base: Expr, exponent: Expr | number): Expr;
  div(a: Expr, b: Expr): Expr;
  transpose(a: Expr): Expr;
  matpow(a: Expr, exponent: number): Expr;
  /** Any other operator, by name. */
  op(name: string, args: readonly Expr[], attrs?: Attrs): Expr;
}

/** Values of abstract functions and sizes of dimensions while an expression is evaluated. */
export interface Environment {
  readonly sizes: Sizes;
  readonly kink: number;
}

/** The contribution of argument i to the differential, given d(argument i): linear in it. */
export type Differential = (b: Build, self: Expr, i: number, dArg: Expr) => Expr;

/**
 * Transposes of a linear operator. `gradient`: from the cotangent G of the result (same shape) to that of
 * argument i. `jacobian`: the same for columns and scalars with a matrix of cotangents, one column per output.
 */
export interface Pullback {
  readonly gradient: (b: Build, self: Expr, i: number, G: Expr) => Expr;
  readonly jacobian?: (b: Build, self: Expr, i: number, C: Expr) => Expr | undefined;
}

/** One product of the entry of a structural operator: coefficient · Π parts · Π δ, summed over new indices. */
export interface EntryProduct {
  readonly coefficient: number;
  readonly parts: readonly { readonly expr: Expr; readonly row: Index | undefined; readonly col: Index | undefined }[];
  readonly deltas: readonly (readonly [Index, Index])[];
}

/** [self]_{row,col} as a sum of products of entries of the arguments. */
export type Entry = (
  b: Build,
  self: Expr,
  row: Index | undefined,
  col: Index | undefined,
  fresh: (dim: Dim) => Index | undefined,
) => readonly EntryProduct[];

/** The rule by which the operator is differentiated, as a derivation names it. */
export interface RuleName {
  readonly id: string;
  readonly chip: string;
  readonly sentence: string;
  /** Short formula for the end of the line, LaTeX. */
  readonly formula: string;
  readonly cite: Citation;
}

export interface OpDef {
  readonly name: string;
  readonly arity: number | "many";
  readonly doc: string;
  /** Condition printed with a derivation, "X invertible". */
  readonly domain?: string;
  readonly cite: readonly Citation[];
  readonly elementwise?: true;
  /**
   * Linear in each argument, a sum in all of them together. On a page its differential goes along with the line around it,
   * or takes a line of its own, as X' and tr(X) do.
   */
  readonly linear?: "along" | "own line";
  /** Where the argument is 0 the value has a corner, or jumps. */
  readonly kink?: "corner" | "jump";
  /** Every entry of the value lies in this interval wherever it is defined. */
  readonly range?: readonly [least: number, most: number];
  readonly shape: (args: readonly Expr[], attrs: Attrs) => Shape;
  readonly evaluate: (values: readonly Dense[], self: Expr, env: Environment) => Dense;
  /** The value at one entry, where the operator is a function of one number applied to every entry. */
  readonly entryValue?: (x: number, kink: number) => number;
  /** The definition on scalars: what reverse-mode AD of the tape takes, and no rule of differentiation. */
  readonly scalars: (t: Tape, args: readonly Grid[], self: Expr, env: Environment) => Grid;
  readonly differential: Differential;
  readonly rule: RuleName;
  readonly pullback?: Pullback;
  readonly entry?: Entry;
  readonly text: (self: Expr, print: Print) => Fragment;
  readonly latex: (self: Expr, print: Print) => Fragment;
  /** The operator in program text, in every language that code is exported to. */
  readonly code: Code;
  /** Shapes of arguments for the contract test, with attributes and the range of the entries. */
  readonly sample: readonly Sample[];
}

export interface Sample {
  readonly args: readonly (readonly [string | number, string | number])[];
  readonly attrs?: Attrs;
  /** Entries are drawn from this interval; "spd" draws a well-conditioned positive definite matrix. */
  readonly entries?: readonly [number, number] | "spd";
}

export const defineOp = (def: OpDef): OpDef => Object.freeze(def);
