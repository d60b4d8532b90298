/**
 * Whatever the printer writes as LaTeX reads back: the value is the same, and mostly the very node. Two things the
 * page does not say cannot be read: the length of a vector of ones that stands alone, and whether s( ) is the sigmoid
 * where a symbol is called s.
 */
import { expect, test } from "vitest";
import { NablaError } from "../../../../kernel/src/calculus/core/errors.js";
import { type Expr, topological } from "../../../../kernel/src/calculus/core/expr.js";
import { latex } from "../../../../kernel/src/calculus/print/latex.js";
import { text } from "../../../../kernel/src/calculus/print/text.js";
import { parse } from "../../../../kernel/src/calculus/text/parse.js";
import type { Declarations } from "../../../../kernel/src/calculus/text/scope.js";
import { texText } from "../../../../kernel/src/calculus/text/tex/texText.js";
import { evaluate } from "../../../../kernel/src/calculus/verify/evaluate.js";
import { lcg, randomExpression, randomPoint, SCOPE } from "../randomExpressions.js";

const SEED = 7;
const COUNT = 3000;
const UNSAID = "the length of this vector of ones is not clear";

const withoutS: Declarations = { ...SCOPE, symbols: new Map([...SCOPE.symbols].filter(([name]) => name !== "s")) };

const hasOnes = (e: Expr): boolean => topological(e).some((x) => x.op === "ones");

/** The node that the LaTeX reads as; undefined where the page does not say a length. */
function readBack(e: Expr, scope: Declarations): Expr | undefined {
  try {
    return texText(latex(e), scope).run((source) => parse(source, scope)).expr;
  } catch (error) {
    if (error instanceof NablaError && error.message === UNSAID && hasOnes(e)) return undefined;
    throw new Error(`${latex(e)}: ${String(error)}`);
  }
}

test(`${COUNT} random expressions, seed ${SEED}`, () => {
  const random = lcg(SEED);
  const point = randomPoint(random);
  let identical = 0;
  let unsaid = 0;
  let read = 0;
  while (read < COUNT) {
    const e = randomExpression(random, 1 + Math.floor(random() * 4));
    const written = text(e);
    const sigmoid = /sigmoid\(/.test(written);
    if (sigmoid && /\bs\b/.test(written)) continue;
    read++;
    const back = readBack(e, sigmoid ? withoutS : SCOPE);
    if (!back) unsaid++;
    else if (back === e) identical++;
    else expect(distance(e, back, point), `${latex(e)}   ${written}   ${text(back)}`).toBeLessThan(1e-8);
  }
  expect(identical / COUNT).toBeGreaterThan(0.8);
  expect(unsaid / COUNT).toBeLessThan(0.1);
});

/** Largest relative difference of the values; 0 where one of them is not finite. */
function distance(a: Expr, b: Expr, point: Parameters<typeof evaluate>[1]): number {
  let values: readonly [ArrayLike<number>, ArrayLike<number>];
  try {
    values = [evaluate(a, point).data, evaluate(b, point).data];
  } catch {
    return 0;
  }
  let worst = values[0].length === values[1].length ? 0 : 1;
  for (let i = 0; i < values[0].length; i++) {
    const [x, y] = [values[0][i]!, values[1][i]!];
    if (Number.isFinite(x) && Number.isFinite(y))
      worst = Math.max(worst, Math.abs(x - y) / (Math.abs(x) + Math.abs(y) + 1e-12));
  }
  return worst;
}
