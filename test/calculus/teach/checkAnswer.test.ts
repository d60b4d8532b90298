/** Answers against a derivation: right, the other layout, a factor, a named mistake, or none of these. */
import { describe, expect, test } from "vitest";
import { checkAnswer } from "../../../kernel/src/calculus/teach/checkAnswer.js";
import { problem } from "./problem.js";

const norm = problem("‖W x + b‖²", "W: m×n, x: n, b: m", "W");
const quadratic = problem("x'A x", "A: n×n, x: n", "x");

describe("wrong answers of the panel's scenario 18", () => {
  test("2 x (W x + b)' is the transpose", () => {
    expect(checkAnswer("2 x (W x + b)'", norm)).toMatchObject({
      ok: false,
      score: 1,
      code: "other_layout",
      message: "the transpose: numerator layout; this notebook is denominator",
      layoutSeen: "numerator",
    });
  });
  test("(W x + b) x' misses the factor 2", () => {
    expect(checkAnswer("(W x + b) x'", norm)).toMatchObject({
      ok: false,
      code: "factor",
      message: "right up to a factor: the factor 2 is missing",
      relation: { kind: "factor", factor: "1/2" },
    });
  });
  test("2 W x x' drops b", () => {
    expect(checkAnswer("2 W x x'", norm)).toMatchObject({
      code: "part_left_out",
      message: "b is left out of W*x + b",
    });
  });
  test("2 (W x + b) has the wrong shape, and the missing factor is named", () => {
    const result = checkAnswer("2(W x + b)", norm);
    expect(result.code).toBe("shape");
    expect(result.message).toBe(
      "the answer is m×1; the derivative by W is m×n (denominator layout); the factor x' is missing",
    );
  });
  test("2 A x for x'A x is right only when A is symmetric", () => {
    expect(checkAnswer("2 A x", quadratic)).toMatchObject({
      ok: false,
      code: "special_case",
      relation: { kind: "special", condition: "A is symmetric" },
    });
  });
});

const sigmoidLoss = problem("sum((y - sigmoid(W x)).^2)", "W: m×n, x: n, y: m", "W");
const network = problem("L(W2 σ(W1 x))", "σ: elementwise, L: scalar of k, W1: h×n, W2: k×h, x: n", "W1");
const entropy = problem("-t' log(softmax(W x))", "W: k×n, x: n, t: k simplex", "W");
const ridge = problem("1/N ‖X w - y‖² + λ ‖w‖²", "X: N×n, w: n, y: N, λ: scalar", "w");
const inverse = problem("a'inv(X) b", "X: n×n, a: n, b: n", "X");
const softmax = problem("softmax(z)", "z: k", "z");
const logdet = problem("logdet(X)", "X: n×n", "X");
const bell = problem("exp(-x^2/2)", "x: scalar", "x");
const quotient = problem("x/(1 + x^2)", "x: scalar", "x");
const NAMED = [
  ["a term of the product rule dropped", quadratic, "A x", "product_term_dropped"],
  ["the other term dropped", quadratic, "A' x", "product_term_dropped"],
  ["σ′ dropped", sigmoidLoss, "-2 (y - sigmoid(W x)) x'", "derivative_dropped"],
  ["σ for σ′", sigmoidLoss, "-2 ((y - sigmoid(W x)) .* sigmoid(W x)) x'", "function_for_derivative"],
  ["1 − σ for σ(1 − σ)", sigmoidLoss, "-2 ((y - sigmoid(W x)) .* (1 - sigmoid(W x))) x'", "derivative_wrong"],
  ["σ left out", sigmoidLoss, "-2 (y - W x) x'", "function_left_out"],
  ["the sign", sigmoidLoss, "2 ((y - sigmoid(W x)) .* sigmoid(W x) .* (1 - sigmoid(W x))) x'", "sign"],
  ["abstract σ′ dropped", network, "W2' grad_L(W2 σ(W1 x)) x'", "derivative_dropped"],
  ["abstract σ for σ′", network, "(W2' grad_L(W2 σ(W1 x)) .* σ(W1 x)) x'", "function_for_derivative"],
  ["σ′ taken at a", network, "(W2' grad_L(W2 σ(W1 x)) .* σ'(σ(W1 x))) x'", "derivative_at_output"],
  ["the target forgotten", entropy, "softmax(W x) x'", "term_dropped"],
  ["t − p for p − t", entropy, "(t - softmax(W x)) x'", "sign"],
  ["only the diagonal of softmax", softmax, "diag(softmax(z) .* (1 - softmax(z)))", "softmax_diagonal"],
  ["the logarithm forgotten", logdet, "det(X) inv(X)'", "log_forgotten"],
  ["the inverse forgotten", logdet, "X'", "determinant_inverse_dropped"],
  ["the data left out", ridge, "2/N X'X w + 2 λ w", "part_left_out"],
  ["y added and not taken away", ridge, "2/N X'(X w + y) + 2 λ w", "sign_of_part"],
  ["the regulariser left out", ridge, "2/N X'(X w - y)", "term_not_differentiated"],
  ["λ left out", ridge, "2/N X'(X w - y) + 2 w", "factor_left_out"],
  ["the sign of a term", ridge, "2/N X'(X w - y) - 2 λ w", "sign_of_term"],
  ["an exponent that does not come down", ridge, "2/N X'(X w - y) + λ w", "power_factor_dropped"],
  ["the sign of the inverse rule", inverse, "inv(X)' a b' inv(X)'", "sign"],
  ["the inverse rule of a number", inverse, "-a b' inv(X)'^2", "inverse_rule"],
  ["one inverse missing", inverse, "-inv(X)' a b'", "inverse_rule"],
  ["the transposes of the inverses", inverse, "-inv(X) a b' inv(X)", "transpose_forgotten"],
  ["the inner derivative forgotten", bell, "exp(-x^2/2)", "inner_dropped"],
  ["one term of a quotient", quotient, "1/(1 + x^2)", "product_term_dropped"],
  ["the denominator not squared", quotient, "1/(1 + x^2) - 2 x^2/(1 + x^2)", "exponent_kept"],
] as const;

describe("mistakes are named by mutation of our own derivation", () => {
  test.each(NAMED)("%s", (_name, derivation, answer, code) => {
    const result = checkAnswer(answer, derivation);
    expect(result).toMatchObject({ ok: false, code });
    expect(result.score).toBeGreaterThan(0.4);
    expect(result.score).toBeLessThan(1);
  });

  test("a sum where a mean is meant", () => {
    const mean = problem("1/N ‖X w - y‖²", "X: N×n, w: n, y: N", "w");
    expect(checkAnswer("2 X'(X w - y)", mean).message).toBe(
      "right up to a factor: a factor N too many (a sum where a mean is meant?)",
    );
  });

  test("a mistake and a factor together", () => {
    expect(checkAnswer("W x x'", norm)).toMatchObject({ code: "part_left_out", score: 0.5 });
  });

  test("an answer that nothing explains is wrong and has no name", () => {
    expect(checkAnswer("7 (W x + b) x'", norm)).toMatchObject({ ok: false, code: "wrong", score: 0.2, mistakes: [] });
    expect(checkAnswer("0", norm)).toMatchObject({ ok: false, code: "wrong", score: 0 });
  });
});

describe("the ladder of hints", () => {
  test("what is right, the mistake, the line that differs, the answer", () => {
    expect(checkAnswer("2 W x x'", norm).hints).toEqual([
      "The shape is right: m×n.",
      "Look again: b is left out of W*x + b.",
      expect.stringMatching(/^Compare line \d \(.+\): .+ = .+\.$/),
      "The answer is 2*(W*x + b)*x'.",
    ]);
  });
  test("the answer stands only in the last hint", () => {
    const { message, hints } = checkAnswer("A x", quadratic);
    expect([message, ...hints.slice(0, -1)].join()).not.toContain("(A + A')*x");
    expect(hints[hints.length - 1]).toContain("(A + A')*x");
  });
});

describe("layouts", () => {
  test("the layout may be asked for", () => {
    expect(checkAnswer("2 x (W x + b)'", norm, { layout: "numerator" })).toMatchObject({ ok: true, score: 1 });
  });
  test("strictLayout costs half the marks", () => {
    expect(checkAnswer("2 x (W x + b)'", norm, { strictLayout: true })).toMatchObject({ ok: false, score: 0.5 });
  });
  test("a symmetric answer is right in both", () => {
    expect(checkAnswer("diag(softmax(z)) - softmax(z) softmax(z)'", softmax).layoutSeen).toBe("both");
  });
  test("the slip of 002 is named", () => {
    const numerator = problem("ln|X|", "X: n×n", "X", "numerator");
    expect(checkAnswer("X^-T", numerator).errata.map((e) => e.id)).toEqual(["002-ex-logdet"]);
    expect(checkAnswer("X^-1", numerator)).toMatchObject({ ok: true, errata: [] });
  });
});

describe("other kinds of answers", () => {
  test("a whole line may be given", () => expect(checkAnswer("∂f/∂W = 2 (W x + b) x'", norm).ok).toBe(true));
  test("a tensor is compared as the Jacobian of vec's", () => {
    const tensor = problem("A x", "A: m×n, x: n", "A", "numerator");
    expect(checkAnswer("kron(x', eye(m))", tensor).ok).toBe(true);
    expect(checkAnswer("kron(eye(m), x')", tensor).ok).toBe(false);
  });
  test("a Hessian", () => {
    const hessian = problem("x'A x", "A: n×n, x: n", ["x", "x"]);
    expect(checkAnswer("A + A'", hessian).ok).toBe(true);
    expect(checkAnswer("2 A", hessian)).toMatchObject({ ok: false, code: "special_case" });
  });
  test("equal because of a declared fact is said", () => {
    const symmetric = problem("x'A x", "A: n×n symmetric, x: n", "x");
    expect(checkAnswer("2 A x", symmetric)).toMatchObject({
      ok: true,
      code: "right_by_fact",
      message: "right, because A is symmetric",
    });
    expect(checkAnswer("(A + A') x", symmetric)).toMatchObject({ ok: true, code: "right" });
  });
  test("text that cannot be read says what and where", () => {
    expect(checkAnswer("2 (W x + b", norm)).toMatchObject({
      ok: false,
      score: 0,
      code: "syntax",
      message: "this parenthesis ( is never closed (column 3)",
      span: [2, 3],
    });
    expect(checkAnswer("2 (W x + q) x'", norm)).toMatchObject({ ok: false, code: "unknown_symbol" });
    expect(checkAnswer("", norm)).toMatchObject({ ok: false, code: "syntax" });
  });
  test("an answer that is not defined where the derivative is cannot be right", () => {
    expect(checkAnswer("inv(x x') x", quadratic)).toMatchObject({ ok: false, code: "undefined_answer" });
  });
});
