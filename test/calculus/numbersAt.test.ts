/** Numbers of derivatives at points where a formula has none, or where the expression itself has none. */
import { describe, expect, test } from "vitest";
import { dense } from "../../kernel/src/calculus/core/dense.js";
import { derive } from "../../kernel/src/calculus/derive/derive.js";
import { type Answer, answer, derivativeAt, type Failure, NablaError } from "../../kernel/src/calculus/index.js";
import { numbersAt } from "../../kernel/src/calculus/numbersAt.js";
import { declare } from "../../kernel/src/calculus/text/declare.js";
import { parse } from "../../kernel/src/calculus/text/parse.js";

const SINGULAR = [
  [1, 2, 3],
  [2, 4, 6],
  [0, 1, 1],
];
const A = [
  [1, 0, 2],
  [0, 3, 1],
  [1, 1, 1],
];

describe("where an inverse in the formula is one of a singular matrix", () => {
  const scope = declare("X: 3×3, A: 3×3");
  const X = scope.symbols.get("X")!;
  const at = (entries: readonly number[]) => ({
    sizes: {},
    values: { X: dense(3, 3, entries), A: dense(3, 3, A.flat()) },
  });

  test.each([
    ["det(X)"],
    ["det(X)^2"],
    ["det(X)*tr(X)"],
    ["det(A*X)*sum(X)"],
    ["det(X'*X)"],
    ["sin(det(X))"],
    ["tr(adj(X))"],
    ["sum(A*adj(X))"],
    ["tr(adj(X)*adj(X))"],
  ])("the second derivative of %s is the slope of the first", (text) => {
    const f = parse(text, scope).expr;
    const [gradient, hessian] = [[X], [X, X]].map((wrt) => derive(f, wrt, { steps: false }));
    const first = (entries: readonly number[]): ArrayLike<number> =>
      numbersAt(gradient!, at(entries), gradient!.result.matrix);
    const second = numbersAt(hessian!, at(SINGULAR.flat()), hessian!.result.matrix);
    const STEP = 1e-4; // central difference
    const scale = Math.max(...second.map(Math.abs), 1);
    for (let k = 0; k < 9; k++) {
      const moved = (by: number) => first(SINGULAR.flat().map((x, i) => (i === k ? x + by : x)));
      const [above, below] = [moved(STEP), moved(-STEP)];
      for (let i = 0; i < 9; i++) {
        const slope = (above[i]! - below[i]!) / (2 * STEP);
        expect(Math.abs(second[i * 9 + k]! - slope) / scale).toBeLessThan(1e-6);
      }
    }
  });

  test("a notebook's .at() and the batch answer are one", () => {
    for (const wrt of [["X"], ["X", "X"]]) {
      const request = { expr: "det(X)^2", vars: { X: [3, 3] }, wrt, bindings: { X: SINGULAR } };
      const { tensor } = answer(request, () => 0) as Answer;
      const derivation = derive(
        parse("det(X)^2", scope).expr,
        wrt.map(() => X),
      );
      expect([...derivativeAt(derivation, { X: SINGULAR }).data]).toEqual(tensor!.data);
    }
  });

  test("there is none where the derivative does not exist", () => {
    const derivation = derive(parse("sqrt(det(X))", scope).expr, [X], { steps: false });
    const run = (): unknown => derivativeAt(derivation, { X: SINGULAR });
    expect(run).toThrow(NablaError);
    expect(run).toThrow(
      "the derivative is not defined at this point: inv(X) needs an invertible matrix, and X is singular at this point",
    );
  });
});

const VARS = { s: [], t: [], x: ["n"], y: ["n"], X: ["n", "n"] };
const VALUES = { s: -1, t: 1000, x: [0, 1], y: [1000, -2], X: [[1, 2], [2, 4]] }; // biome-ignore format: one line is one table
const failure = (expr: string, wrt: string): Failure["error"] =>
  (answer({ expr, vars: VARS, wrt: [wrt], bindings: VALUES }, () => 0) as Failure).error;

describe("a point outside the domain is refused with the part that has no value", () => {
  test.each([
    ["exp(t)", "t", "exp(t) is too large at this point"],
    ["s*sum(exp(y))", "y", "exp(y) is too large at this point"],
    ["t^200", "t", "t^200 is too large at this point"],
    ["log(s)", "s", "log(s) needs a positive argument, and s is -1"],
    ["sum(log(y))", "y", "log(y) needs a positive argument, and entry 2 of y is -2"],
    ["sum(log(s*X))", "X", "log(s*X) needs a positive argument, and entry 1,1 of s*X is -1"],
    ["sqrt(s)", "s", "sqrt(s) needs an argument that is not negative, and s is -1"],
    ["asin(t)", "t", "asin(t) needs an argument between -1 and 1, and t is 1000"],
    ["1/(s + 1)", "s", "1/(s + 1) divides by zero: s + 1 is 0"],
    ["sum(y ./ x)", "y", "1 ./x divides by zero: entry 1 of x is 0"],
    ["tr(inv(X))", "X", "inv(X) needs an invertible matrix, and X is singular at this point"],
    ["logdet(X)", "X", "logdet(X) needs an invertible matrix, and X is singular at this point"],
    ["tr(X^-2)", "X", "X^(-2) needs an invertible matrix, and X is singular at this point"],
  ])("%s by %s: %s", (expr, wrt, why) =>
    expect(failure(expr, wrt)).toMatchObject({
      code: "bad_argument",
      message: `the expression has no value at this point: ${why}`,
    }),
  );

  test.each([
    ["norm(s*x + x)", "1/norm(s*x + x) divides by zero: norm(s*x + x) is 0"],
    ["sum(sqrt(x))", "x.^(-0.5) divides by zero: entry 1 of x is 0"],
  ])("%s has a value and no derivative there: %s", (expr, why) =>
    expect(failure(expr, "x")).toMatchObject({
      code: "bad_argument",
      message: `the derivative is not defined at this point: ${why}`,
    }),
  );
});

describe("what does not overflow itself", () => {
  const tensor = (expr: string) =>
    (answer({ expr, vars: VARS, wrt: ["y"], bindings: VALUES }, () => 0) as Answer).tensor!.data;

  test("log(sum(exp(y))) is read as logsumexp", () => {
    expect(tensor("log(sum(exp(y)))")).toEqual([1, 0]);
    expect(answer({ expr: "ln(sum(exp(y)))", vars: VARS, wrt: ["y"] }, () => 0)).toMatchObject({
      matrix: "softmax(y)",
      notes: ["ln(sum(exp(y))) is read as logsumexp"],
    });
  });

  test("log(1 + exp(y)) has the value of softplus", () => {
    const [large, small] = tensor("sum(log(1 + exp(y)))");
    expect(large).toBe(1);
    expect(small).toBeCloseTo(1 / (1 + Math.exp(2)), 12);
  });
});

test("an expression with the inverse of a matrix that is singular but for rounding has no value", () => {
  const request = { expr: "X*inv(X'*X)*X'", vars: { X: ["m", "n"] }, wrt: ["X"], bindings: { X: [[0.3, 0.7]] } };
  expect((answer(request, () => 0) as Failure).error).toMatchObject({
    code: "bad_argument",
    message:
      "the expression has no value at this point: inv(X'*X) needs an invertible matrix, and X'*X is singular at this point",
  });
});

test("a diagonal of very different sizes is not singular", () => {
  const request = {
    expr: "tr(inv(X))",
    vars: { X: [2, 2] },
    wrt: ["X"],
    bindings: {
      X: [
        [1, 0],
        [0, 1e-20],
      ],
    },
  };
  expect(answer(request, () => 0).ok).toBe(true);
});

test.each([
  [{ expr: "s*sum(r)^3", vars: { s: [], r: [1, "n"] }, wrt: ["r", "s"] }, "3*sum(r)^2*ones(n)"],
  [{ expr: "norm(A*x-b)^2", vars: { A: [1, 2], x: [2], b: [1] }, wrt: ["A", "b"] }, "-2*x"],
])("a second derivative %j has no transpose left over", (request, matrix) => {
  expect((answer(request, () => 0) as Answer).matrix).toBe(matrix);
});

test("what is no layout, a name too long and a value without bounds are said in words", () => {
  const message = (request: object): string => (answer(request as never, () => 0) as Failure).error.message;
  const base = { expr: "sum(x)", vars: { x: ["n"] }, wrt: ["x"] };
  expect(message({ ...base, layout: {} })).toBe("request: unknown layout {}");
  expect(message({ ...base, layout: [] })).toBe("request: unknown layout []");
  expect(message({ ...base, vars: { ["x".repeat(201)]: ["n"] } })).toBe(
    "request: a name of 201 characters in vars is too long",
  );
  expect(message({ ...base, expr: "sum(x)*1e308*10" })).toBe("no point was found where every part is a finite number");
});

test.each([
  ["f(x) = x^\\top A x", "(A + A')*x"],
  ["&= x^\\top x", "2*x"],
  ["x^\\top x,", "2*x"],
])("the LaTeX %s is read without what surrounds it", (expr, matrix) => {
  const request = { notation: "tex" as const, expr, vars: { x: ["n"], A: ["n", "n"] }, wrt: ["x"] };
  expect((answer(request, () => 0) as Answer).matrix).toBe(matrix);
});
