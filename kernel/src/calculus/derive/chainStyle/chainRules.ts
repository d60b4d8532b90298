/** The rule of one stage for its line: chips, citations and the reason, from the records of its operators. */
import { type Citation, cite } from "../../core/cite.js";
import { containing, type Expr } from "../../core/expr.js";
import { isScalar } from "../../core/shape.js";
import type { Layout } from "../../core/step.js";
import { opOf } from "../../ops/index.js";
import type { Printed } from "./chainSides.js";

export const SCALAR_CHAIN = cite("homework", "Scalar chain rule");
export const SUM_OF_USES = cite("handwritten", "reverse mode: the sum over all that use a node");

/** HW3 and 003 print the rule for vectors; HW3 also for the derivative of a vector by a matrix. */
export const chainCitation = (layout: Layout, tensor: boolean): Citation =>
  tensor
    ? cite("homework", "Derivative with respect to a tensor", { layout: "denominator" })
    : layout === "denominator"
      ? cite("homework", "Vector chain rule for vector valued functions", { layout: "denominator" })
      : cite("handwritten", "Vector Chain Rule", { layout: "numerator" });

export interface StageRule {
  readonly rule: string;
  readonly chips: readonly string[];
  readonly cites: readonly Citation[];
}

/** The term of a stage that carries `y`, without signs and constants around it. */
export function carrier(value: Expr, y: Expr): Expr {
  let e = value;
  for (;;) {
    const inner = e.args.filter((a) => containing(a, (n) => n === y).size > 0);
    const passes = e.op === "add" || e.op === "times";
    if (!passes || inner.length !== 1 || inner[0] === y) return e;
    e = inner[0]!;
  }
}

export const isElementwise = (e: Expr): boolean =>
  (opOf(e.op).elementwise === true || e.op === "hadamard" || e.op === "pow") && !isScalar(e.shape);

export function stageRule(value: Expr, y: Expr, printed: Printed | undefined): StageRule {
  const e = carrier(value, y);
  const { rule } = opOf(e.op);
  const own = e.op === "relu" ? [cite("homework", "ReLU row", { layout: "denominator" }), rule.cite] : [rule.cite];
  const diagonal = isElementwise(e) ? [...own, cite("handwritten", "operator table")] : own;
  return {
    rule: `chain/${rule.id}`,
    chips: [isElementwise(e) ? "elementwise" : rule.chip],
    cites: printed ? [printed.cite] : diagonal,
  };
}
