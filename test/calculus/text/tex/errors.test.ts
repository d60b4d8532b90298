/** What is wrong with LaTeX is shown in the LaTeX as it was typed, at once. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { NablaError } from "../../../../kernel/src/calculus/core/errors.js";
import { parseTex } from "../../../../kernel/src/calculus/text/tex/read.js";
import { failureOf } from "../reads.js";
import { SCOPE } from "./scope.js";

const failure = (latex: string) => failureOf(latex, () => parseTex(latex, SCOPE));

test.each([
  ["\\|Wy+q\\|^2", "unknown_symbol", "unknown symbol q", "q"],
  [
    "\\mathbf W\\mathbf b",
    "shape_mismatch",
    "matrix product: expected the columns of the left to equal the rows of the right, got m×n and m×1",
    "\\mathbf W\\mathbf b",
  ],
  ["x + \\frac{A}{B}y", "ambiguous", "division by a matrix (n×n) can be read in several ways", "\\frac{A}{B}"],
  ["\\matbf W x", "unknown_function", "unknown macro \\matbf: did you mean \\mathbf?", "\\matbf"],
  [
    "\\operatorname{sofmax}(x)",
    "unknown_function",
    "unknown function sofmax: did you mean softmax?",
    "\\operatorname{sofmax}",
  ],
  ["\\def\\x{1}x", "syntax", "\\def is not read: a formula defines no macros and reads no files", "\\def"],
  ["x+\\input{secret}", "syntax", "\\input is not read: a formula defines no macros and reads no files", "\\input"],
  [
    "\\newcommand{\\x}{y}",
    "syntax",
    "\\newcommand is not read: a formula defines no macros and reads no files",
    "\\newcommand",
  ],
  ["\\frac{x}{y", "syntax", "this brace { is never closed", "{"],
  ["x}", "syntax", "this brace } was never opened", "}"],
  ["\\frac{x}", "syntax", "\\frac needs an argument", "\\frac"],
  ["\\left(x", "syntax", "this parenthesis ( is never closed", "("],
  ["\\begin{aligned}x", "syntax", "\\begin{aligned} is never closed", "\\begin{aligned}"],
  [
    "\\begin{bmatrix}1&2\\end{bmatrix}x",
    "unsupported",
    "a matrix of entries is not read",
    "\\begin{bmatrix}1&2\\end{bmatrix}",
  ],
  ["(Wx)_i", "unsupported", "an entry of an expression: only names have subscripts", "_i"],
  ["x^{(1)}", "ambiguous", "^{(1)} can be a power or a label", "^{(1)}"],
  ["|Wx+b|^2", "ambiguous", "|Wx+b| of a vector (m×1) can be read in two ways", "|Wx+b|"],
  ["A^*", "unsupported", "a conjugate transpose: matrices are real here", "^*"],
  ["\\,", "syntax", "the expression is empty", "\\,"],
])("%s", (latex, code, message, at) => {
  expect(failure(latex)).toMatchObject({ code, message, at });
});

test.each([
  ["10,000 letters", "a".repeat(10_000)],
  ["1,000 nested braces", "{".repeat(1000) + "}".repeat(1000)],
  ["1,000 open braces", "{".repeat(1000)],
  ["macros without arguments", "\\frac".repeat(900)],
  ["open delimiters", "\\left(".repeat(800)],
  ["open math", "\\(".repeat(2000)],
  ["scripts without a base", "^".repeat(5000)],
  ["nested fractions", `${"\\frac{1}{".repeat(140)}x${"}".repeat(140)}`],
])("%s are refused and do not hang", (_what, latex) => {
  failure("x");
  const start = performance.now();
  expect(failure(latex)).toBeDefined();
  expect(performance.now() - start).toBeLessThan(5000);
});

const PIECES =
  "W x b + - \\frac \\frac12 { } ^ _ \\top ^\\top \\| | \\left( \\right) \\mathbf \\sigma ' 2 . , \\nabla \\partial d \\begin{aligned} \\end{aligned} & \\\\ \\text{a b} \\operatorname{tr} \\sqrt [ ] ( ) \\sum \\mathbb 1 \\hat \\underbrace \\langle \\rangle $ % ∇ ² ᵀ 𝐗 \\ rac oldsymbol{x} e^ I_n \f \b \t".split(
    " ",
  );

test("whatever is typed: an expression, or an error with its place", () => {
  const anyLatex = fc.array(fc.constantFrom(...PIECES, " "), { maxLength: 12 }).map((a) => a.join(""));
  fc.assert(
    fc.property(anyLatex, (latex) => {
      try {
        parseTex(latex, SCOPE);
      } catch (error) {
        if (!(error instanceof NablaError)) throw error;
        const [start, end] = error.span!;
        expect(error.text).toBe(latex);
        expect(0 <= start && start <= end && end <= latex.length).toBe(true);
      }
    }),
    { seed: 20_261_121, numRuns: 5000 },
  );
});
