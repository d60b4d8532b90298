/** One random problem through the whole engine, judged by central differences at a point of the test's own. */

import { relativeError } from "../../../kernel/src/calculus/core/dense.js";
import { NablaError } from "../../../kernel/src/calculus/core/errors.js";
import type { Expr } from "../../../kernel/src/calculus/core/expr.js";
import { derive } from "../../../kernel/src/calculus/derive/derive.js";
import { text } from "../../../kernel/src/calculus/print/text.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";
import { cancellation } from "../../../kernel/src/calculus/verify/checkStep.js";
import { goodPoint } from "../../../kernel/src/calculus/verify/domain.js";
import { evaluateIndexForm } from "../../../kernel/src/calculus/verify/einsum.js";
import { evaluateAll, type Point } from "../../../kernel/src/calculus/verify/evaluate.js";
import { differenceError, differences, STEPS } from "../../../kernel/src/calculus/verify/finiteDifference.js";
import { declarationsOf, VARS } from "./symbols.js";

const { vars, constraints, functions } = declarationsOf([...VARS.keys()]);
export const SCOPE = declare(vars, { constraints, functions });
export const read = (source: string): Expr => parse(source, SCOPE).expr;
export const variable = (name: string): Expr => SCOPE.symbols.get(name)!;

/** Relative error allowed against central differences, beyond their own noise. */
const DIFFERENCE = 1e-5;
const EXACT = 1e-8;
/** Points of the test; the engine uses other seeds. */
const OWN_SEEDS = [77, 78];

export type Verdict = "right" | "outside the domain";

/** Throws where anything is wrong; an expression without a point inside its domain is the one error allowed. */
export function judge(source: string, wrt: string): Verdict {
  const f = read(source);
  const x = variable(wrt);
  return insideDomain(() => {
    const { result, matrices, steps } = derive(f, [x], { steps: true });
    if (steps.length === 0) throw new Error("no steps");
    const points = OWN_SEEDS.map((seed) => goodPoint([f], [x], seed).point);
    const errors = points.map((point) => leastError(f, x, point, evaluateIndexForm(result.index, point).data));
    if (!(Math.min(...errors) < DIFFERENCE)) throw new Error(`wrong by ${errors.join(", ")} against differences`);
    for (const matrix of Object.values(matrices)) readsBack(matrix, points[0]!);
  });
}

export function insideDomain(run: () => void): Verdict {
  try {
    run();
    return "right";
  } catch (error) {
    if (error instanceof NablaError && error.message.startsWith("no point inside the domain"))
      return "outside the domain";
    throw error;
  }
}

const leastError = (f: Expr, x: Expr, point: Point, exact: Float64Array): number =>
  Math.min(...STEPS.map((step) => differenceError(exact, differences(f, x, point, step))));

/** The answer's text is an expression of the same value. */
function readsBack(matrix: Expr, point: Point): void {
  const back = read(text(matrix));
  const known = evaluateAll([matrix, back], point);
  const error = relativeError(known.get(back)!.data, known.get(matrix)!.data, cancellation([matrix], known));
  if (!(error < EXACT)) throw new Error(`read back with another value (${error}): ${text(matrix)}`);
}
