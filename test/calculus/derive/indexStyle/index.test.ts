/** The index style on expressions of every kind: names, operators without coordinates, letters, checks. */
import { describe, expect, test } from "vitest";
import type { IndexNode } from "../../../../kernel/src/calculus/core/indexLine.js";
import { tensorAside } from "../../../../kernel/src/calculus/derive/indexStyle/indexAsides.js";
import { coefficientLines } from "../../../../kernel/src/calculus/derive/indexStyle/indexCoefficients.js";
import { indexProblem } from "../../../../kernel/src/calculus/derive/indexStyle/indexProblem.js";
import { delta, entry, number, product } from "../../../../kernel/src/calculus/derive/indexStyle/indexTree.js";
import { declare } from "../../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../../kernel/src/calculus/text/parse.js";
import { bare, chips, cites, indexOf, latexLines, textLines } from "./indexHelpers.js";

describe("operators without coordinates state the entries of their differential", () => {
  test("the inverse, eq. (8)", () => {
    const d = indexOf("inv(X)", "X: n×n", "X");
    expect(textLines(d)).toEqual([
      "∂[inv(X)]_ij/∂X_kl = -Σ_{r=1}^n Σ_{s=1}^n [inv(X)]_ir [inv(X)]_sj ∂X_rs/∂X_kl",
      "= -Σ_{r=1}^n Σ_{s=1}^n [inv(X)]_ir [inv(X)]_sj δ_rk δ_sl",
      "= -[inv(X)]_ik [inv(X)]_lj",
    ]);
    expect(cites(d)[0]).toBe("notes (8)");
  });

  test("ln|X|, eq. (11)", () => {
    const d = indexOf("ln|X|", "X: n×n", "X");
    expect(textLines(d).slice(2)).toEqual([
      "= det(X)^(-1) Σ_{i=1}^n Σ_{j=1}^n det(X) [inv(X)]_ji δ_ik δ_jl",
      "= [inv(X)]_lk",
      "∇_X f = inv(X)'",
    ]);
    expect(chips(d)[1]).toBe("determinant | chain rule");
  });

  test("softmax is written with the name of its result", () => {
    const d = indexOf("softmax(x)", "x: n", "x");
    expect(textLines(d)[1]).toBe("∂y_i/∂x_k = y_i ∂x_i/∂x_k - Σ_{j=1}^n y_j y_i ∂x_j/∂x_k");
    expect(textLines(d).slice(2, 4)).toEqual(["= y_i δ_ik - Σ_{j=1}^n y_j y_i δ_jk", "= y_i δ_ik - y_k y_i"]);
  });
});

test("a two-layer network: one chain line for every named part", () => {
  const d = indexOf("L(W2 σ(W1 x))", "σ: elementwise, L: scalar of k, W1: h×n, W2: k×h, x: n", "W1");
  expect(textLines(d)).toEqual([
    "∂L/∂W1_pq = Σ_{i=1}^k ∂L/∂y_i ∂y_i/∂W1_pq | y_i = Σ_{j=1}^h W2_ij sigma(z_j)",
    "= Σ_{i=1}^k ∂L/∂y_i Σ_{j=1}^h W2_ij D_sigma(z_j) ∂z_j/∂W1_pq | z_j = Σ_{l=1}^n W1_jl x_l",
    "= Σ_{i=1}^k ∂L/∂y_i Σ_{j=1}^h W2_ij D_sigma(z_j) Σ_{l=1}^n δ_jp δ_lq x_l",
    "= Σ_{i=1}^k ∂L/∂y_i W2_ip D_sigma(z_p) x_q",
    "∇_W1 L = ((W2'*grad_L(y)).*D_sigma(z))*x'",
  ]);
});

test("a quadratic form: product rule, two deltas, A + A'", () => {
  const d = indexOf("x' A x", "A: n×n, x: n", "x");
  expect(chips(d)).toEqual(["coordinate expansion", "product", "δ for an entry", "contract δ", "matrix form"]);
  expect(textLines(d)[3]).toBe("= Σ_{j=1}^n A_kj x_j + Σ_{i=1}^n x_i A_ik");
});

test("sums that are matrix products are read back in an order that has no matrix form", () => {
  const d = indexOf("inv(A X)", "A: n×n, X: n×n", "X");
  expect(chips(d).slice(-2)).toEqual(["contract δ", "read back"]);
  expect(textLines(d).slice(-2)).toEqual(["= -Σ_{r=1}^n [inv(M)]_ir [inv(M)]_lj A_rk", "= -[inv(X)]_ik [inv(M)]_lj"]);
});

test("an index never has the name of a symbol or of a dimension", () => {
  const d = indexOf("i j'", "i: k, j: l", "i");
  expect(d.free.map((x) => x.name)).toEqual(["a", "b", "p"]);
  expect(textLines(d).at(-1)).toBe("= δ_ap j_b");
});

test("constants have derivative 0, in one line", () => {
  expect(textLines(indexOf("A - A", "A: m×n", "A"))).toEqual(["∂A_ij/∂A_kl = 0"].map((l) => l.replace("A_ij", "Y_ij")));
});

test("a scalar by a scalar has no indices", () => {
  expect(textLines(indexOf("exp(2 t) + t", "t", "t")).slice(0, 2)).toEqual([
    "∂f/∂t = ∂/∂t (exp(2 t) + t)",
    "= 2 exp(2 t) + 1",
  ]);
});

test("where coordinates are too long, the differential and its coefficients", () => {
  const scope = declare("A: n×n, X: n×n");
  const d = coefficientLines(parse("inv(A X)", scope).expr, scope.symbols.get("X")!, {});
  expect(d.steps.map((s) => s.chips[0])).toEqual(["differential", "index form", "contract δ"]);
  expect(latexLines(d).at(-1)).toBe(bare("=-[\\mathbf X^{-1}]_{ik}[(\\mathbf A\\mathbf X)^{-1}]_{lj}"));
});

test("a product of nine factors is not written out in coordinates", () => {
  const d = indexOf("tr(B' X' C X X' C X B)", "B: n×n, C: m×m, X: m×n", "X");
  expect(chips(d)).toEqual(["differential", "index form", "contract δ", "matrix form"]);
});

test("the tensor of a chain page: δ_ik x_l, contracted with 2c", () => {
  const scope = declare("W: m×n, x: n, b: m, c: m");
  const at = (text: string) => parse(text, scope).expr;
  const aside = tensorAside(scope.symbols.get("c")!, at("W x + b"), scope.symbols.get("W")!, at("2 c"));
  expect(latexLines(aside)).toEqual(
    [
      "[\\frac{\\partial\\mathbf c}{\\partial\\mathbf W}]_{kli}=\\frac{\\partial c_i}{\\partial W_{kl}}=\\delta_{ik}x_l",
      "=\\sum_i 2\\delta_{ik}x_l c_i=2x_l c_k",
    ].map(bare),
  );
});

test("a wrong line is an error and never shown", () => {
  const scope = declare("A: m×n, x: n");
  const problem = indexProblem(parse("A x", scope).expr, scope.symbols.get("A")!, {});
  const [i, k, l] = problem.all;
  const wrong: IndexNode = product(number(2), delta(i!, k!), entry(scope.symbols.get("x")!, [l!]));
  expect(() => problem.check.derivativeLine("contract", [wrong], problem.all)).toThrow(
    "a line (contract) failed its numeric check and is not shown; please report this expression",
  );
});
