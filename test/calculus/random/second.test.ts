/** Second derivatives of random expressions: the engine proves each against differences of the first. */
import { describe, expect, test } from "vitest";
import { relativeError } from "../../../kernel/src/calculus/core/dense.js";
import { random } from "../../../kernel/src/calculus/core/random.js";
import { axes } from "../../../kernel/src/calculus/core/shape.js";
import { derive } from "../../../kernel/src/calculus/derive/derive.js";
import { goodPoint } from "../../../kernel/src/calculus/verify/domain.js";
import { evaluateIndexForm, type Tensor } from "../../../kernel/src/calculus/verify/einsum.js";
import { insideDomain, read, variable } from "./check.js";
import { randomProblem } from "./expressions.js";
import { VARS } from "./symbols.js";

const KINDS = ["scalar", "vector", "matrix"] as const;
const HESSIANS = 90;
const MIXED = 90;

const mentioned = (expr: string): string[] =>
  [...VARS.keys()].filter((name) => new RegExp(`(?<!\\w)${name}(?!\\w)`).test(expr));

/** Largest difference between H and H with the axes of the two variables exchanged. */
function asymmetry({ shape, data }: Tensor): number {
  const half = shape.slice(0, shape.length / 2).reduce((p, n) => p * n, 1);
  const turned = Float64Array.from(data, (_, i) => data[(i % half) * half + Math.floor(i / half)]!);
  return relativeError(turned, data, 1e-6);
}

describe("second derivatives", () => {
  test(`${HESSIANS} Hessians of random scalars are proved and symmetric`, () => {
    let outside = 0;
    for (let seed = 1; seed <= HESSIANS; seed++) {
      const { expr, wrt } = randomProblem(seed, 2 + (seed % 3), { of: "scalar", wrt: KINDS[seed % 3]! });
      const x = variable(wrt);
      const verdict = insideDomain(() => {
        const { result, matrices } = derive(read(expr), [x, x]);
        expect(result.order, expr).toBe(2 * axes(x.shape).length);
        if (result.order <= 2) expect(matrices.denominator, expr).toBeDefined();
        const { point } = goodPoint([result.of], [x], 31);
        expect(asymmetry(evaluateIndexForm(result.index, point)), expr).toBeLessThan(1e-8);
      });
      if (verdict !== "right") outside++;
    }
    expect(outside).toBeLessThanOrEqual(2);
  }, 60_000);

  test(`${MIXED} mixed second derivatives of random scalars, vectors and matrices are proved`, () => {
    let outside = 0;
    for (let seed = 1; seed <= MIXED; seed++) {
      const kinds = { of: KINDS[seed % 3]!, wrt: KINDS[Math.floor(seed / 3) % 3]! };
      const { expr, wrt } = randomProblem(1000 + seed, 2 + (seed % 2), kinds);
      const names = mentioned(expr);
      const other = names[random(seed).integer(0, names.length - 1)]!;
      const verdict = insideDomain(() => {
        const { result, matrices } = derive(read(expr), [variable(wrt), variable(other)]);
        expect(result.index.free.length, expr).toBe(result.order);
        if (result.order <= 2) expect(matrices.denominator, `${expr} by ${wrt}, ${other}`).toBeDefined();
      });
      if (verdict !== "right") outside++;
    }
    expect(outside).toBeLessThanOrEqual(2);
  }, 60_000);
});
