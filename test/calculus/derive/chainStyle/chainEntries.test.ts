/** The chain style of derivatives with three axes or more: local derivatives entry by entry, put in and contracted. */
import { describe, expect, test } from "vitest";
import type { Derivation } from "../../../../kernel/src/calculus/core/derivation.js";
import { derive } from "../../../../kernel/src/calculus/derive/derive.js";
import { plain } from "../../../../kernel/src/calculus/print/plain.js";
import { declare } from "../../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../../kernel/src/calculus/text/parse.js";

function chained(text: string, vars: string, wrt: string): Derivation {
  const scope = declare(vars);
  return derive(parse(text, scope).expr, [scope.symbols.get(wrt)!], { style: "chain" });
}

/** The lines of the text page, without what stands behind them. */
const lines = (d: Derivation): string[] =>
  plain(d)
    .split("\n\n")[1]!
    .split("\n")
    .map((l) => l.replace(/\s{3,}\[.*$/, "").trim());

test("tanh(Wx + b) by W, whole page: chain rule, two local derivatives, put in, contracted", () => {
  const d = chained("tanh(W x + b)", "W: m×n, x: n, b: m", "W");
  expect(d.problem.style).toBe("chain");
  expect(lines(d)).toEqual([
    "h = W*x + b; f = tanh(h)",
    "∂f_i/∂W_kl = Σ_j ∂f_i/∂h_j ∂h_j/∂W_kl",
    "∂f_i/∂h_j = (1 - tanh(h_i)^2) δ_ij",
    "∂h_j/∂W_kl = δ_jk x_l",
    "∂f_i/∂W_kl = Σ_j (1 - tanh(h_i)^2) δ_ij δ_jk x_l",
    "= (1 - tanh(h_i)^2) δ_ik x_l",
  ]);
});

test("softmax(Wx) by W: the softmax goes by its name", () =>
  expect(lines(chained("softmax(W x)", "W: m×n, x: n", "W"))).toEqual([
    "z = W*x; f = softmax(z)",
    "∂f_i/∂W_kl = Σ_j ∂f_i/∂z_j ∂z_j/∂W_kl",
    "∂f_i/∂z_j = f_i δ_ij - f_j f_i",
    "∂z_j/∂W_kl = δ_jk x_l",
    "∂f_i/∂W_kl = Σ_j (f_i δ_ij - f_j f_i) δ_jk x_l",
    "= f_i δ_ik x_l - f_k f_i x_l",
  ]));

test("(AXB)⁻¹ by X: four indices, sums read back as products", () =>
  expect(lines(chained("inv(A X B)", "A: n×m, X: m×k, B: k×n", "X"))).toEqual([
    "Z = A*X*B; F = inv(Z)",
    "∂F_ij/∂X_pq = Σ_l Σ_r ∂F_ij/∂Z_lr ∂Z_lr/∂X_pq",
    "∂F_ij/∂Z_lr = -F_il F_rj",
    "∂Z_lr/∂X_pq = A_lp B_qr",
    "∂F_ij/∂X_pq = -Σ_l Σ_r F_il F_rj A_lp B_qr",
    "= -[F*A]_ip [B*F]_qj",
  ]));

describe("nothing to name in between", () => {
  test("X'X by X: the product rule in one line", () =>
    expect(lines(chained("X' X", "X: m×n", "X"))).toEqual(["F = X'*X", "∂F_ij/∂X_kl = δ_il X_kj + X_ki δ_jl"]));

  test("BC by B: the line of HW3", () =>
    expect(lines(chained("B C", "B: m×n, C: n×p", "B"))).toEqual(["F = B*C", "∂F_ij/∂B_kl = δ_ik C_lj"]));

  test("a matrix that does not move: one line, 0", () =>
    expect(lines(chained("A", "A: n×n, X: n×m", "X"))).toEqual(["∂A_ij/∂X_kl = 0"]));
});

test("a name that is used twice: the parts are added, and a direct use is written out", () => {
  const d = chained("inv(eye(n) + A)*(eye(n) - A)", "A: n×n", "A");
  expect(lines(d)).toEqual([
    "Z = eye(n) + A; U = inv(Z); F = U*(eye(n) - A)",
    "∂F_ij/∂U_rs = δ_ir δ_js - δ_ir A_sj",
    "∂F_ij/∂Z_tu = Σ_r Σ_s ∂F_ij/∂U_rs ∂U_rs/∂Z_tu",
    "= -Σ_r Σ_s (δ_ir δ_js - δ_ir A_sj) U_rt U_us",
    "= -(U_it U_uj - Σ_s A_sj U_it U_us)",
    "∂F_ij/∂A_kl = Σ_t Σ_u ∂F_ij/∂Z_tu ∂Z_tu/∂A_kl - U_ik δ_jl",
    "= -Σ_t Σ_u (U_it U_uj - Σ_s A_sj U_it U_us) δ_tk δ_ul - U_ik δ_jl",
    "= -(U_ik U_lj - Σ_s A_sj U_ik U_ls) - U_ik δ_jl",
    "= -(U_ik U_lj - [U*A]_lj U_ik) - U_ik δ_jl",
  ]);
  for (const s of d.steps) expect(s.check.maxRelError).toBeLessThan(1e-9);
});

test("the user's own names drive the page", () => {
  const scope = declare("W1: m×n, x: n, W2: r×m, h: m");
  const h = scope.symbols.get("h")!;
  const d = derive(parse("W2 tanh(h)", scope).expr, [scope.symbols.get("W1")!], {
    style: "chain",
    lets: [{ symbol: h, value: parse("W1 x", scope).expr }],
  });
  expect(lines(d)).toEqual([
    "h = W1*x; f = W2*tanh(h)",
    "∂f_i/∂W1_kl = Σ_j ∂f_i/∂h_j ∂h_j/∂W1_kl",
    "∂f_i/∂h_j = W2_ij (1 - tanh(h_j)^2)",
    "∂h_j/∂W1_kl = δ_jk x_l",
    "∂f_i/∂W1_kl = Σ_j W2_ij (1 - tanh(h_j)^2) δ_jk x_l",
    "= W2_ik (1 - tanh(h_k)^2) x_l",
  ]);
});
