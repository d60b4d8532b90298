/** Numbers of expressions and derivatives at a caller's bindings; the sizes of dimensions follow from the numbers. */

import type { Derivation } from "./core/derivation.js";
import { type Expr, topological } from "./core/expr.js";
import { axes, type Dim, isOne, sizeOf } from "./core/shape.js";
import type { Let } from "./core/step.js";
import { withoutLets } from "./derive/lineState.js";
import { numbersAt } from "./numbersAt.js";
import { isSymbol } from "./ops/leaves.js";
import { type Bindings, bindPoint } from "./verify/bindings.js";
import type { Tensor } from "./verify/einsum.js";
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
  const numbers = numbersAt(derivation, point, matrix);
  const size = (d: Dim): number => (isOne(d) ? 1 : sizeOf(d, point.sizes));
  if (matrix) {
    const { rows, cols } = matrix.shape;
    return { shape: axes(matrix.shape).length === 0 ? [] : [size(rows), size(cols)], data: numbers };
  }
  const outputs = axes(problem.f.shape).length;
  return {
    shape: result.index.free.map((i) => size(i.dim)),
    data: numbers,
    ...(outputs === 1 || outputs === 2 ? { outputAxes: outputs } : {}),
  };
}
