/** Central differences, the judge that knows no rule. */
import { type Dense, dense } from "../core/dense.js";
import type { Expr } from "../core/expr.js";
import { axes } from "../core/shape.js";
import { nameOf } from "../ops/leaves.js";
import type { Tensor } from "./einsum.js";
import { evaluate, type Point } from "./evaluate.js";

/** Step of a central difference, relative to the size of the entry. */
export const STEP = 1e-5;

const moved = (point: Point, name: string, value: Dense): Point => ({
  ...point,
  values: { ...point.values, [name]: value },
});

/** ∂F/∂X by central differences with one Richardson step: output axes first, then those of X. */
export function differenceTensor(
  f: (point: Point) => Dense,
  fShape: readonly number[],
  wrt: Expr,
  point: Point,
): Tensor {
  const name = nameOf(wrt);
  const X = point.values[name]!;
  const columns: Float64Array[] = [];
  for (let k = 0; k < X.data.length; k++) {
    const h = STEP * 10 * Math.max(1, Math.abs(X.data[k]!));
    const at = (t: number): Dense => {
      const data = Float64Array.from(X.data);
      data[k]! += t;
      return f(moved(point, name, dense(X.rows, X.cols, data)));
    };
    const slope = (s: number): Float64Array => {
      const [p, m] = [at(s), at(-s)];
      return p.data.map((v, i) => (v - m.data[i]!) / (2 * s));
    };
    const [wide, narrow] = [slope(h), slope(h / 2)];
    columns.push(narrow.map((v, i) => (4 * v - wide[i]!) / 3));
  }
  const outputs = columns[0]!.length;
  const data = new Float64Array(outputs * columns.length);
  columns.forEach((c, k) => c.forEach((v, i) => (data[i * columns.length + k] = v)));
  const wrtShape =
    axes(wrt.shape).length === 2 ? [X.rows, X.cols] : axes(wrt.shape).length === 1 ? [X.data.length] : [];
  return { shape: [...fShape, ...wrtShape], data };
}

export const differences = (f: Expr, wrt: Expr, point: Point): Tensor => {
  const value = evaluate(f, point);
  const n = axes(f.shape).length;
  return differenceTensor(
    (p) => evaluate(f, p),
    n === 2 ? [value.rows, value.cols] : n === 1 ? [value.data.length] : [],
    wrt,
    point,
  );
};

/** The derivative of F in the direction stored in the point, by central differences. */
export function directionalDifference(f: Expr, wrt: readonly Expr[], point: Point): Dense {
  const at = (t: number): Dense => {
    const values = { ...point.values };
    for (const s of wrt) {
      const name = nameOf(s);
      const dX = point.directions?.[name];
      if (dX)
        values[name] = dense(
          dX.rows,
          dX.cols,
          point.values[name]!.data.map((x, i) => x + t * dX.data[i]!),
        );
    }
    return evaluate(f, { ...point, values });
  };
  const h = STEP * 10;
  const slope = (s: number): Float64Array => {
    const [p, m] = [at(s), at(-s)];
    return p.data.map((v, i) => (v - m.data[i]!) / (2 * s));
  };
  const [wide, narrow] = [slope(h), slope(h / 2)];
  const value = at(0);
  return dense(
    value.rows,
    value.cols,
    narrow.map((v, i) => (4 * v - wide[i]!) / 3),
  );
}
