import { expect, test } from "vitest";
import { notation, plainName } from "../../../kernel/src/calculus/text/notation.js";

test.each([
  ["X⁻¹", "X^-1"],
  ["Xᵀ", "X'"],
  ["X⁻ᵀ", "X^(-1)'"],
  ["X^⊤", "X'"],
  ["x²", "x^2"],
  ["x¹²", "x^12"],
  ["xⁿ", "x^n"],
  ["X²ᵀ", "X^2'"],
  ["W₁₂ a₃", "W12 a3"],
  ["x_{1}", "x_1"],
  ["x^{2 + s}", "x^(2 + s)"],
  ["a ⊙ b ∘ c ⊘ d", "a .* b .* c ./ d"],
  ["a · b − c × d", "a * b - c * d"],
  ["λ σ Σ ℓ", "lambda sigma Sigma l"],
  ["∂f/∂X", "d f/d X"],
  ["∇L, ∇²L", "grad_L, hess_L"],
])("%s is %s", (written, ascii) => {
  expect(notation(written).ascii).toBe(ascii);
});

test("every character of the ASCII text points at what it was written as, in UTF-16 units", () => {
  const text = "𝐗⁻¹ + σ²";
  const { ascii, starts, ends } = notation(text);
  const written = [...ascii].map((c, i) => [c, text.slice(starts[i], ends[i])]);
  expect(ascii).toBe("X^-1 + sigma^2");
  expect(written[0]).toEqual(["X", "𝐗"]);
  expect(written.slice(1, 4).map(([, from]) => from)).toEqual(["⁻¹", "⁻¹", "⁻¹"]);
  expect(written[7]).toEqual(["s", "σ"]);
  expect(written.at(-1)).toEqual(["2", "²"]);
});

test("names are kept in ASCII", () => {
  expect([" W₁ ", "σ", "x̂", "ŷ", "μ̄"].map(plainName)).toEqual(["W1", "sigma", "xhat", "yhat", "mubar"]);
});
