/**
 * The only place that transposes for a layout. Denominator: a gradient has the shape of its variable, a Jacobian is
 * transposed, a vector by a scalar is a row. Numerator: rows = outputs. Orders above two have no layout.
 */
import type { Derivative } from "../core/derivation.js";
import type { Expr } from "../core/expr.js";
import { isColumn, isRow } from "../core/shape.js";
import type { Layout } from "../core/step.js";
import { build as b } from "../ops/build.js";
import { simplify as simplifyWith } from "../simplify/rewrite.js";

/** `unused`: names whose facts are not used when a transpose is carried through. */
export function inLayout(result: Derivative, layout: Layout, unused?: ReadonlySet<string>): Expr | undefined {
  const simplify = (e: Expr) => simplifyWith(e, unused ? { frozen: unused } : {});
  const { matrix, arrangement } = result;
  if (!matrix || !arrangement) return undefined;
  // A structured gradient is symmetric: the same in both layouts.
  if (result.structure) return matrix;
  switch (arrangement) {
    case "scalar":
    case "hessian":
      return matrix;
    case "gradient":
      return layout === "denominator" ? matrix : simplify(b.transpose(matrix)).expr;
    case "jacobian":
      return layout === "numerator" ? matrix : simplify(b.transpose(matrix)).expr;
    case "by-scalar": {
      const vector = isColumn(result.of.shape) || isRow(result.of.shape);
      if (!vector) return matrix;
      const column = isColumn(matrix.shape) ? matrix : b.transpose(matrix);
      return simplify(layout === "numerator" ? column : b.transpose(column)).expr;
    }
  }
}

/** ∂vec(F)'/∂vec(X): the vec form with the variable's axis first. */
export const transposedForm = (kronecker: Expr): Expr => simplifyWith(b.transpose(kronecker)).expr;
