import { expect, test } from "vitest";
import { latexToText } from "../../kernel/src/display/latexText/index.js";

const tex = String.raw;

test.each([
  [tex`d\|\mathbf W\mathbf x+\mathbf b\|^2`, "d‖W x + b‖²"],
  [tex`d(\mathbf y^\top\mathbf y)\,\Big|_{\mathbf y=\mathbf W\mathbf x+\mathbf b}`, "d(yᵀ y) | y = W x + b"],
  [tex`2(\mathbf W\mathbf x+\mathbf b)^\top(d\mathbf W)\,\mathbf x`, "2(W x + b)ᵀ (dW) x"],
  [
    "\\operatorname{tr}\\!\\big(\\underbrace{2\\,\\mathbf x\\mathbf b^\\top}_{n\\times m}\\,\\underbrace{d\\mathbf W}_{m\\times n}\\big)",
    "tr(2 x bᵀ dW)",
  ],
  [tex`\text{from } d(\mathbf x^\top\mathbf x) \text{, i.e. eqs. (4), (7)}`, "from d(xᵀ x), i.e. eqs. (4), (7)"],
  [tex`|\mathbf X|^{-1}\,|\mathbf X|\operatorname{tr}\!\big(\mathbf X^{-1}d\mathbf X\big)`, "|X|⁻¹ |X| tr(X⁻¹ dX)"],
  [tex`\frac{\partial\ln|\mathbf X|}{\partial\mathbf X}=\mathbf X^{-\top}`, "∂ ln|X|/∂X = X⁻ᵀ"],
  [
    tex`\Big[\Big(\frac{d\mathcal L}{d\mathbf y}\mathbf W_2\Big)^{\!\top}\circ\sigma'(\mathbf W_1\mathbf x)\Big]^{\!\top}`,
    "[(dL/dy W₂)ᵀ ∘ σ′(W₁ x)]ᵀ",
  ],
  [
    tex`\sum_{r=1}^{n}\frac{\partial B_{ir}}{\partial B_{kl}}\,C_{rj}=\delta_{ik}C_{lj}`,
    "Σ_{r=1}^n ∂B_ir/∂B_kl C_rj = δ_ik C_lj",
  ],
  [tex`-\big(\mathbf y\circ s(\mathbf z)\big)^\top\mathbf X\,d\mathbf w`, "−(y ∘ s(z))ᵀ X dw"],
  [tex`\begin{bmatrix}1&-0.5\\2&x_{11}\end{bmatrix}`, "[1 −0.5; 2 x₁₁]"],
  [tex`\mathbf g_y:=\partial\mathcal L/\partial\mathbf y\in\mathbb R^{n}`, "g_y := ∂L/∂y ∈ ℝⁿ"],
  [tex`\frac{a+b}{2}-\sqrt{x}`, "(a + b)/2 − √x"],
  [tex`-\tfrac12e^{-\mathbf y\circ(\mathbf X\mathbf w)}`, "−1/2 e^(−y ∘ (X w))"],
  ["", ""],
])("%s", (latex, text) => expect(latexToText(latex)).toBe(text));

test("what does not close is read to its end", () => {
  expect(latexToText(tex`\frac{a`)).toBe("a/");
  expect(latexToText(tex`\begin{bmatrix}1&2`)).toBe("[1 2]");
  expect(latexToText(tex`}x^`)).toBe("x");
});
