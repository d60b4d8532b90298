/** Numbers of expressions and derivatives at a caller's bindings; the sizes of dimensions follow from the numbers. */
import { type Bindings, bindPoint } from "./autodiff/bindings.js";
import type { Derivation } from "./core/derivation.js";
import { NablaError } from "./core/errors.js";
import { type Expr, topological } from "./core/expr.js";
import { axes } from "./core/shape.js";
import type { Let } from "./core/step.js";
import { withoutLets } from "./derive/lineState.js";
import { isSymbol } from "./ops/leaves.js";
import { evaluateIndexForm, type Tensor } from "./verify/einsum.js";
import { evaluate } from "./verify/evaluate.js";

/** The symbols that an expression depends on, its named parts written out. */
export const symbolsIn = (f: Expr, lets: readonly Let[]): Expr[] => topological(withoutLets(lets, f)).filter(isSymbol);

/**
 * The value of an expression at numbers: a tensor without axes for a scalar, with one for a vector, two for a matrix.
 * @throws NablaError `bad_argument` for a missing or badly shaped value
 */
export function evaluateAt(f: Expr, lets: readonly Let[], bindings: Bindings): Tensor {
  const whole = withoutLets(lets, f);
  const value = evaluate(whole, bindPoint(whole, bindings));
  const sizes = [value.rows, value.cols];
  return {
    shape: axes(f.shape).length === 2 ? sizes : axes(f.shape).length === 1 ? [value.data.length] : [],
    data: value.data,
  };
}

/** In the layout of the derivation for orders up to two; otherwise output axes first, then those of the variable. */
export function derivativeAt(derivation: Derivation, bindings: Bindings): Tensor & { readonly outputAxes?: 1 | 2 } {
  const { problem, result, matrices } = derivation;
  const point = bindPoint(problem.f, bindings);
  const matrix = matrices[problem.layout];
  if (matrix) {
    const value = evaluate(matrix, point);
    if (!value.data.every(Number.isFinite))
      throw new NablaError("bad_argument", "the derivative is not defined at this point", {
        want: "a point inside the domain",
      });
    return { shape: axes(matrix.shape).length === 0 ? [] : [value.rows, value.cols], data: value.data };
  }
  const outputs = axes(problem.f.shape).length;
  return {
    ...evaluateIndexForm(result.index, point),
    ...(outputs === 1 || outputs === 2 ? { outputAxes: outputs } : {}),
  };
}
