/** Declared facts on a page: the answer is read off without them, and each use is a step of its own with its condition. */
import { describe, expect, test } from "vitest";
import { derivative } from "../../../kernel/src/calculus/derive/closed.js";
import { derive } from "../../../kernel/src/calculus/derive/derive.js";
import { text } from "../../../kernel/src/calculus/print/text.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";

const page = (source: string, declared: string, wrt: string) => {
  const scope = declare(declared);
  const variables = wrt.split(" ").map((name) => scope.symbols.get(name)!);
  return derive(parse(source, scope).expr, variables);
};
const results = (made: ReturnType<typeof page>): string[] =>
  made.steps.flatMap((s) => (s.body.kind === "result" ? [text(s.body.expr)] : []));

describe("a fact about the data", () => {
  test.each([
    ["symmetric", "x'*A*x", "A: n×n symmetric, x: n", "(A + A')*x", "2*A*x", "A' = A, since A is symmetric"],
    ["spd", "x'*inv(S)*x", "S: n×n spd, x: n", "(inv(S) + inv(S)')*x", "2*inv(S)*x", "S' = S, since S is spd"],
    ["diagonal", "x'*D*x", "D: n×n diagonal, x: n", "(D + D')*x", "2*D*x", "D' = D, since D is diagonal"],
    ["positive", "x'*abs(h)", "h: n positive, x: n", "abs(h)", "h", "|h| = h, since h is positive"],
    ["unit_interval", "x'*relu(u)", "u: n unit_interval, x: n", "relu(u)", "u", "relu(u) = u, since u is in [0, 1]"],
    ["signs", "x'*y.^3", "y: n signs, x: n", "y.^3", "y", "y∘y = 1, since y is ±1"],
    ["simplex", "sum(t)*s", "t: n simplex, s", "sum(t)", "1", "1't = 1, since t is a distribution"],
  ])("%s: %s", (_fact, source, declared, plain, answer, condition) => {
    const made = page(source, declared, declared.endsWith(", s") ? "s" : "x");
    expect(results(made)).toEqual([plain, answer]);
    expect(made.steps.at(-1)).toMatchObject({ rule: "fact", conditions: [condition] });
    expect(text(made.matrices.denominator!)).toBe(answer);
  });

  test("orthogonal: ‖Qx‖² by x is 2x", () => {
    const made = page("norm(Q*x)^2", "Q: n×n orthogonal, x: n", "x");
    expect(text(made.matrices.denominator!)).toBe("2*x");
    expect(made.steps.at(-1)!.conditions.join()).toContain("since Q is orthogonal");
  });

  test("constant: nothing is differentiated by it", () => {
    expect(() => page("c*x", "c: scalar constant, x: n", "c")).toThrow(
      "c is declared constant: nothing is differentiated by it",
    );
  });
});

describe("a fact about the data, in a second derivative", () => {
  test.each([
    ["0.5*x'*A*x", "A: n×n symmetric, x: n", "x x", ["0.5*(A + A')*x", "0.5*(A + A')", "A"]],
    ["tr(X'*L*X)", "L: n×n symmetric, X: n×k", "X X", ["(L + L')*X", "kron(eye(k), L + L')", "2*kron(eye(k), L)"]],
  ] as const)(
    "%s (%s): the gradient and what is read off have none, and the last line has it",
    (source, declared, wrt, lines) => {
      const made = page(source, declared, wrt);
      expect(results(made)).toEqual(lines);
      expect(made.steps.at(-1)).toMatchObject({ rule: "fact", chips: [expect.stringContaining("fact: ")] });
    },
  );

  test("facts: false leaves every declared fact out, of the gradient in the middle too", () => {
    const scope = declare("A: n×n symmetric, x: n, y: n signs");
    const x = scope.symbols.get("x")!;
    const f = parse("x'*A*x + y'*y.^3*(x'*x)", scope).expr;
    const plain = derivative(f, [x, x], { facts: false });
    expect(text(plain.matrix!)).toBe("2*(y'*y.^3)*eye(n) + A + A'");
    expect(plain.conditions).toEqual([]);
  });
});

describe("a fact about the variable waits for the last differentiation", () => {
  test.each([
    // inv(X)' must not become inv(X) between the two: X X⁻¹ moves both ways.
    ["logdet(X)", "X: n×n spd", "X X", "-kron(inv(X), inv(X))*commutation(n, n)"],
    ["tr(A*Q*B*Q')", "A: n×n symmetric, B: n×n, Q: n×n orthogonal", "Q Q", "kron(B + B', A)"],
    ["tr(Q'*Q)", "Q: n×n orthogonal", "Q Q", "2*eye(n*n)"],
  ])("%s (%s) by %s", (source, declared, wrt, vec) => {
    const made = page(source, declared, wrt);
    expect(text(made.result.kronecker!)).toBe(vec);
    expect(made.proof.differenceError).toBeLessThan(2e-6);
  });

  test("a norm of an orthogonal variable still has its derivative", () => {
    expect(text(page("norm(Q*x)^2", "Q: n×n orthogonal, x: n", "Q").matrices.denominator!)).toBe("2*Q*x*x'");
    expect(text(page("logdet(Q)", "Q: n×n orthogonal", "Q").matrices.denominator!)).toBe("Q");
  });
});
