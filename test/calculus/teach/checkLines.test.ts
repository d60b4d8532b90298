/** Whole derivations: every line is judged, the first wrong one is named with its mistake. */
import { describe, expect, test } from "vitest";
import { check } from "../../../kernel/src/calculus/teach/check.js";
import { checkLines } from "../../../kernel/src/calculus/teach/checkLines.js";
import { problem } from "./problem.js";

const norm = problem("‖W x + b‖²", "W: m×n, x: n, b: m", "W");
const lines = (...list: string[]) => checkLines(list, norm);
const marks = (r: ReturnType<typeof checkLines>) => r.lines.map((l) => `${l.ok ? "✓" : "✗"} ${l.kind} ${l.code}`);

describe("right derivations", () => {
  test("the page of the notes, in one text", () => {
    const text =
      "‖Wx+b‖² = y'y with y = Wx+b; d = 2 y' dy; = 2(W x+b)' dW x; = tr(2 (Wx+b)' dW x)\n= tr(2 x (Wx+b)' dW); ∂f/∂W = 2 (W x+b) x'";
    const result = check(text, norm);
    expect(result).toMatchObject({ kind: "derivation", ok: true, score: 1, code: "right", layoutSeen: "denominator" });
    expect(result.message).toBe("every line is right");
    if (result.kind !== "derivation") throw new Error("a text of several lines is a derivation");
    expect(marks(result)).toEqual([
      "✓ value right",
      "✓ differential right",
      "✓ differential right",
      "✓ differential right",
      "✓ differential right",
      "✓ gradient right",
    ]);
    expect(result.lines.flatMap((l) => l.skips)).toEqual([]);
  });

  test("the derivative in the other layout has full marks and is named", () => {
    expect(lines("df = 2 (W x + b)' dW x", "∂f/∂W = 2 x (W x + b)'")).toMatchObject({
      ok: false,
      score: 1,
      code: "other_layout",
      finished: true,
      message: "every line is right; the transpose: numerator layout; this notebook is denominator",
    });
  });

  test("an unfinished derivation is no answer", () => {
    const result = lines("f = y'y with y = W x + b", "d f = 2 y' dy", "= 2 (W x + b)' dW x");
    expect(result).toMatchObject({
      ok: false,
      score: 0.6,
      code: "unfinished",
      finished: false,
      message: "every line is right; the derivative is not read off yet",
    });
    expect(lines("f = y'y with y = W x + b").score).toBe(0.2);
    expect(lines("d f = d(‖W x + b‖²)").score).toBe(0.4);
    expect(lines("d f = tr(2 x (W x + b)' dW)").score).toBe(0.8);
  });

  test("what a right line passes over is said by its rules", () => {
    const result = lines("d f = tr(2 x (W x + b)' dW)", "∂f/∂W = 2 (W x + b) x'");
    expect(result.ok).toBe(true);
    expect(result.lines.map((l) => l.skips)).toEqual([
      ["norm², let y", "dot product", "substitute, product, constant", "scalar = trace"],
      [],
    ]);
  });

  test("reasons behind a line are not read", () => {
    expect(lines("df = 2 (W x + b)' dW x, from eq. (4)", "∂f/∂W = 2 (W x + b) x' # outer product").ok).toBe(true);
  });

  test("the chain rule through a name", () => {
    const result = lines("y = W x + b", "f = y'y", "∂f/∂y = 2 y", "∂y/∂x = W'", "∂f/∂W = 2 y x'");
    expect(marks(result)).toEqual([
      "✓ definition right",
      "✓ value right",
      "✓ gradient right",
      "✓ gradient right",
      "✓ gradient right",
    ]);
  });

  test("index notation, with Σ and without", () => {
    expect(lines("∂f/∂W_kl = 2 Σ_i r_i δ_ik x_l with r = W x + b", "= 2 r_k x_l", "∂f/∂W = 2 r x'").ok).toBe(true);
    expect(lines("∂f/∂W_kl = 2 r_i δ_ik δ_jl x_j with r = W x + b").ok).toBe(true);
    const tensor = problem("B C", "B: m×n, C: n×p", "B", "numerator");
    expect(checkLines("∂A_ij/∂B_kl = δ_ik C_lj", tensor).lines[0]).toMatchObject({ ok: true, kind: "index" });
    expect(checkLines("∂A_ij/∂B_kl = δ_ik C_jl", tensor).lines[0]!.ok).toBe(false);
  });

  test("other problems: ln|X|, a network, a Jacobian", () => {
    const logdet = problem("ln|X|", "X: n×n", "X", "numerator");
    expect(checkLines("d f = d(det(X))/det(X); = tr(X^-1 dX); df/dX = X^-1", logdet)).toMatchObject({ ok: true });
    const network = problem("L(W2 σ(W1 x))", "σ: elementwise, L: scalar of k, W1: h×n, W2: k×h, x: n", "W1");
    const page = [
      "y = W2 σ(W1 x)",
      "dL = grad_L(y)' dy",
      "= grad_L(y)' W2 (D_sigma(W1 x) .* (dW1 x))",
      "∂L/∂W1 = ((W2' grad_L(y)) .* D_sigma(W1 x)) x'",
    ];
    expect(marks(checkLines(page, network))).toEqual([
      "✓ definition right",
      "✓ differential right",
      "✓ differential right",
      "✓ gradient right",
    ]);
    const linear = problem("A x", "A: m×n, x: n", "x", "numerator");
    expect(checkLines("dy = A dx; dy/dx = A", linear)).toMatchObject({ ok: true });
  });

  test("LaTeX of several lines", () => {
    const latex =
      "\\begin{aligned} d\\|Wx+b\\|^2 &= 2(Wx+b)^\\top (dW) x \\\\ &= \\operatorname{tr}(2x(Wx+b)^\\top dW) \\end{aligned}";
    expect(checkLines(latex, norm, { notation: "tex" })).toMatchObject({ code: "unfinished", score: 0.8 });
    const finished = `d f = 2(Wx+b)^\\top (dW) x \\\\ \\frac{\\partial f}{\\partial W} = 2(Wx+b)x^\\top`;
    expect(checkLines(finished, norm, { notation: "tex" })).toMatchObject({ ok: true, score: 1 });
  });
});

describe("wrong derivations", () => {
  test("the first wrong line has the name of its mistake, the next ones follow from it", () => {
    const result = lines("f = y'y with y = W x + b", "d f = y' dy", "= (W x + b)' dW x", "∂f/∂W = (W x + b) x'");
    expect(result).toMatchObject({
      ok: false,
      firstWrong: 2,
      code: "factor",
      message: "line 2, d f = y' dy: right up to a factor: the factor 2 is missing",
      score: 0.42,
    });
    expect(marks(result)).toEqual([
      "✓ value right",
      "✗ differential factor",
      "✗ differential follows",
      "✗ gradient follows",
    ]);
    expect(result.hints[0]).toBe("The lines before line 2 are right.");
  });

  test.each([
    ["b left out", ["df = 2 (W x)' dW x", "∂f/∂W = 2 W x x'"], 1, "part_left_out"],
    ["a factor transposed", ["df = tr(2 (W x + b) x' dW')", "∂f/∂W = 2 (W x + b)"], 2, "shape"],
    ["no differential left", ["df = ‖W x + b‖²"], 1, "wrong"],
    ["two differentials in one term", ["df = (dW x)' (dW x)"], 1, "not_linear"],
    ["f rewritten wrongly", ["f = (W x)' (W x)"], 1, "part_left_out"],
    ["a derivative as its own answer", ["∂f/∂W = ∂f/∂W"], 1, "unknown_symbol"],
    ["a differential as the derivative", ["∂f/∂W = d(‖W x + b‖²)"], 1, "wrong"],
    ["a gradient as the differential", ["df = 2 (W x + b) x'"], 1, "shape"],
    ["a differential on one side only", ["f = 2 (W x + b)' dW x"], 1, "wrong"],
    ["a side line", ["d(W x + b) = dW x + W x"], 1, "wrong"],
    ["indices that stand alone", ["∂f/∂W_kl = 2 r_i x_l with r = W x + b"], 1, "syntax"],
    ["a wrong index", ["∂f/∂W_kl = r_k x_l with r = W x + b"], 1, "factor"],
  ])("%s", (_name, list, first, code) => {
    const result = lines(...list);
    expect(result).toMatchObject({ ok: false, firstWrong: first });
    expect(result.lines[first - 1]!.code).toBe(code);
    expect(result.score).toBeLessThan(0.6);
  });

  test("a line that cannot be read says its column, and the others are judged", () => {
    const result = lines("df = 2 (W x + b)' dW x", "= tr(2 x (W x + b' dW)", "∂f/∂W = 2 (W x + b) x'");
    expect(result.lines.map((l) => l.ok)).toEqual([true, false, true]);
    expect(result.lines[1]).toMatchObject({
      kind: "unread",
      code: "syntax",
      message: "this parenthesis ( is never closed (column 5)",
    });
  });

  test("a part of the product rule is missing", () => {
    const quadratic = problem("x'A x", "A: n×n, x: n", "x");
    const result = checkLines("d f = dx' A x; ∂f/∂x = A x", quadratic);
    expect(result).toMatchObject({ firstWrong: 1, code: "product_term_dropped" });
    expect(checkLines("d f = dx' A x + x' A dx; = x'(A + A') dx; ∂f/∂x = 2 A x", quadratic)).toMatchObject({
      firstWrong: 3,
      code: "special_case",
    });
  });
});

test("names of the problem keep their meaning", () => {
  for (const line of ["let W = 0*W", "∂f/∂W = 2 (W x + b) x' with x = 2 x"]) {
    const result = lines(line, "∂f/∂W = 2 (W x + b) x'");
    expect(result).toMatchObject({ ok: false, firstWrong: 1, code: "ambiguous" });
    expect(result.lines[0]!.message).toMatch(/^[Wx] has a meaning in the problem: give this part another name$/);
  }
});

test("a line may go on in the next one with an operator", () => {
  expect(checkLines("∂f/∂W = 2 (W x + b)\n  * x'", norm)).toMatchObject({ ok: true, lines: [{ number: 1 }] });
});

test("a chain of right sides is judged side by side", () => {
  expect(lines("∂f/∂W = 2 (W x + b) x' = 2 W x x' + 2 b x'").ok).toBe(true);
  const wrong = lines("∂f/∂W = 2 (W x + b) x' = 2 W x x' + b x'");
  expect(wrong.lines[0]!.message).toBe("side 2: this is not the derivative");
});

test("nothing is thrown, whatever the lines are", () => {
  for (const text of [
    ";",
    "=",
    "= =",
    "d",
    "d = ;",
    "with",
    "with y",
    "y = ",
    "∂f/∂W_kl =",
    "\n\n",
    "((",
    "∂/∂",
    "f = f",
  ]) {
    const result = checkLines(text, norm);
    expect(result.ok).toBe(false);
    expect(result.score).toBeLessThan(0.5);
  }
  expect(checkLines([], norm).message).toBe("no line is given");
});
