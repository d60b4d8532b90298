import { expect, test } from "vitest";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parseEquation } from "../../../kernel/src/calculus/text/equation.js";
import { inferScope } from "../../../kernel/src/calculus/text/infer.js";

test.each([
  ["tr(A B C) = tr(A C B)", ["A, B, C are read as n×n"]],
  ["(A X B)' = B'X'A'", ["A is read as m×n", "X is read as n×p", "B is read as p×q"]],
  ["vec(A X B) = kron(B', A) vec(X)", ["A is read as m×n", "X is read as n×p", "B is read as p×q"]],
  ["x'A x = tr(A x x')", ["x is read as n×1", "A is read as n×n"]],
  ["λ x = A x", ["lambda is read as a scalar", "x is read as n×1", "A is read as n×n"]],
  ["x/y = 1/(y/x)", ["x, y are read as scalars"]],
  ["s x + y = y + s x", ["s is read as a scalar", "x, y are read as n×1"]],
  ["σ(A x) = A σ(x)", ["A is read as m×n", "x is read as n×1", "sigma is read as an elementwise function"]],
  ["d L(W x)/dW = grad_L(W x) x'", ["W is read as m×n", "x is read as n×1", "L is read as a scalar function of m×1"]],
  ["A A^-1 = I", ["A is read as n×n", "I is read as the identity n×n"]],
  ["tr(ABC) = 1", ["A is read as m×n", "B is read as n×p", "C is read as p×m"]],
])("%s: %j", (text, notes) => {
  expect(parseEquation(text, declare("")).notes.slice(0, notes.length)).toEqual(notes);
});

test("declared names bound the undeclared ones", () => {
  expect(inferScope("‖W x + b‖²", declare("W: k×3")).notes).toEqual(["x is read as 3×1", "b is read as k×1"]);
});

test("nothing undeclared, nothing said", () => {
  const scope = declare("x: n");
  expect(inferScope("x'x", scope)).toEqual({ scope, notes: [] });
});

test("an equation between a product and its own factor ends", () => {
  expect(parseEquation("A ⊗ A = A", declare("")).kind).toBe("identity");
});
