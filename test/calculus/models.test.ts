/**
 * Models as papers print them: the first derivative by every variable and, of scalars, every second derivative, judged by
 * reverse-mode AD on scalars, which knows no rule, at points that the engine did not draw for its own proof.
 */
import { expect, test } from "vitest";
import type { Expr } from "../../kernel/src/calculus/core/expr.js";
import { isScalar } from "../../kernel/src/calculus/core/shape.js";
import { derive } from "../../kernel/src/calculus/derive/derive.js";
import { withoutLets } from "../../kernel/src/calculus/derive/lineState.js";
import { partsOf } from "../../kernel/src/calculus/derive/prove.js";
import { declare } from "../../kernel/src/calculus/text/declare.js";
import { parseProgram } from "../../kernel/src/calculus/text/program.js";
import { boundedForm, compare } from "../../kernel/src/calculus/verify/bounds.js";
import { goodPoint } from "../../kernel/src/calculus/verify/domain.js";
import { exactDerivative, Taped } from "../../kernel/src/calculus/verify/exact.js";
import { MODELS } from "./models.js";

const OWN_SEED = 4711;
/** Relative error of an entry, beyond what rounding explains. */
const EXACT = 1e-9;

/** The largest error of a derivative, all entries, beside the terms of each; `of` is what it is the derivative of. */
function errorOf(result: ReturnType<typeof derive>["result"], of: Expr, x: Expr): number {
  const { point } = goodPoint([of, ...partsOf(result)], result.wrt, OWN_SEED);
  const answer = boundedForm(result.index, point, new Taped(point, []));
  const { wrong, worst } = compare(exactDerivative(of, [x], point), answer, answer.terms);
  return wrong ? Number.POSITIVE_INFINITY : worst;
}

test.each(MODELS)("%s, where %s", (text, where) => {
  const scope = declare(where);
  const program = parseProgram(text, scope);
  const lets = program.lets.map((part) => ({ symbol: part.symbol, value: part.expr }));
  const f = withoutLets(lets, program.result);
  for (const x of scope.symbols.values()) {
    const first = derive(program.result, [x], { lets, text });
    expect(first.steps.length, `steps by ${String(x.attrs.name)}`).toBeGreaterThan(0);
    expect(errorOf(first.result, f, x), `by ${String(x.attrs.name)}`).toBeLessThan(EXACT);
    if (!isScalar(f.shape)) continue;
    // Facts hold at a point only; the gradient to be differentiated is that without them.
    const gradient = first.plain.matrix;
    expect(gradient, `gradient by ${String(x.attrs.name)}`).toBeDefined();
    const second = derive(program.result, [x, x], { lets, text, steps: false });
    expect(errorOf(second.result, gradient!, x), `twice by ${String(x.attrs.name)}`).toBeLessThan(EXACT);
  }
});
