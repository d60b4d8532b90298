/** Simplification keeps the value and comes to rest: random expressions, and the forms that a reader expects. */
import { describe, expect, test } from "vitest";
import type { NablaError } from "../../../kernel/src/calculus/core/errors.js";
import { treeSize } from "../../../kernel/src/calculus/core/expr.js";
import { build } from "../../../kernel/src/calculus/ops/build.js";
import { text } from "../../../kernel/src/calculus/print/text.js";
import { simplify } from "../../../kernel/src/calculus/simplify/rewrite.js";
import { compare } from "../../../kernel/src/calculus/verify/bounds.js";
import { goodPoint } from "../../../kernel/src/calculus/verify/domain.js";
import { Taped } from "../../../kernel/src/calculus/verify/exact.js";
import { read } from "../random/check.js";
import { randomProblem } from "../random/expressions.js";

const RUNS = 600;
const KINDS = ["scalar", "vector", "matrix"] as const;

test(`${RUNS} random expressions keep their value and are simplified once and for all`, () => {
  let compared = 0;
  for (let seed = 1; seed <= RUNS; seed++) {
    const kinds = { of: KINDS[seed % 3]!, wrt: KINDS[Math.floor(seed / 3) % 3]! };
    const { expr } = randomProblem(seed + 50_000, 2 + (seed % 5), kinds);
    const before = read(expr);
    const after = simplify(before).expr;
    expect(simplify(after).expr, expr).toBe(after);
    let point: ReturnType<typeof goodPoint>["point"];
    try {
      ({ point } = goodPoint([before, after], [], seed));
    } catch (error) {
      expect((error as NablaError).message).toMatch(/^no point inside the domain/);
      continue;
    }
    const at = new Taped(point, []);
    const [want, got] = [at.value(before), at.value(after)];
    expect(compare(want, got, want.data.map(Math.abs)), expr).toMatchObject({ wrong: false });
    compared++;
  }
  expect(compared).toBeGreaterThan(RUNS * 0.97);
}, 60_000);

describe("forms", () => {
  test.each([
    ["x'*A'*y", "y'*A*x"],
    ["(x'*A*x)'", "x'*A*x"],
    ["tr(x*y')", "x'*y"],
    ["(A + A')'", "A + A'"],
    ["A*x + A'*x", "(A + A')*x"],
    ["S*x + S'*x", "2*S*x"],
    ["Q'*Q*x", "x"],
    ["norm(x)*norm(x)", "norm(x)^2"],
    ["x.*y./x", "y"],
    ["(2*s)*(3*x)", "6*s*x"],
    ["kron(x', A)'", "kron(x, A')"],
    ["sum(softmax(x))", "1"],
    ["tr(kron(A, C))", "tr(A)*tr(C)"],
    ["x'*h + y'*h + g'*h", "h'*x + h'*y + g'*h"],
  ])("%s → %s", (source, want) => expect(text(simplify(read(source)).expr)).toBe(want));
});

test("a shared part is simplified once: forty products of an expression with itself end at once", () => {
  let source = read("A'*x + A*x");
  for (let i = 0; i < 40; i++) source = doubled(source);
  expect(treeSize(source)).toBeGreaterThan(2 ** 40);
  const start = performance.now();
  simplify(source);
  expect(performance.now() - start).toBeLessThan(5_000);
});

function doubled(e: ReturnType<typeof read>): ReturnType<typeof read> {
  return build.hadamard(build.op("sin", [e]), build.op("cos", [e]));
}
