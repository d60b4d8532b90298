/**
 * The forms that are shown are proved themselves: each is evaluated and compared with the proved matrix, turned for its
 * layout here by numbers, so that a slip in a transpose rule or in the choice of the layout is an error.
 */
import { type Dense, dense, transpose } from "../core/dense.js";
import type { Derivative } from "../core/derivation.js";
import { failedCheck } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import { isColumn, isRow } from "../core/shape.js";
import type { Layout } from "../core/step.js";
import { errorBetween, type Site, STEP_TOLERANCE } from "../verify/checkStep.js";
import { evaluateAll } from "../verify/evaluate.js";

/** The numbers of the proved matrix in a layout. */
function expected(result: Derivative, layout: Layout, proved: Dense): Dense {
  switch (result.arrangement!) {
    case "scalar":
    case "hessian":
      return proved;
    case "gradient":
      return layout === "denominator" ? proved : transpose(proved);
    case "jacobian":
      return layout === "numerator" ? proved : transpose(proved);
    case "by-scalar": {
      if (!isColumn(result.of.shape) && !isRow(result.of.shape)) return proved;
      const n = proved.data.length;
      return layout === "numerator" ? dense(n, 1, proved.data) : dense(1, n, proved.data);
    }
  }
}

/** The largest relative error of a form in a layout; a wrong size or number is an error. */
export function checkForm(what: string, form: Expr, result: Derivative, layout: Layout, at: readonly Site[]): number {
  const arrange = (proved: Dense): Dense => expected(result, layout, proved);
  const worst = fits(form, result.matrix!, at[0]!, arrange)
    ? errorBetween(result.matrix!, form, at, arrange)
    : Number.POSITIVE_INFINITY;
  if (!(worst <= STEP_TOLERANCE)) throw failedCheck(`${what} in ${layout} layout`, worst, STEP_TOLERANCE);
  return worst;
}

function fits(form: Expr, proved: Expr, { point, known }: Site, arrange: (value: Dense) => Dense): boolean {
  const values = evaluateAll([form, proved], point, known);
  const [got, want] = [values.get(form)!, arrange(values.get(proved)!)];
  return got.rows === want.rows && got.cols === want.cols;
}
