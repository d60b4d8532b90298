/** Numbers given for symbols: a number, a list for a column, rows for a matrix; sizes of dimensions follow from them. */
import { type Dense, dense } from "../core/dense.js";
import { NablaError } from "../core/errors.js";
import { type Expr, topological } from "../core/expr.js";
import { type Dim, isColumn, isOne, isRow, showShape } from "../core/shape.js";
import { nameOf } from "../ops/leaves.js";
import type { Point } from "./evaluate.js";

export type Binding = number | readonly number[] | readonly (readonly number[])[];
/** Numbers by name: a number, a list for a vector, rows for a matrix. */
export type Bindings = Readonly<Record<string, Binding>>;

export function bindPoint(root: Expr, bindings: Bindings): Point {
  const symbols = topological(root).filter((e) => e.op === "symbol");
  const sizes: Record<string, number> = Object.create(null);
  const values: Record<string, Dense> = Object.create(null);
  for (const s of symbols) {
    const name = nameOf(s);
    if (!Object.hasOwn(bindings, name))
      throw new NablaError("bad_argument", `no value given for ${name}`, { want: `a value for ${name}` });
    const value = denseOf(s, bindings[name]!);
    learn(name, s.shape.rows, value.rows, sizes);
    learn(name, s.shape.cols, value.cols, sizes);
    values[name] = value;
  }
  return { sizes, values };
}

export const isBindings = (seed: Binding | Bindings): seed is Bindings =>
  typeof seed === "object" && !Array.isArray(seed);

/** The numbers for one symbol or value, in its shape. */
export function denseOf(s: Expr, binding: Binding): Dense {
  const name = s.op === "symbol" ? nameOf(s) : "the result";
  const rows =
    typeof binding === "number" ? [[binding]] : binding.map((row) => (typeof row === "number" ? [row] : row));
  const flat = rows.flat();
  const width = rows[0]?.length ?? 0;
  if (flat.length === 0 || rows.some((row) => row.length !== width) || !flat.every((x) => Number.isFinite(x)))
    throw new NablaError("bad_argument", `the value of ${name} must be finite numbers in rows of equal length`, {
      want: `${showShape(s.shape)} finite numbers`,
    });
  if (isRow(s.shape) && width === 1) return dense(1, flat.length, flat);
  if (isColumn(s.shape) && rows.length === 1) return dense(flat.length, 1, flat);
  return dense(rows.length, width, flat);
}

/** A dimension is known when it is one name; products are checked when they are evaluated. */
function learn(name: string, dim: Dim, size: number, sizes: Record<string, number>): void {
  const [only] = dim.names;
  const want =
    dim.names.length === 0 ? dim.coefficient : dim.names.length === 1 && dim.coefficient === 1 ? sizes[only!] : size;
  if (want !== undefined && want !== size)
    throw new NablaError("shape_mismatch", `${name}: expected ${want} for the dimension ${dim.key}, got ${size}`, {
      got: String(size),
      want: String(want),
    });
  if (!isOne(dim) && dim.names.length === 1 && dim.coefficient === 1) sizes[only!] = size;
}
