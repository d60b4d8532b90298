import { expect, test } from "vitest";
import { text as printed } from "../../../kernel/src/calculus/print/text.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";
import { mergeScopes } from "../../../kernel/src/calculus/text/scope.js";
import { notesOf, read, SCOPE } from "./reads.js";

/** What is written, and the same in the grammar of the output. */
const READINGS: readonly (readonly [string, string])[] = [
  ["‖W x + b‖²", "norm(W*x + b)^2"],
  ["||W x + b||^2", "norm(W*x + b)^2"],
  ["|‖x‖ - ‖y‖|", "abs(norm(x) - norm(y))"],
  ["‖x‖‖y‖", "norm(x)*norm(y)"],
  ["‖A‖_F²", 'norm(A, "fro")^2'],
  ["‖A‖²_F", 'norm(A, "fro")^2'],
  ["‖x‖₂", "norm(x)"],
  ["ln|X|", "log(det(X))"],
  ["log det X", "log(det(X))"],
  ["|X||A|", "det(X)*det(A)"],
  ["X^-1", "inv(X)"],
  ["X⁻¹", "inv(X)"],
  ["X^{-1}", "inv(X)"],
  ["X^-T", "inv(X)'"],
  ["X⁻ᵀ", "inv(X)'"],
  ["X^{-T}", "inv(X)'"],
  ["Xᵀ", "X'"],
  ["X^⊤", "X'"],
  ["X.'", "X'"],
  ["A^0", "eye(n)"],
  ["A^3", "A^3"],
  ["x ⊙ y ∘ x", "x.*y.*x"],
  ["x ⊘ y", "x./y"],
  ["A ⊗ B", "kron(A, B)"],
  ["2 A ⊗ B", "2*kron(A, B)"],
  ["A · B", "A*B"],
  ["A × B − X", "A*B - X"],
  ["√(s + 1)", "sqrt(s + 1)"],
  ["e^s", "exp(s)"],
  ["𝐗", "X"],
  ["1'x", "ones(n)'*x"],
  ["𝟏ᵀ x", "ones(n)'*x"],
  ["W 𝟏", "W*ones(n)"],
  ["A'x", "A'*x"],
  ["x.*y", "x.*y"],
  ["x'.*y'", "x'.*y'"],
  ["x.^2'", "(x.^2)'"],
  ["X^2'", "(X^2)'"],
  ["-s^2", "-s^2"],
  ["2 x (W x + b)'", "2*x*(W*x + b)'"],
  ["x (y' x)", "(y'*x)*x"],
  ["Wx+b", "W*x + b"],
  ["1/N ‖X x - y‖²", "norm(X*x - y)^2/N"],
  ["λ/2 ‖x‖²", "0.5*lambda*norm(x)^2"],
  ["1/n x", "x/n"],
  ["2.*x", "2*x"],
  ["1./x", "1 ./x"],
  ["s + y", "s*ones(n) + y"],
  ["1 - tanh(A)", "1 - tanh(A)"],
  ["1 - tanh(A).^2", "1 - tanh(A).^2"],
  ["dot(x, y)", "x'*y"],
  ["sum(x.^2)/n", "sum(x.^2)/n"],
  ["σ(W x)", "sigma(W*x)"],
  ["σ'(W x)", "D_sigma(W*x)"],
  ["σ′(W x)", "D_sigma(W*x)"],
  ["D_sigma(z)", "D_sigma(z)"],
  ["tanh'(z)", "1 - tanh(z).^2"],
  ["∇L(b)", "grad_L(b)"],
  ["hess_L(b)", "hess_L(b)"],
  ["grad_M(W)", "grad_M(W)"],
  ["dX A + X dA", "dX*A + X*dA"],
  ["d(X A)", "d(X*A)"],
  ["d ln|X|", "d(log(det(X)))"],
  ["dσ(z)", "d(sigma(z))"],
  ["d‖x‖²", "d(norm(x)^2)"],
  ["ones(m, n)", "ones(m)*ones(n)'"],
  ["zeros(n)", "0*ones(n)"],
  ["commutation(m, n)", "commutation(m, n)"],
  ["kron(eye(n), ones(m))", "kron(eye(n), ones(m))"],
  ["x'y z", "(x'*y)*z"],
];

test.each(READINGS)("%s is %s", (written, same) => {
  expect(read(written)).toBe(same);
  expect(parse(same, SCOPE).expr).toBe(parse(written, SCOPE).expr);
});

test("what is decided for the reader is said", () => {
  expect(notesOf("ln|X| + |s|")).toEqual([
    "|X| is read as the determinant of a matrix",
    "|s| is read as the absolute value of a scalar",
  ]);
  expect(notesOf("Wx + b")).toEqual(["Wx is read as W*x"]);
  expect(notesOf("1/n x")).toEqual(["1/n before a product is read as (1/n)"]);
  expect(notesOf("exp(A)")).toEqual(["exp of the matrix A is taken entry by entry"]);
});

test("the normalised text has every product written out and parses to the same node", () => {
  const { normalised, expr } = parse("2 x (Wx + b)ᵀ + 1/N ‖A‖_F² R'", SCOPE);
  expect(normalised).toBe("2*x*(W*x + b)' + (1/N)*norm(A, \"fro\")^2*R'");
  expect(parse(normalised, SCOPE).expr).toBe(expr);
});

test("declared names win over constants, units and word operators", () => {
  const scope = declare("e, i, E, in: n, to: n, mod: n, not: n, h, pi, Infinity, log: n×n, A: n×n");
  expect(read("e i E pi h Infinity", scope)).toBe("e*i*E*pi*h*Infinity");
  expect(read("in' to + mod' not", scope)).toBe("in'*to + mod'*not");
  expect(read("log (A in)", scope)).toBe("log*A*in");
  expect(read("constructor __proto__ toString", declare("constructor, __proto__, toString"))).toBe(
    "constructor*__proto__*toString",
  );
});

test("W₁ is W1, and subscripts are part of the name", () => {
  expect(read("W₁ x₂", declare("W1: m×n, x₂: n"))).toBe("W1*x2");
});

test("a dimension counts as a scalar, and inside eye(…) it is meant even where a symbol has its name", () => {
  expect(read("norm(x)^2/n")).toBe("norm(x)^2/n");
  const scope = mergeScopes(declare("h: n"), declare("W: h×n, u: h"));
  expect(read("eye(h) W h + eye(h) u", scope)).toBe("W*h + u");
});

test("every node knows where it was written", () => {
  const { places, expr } = parse("‖W x + b‖²", SCOPE);
  const place = [...places].map(([e, span]) => [printed(e), "‖W x + b‖²".slice(...span)]);
  expect(place).toContainEqual(["W*x", "W x"]);
  expect(place).toContainEqual(["norm(W*x + b)", "‖W x + b‖"]);
  expect(places.get(expr)).toEqual([0, 10]);
});

test("a typical expression takes well under a millisecond, a text of full length less than a second", () => {
  const started = performance.now();
  for (let i = 0; i < 200; i++) parse("sum(log(1 + exp(-y .* (X x)))) + ‖W x + b‖²", SCOPE);
  expect((performance.now() - started) / 200).toBeLessThan(5);
  for (const long of [
    `x${" + x".repeat(4990)}`,
    `s${"*s/t".repeat(4990)}`,
    "X' ".repeat(6600),
    `x${".*y./x".repeat(3000)}`,
  ]) {
    const from = performance.now();
    parse(long, SCOPE);
    expect(performance.now() - from).toBeLessThan(5000);
  }
});
