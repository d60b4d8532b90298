/** Verdicts on statements: true, false with numbers, shapes that do not fit, true for vectors only. */
import { describe, expect, test } from "vitest";
import { relativeError } from "../../../kernel/src/calculus/core/dense.js";
import { NablaError } from "../../../kernel/src/calculus/core/errors.js";
import { isOne } from "../../../kernel/src/calculus/core/shape.js";
import { expandDifferentials } from "../../../kernel/src/calculus/derive/linearise.js";
import { nameOf } from "../../../kernel/src/calculus/ops/leaves.js";
import { checkStatement, type StatementOptions } from "../../../kernel/src/calculus/teach/checkStatement.js";
import { fromNumbers } from "../../../kernel/src/calculus/teach/numbers.js";
import { frameOf } from "../../../kernel/src/calculus/teach/statement/frame.js";
import { readLink } from "../../../kernel/src/calculus/teach/statement/reading.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { evaluate } from "../../../kernel/src/calculus/verify/evaluate.js";

/** Both sides at the numbers of a counterexample, evaluated again from the text. */
function sidesAt(text: string, options: StatementOptions = {}) {
  const { counterexample } = checkStatement(text, options);
  const frame = frameOf(text, declare(options.where ?? ""));
  const reading = readLink(frame.links[0]!, frame.scope, { layout: options.layout ?? "denominator", wrt: options.wrt });
  const at = (name: string) => fromNumbers(counterexample!.bindings[name]!);
  const sizes: Record<string, number> = {};
  for (const s of reading.symbols) {
    if (!isOne(s.shape.rows)) sizes[s.shape.rows.key] = at(nameOf(s)).rows;
    if (!isOne(s.shape.cols)) sizes[s.shape.cols.key] = at(nameOf(s)).cols;
  }
  const values = Object.fromEntries(reading.symbols.map((s) => [nameOf(s), at(nameOf(s))]));
  const directions = Object.fromEntries(reading.wrt.map((s) => [nameOf(s), at(`d${nameOf(s)}`)]));
  const [left, right] = [reading.left, reading.right].map((e) =>
    evaluate(expandDifferentials(e, new Set(reading.wrt)), { sizes, values, directions }),
  );
  return { counterexample: counterexample!, left: left!, right: right! };
}

const FALSE: readonly (readonly [string, StatementOptions?])[] = [
  ["tr(A B C) = tr(A C B)"],
  ["tr(A'A) = tr(A)^2"],
  ["tr(x'A x) = sum(x.^2)"],
  ["tr(A'B') = tr(B'A)"],
  ["d(A'A) = A'dA + dA A"],
  ['norm(A, "fro") = sqrt(tr(A\'B))'],
  ["1/(2 x + 1) = 1/(x^2 + 1)"],
  ["A B = B A"],
  ["(A + B)^2 = A^2 + 2 A B + B^2"],
  ["(A B)^-1 = A^-1 B^-1"],
  ["(A B)' = A'B'"],
  ["|A + B| = |A| + |B|"],
  ["det(2 A) = 2 det(A)"],
  ["d(X Y) = dX Y"],
  ["d(X^-1) = -X^-2 dX"],
  ["d(x'A x)/dx = 2 A x"],
  ["d ln|X|/dX = X^-T", { where: "X: n×n", layout: "numerator" }],
  ["d softmax(x)/dx = diag(softmax(x))"],
  ["d‖x‖/dx = 2 x"],
  ["exp(A) exp(B) = exp(A + B)", { where: "A: n×n, B: n×n" }],
  ["sum(t) = 2", { where: "t: k simplex" }],
  ["Q = Q'", { where: "Q: n×n orthogonal" }],
  ["S S = I", { where: "S: n×n symmetric, I: n×n" }],
];

describe("a false statement comes with numbers that refute it", () => {
  test.each(FALSE.map(([text, options]) => ({ text, options })))("$text", ({ text, options }) => {
    expect(checkStatement(text, options).verdict).toBe("false");
    const { counterexample, left, right } = sidesAt(text, options);
    expect(relativeError(left.data, fromNumbers(counterexample.left).data)).toBeLessThan(1e-9);
    expect(relativeError(right.data, fromNumbers(counterexample.right).data)).toBeLessThan(1e-9);
    expect(relativeError(left.data, right.data)).toBeGreaterThan(0.04);
  });

  test("the numbers are 2×2 and short where that will do", () => {
    const { bindings } = checkStatement("(A + B)^2 = A^2 + 2 A B + B^2").counterexample!;
    for (const value of Object.values(bindings))
      expect(JSON.stringify(value)).toMatch(/^\[\[-?\d,-?\d\],\[-?\d,-?\d\]\]$/);
  });

  test("abstract functions stand for concrete ones in a counterexample", () => {
    const { counterexample, message } = checkStatement("dσ(z) = σ(z) ∘ dz");
    expect(counterexample!.functions).toEqual({ sigma: "z.^2" });
    expect(message).toContain("sigma(z) = z.^2");
  });
});

describe("true statements", () => {
  test.each([
    "tr(A B C) = tr(B C A) = tr(C A B)",
    "(A B C)' = C'B'A'",
    "A A^-1 = I",
    "vec(A X B) = kron(B', A) vec(X)",
    "kron(A, B) kron(C, D) = kron(A C, B D)",
    "ln|A B| = ln|A| + ln|B|",
    "d(X Y) = dX Y + X dY",
    "D(X'X) = D(X)'X + X'D(X)",
    "d(X^-1 X) = 0",
    "dσ(z) = σ'(z) ∘ dz",
    "d|X| = |X| tr(X^-1 dX)",
    "x'(y ∘ z) = (x ∘ y)'z",
    "‖x + y‖² = ‖x‖² + 2 x'y + ‖y‖²",
    "d L(W x)/dW = grad_L(W x) x'",
  ])("%s", (text) => expect(checkStatement(text)).toMatchObject({ verdict: "true", code: "true", ok: true, score: 1 }));

  test("one form after simplification is told from agreement at points", () => {
    expect(checkStatement("(A B)' = B'A'").proof).toBe("symbolic");
    expect(checkStatement("|A B| = |A||B|").proof).toBe("numeric");
  });

  test("equal only because A is symmetric is never a plain true", () => {
    const result = checkStatement("d(x'A x)/dx = 2 A x", { where: "A: n×n symmetric, x: n" });
    expect(result).toMatchObject({ verdict: "true", code: "true_if", conditions: ["A is symmetric"] });
    expect(result.message).toContain("only because A is symmetric");
    expect(checkStatement("d(x'A x)/dx = (A + A') x", { where: "A: n×n symmetric, x: n" }).conditions).toEqual([]);
  });

  test("letters of constants beside variables are constant, and that is said", () => {
    const result = checkStatement("d(x'A x) = x'(A + A') dx");
    expect(result).toMatchObject({ verdict: "true", conditions: ["A is constant"] });
    expect(checkStatement("d(X Y) = dX Y").hints).toEqual([
      "true where Y is constant: say which symbols vary with wrt",
    ]);
    expect(checkStatement("d(X Y) = dX Y", { wrt: ["X"] })).toMatchObject({ verdict: "true", code: "true" });
  });
});

describe("layouts", () => {
  test("without a layout a derivative may be printed in either, and which is said", () => {
    expect(checkStatement("∂(x'A x)/∂x = (A + A') x")).toMatchObject({ ok: true, layoutSeen: "denominator" });
    expect(checkStatement("∂(x'A x)/∂x = x'(A + A')")).toMatchObject({ ok: true, layoutSeen: "numerator" });
    expect(checkStatement("∂(s x)/∂x = s I", { where: "s: scalar, x: n" })).toMatchObject({ layoutSeen: "both" });
  });

  test("with a layout the other one is false, as the transpose", () => {
    expect(checkStatement("∂(a'X b)/∂X = a b'", { layout: "numerator" })).toMatchObject({
      verdict: "false",
      code: "other_layout",
      relation: { kind: "transpose" },
      layoutSeen: "denominator",
    });
  });

  test("002: ln|X| in numerator layout is X^-1, and the slip is named with its witness", () => {
    const result = checkStatement("d ln|X|/dX = X^-T", { where: "X: n×n", layout: "numerator" });
    expect(result.verdict).toBe("false");
    expect(result.errata.map((e) => e.id)).toEqual(["002-ex-logdet"]);
    expect(result.counterexample).toEqual({
      bindings: {
        X: [
          [2, 1],
          [0, 1],
        ],
      },
      functions: {},
      left: [
        [0.5, -0.5],
        [0, 1],
      ],
      right: [
        [0.5, 0],
        [-0.5, 1],
      ],
    });
    expect(checkStatement("d ln|X|/dX = X^-1", { where: "X: n×n", layout: "numerator" }).verdict).toBe("true");
  });

  test("Jacobians of matrices are compared as those of vec's", () => {
    expect(checkStatement("d(A x)/dA = kron(x', eye(m))", { where: "A: m×n, x: n" }).ok).toBe(true);
  });
});

describe("true for vectors only", () => {
  test.each([
    ["d(V'V) = 2 V'dV", "V is a column"],
    ["D(U'V) = U'D(V) + V'D(U)", "U and V are columns"],
    ["A'B = B'A", "A and B are columns"],
    ["d(x'A) = x'dA + A'dx", "A is a column"],
  ])("%s holds where %s", (text, condition) => {
    const result = checkStatement(text);
    expect(result).toMatchObject({ verdict: "vectors_only", ok: false, relation: { kind: "special", condition } });
    expect(result.message).toMatch(/^true for vectors only/);
  });

  test("declared as columns the same statements are true", () => {
    expect(checkStatement("d(V'V) = 2 V'dV", { where: "V: n" }).verdict).toBe("true");
    expect(checkStatement("d(U'V) = U'dV + V'dU", { where: "U: n, V: n" }).verdict).toBe("true");
  });
});

describe("special cases", () => {
  test.each([
    ["d(x'A x)/dx = 2 A x", "A is symmetric"],
    ["tr(x'A x) = sum(x.^2)", "A = I"],
    ["(A + B)(A - B) = A^2 - B^2", "A and B commute"],
    ["A^-1 = A'", "A is orthogonal"],
    ["sqrt(x.^2) = x", "the entries of x are positive"],
  ])("%s holds when %s", (text, condition) => {
    expect(checkStatement(text)).toMatchObject({ verdict: "false", relation: { kind: "special", condition } });
  });

  test("tr(C A) = C tr(A) is true for a scalar C only", () => {
    const result = checkStatement("tr(C A) = C tr(A)");
    expect(result).toMatchObject({ verdict: "shape_mismatch", code: "scalars_only", ok: false });
    expect(result.message).toBe("true only where C is a scalar: for a matrix C the shapes do not fit.");
    expect(checkStatement("tr(c A) = c tr(A)").verdict).toBe("true");
  });

  test.each(["x = x'", "x x' = x' x", "d(x'x) = 2 x dx"])(
    "%s is not true because a column can be read as a number",
    (text) => {
      expect(checkStatement(text)).toMatchObject({ verdict: "shape_mismatch", code: "scalars_only", ok: false });
      expect(checkStatement(text, { where: "x: scalar" }).verdict).toBe("true");
    },
  );

  test("a factor between the sides is named", () => {
    expect(checkStatement("x'x = 2 x'x").relation).toEqual({ kind: "factor", factor: "1/2" });
    expect(checkStatement("x y' = y x'").relation).toEqual({ kind: "transpose" });
  });
});

describe("shapes and errors", () => {
  test("shapes that do not fit are a verdict with both shapes", () => {
    const result = checkStatement("A x = x'A", { where: "A: n×n, x: n" });
    expect(result).toMatchObject({ verdict: "shape_mismatch", ok: false, score: 0 });
    expect(result.message).toContain("the left side is n×1, the right side 1×n");
  });

  test("a chain is as true as its weakest link", () => {
    const result = checkStatement("tr(A B C) = tr(C A B) = tr(A C B)");
    expect(result).toMatchObject({ verdict: "false", score: 0.5 });
    expect(result.links!.map((l) => l.verdict)).toEqual(["true", "false"]);
    expect(result.message).toMatch(/^link 2, tr\(C A B\) = tr\(A C B\): false/);
  });

  test("text that cannot be read is an error with its place", () => {
    expect(() => checkStatement("foo = ")).toThrow(NablaError);
    expect(() => checkStatement("x + y")).toThrow("found no equals sign");
    try {
      checkStatement("A = A = (B", { where: "A: n×n, B: n×n" });
      expect.unreachable();
    } catch (error) {
      expect((error as NablaError).span?.[0]).toBe(8);
    }
  });
});
