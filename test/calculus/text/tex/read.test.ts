/** LaTeX of the notes as text of the grammar. */
import { expect, test } from "vitest";
import { text as printed } from "../../../../kernel/src/calculus/print/text.js";
import { parseTex } from "../../../../kernel/src/calculus/text/tex/read.js";
import { SCOPE } from "./scope.js";

const read = (latex: string): string => printed(parseTex(latex, SCOPE).result);

test.each([
  // norms, bars, brackets
  ["\\|Wx+b\\|^2", "norm(W*x + b)^2"],
  ["\\left\\|\\mathbf W\\mathbf x+\\mathbf b\\right\\|^2", "norm(W*x + b)^2"],
  ["\\lVert W x+b\\rVert_2^2", "norm(W*x + b)^2"],
  ["\\|\\mathbf R\\|_F^2", 'norm(R, "fro")^2'],
  ["\\|R\\|^2_{\\mathrm F}", 'norm(R, "fro")^2'],
  ["\\ln|\\mathbf X|", "log(det(X))"],
  ["\\left||\\mathbf X|\\right|", "abs(det(X))"],
  ["\\bigl( x + y \\bigr)^\\top y", "(x + y)'*y"],
  ["\\left[x+y\\right]^\\top y", "(x + y)'*y"],
  ["\\langle x, y\\rangle", "x'*y"],
  // transposes, inverses, powers
  ["\\mathbf x^\\top A^{-1}\\mathbf x", "x'*inv(A)*x"],
  ["x^{\\mathsf{T}}Ax", "x'*A*x"],
  ["x^T A x", "x'*A*x"],
  ["\\mathbf X^{-\\top}", "inv(X)'"],
  ["X^{-T}", "inv(X)'"],
  ["A^{2}x", "A^2*x"],
  ["x^{\\circ 2}", "x.^2"],
  ["t^{\\frac12}", "sqrt(t)"],
  ["\\sqrt[4]{t}", "t^0.25"],
  ["x\\oslash y", "x./y"],
  ["\\sqrt{x^\\top x}", "sqrt(x'*x)"],
  // functions
  ["\\operatorname{tr}(\\mathbf{AXB})", "tr(A*X*B)"],
  ["\\mathrm{tr}\\!\\left(X\\right)", "tr(X)"],
  ["\\sin^2 t + \\cos^{2}(t)", "sin(t)^2 + cos(t)^2"],
  ["e^{-t}", "exp(-t)"],
  ["\\text{softmax}(Wx+b)", "softmax(W*x + b)"],
  ["\\operatorname{ReLU}(Wx+b)", "relu(W*x + b)"],
  ["\\mathcal L(\\mathbf W\\sigma(\\mathbf x))", "L(W*sigma(x))"],
  ["\\sigma'(Wx)\\circ b", "D_sigma(W*x).*b"],
  ["\\mathbb 1\\left[x>0\\right]", "step(x)"],
  ["\\mathbb I(\\mathbf x>0)\\odot y", "step(x).*y"],
  // fractions and gradients
  ["\\frac12\\|Wx-b\\|^2", "0.5*norm(W*x - b)^2"],
  ["\\dfrac{1}{N}\\|Wx\\|^2", "norm(W*x)^2/N"],
  ["\\frac{\\lambda}{2}x^\\top x", "0.5*lambda*(x'*x)"],
  ["\\frac{x}{y}", "x./y"],
  ["\\frac{\\mathbf 1}{x}", "1 ./x"],
  ["\\frac{\\partial\\mathcal L}{\\partial\\mathbf z}", "grad_L(z)"],
  ["\\frac{d\\mathcal L}{d\\mathbf z}", "grad_L(z)'"],
  ["\\nabla L(z)", "grad_L(z)"],
  // names and constants
  ["W_1x+\\hat y", "W1*x + yhat"],
  ["\\mathbf W_{1}\\mathbf x", "W1*x"],
  ["W_{\\text{out}}b", "W_out*b"],
  ["\\mathbf 1^\\top\\mathbf x", "ones(n)'*x"],
  ["-\\mathbf 1_m^\\top b", "-(ones(m)'*b)"],
  ["A+\\lambda\\mathbf I_n", "A + lambda*eye(n)"],
  ["\\vec x^{\\,T}\\underline{y}", "x'*y"],
  ["\\mathbf x^\\top d\\mathbf x", "x'*dx"],
  // what surrounds a formula
  ["$\\|Wx\\|^2$", "norm(W*x)^2"],
  ["\\[ x^\\top y. \\]", "x'*y"],
  ["\\underbrace{x^\\top A}_{1\\times n}y % a row times a column", "x'*A*y"],
  ["\\begin{aligned} h &= Wx \\\\ f &= \\|h\\|^2 \\end{aligned}", "norm(h)^2"],
  ["\\begin{equation} x^\\top A x \\end{equation}", "x'*A*x"],
  ["\\begin{align*} x^\\top A x \\end{align*}", "x'*A*x"],
])("%s", (latex, wanted) => {
  expect(read(latex)).toBe(wanted);
});

test("how a fraction of vectors was read is said", () => {
  expect(parseTex("\\frac{x}{y}", SCOPE).notes).toEqual(["a fraction over y is read entry by entry"]);
});
