/** Second derivatives in the index style: the gradient's lines once, then those of the Hessian. */
import { describe, expect, test } from "vitest";
import { indexSecondSteps } from "../../../../kernel/src/calculus/derive/indexStyle/indexSecond.js";
import type { IndexDerivation } from "../../../../kernel/src/calculus/derive/indexStyle/indexSteps.js";
import { declare } from "../../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../../kernel/src/calculus/text/parse.js";
import { latexLines, notes, printed, textLines } from "./indexHelpers.js";

function secondOf(text: string, vars: string, x: string, y = x): IndexDerivation {
  const scope = declare(vars);
  return indexSecondSteps(parse(text, scope).expr, [scope.symbols.get(x)!, scope.symbols.get(y)!]);
}

/** From the line that differentiates once more. */
const secondLines = (d: IndexDerivation): string[] => {
  const lines = textLines(d);
  return lines.slice(lines.findIndex((l) => l.startsWith("∂²")));
};

test("‖Wx + b‖² by x twice: the whole page, the residual is defined once", () => {
  expect(textLines(secondOf("‖W x + b‖²", "W: m×n, x: n, b: m", "x"))).toEqual([
    "∂f/∂x_k = ∂/∂x_k (Σ_{i=1}^m r_i^2) | r_i = Σ_{j=1}^n W_ij x_j + b_i",
    "= Σ_{i=1}^m 2 r_i ∂r_i/∂x_k",
    "= Σ_{i=1}^m 2 r_i Σ_{j=1}^n W_ij δ_jk",
    "= Σ_{i=1}^m 2 r_i W_ik",
    "∇_x f = 2*W'*r = 2*W'*(W*x + b)",
    "∂²f/∂x_k∂x_l = ∂/∂x_l (Σ_{i=1}^m 2 r_i W_ik) = Σ_{i=1}^m 2 ∂r_i/∂x_l W_ik",
    "= Σ_{i=1}^m 2 (Σ_{j=1}^n W_ij δ_jl) W_ik",
    "= Σ_{i=1}^m 2 W_il W_ik",
    "∂²f/∂x_l∂x_k = Σ_i 2 W_ik W_il",
    "∂²f/∂x∂x = 2*W'*W",
  ]);
});

test("logistic regression: s(z_i), then s(z_i)(1 − s(z_i)), as in the golden page", () => {
  const d = secondOf("sum(log(1 + exp(-y .* (X w))))", "X: N×n, y: N, w: n", "w");
  expect(textLines(d)).toEqual([
    "∂f/∂w_k = ∂/∂w_k (Σ_{i=1}^N log(1 + exp(z_i))) | z_i = -y_i Σ_{j=1}^n X_ij w_j",
    "= Σ_{i=1}^N sigmoid(z_i) ∂z_i/∂w_k",
    "= -Σ_{i=1}^N sigmoid(z_i) y_i Σ_{j=1}^n X_ij δ_jk",
    "= -Σ_{i=1}^N sigmoid(z_i) y_i X_ik",
    "∇_w f = -X'*(y.*sigmoid(z)) = -X'*(y.*sigmoid(-y.*(X*w)))",
    "∂²f/∂w_k∂w_l = ∂/∂w_l (-Σ_{i=1}^N sigmoid(z_i) y_i X_ik) = -Σ_{i=1}^N sigmoid(z_i) (1 - sigmoid(z_i)) ∂z_i/∂w_l y_i X_ik",
    "= Σ_{i=1}^N sigmoid(z_i) (1 - sigmoid(z_i)) y_i^2 (Σ_{j=1}^n X_ij δ_jl) X_ik",
    "= Σ_{i=1}^N sigmoid(z_i) (1 - sigmoid(z_i)) y_i^2 X_il X_ik",
    "∂²f/∂w_l∂w_k = Σ_i sigmoid(z_i) (1 - sigmoid(z_i)) y_i^2 X_ik X_il",
    "∂²f/∂w∂w = X'*diag(y.^2.*sigmoid(z).*(1 - sigmoid(z)))*X = X'*diag(y.^2.*sigmoid(-y.*(X*w)).*(1 - sigmoid(-y.*(X*w))))*X",
  ]);
  expect(notes(d)[8]).toContain("thesameline");
});

describe("where the second half goes its own way", () => {
  test("x'Ay by x, then y: what y moves is written out, and no line is about symmetry", () => {
    expect(secondLines(secondOf("x' A y", "x: n, A: n×m, y: m", "x", "y"))).toEqual([
      "∂²f/∂x_k∂y_l = ∂/∂y_l (Σ_{i=1}^m A_ki y_i) = Σ_{i=1}^m A_ki ∂y_i/∂y_l",
      "= Σ_{i=1}^m A_ki δ_il",
      "= A_kl",
      "∂²f/∂x∂y = A",
    ]);
  });

  test("x'Ax: both places of x, and the Hessian is A + A'", () => {
    expect(secondLines(secondOf("x' A x", "x: n, A: n×n", "x"))).toEqual([
      "∂²f/∂x_k∂x_l = ∂/∂x_l (Σ_{j=1}^n A_kj x_j + Σ_{i=1}^n x_i A_ik) = Σ_{j=1}^n A_kj ∂x_j/∂x_l + Σ_{i=1}^n ∂x_i/∂x_l A_ik",
      "= Σ_{j=1}^n A_kj δ_jl + Σ_{i=1}^n δ_il A_ik",
      "= A_kl + A_lk",
      "∂²f/∂x_l∂x_k = A_lk + A_kl",
      "∂²f/∂x∂x = A + A'",
    ]);
  });

  test("by a matrix twice: four indices, k l of the first and p q of the second, and no matrix", () => {
    const d = secondOf("ln|X|", "X: n×n", "X");
    expect(secondLines(d)).toEqual([
      "∂²f/∂X_kl∂X_pq = ∂[inv(X)]_lk/∂X_pq = -Σ_{i=1}^n Σ_{j=1}^n [inv(X)]_li [inv(X)]_jk ∂X_ij/∂X_pq",
      "= -Σ_{i=1}^n Σ_{j=1}^n [inv(X)]_li [inv(X)]_jk δ_ip δ_jq",
      "= -[inv(X)]_lp [inv(X)]_qk",
      "∂²f/∂X_pq∂X_kl = -[inv(X)]_qk [inv(X)]_lp",
    ]);
    expect(latexLines(d).some((l) => l.startsWith("\\frac{\\partial^2f}{\\partialX_{kl}\\partialX_{pq}}="))).toBe(true);
    expect(d.result.note).toContain("first variable } k,l\\text{, then second variable } p,q");
  });

  test("an abstract loss: ∂L/∂y_i is differentiated through y", () => {
    const d = secondOf("L(W x)", "W: m×n, x: n, L: scalar of m", "x");
    expect(secondLines(d)[0]).toContain("∂²L/∂y_i∂y_j");
    expect(latexLines(d).some((l) => l.includes("\\frac{\\partial^2\\mathcal{L}}{\\partialy_i\\partialy_j}"))).toBe(
      true,
    );
    expect(printed(d.result.line)).toBe(
      "\\nabla^2\\mathcal{L}=\\mathbf{W}^\\top(\\nabla^2\\mathcal{L}(\\mathbf{y}))\\mathbf{W}",
    );
  });

  test("a gradient that does not move any more: one line, 0", () =>
    expect(secondLines(secondOf("a'x", "a: n, x: n", "x"))).toEqual(["∂²f/∂x_k∂x_l = ∂a_k/∂x_l = 0"]));
});

test("every line of every page holds", () => {
  for (const [f, vars, x, y] of [
    ["norm(x)", "x: n", "x", "x"],
    ["x'A y", "A: n×m, x: n, y: m", "y", "x"],
    ["tr(X' A X)", "A: n×n, X: n×m", "X", "X"],
    ["a' inv(X) b", "a: n, b: n, X: n×n", "X", "X"],
    ["L(W2 σ(W1 x))", "σ: elementwise, L: scalar of k, W1: h×n, W2: k×h, x: n", "x", "W2"],
    ["logsumexp(W x)", "W: m×n, x: n", "x", "W"],
  ] as const)
    for (const step of secondOf(f, vars, x, y).steps) expect(step.check.maxRelError).toBeLessThan(1e-9);
});
