/** One line per rewrite rule: its id, what it is given, what it makes of it. */
import type { Expr } from "../../../kernel/src/calculus/core/expr.js";
import { build as b } from "../../../kernel/src/calculus/ops/build.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";

export const SCOPE = declare(
  "A: n×n, B: n×n, C: n×n, S: n×n symmetric, Q: n×n orthogonal, X: m×n, Y: m×n, Z: n×m, E: m×m, " +
    "x: n, y: n, z: n, u: m, h: n positive, t: n simplex, b: n signs, s, r",
  { functions: { sigma: "elementwise" } },
);

export const read = (text: string): Expr => parse(text, SCOPE).expr;

/** before as text, or as a node where the grammar itself makes something else of the text. */
export type RuleCase = readonly [id: string, before: string | (() => Expr), after: string];

export const CASES: readonly RuleCase[] = [
  ["fact/symmetric", "S'", "S"],
  ["transpose/product", "(A*B)'", "B'*A'"],
  ["transpose/scalar", "(s*A)'", "s*A'"],
  ["transpose/sum", "(A' + B')'", "A + B"],
  ["transpose/kronecker", "kron(A, X)'", "kron(A', X')"],
  ["transpose/function", "inv(A')", "inv(A)'"],
  ["transpose/function", "det(A')", "det(A)"],
  ["transpose/elementwise", "sin(X')", "sin(X)'"],
  ["transpose/elementwise", "exp(x'*A)", "exp((x'*A)')'"],
  ["transpose/of-hadamard", "x'.*y'", "(x.*y)'"],
  ["transpose/row-sum", "x' + 2*y' + ones(n)'", "(x + 2*y + ones(n))'"],
  ["elementwise/sigmoid", "exp(x)./(1 + exp(x))", "sigmoid(x)"],
  ["elementwise/sigmoid-prime", () => b.op("D_sigmoid", [read("x")]), "sigmoid(x).*(1 - sigmoid(x))"],
  ["elementwise/log-exp", "log(exp(x))", "x"],
  ["fact/signs", "b.^2", "ones(n)"],
  ["fact/signs", "abs(b)", "ones(n)"],
  ["fact/simplex", "sum(t)", "1"],
  ["fact/simplex", "sum(softmax(x))", "1"],
  ["fact/positive", "abs(h)", "h"],
  ["fact/positive", "sign(h)", "ones(n)"],
  ["determinant/log", "log(abs(det(A)))", "logdet(A)"],
  ["product/inverse", "B*inv(A)*A", "B"],
  ["product/inverse", "inv(A)'*A'", "eye(n)"],
  ["product/inverse-of-product", "B*inv(A*B)", "inv(A)"],
  ["product/inverse-of-product", "inv(A*B)*A", "inv(B)"],
  ["vec/inner", "vec(X)'*vec(Y)", "tr(X'*Y)"],
  ["fact/orthogonal", "Q'*Q", "eye(n)"],
  ["fact/orthogonal", "inv(Q)", "Q'"],
  ["product/powers", "A*A^2", "A^3"],
  ["product/inverse-power", () => b.op("matpow", [read("A")], { k: -1 }), "inv(A)"],
  ["inverse/twice", "inv(inv(A))", "A"],
  ["inverse/twice", "inv(A^2)", "A^(-2)"],
  ["diag/column", "diag(x)*y", "x.*y"],
  ["diag/column", "diag(x)*diag(y)", "diag(x.*y)"],
  ["sum/ones", "ones(n)'*x", "sum(x)"],
  ["hadamard/inner-cancel", "x'*(y./x)", "sum(x.*(y./x))"],
  ["scalar/transpose", "y'*A'*x", "x'*A*y"],
  ["kronecker/identity", "kron(eye(n), eye(m))", "eye(n*m)"],
  ["kronecker/identity", "kron(s, A)", "s*A"],
  ["kronecker/scalar", "kron(s*A, r*B)", "s*r*kron(A, B)"],
  ["kronecker/scalar", "vec(s*A)", "s*vec(A)"],
  ["kronecker/product", "kron(A, X)*kron(B, Z)", "kron(A*B, X*Z)"],
  ["kronecker/common", "kron(A, X) + kron(A, Y)", "kron(A, X + Y)"],
  ["kronecker/common", "kron(A, X) - s*kron(B, X)", "kron(A - s*B, X)"],
  ["vec/vector", "vec(x)", "x"],
  ["vec/vector", "vec(x')", "x"],
  ["vec/ones", "vec(ones(m)*ones(n)')", "ones(m*n)"],
  ["trace/scalar", "tr(s*A)", "s*tr(A)"],
  ["trace/identity", "tr(eye(n))", "n"],
  ["trace/identity", "sum(ones(n))", "n"],
  ["trace/rank-one", "tr(A*x*y'*B)", "y'*B*A*x"],
  ["trace/diagonal", "tr(diag(x))", "sum(x)"],
  ["trace/diagonal", "sum(diag(A))", "tr(A)"],
  ["trace/kronecker", "tr(kron(A, E))", "tr(A)*tr(E)"],
  ["sum/hadamard", "sum(x.*y)", "x'*y"],
  ["trace/cyclic", "tr(B*A)", "tr(A*B)"],
  ["add/like-terms", "x + y + x", "2*x + y"],
  ["add/like-terms", "x - x", "0*ones(n)"],
  ["times/powers", "s*r/s", "r"],
  ["hadamard/powers", "x.*y.*x", "x.^2.*y"],
  ["pow/power", "(x.^2).^3", "x.^6"],
  ["pow/power", "(x./y).^(-1)", "x.^(-1).*y"],
  ["hadamard/order", "sin(x).*y", "y.*sin(x)"],
  ["add/order", "-x + y", "y - x"],
  ["add/order", "A' + A", "A + A'"],
  ["factor/multiply-out", "s*(x + y) - s*x", "s*y"],
  ["factor/common", "A*x + B*x", "(A + B)*x"],
  ["factor/common", "A*x + A*y", "A*(x + y)"],
];
