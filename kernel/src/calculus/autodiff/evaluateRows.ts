/** The elementary operations of an expression with their numbers. */
import type { Dense } from "../core/dense.js";
import { NablaError } from "../core/errors.js";
import { type Expr, topological } from "../core/expr.js";
import { nameOf } from "../ops/leaves.js";
import { type Bindings, bindPoint } from "../verify/bindings.js";
import { evaluate, type Point } from "../verify/evaluate.js";
import { type Elementary, elementaries } from "./elementary.js";
import type { Value } from "./tableTypes.js";

export interface Rows {
  readonly list: readonly Elementary[];
  readonly inputs: readonly Elementary[];
  readonly result: Elementary;
  readonly point: Point;
  value(row: Elementary): Dense;
  /** An expression in the symbols of rows and in further symbols with values. */
  evaluate(e: Expr, more?: Readonly<Record<string, Dense>>): Dense;
}

export function evaluateRows(expr: Expr, bindings: Bindings, kink?: number): Rows {
  return rowsAt(expr, bindPoint(expr, bindings), Object.keys(bindings), kink);
}

/** Inputs in the order of `names`. */
export function rowsAt(expr: Expr, at: Point, names: readonly string[], kink?: number): Rows {
  const symbols = topological(expr).filter((e) => e.op === "symbol");
  const inputs = names.map((name) => symbols.find((s) => nameOf(s) === name)).filter((s) => s !== undefined);
  const list = elementaries(expr, inputs);
  const result = list.find((row) => row.of === expr);
  if (!result)
    throw new NablaError("bad_argument", "the expression has no variable: there is nothing to differentiate", {
      want: "an expression with at least one symbol that has a value",
    });
  const values: Record<string, Dense> = { ...at.values };
  const point: Point = { ...at, values, ...(kink === undefined ? {} : { kink }) };
  for (const row of list) values[row.name] = evaluate(row.local ?? row.of, point);
  return {
    list,
    inputs: list.slice(0, inputs.length),
    result,
    point,
    value: (row) => values[row.name]!,
    evaluate: (e, more = {}) => evaluate(e, { ...point, values: { ...values, ...more } }),
  };
}

export function toValue({ rows, cols, data }: Dense): Value {
  if (rows === 1 && cols === 1) return data[0]!;
  return Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * cols, (i + 1) * cols)));
}
