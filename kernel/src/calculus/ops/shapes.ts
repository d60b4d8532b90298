/** Shape rules that several operators share, with the errors that users see. */
import { NablaError } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import {
  isColumn,
  isScalar,
  isSquare,
  SCALAR,
  type Shape,
  sameDim,
  sameShape,
  shape,
  showShape,
} from "../core/shape.js";

export function same(name: string, args: readonly Expr[], hint?: string): Shape {
  const first = args[0]!.shape;
  for (const a of args.slice(1))
    if (!sameShape(first, a.shape))
      throw new NablaError(
        "shape_mismatch",
        `${name}: expected equal shapes, got ${showShape(first)} and ${showShape(a.shape)}`,
        {
          got: [showShape(first), showShape(a.shape)],
          want: "equal shapes",
          hint,
        },
      );
  return first;
}

export function product(args: readonly Expr[]): Shape {
  for (let i = 0; i + 1 < args.length; i++) {
    const left = args[i]!.shape;
    const right = args[i + 1]!.shape;
    if (sameDim(left.cols, right.rows)) continue;
    const columns = isColumn(left) && isColumn(right) && sameDim(left.rows, right.rows);
    throw new NablaError(
      "shape_mismatch",
      `matrix product: expected the columns of the left to equal the rows of the right, got ${showShape(left)} and ${showShape(right)}`,
      {
        got: [showShape(left), showShape(right)],
        want: "left columns = right rows",
        hint: columns ? "for two columns write x'*y (a number), x*y' (a matrix) or x.*y (elementwise)" : undefined,
      },
    );
  }
  return shape(args[0]!.shape.rows, args[args.length - 1]!.shape.cols);
}

export function square(name: string, a: Expr): Shape {
  if (isSquare(a.shape)) return a.shape;
  throw new NablaError("non_square", `${name}: expected a square matrix n×n, got ${showShape(a.shape)}`, {
    got: showShape(a.shape),
    want: "n×n",
  });
}

export function scalarOfSquare(name: string, a: Expr): Shape {
  square(name, a);
  return SCALAR;
}

export function column(name: string, a: Expr, hint?: string): Shape {
  if (isColumn(a.shape) || isScalar(a.shape)) return a.shape;
  throw new NablaError("shape_mismatch", `${name}: expected a column n×1, got ${showShape(a.shape)}`, {
    got: showShape(a.shape),
    want: "n×1",
    hint,
  });
}
