/**
 * What is printed reads back. A random expression and the one read from its text have one value, and reading is
 * stable: the text of what was read gives the identical node.
 */
import { expect, test } from "vitest";
import type { Expr } from "../../../kernel/src/calculus/core/expr.js";
import { text as printed } from "../../../kernel/src/calculus/print/text.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";
import { evaluate } from "../../../kernel/src/calculus/verify/evaluate.js";
import { lcg, randomExpression, randomPoint, SCOPE } from "./randomExpressions.js";

const SEED = 11;
const COUNT = 3000;

test(`${COUNT} random expressions, seed ${SEED}`, () => {
  const random = lcg(SEED);
  const point = randomPoint(random);
  let identical = 0;
  for (let i = 0; i < COUNT; i++) {
    const e = randomExpression(random, 1 + Math.floor(random() * 4));
    const text = printed(e);
    const back = parse(text, SCOPE).expr;
    expect(parse(printed(back), SCOPE).expr, text).toBe(back);
    if (back === e) identical++;
    else expect(distance(e, back, point), text).toBeLessThan(1e-8);
  }
  // The rest differs in the order of commuting factors only.
  expect(identical / COUNT).toBeGreaterThan(0.93);
});

/** Largest relative difference of the values; 0 where one of them is not finite. */
function distance(a: Expr, b: Expr, point: Parameters<typeof evaluate>[1]): number {
  let values: readonly [ArrayLike<number>, ArrayLike<number>];
  try {
    values = [evaluate(a, point).data, evaluate(b, point).data];
  } catch {
    return 0;
  }
  let worst = 0;
  for (let i = 0; i < values[0].length; i++) {
    const [x, y] = [values[0][i]!, values[1][i]!];
    if (Number.isFinite(x) && Number.isFinite(y))
      worst = Math.max(worst, Math.abs(x - y) / (Math.abs(x) + Math.abs(y) + 1e-12));
  }
  return worst;
}
