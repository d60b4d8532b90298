import { expect, test } from "vitest";
import { text as printed } from "../../../kernel/src/calculus/print/text.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parseEquation } from "../../../kernel/src/calculus/text/equation.js";
import { failureOf } from "./reads.js";

const shown = (text: string, where = ""): string => {
  const e = parseEquation(text, declare(where));
  return e.kind === "identity"
    ? `${printed(e.lhs)} = ${printed(e.rhs)}`
    : `d(${printed(e.of)})/d(${printed(e.wrt)}) = ${printed(e.claimed)}`;
};

test.each([
  ["d ln|X|/dX = X^-T", "d(log(det(X)))/d(X) = inv(X)'"],
  ["dln|X|/dX = X⁻ᵀ", "d(log(det(X)))/d(X) = inv(X)'"],
  ["X^-T = d ln|X|/dX", "d(log(det(X)))/d(X) = inv(X)'"],
  ["∂(a'X b)/∂X = a b'", "d(a'*X*b)/d(X) = a*b'"],
  ["d/dx (x'A x) = (A + A') x", "d(x'*A*x)/d(x) = (A + A')*x"],
  ["d(x'x)/d(x) = 2 x", "d(x'*x)/d(x) = 2*x"],
  ["∂L(W x)/∂Wᵀ = x grad_L(W x)'", "d(L(W*x))/d(W') = x*grad_L(W*x)'"],
])("%s claims a derivative", (text, claim) => {
  expect(shown(text)).toBe(claim);
});

test.each([
  ["d(X Y) = dX Y + X dY", "d(X*Y) = dX*Y + X*dY"],
  ["d|X| = |X| tr(X⁻¹ dX)", "d(det(X)) = det(X)*tr(inv(X)*dX)"],
  ["dσ(z) = σ'(z) ∘ dz", "d(sigma(z)) = D_sigma(z).*dz"],
  ["tr(A B C) = tr(A C B)", "tr(A*B*C) = tr(A*C*B)"],
  ["A B - B A = 0", "A*B - B*A = 0*ones(n)*ones(n)'"],
  ["A A^-1 = I", "A*inv(A) = eye(n)"],
])("%s is an identity", (text, identity) => {
  expect(shown(text)).toBe(identity);
});

test("declared shapes are kept", () => {
  expect(shown("d ln|X|/dX = X^-T", "X: k×k")).toBe("d(log(det(X)))/d(X) = inv(X)'");
  expect(parseEquation("x = y", declare("x: 3")).notes).toEqual(["y is read as 3×1"]);
});

test.each([
  ["x + y", "x + y", "expected an equation lhs = rhs, found no equals sign"],
  ["x = y = z", "=", "expected one equals sign, found several"],
  ["= y", "=", "expected an expression before ="],
  ["x =", "=", "expected an expression after ="],
])("%j is a syntax error", (text, at, message) => {
  expect(failureOf(text, () => parseEquation(text, declare("")))).toMatchObject({ code: "syntax", at, message });
});
