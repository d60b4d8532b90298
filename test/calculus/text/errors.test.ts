import { expect, test } from "vitest";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";
import { fails, SCOPE } from "./reads.js";

const PRODUCT = "matrix product: expected the columns of the left to equal the rows of the right, got";
const SPREAD = "a 1×1 product does not spread over a larger shape: multiply it by ones(n)";

/** Text, code, the part pointed at, message, hint. */
const ERRORS: readonly (readonly [string, string, string, string, string?])[] = [
  ["", "syntax", "", "the expression is empty"],
  ["   ", "syntax", "   ", "the expression is empty"],
  ["(x + y", "syntax", "(", "this parenthesis ( is never closed"],
  ["‖x + y", "syntax", "‖", "this bar ‖ is never closed"],
  ["2 ( x + |s )", "syntax", "|", "this bar | is never closed"],
  ["x + y)", "syntax", ")", "this parenthesis ) was never opened"],
  ["()", "syntax", "()", "these parentheses are empty"],
  ["x +", "syntax", "+", "expected an operand after +"],
  ["* x", "syntax", "*", "expected an operand before *"],
  ["x 2", "syntax", "2", "expected an operator before 2", "numbers stand in front: 2 x"],
  ["x, y", "syntax", ",", "a comma outside of a function's arguments"],
  [
    "x = y",
    "syntax",
    "=",
    "an equation where an expression is expected",
    'check("…") decides equations; names for parts are separated by ;',
  ],
  ["a.b", "syntax", ".", "unexpected .", "for elementwise operations write .* ./ .^"],
  [
    "\\frac{x}{y}",
    "syntax",
    "\\",
    "unexpected \\",
    "LaTeX is read by expr.tex(…); the solution of A x = b is inv(A)*b",
  ],
  ["q + x", "unknown_symbol", "q", "unknown symbol q", 'declare it: "q: n" or "q: m×n"'],
  ["w x", "unknown_symbol", "w", "unknown symbol w: did you mean W?", "W"],
  ["X^T", "unknown_symbol", "X^T", "unknown symbol T: did you mean X'?", "X'"],
  ["x + Xᵀ^T y", "unknown_symbol", "Xᵀ^T", "unknown symbol T: did you mean Xᵀ'?", "Xᵀ'"],
  ["eye(q)", "unknown_symbol", "q", "unknown dimension q"],
  ["foo(x)", "unknown_function", "foo", "unknown function foo", 'declare it: "foo: elementwise" or "foo: scalar of n"'],
  ["sigmod(x)", "unknown_function", "sigmod", "unknown function sigmod: did you mean sigmoid?", "sigmoid"],
  ["trace(A)", "unknown_function", "trace", "unknown function trace: did you mean tr(X)?", "tr(X)"],
  [
    "toString(x)",
    "unknown_function",
    "toString",
    "unknown function toString",
    'declare it: "toString: elementwise" or "toString: scalar of n"',
  ],
  [
    "x*y",
    "shape_mismatch",
    "x*y",
    `${PRODUCT} n×1 and n×1`,
    "did you mean x'*y (a number), x*y' (a matrix) or x.*y (elementwise)?",
  ],
  ["W y z", "shape_mismatch", "y z", `${PRODUCT} n×1 and m×1`, "did you mean y*z' (a matrix)?"],
  ["‖W z‖²", "shape_mismatch", "W z", `${PRODUCT} m×n and m×1`, "did you mean W'*z?"],
  ["x + b", "shape_mismatch", "x + b", "sum: expected equal shapes, got n×1 and m×1"],
  ["x + y'", "shape_mismatch", "x + y'", "sum: expected equal shapes, got n×1 and 1×n", "transpose one of them with '"],
  ["x'*y + y", "shape_mismatch", "x'*y + y", "sum: expected equal shapes, got n×1 and scalar", SPREAD],
  [
    "x'*y ./ x",
    "shape_mismatch",
    "x'*y ./ x",
    "elementwise division: expected equal shapes, got scalar and n×1",
    SPREAD,
  ],
  [
    "x.*y'",
    "shape_mismatch",
    "x.*y'",
    "elementwise product: expected equal shapes, got n×1 and 1×n",
    "transpose one of them with '",
  ],
  ["L(x)", "shape_mismatch", "L(x)", "L: expected an argument m×1, got n×1"],
  ["det(R)", "non_square", "det(R)", "det: expected a square matrix n×n, got m×n"],
  ["ln|R|", "non_square", "|R|", "det: expected a square matrix n×n, got m×n"],
  ["R^2", "non_square", "R^2", "A^k: expected a square matrix n×n, got m×n", "entry by entry: R.^2"],
  [
    "1 - A",
    "ambiguous",
    "1 - A",
    "a scalar plus a square matrix n×n can be read in two ways",
    "A + eye(n) or A + ones(n)*ones(n)'?",
  ],
  [
    "s + x x^2",
    "ambiguous",
    "x^2",
    "the power of a vector (n×1) can be read in several ways",
    "x.^2 entry by entry, or x'*x for the squared norm",
  ],
  [
    "A/B",
    "ambiguous",
    "A/B",
    "division by a matrix (n×n) can be read in several ways",
    "elementwise: A ./ B; with the inverse: A*inv(B)",
  ],
  ["1/x", "ambiguous", "1/x", "division by a vector (n×1) can be read in several ways", "elementwise: 1 ./ x"],
  [
    "norm(A)",
    "ambiguous",
    "norm(A)",
    "the norm of a matrix (n×n) can be several: say which",
    'norm(A, "fro") or ‖A‖_F',
  ],
  [
    "softmax(A)",
    "ambiguous",
    "softmax(A)",
    "softmax of a matrix (n×n): along which axis?",
    'softmax(A, "rows") or softmax(A, "columns")',
  ],
  ["|x|", "ambiguous", "|x|", "|x| of a vector (n×1) can be read in two ways", "norm(x) or abs(x)"],
  ["x/s y", "ambiguous", "x/s y", "x/s y can be read in two ways", "write (x/s)*y or x/(s*y)"],
  [
    "1/(2 s) (x + y)",
    "ambiguous",
    "1/(2 s) (x + y)",
    "1/(2 s) (x + y) can be read in two ways",
    "write (1/(2 s))*(x + y) or 1/((2 s)*(x + y))",
  ],
  ["x .* y s", "ambiguous", "x .* y s", "x.*y s can be read in two ways", "write (x.*y)*s or x.*(y*s)"],
  ["A B ⊗ X", "ambiguous", "A B ⊗ X", "A B ⊗ C can be read in two ways", "write kron(A, B) or parentheses"],
  [
    "tr X'",
    "ambiguous",
    "tr X'",
    "tr without parentheses: it is not clear where its argument ends",
    "write the argument of tr in parentheses",
  ],
  [
    "d x'x",
    "ambiguous",
    "d x'x",
    "d without parentheses: it is not clear where its argument ends",
    "write the argument of d in parentheses",
  ],
  ["norm(x, y, s)", "bad_argument", "norm(x, y, s)", "norm: expected 1 or 2 arguments, got 3"],
  ["det()", "bad_argument", "det()", "det: expected 1 argument, got 0"],
  ["s + det", "bad_argument", "det", "det is a function and needs its argument: det(…)"],
  ["A^2.5", "bad_argument", "2.5", "A^k: expected a whole number k, got 2.5", "entry by entry: A.^2.5"],
  ["s/0", "bad_argument", "0", "division by zero"],
  [
    "floor(x)",
    "not_differentiable",
    "floor",
    "floor has no derivative that is of use: it is constant between its jumps",
  ],
  [
    "x > y",
    "not_differentiable",
    ">",
    "a comparison (>) has no derivative",
    "step(x) is 1 for x > 0 and 0 otherwise; relu(x) is max(0, x)",
  ],
  [
    "‖x‖_3",
    "unsupported",
    "‖x‖_3",
    "norm: the Euclidean norm and the 1-norm of a vector can be differentiated, got 3",
    "sum(abs(x).^3)^(1/3)",
  ],
  [
    "‖A‖_*",
    "unsupported",
    "‖A‖_*",
    "norm: the Frobenius norm of a matrix can be differentiated, got *",
    'norm(A, "fro")',
  ],
  [
    "‖x‖_∞",
    "unsupported",
    "‖x‖_∞",
    "norm: the Euclidean norm and the 1-norm of a vector can be differentiated, got inf",
  ],
  ["1e-400 s", "bad_argument", "1e-400", "the number 1e-400 is too small"],
  ["2e308 s", "bad_argument", "2e308", "the number 2e308 is too large"],
  [
    "sin^2(s)",
    "bad_argument",
    "sin",
    "sin is a function and needs its argument: sin(…)",
    "the power stands behind: sin(…)^2",
  ],
  ["2^x", "shape_mismatch", "2^x", "power: expected a scalar exponent, got n×1", "2.^x entry by entry"],
  ["e^x", "shape_mismatch", "e^x", "power: expected a scalar exponent, got n×1", "exp(x) entry by entry"],
  ["x.^b", "shape_mismatch", "x.^b", "elementwise power: expected equal shapes, got n×1 and m×1"],
  ["expm(A)", "unknown_function", "expm", "expm is no function of the grammar", "exp(A) is entry by entry"],
  ["mean(x)", "unknown_function", "mean", "unknown function mean: did you mean sum(x)/n?", "sum(x)/n"],
  [
    "max(x)",
    "unsupported",
    "max(x)",
    "max of one argument, its largest entry, has no operator",
    "logsumexp(x) is its smooth form",
  ],
  ["max(x, b)", "shape_mismatch", "max(x, b)", "max: expected equal shapes, got n×1 and m×1"],
  [
    'softmax(A, "sideways")',
    "bad_argument",
    '"sideways"',
    'softmax: the axis is "rows" or "columns", got sideways',
    'softmax(Z, "rows") makes every row sum to 1',
  ],
  ['softmax(x, "rows")', "bad_argument", 'softmax(x, "rows")', "softmax: an axis is for matrices, got n×1"],
  ["x I", "unknown_symbol", "I", "unknown symbol I: did you mean eye(n)?", "eye(n)"],
];

test.each(ERRORS)("%j is %s at %j", (text, code, at, message, hint) => {
  expect(fails(text as string)).toEqual({ code, message, at, hint });
});

test("both shapes are in the facts of a mismatch", () => {
  expect(() => parse("‖x + b‖", SCOPE)).toThrow(
    expect.objectContaining({ code: "shape_mismatch", got: ["n×1", "m×1"], want: "equal shapes", span: [1, 6] }),
  );
});

test("a word that splits in two ways is refused with both", () => {
  expect(fails("abc", declare("a, b, c, ab, bc"))).toMatchObject({ code: "ambiguous", at: "abc" });
});

test("depth and length are limited before anything recursive sees the text", () => {
  const started = performance.now();
  const deep = { code: "syntax", message: "nested too deeply: at most 150 levels" };
  for (const text of [
    `${"(".repeat(500)}x${")".repeat(500)}`,
    "(".repeat(20_000),
    `${"-".repeat(9999)}x`,
    `x${"'".repeat(9999)}`,
    `s${"^s".repeat(5000)}`,
    `${"ln ".repeat(6000)}x`,
    "|".repeat(19_999),
  ])
    expect(fails(text)).toMatchObject(deep);
  expect(fails("x".repeat(20_001))).toMatchObject({
    code: "syntax",
    message: "the text is too long: at most 20000 characters, got 20001",
  });
  expect(performance.now() - started).toBeLessThan(5000);
  expect(fails(`${"(".repeat(150)}x${")".repeat(150)}`)).toBeUndefined();
});
