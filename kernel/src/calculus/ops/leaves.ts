/** Nodes without arguments: symbols, numbers, dimensions used as numbers, and the constants I, 1 and 0. */
import { type Expr, node } from "../core/expr.js";
import { type Dim, ONE, SCALAR, type Shape, shape } from "../core/shape.js";

export type Fact =
  | "symmetric"
  | "spd"
  | "orthogonal"
  | "diagonal"
  | "positive"
  | "invertible"
  | "constant"
  | "simplex"
  | "signs"
  | "unit_interval";
export const FACTS: readonly Fact[] = [
  "symmetric",
  "spd",
  "orthogonal",
  "diagonal",
  "positive",
  "invertible",
  "constant",
  "simplex",
  "signs",
  "unit_interval",
];

export const symbol = (name: string, s: Shape, facts: readonly Fact[] = []): Expr =>
  node("symbol", [], s, { name, facts: [...new Set(facts)].sort() });
export const number = (value: number): Expr => node("number", [], SCALAR, { value: Object.is(value, -0) ? 0 : value });
export const dimension = (d: Dim): Expr =>
  d.names.length === 0 ? number(d.coefficient) : node("dimension", [], SCALAR, { dim: d.key });
export const eye = (n: Dim): Expr => (n === ONE || n.key === "1" ? number(1) : node("eye", [], shape(n, n)));
export const ones = (s: Shape): Expr => (s.rows.key === "1" && s.cols.key === "1" ? number(1) : node("ones", [], s));
export const zeros = (s: Shape): Expr => (s.rows.key === "1" && s.cols.key === "1" ? number(0) : node("zeros", [], s));

export const isNumber = (e: Expr, value?: number): boolean =>
  e.op === "number" && (value === undefined || e.attrs.value === value);
export const numberOf = (e: Expr): number => e.attrs.value as number;
export const isZero = (e: Expr): boolean => e.op === "zeros" || isNumber(e, 0);
export const nameOf = (e: Expr): string => e.attrs.name as string;
export const factsOf = (e: Expr): readonly Fact[] => (e.op === "symbol" ? (e.attrs.facts as readonly Fact[]) : []);
export const isSymbol = (e: Expr): boolean => e.op === "symbol";

/** The differential of e, not expanded; of a symbol, the independent differential dX itself. */
export const d = (e: Expr): Expr => node("d", [e], e.shape);
