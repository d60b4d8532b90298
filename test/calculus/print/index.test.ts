/** The printers of the index style: LaTeX that renders, Einstein's convention, plain text, page lines. */
import katex from "katex";
import { describe, expect, test } from "vitest";
import { indexResultLatex, indexStepLine } from "../../../kernel/src/calculus/print/indexPage.js";
import { bare, indexOf, latexLines } from "../derive/indexStyle/indexHelpers.js";

const CASES: readonly (readonly [string, string, string])[] = [
  ["B C", "B: m×n, C: n×p", "B"],
  ["L(W2 σ(W1 x))", "σ: elementwise, L: scalar of k, W1: h×n, W2: k×h, x: n", "W1"],
  ["sum(log(1 + exp(-y .* (X w))))", "X: N×n, y: N, w: n", "w"],
  ["norm(x)", "x: n", "x"],
  ["inv(A X)", "A: n×n, X: n×n", "X"],
  ["tr(X' A X)", "X: m×n, A: m×m", "X"],
  ["kron(A, X)", "A: m×n, X: p×q", "X"],
  ["vec(A X)", "A: m×n, X: n×p", "X"],
  ["det(A + X)", "A: n×n, X: n×n", "X"],
  ["diag(x) A", "x: n, A: n×n", "x"],
];

describe("every line is LaTeX that renders", () => {
  for (const [text, vars, wrt] of CASES)
    test(`${text} by ${wrt}`, () => {
      const d = indexOf(text, vars, wrt);
      const all = [...d.steps, ...d.asides.flatMap((a) => a.steps)].map((s) => indexStepLine(s));
      for (const line of all)
        for (const part of [line.left, ...line.right, line.note])
          expect(() => katex.renderToString(part, { strict: "error" }), part).not.toThrow();
      expect(() => katex.renderToString(indexResultLatex(d.result.line))).not.toThrow();
    });
});

test("a page line has the definitions before and behind it", () => {
  const [first] = indexOf("‖W x + b‖²", "W: m×n, x: n, b: m", "W").steps;
  expect(bare(indexStepLine(first!).right[0]!)).toBe(
    bare("\\frac{\\partial}{\\partial W_{kl}}\\sum_{i=1}^{m}r_i^2,\\qquad r_i=\\sum_{j=1}^{n}W_{ij}x_j+b_i"),
  );
  const [expanded] = indexOf("A x", "A: m×n, x: n", "A").steps;
  expect(bare(indexStepLine(expanded!).left)).toBe(bare("\\mathbf y=\\mathbf A\\mathbf x\\in\\mathbb R^m,\\qquad y_i"));
});

test("every chip of the index style says a sentence on hover", () => {
  for (const [text, vars, wrt] of CASES)
    for (const step of indexOf(text, vars, wrt).steps)
      for (const chip of indexStepLine(step).chips) expect(chip.sentence, chip.name).not.toBe(chip.name);
});

test("Einstein's convention leaves the sums out, the factors stay", () => {
  const d = indexOf("tr(A X B)", "A: p×m, X: m×n, B: n×p", "X");
  expect(latexLines(d, { einstein: true })[3]).toBe(bare("=A_{ik}B_{li}"));
});

test("names with a subscript of their own stand in brackets", () => {
  const d = indexOf("W1 x", "W1: m×n, x: n", "x");
  expect(latexLines(d).at(-2)).toBe(bare("=[\\mathbf W_1]_{ik}"));
});
