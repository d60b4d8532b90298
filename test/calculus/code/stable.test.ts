/** A program computes the value of its formula, whatever stable form the formula takes in it. */
import { expect, test } from "vitest";
import { code } from "../../../kernel/src/calculus/code.js";
import { dense } from "../../../kernel/src/calculus/core/dense.js";
import { symbolsIn } from "../../../kernel/src/calculus/index.js";
import { nameOf } from "../../../kernel/src/calculus/ops/leaves.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";
import { evaluate } from "../../../kernel/src/calculus/verify/evaluate.js";
import { difference, type Nested, nested } from "./programs.js";
import { load } from "./runTypescript.js";

const scope = declare("x: n, y: n, r: 1×n, s: scalar, A: n×n, B: n×n, S: n×n spd, Z: m×n");
const point = {
  sizes: { n: 3, m: 2 },
  values: {
    x: dense(3, 1, [0.3, -0.7, 1.1]),
    y: dense(3, 1, [0.9, 0.4, -1.3]),
    r: dense(1, 3, [-0.2, 0.8, 0.5]),
    s: dense(1, 1, [0.6]),
    A: dense(3, 3, [2, 0.3, -0.4, 0.7, 1.5, 0.2, -0.6, 0.1, 1.8]),
    B: dense(3, 3, [0.5, -0.9, 0.3, 1.2, 0.4, -0.7, 0.8, 0.6, -0.1]),
    S: dense(3, 3, [2, 0.5, 0.1, 0.5, 1.6, -0.3, 0.1, -0.3, 1.9]),
    Z: dense(2, 3, [0.4, -0.6, 0.9, 1.3, 0.2, -0.8]),
  },
};

test.each([
  // sigmoid, softplus, softmax
  "1 ./(1 + exp(x))",
  "1 ./(1 + exp(-x)).^2",
  "exp(x)./(1 + exp(x))",
  "exp(x)./(1 + exp(x)).^2",
  "exp(x)./(1 + exp(x)).^3",
  "1 - sigmoid(x)",
  "1 + y - sigmoid(x)",
  "exp(x)/sum(exp(x))",
  "s*exp(x)/sum(exp(x))",
  // logarithms
  "log(1 + exp(x))",
  "log(1 + x.^2)",
  "log(exp(x))",
  "log(sigmoid(x))",
  "log(softmax(x))",
  'log(softmax(Z, "rows"))',
  'log(softmax(Z, "columns"))',
  "log(sum(exp(x)))",
  "log(det(S))",
  "log(abs(det(A)))",
  // sums, traces, diagonals, norms
  "sum(x.*y)",
  "sum(x.*y.*x)",
  "sum(x'.*r)",
  "sum(x./y)",
  "tr(A*B)",
  "tr((A*B)')",
  "tr(x*y')",
  "diag(A*B)",
  "diag(x*y')",
  "diag(x*ones(n)')",
  "norm(x)^2",
  "norm(r)^2",
  "norm(s)^2",
  'norm(A, "fro")^2',
  // products
  "A^3*x",
  "A^(-1)*x",
  "inv(A)*B",
  "inv(A)'*x",
  "r*inv(A)",
  "B*inv(A)",
  "r*inv(A)'",
  "B*inv(S)'",
  "diag(x)*y",
  "diag(r)*y",
  "r*diag(x)",
  "r*diag(r)",
  "diag(x)*A",
  "diag(r)*A",
  "A*diag(x)",
  "A*diag(r)",
  "ones(n)'*x",
  "r*ones(n)",
  "ones(n)'*A",
  "A*ones(n)",
])("%s", (text) => {
  const f = parse(text, scope).expr;
  const args = symbolsIn(f, []).map((a) => nested(a, point.values[nameOf(a) as keyof typeof point.values]));
  const got = load(code({ f }, "typescript")).f!(...args);
  expect(difference(got as Nested, nested(f, evaluate(f, point)))).toBeLessThan(1e-12);
});
