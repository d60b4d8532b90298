/** A whole Jacobian by central differences, one direction per entry: the reference that knows nothing of the engine. */
import { dense } from "../../kernel/src/calculus/core/dense.js";
import type { Expr } from "../../kernel/src/calculus/core/expr.js";
import { nameOf } from "../../kernel/src/calculus/ops/leaves.js";
import type { Point } from "../../kernel/src/calculus/verify/evaluate.js";
import { directionalDifference } from "../../kernel/src/calculus/verify/finiteDifference.js";

/** ∂f/∂x row-major, axes of f first. */
export function differences(f: Expr, x: Expr, point: Point): { readonly data: Float64Array } {
  const { rows, cols, data } = point.values[nameOf(x)]!;
  const columns = Array.from(data, (_, k) => {
    const unit = dense(rows, cols);
    unit.data[k] = 1;
    return directionalDifference(f, [x], { ...point, directions: { [nameOf(x)]: unit } }).value.data;
  });
  const outputs = columns[0]!.length;
  return {
    data: Float64Array.from(
      { length: outputs * columns.length },
      (_, n) => columns[n % columns.length]![Math.floor(n / columns.length)]!,
    ),
  };
}
