/** ∂vec(F)/∂vec(X)' in closed form, column-major; each line is also proved by numbers when it is derived. */
import { describe, expect, test } from "vitest";
import { derive } from "../../../kernel/src/calculus/derive/derive.js";
import { text } from "../../../kernel/src/calculus/print/text.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";

const vecOf = (source: string, wrt: string, declared: string): string | undefined => {
  const scope = declare(declared);
  const variables = wrt.split(" ").map((name) => scope.symbols.get(name)!);
  const { kronecker } = derive(parse(source, scope).expr, variables, { steps: false }).result;
  return kronecker && text(kronecker);
};

describe("first derivatives", () => {
  test.each([
    ["A", "A", "A: m×n", "eye(m*n)"],
    ["vec(A)", "A", "A: m×n", "eye(m*n)"],
    ["A'", "A", "A: m×n", "commutation(m, n)"],
    ["A.*B", "A", "A: m×n, B: m×n", "diag(vec(B))"],
    ["s*A", "A", "A: m×n, s", "s*eye(m*n)"],
    ["A*X*B", "X", "A: m×n, X: n×p, B: p×q", "kron(B', A)"],
    ["X*b", "X", "X: m×n, b: n", "kron(b', eye(m))"],
    ["b'*X", "X", "X: m×n, b: m", "kron(eye(n), b')"],
    ["x*x'", "x", "x: n", "kron(x, eye(n)) + kron(eye(n), x)"],
    ["inv(X)", "X", "X: n×n", "-kron(inv(X)', inv(X))"],
    ["X^3", "X", "X: n×n", "kron((X^2)', eye(n)) + kron(X', X) + kron(eye(n), X^2)"],
    ["X^-2", "X", "X: n×n", "-kron((X^(-2))', inv(X)) - kron(inv(X)', X^(-2))"],
    ["X'*X", "X", "X: m×n", "kron(X', eye(n))*commutation(m, n) + kron(eye(n), X')"],
    ["tr(X)*A", "X", "X: n×n, A: m×p", "vec(A)*vec(eye(n))'"],
    ["tr(X)*X", "X", "X: n×n", "vec(X)*vec(eye(n))' + tr(X)*eye(n*n)"],
    ["tanh(A*X*B)", "X", "A: m×n, X: n×p, B: p×q", "diag(vec(1 - tanh(A*X*B).^2))*kron(B', A)"],
    ["sigma(X)*B", "X", "X: m×n, B: n×p, sigma: elementwise", "kron(B', eye(m))*diag(vec(D_sigma(X)))"],
    ["softmax(X*b)", "X", "X: m×n, b: n", "kron(b', diag(softmax(X*b)) - softmax(X*b)*softmax(X*b)')"],
    ["exp(x*y')", "x", "x: n, y: m", "diag(vec(exp(x*y')))*kron(y, eye(n))"],
    ["diag(x)", "x", "x: n", "diag(vec(eye(n)))*kron(ones(n), eye(n))"],
    ["diag(A)", "A", "A: n×n", "kron(ones(n)', eye(n))*diag(vec(eye(n)))"],
    ["A*diag(x)*B", "x", "A: m×n, x: n, B: n×p", "kron(B', A)*diag(vec(eye(n)))*kron(ones(n), eye(n))"],
    ["kron(A, B)", "A", "A: m×n, B: p×q", "kron(eye(n), kron(commutation(q, m), eye(p)))*kron(eye(m*n), vec(B))"],
    ["kron(A, B)", "B", "A: m×n, B: p×q", "kron(eye(n), kron(commutation(q, m), eye(p)))*kron(vec(A), eye(p*q))"],
    ["B", "A", "A: m×n, B: m×p", "0*ones(m*p)*ones(m*n)'"],
  ])("%s by %s (%s) is %s", (source, wrt, declared, want) => {
    expect(vecOf(source, wrt, declared)).toBe(want);
  });
});

describe("second derivatives", () => {
  test.each([
    ["tr(X'*A*X)", "X X", "X: n×m, A: n×n", "kron(eye(m), A + A')"],
    ["tr(A*X*B*Y)", "X Y", "A: m×n, X: n×p, B: p×q, Y: q×m", "kron(B, A')*commutation(q, m)"],
    ["L(W*x)", "W W", "W: m×n, x: n, L: scalar of m", "kron(x*x', hess_L(W*x))"],
    ["a'*X*b", "X a", "a: m, X: m×n, b: n", "kron(b, eye(m))"],
    [
      "sum(tanh(A*X))",
      "X X",
      "A: m×n, X: n×p",
      "-2*kron(eye(p), A')*diag(vec(tanh(A*X).*(1 - tanh(A*X).^2)))*kron(eye(p), A)",
    ],
    ["x.^3", "x x", "x: n", "6*diag(vec(eye(n)))*kron(ones(n), diag(x))"],
  ])("%s by %s (%s) is %s", (source, wrt, declared, want) => {
    expect(vecOf(source, wrt, declared)).toBe(want);
  });
});
