/** What stands in front of dX: a differential line as the derivative that would be read off it. */
import type { Expr } from "../../core/expr.js";
import { topological } from "../../core/expr.js";
import { derivative } from "../../derive/closed.js";
import { inLayout } from "../../derive/layout.js";
import { build as b, substitute } from "../../ops/build.js";
import { d, isSymbol, nameOf, symbol } from "../../ops/leaves.js";
import type { Target } from "../answer/target.js";
import { surelyEqual } from "../compare.js";

/** In the layout of the target; undefined where the line is not linear in dX, or no matrix holds it. */
export function readOff(line: Expr, { by, layout, vectorised }: Target): Expr | undefined {
  // A name that cannot be typed.
  const direction = symbol(`d ${nameOf(by)}`, by.shape);
  const form = substitute(line, new Map([[d(by), direction]]));
  const still = substitute(line, new Map([[d(by), b.zeros(by.shape)]]));
  if (!surelyEqual(still, b.zeros(line.shape), [])) return undefined;
  const result = derivative(form, [direction]);
  const read = vectorised
    ? result.kronecker && (layout === "numerator" ? result.kronecker : b.transpose(result.kronecker))
    : inLayout(result, layout);
  return read && !topological(read).some((e) => isSymbol(e) && e === direction) ? read : undefined;
}
