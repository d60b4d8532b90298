/** Declarations by their sets, as papers write them. */
import { expect, test } from "vitest";
import { showShape } from "../../../../kernel/src/calculus/core/shape.js";
import { declare } from "../../../../kernel/src/calculus/text/declare.js";
import { failureOf } from "../reads.js";

function declared(text: string): string {
  const { symbols, functions } = declare(text);
  return [
    ...[...symbols].map(([name, s]) =>
      [`${name}: ${showShape(s.shape)}`, ...((s.attrs.facts ?? []) as readonly string[])].join(" "),
    ),
    ...[...functions].map(
      ([name, f]) => `${name}: ${f.kind === "scalarOf" ? `scalar of ${showShape(f.shape)}` : f.kind}`,
    ),
  ].join(", ");
}

test.each([
  ["\\mathbf W\\in\\mathbb R^{m\\times n},\\ \\mathbf x\\in\\mathbb R^n", "W: m×n, x: n×1"],
  ["$W\\in\\mathbb{R}^{2\\times 3}$", "W: 2×3"],
  ["x, y \\in \\mathbb{R}^{n}; \\lambda\\in\\mathbb R", "x: n×1, y: n×1, lambda: scalar"],
  ["W ∈ ℝ^{m×n}, x ∈ ℝ^n", "W: m×n, x: n×1"],
  ["W^{(1)}\\in\\mathbb R^{h\\times n}, W_2\\in\\mathbb R^{k\\times h}", "W1: h×n, W2: k×h"],
  ["A\\in\\mathbb S^n, B\\in\\mathbb S_{++}^n", "A: n×n symmetric, B: n×n spd"],
  ["t\\in\\mathbb R_{++}, y\\in\\{-1,1\\}^N", "t: scalar positive, y: N×1 signs"],
  ["L:\\mathbb R^k\\to\\mathbb R, \\sigma\\colon\\mathbb R\\to\\mathbb R", "L: scalar of k×1, sigma: elementwise"],
  ["W\\in\\mathbb R^{m\\times n}, \\hat y: m, A: n\\times n symmetric", "W: m×n, yhat: m×1, A: n×n symmetric"],
])("%s", (text, wanted) => {
  expect(declared(text)).toBe(wanted);
});

test.each([
  ["x\\in\\mathbb C^n", "unsupported", "the set \\mathbb C^n is not read", "\\mathbb C^n"],
  ["x\\in\\mathbb R^n, x\\in\\mathbb R^m", "ambiguous", "x is declared twice: n×1 and m×1", "x\\in\\mathbb R^m"],
  [
    "T\\in\\mathbb R^{m\\times n\\times p}",
    "bad_argument",
    "expected at most two dimensions, got m×n×p",
    "T\\in\\mathbb R^{m\\times n\\times p}",
  ],
  ["x\\in\\mathbb R^{n\\timse m}", "unknown_function", "unknown macro \\timse: did you mean \\times?", "\\timse"],
  [
    "f:\\mathbb R^n\\to\\mathbb R^m",
    "unsupported",
    "a function with values that are no numbers is not read",
    "\\mathbb R^n\\to\\mathbb R^m",
  ],
])("%s is refused in its place", (text, code, message, at) => {
  expect(failureOf(text, () => declare(text))).toMatchObject({ code, message, at });
});
