/** Derivatives of determinants at singular matrices, where they exist though the inverse does not. */

import { expect, test } from "vitest";
import { dense, relativeError } from "../../../kernel/src/calculus/core/dense.js";
import { adjugateForm } from "../../../kernel/src/calculus/derive/adjugateForm.js";
import { derive } from "../../../kernel/src/calculus/derive/derive.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";
import { evaluate } from "../../../kernel/src/calculus/verify/evaluate.js";
import { exactDerivative } from "../../../kernel/src/calculus/verify/exact.js";

const scope = declare("X: 3×3, A: 3×3, B: 3×3");
const X = scope.symbols.get("X")!;
const point = {
  sizes: {},
  values: {
    X: dense(3, 3, [1, 2, 3, 2, 4, 6, 0, 1, 1]),
    A: dense(3, 3, [1, 0, 2, 0, 3, 1, 1, 1, 1]),
    B: dense(3, 3, [2, 1, 0, 1, 1, 1, 0, 3, 1]),
  },
};

test.each([
  "det(X)",
  "det(X)^2",
  "det(X)^3",
  "det(X)*tr(X)",
  "det(X)*det(X + A)",
  "det(A*X*B)",
  "det(X')*tr(A*X)",
  "det(X'*X)",
  "det(X'*A*X)",
  "exp(det(X))",
  "det(X)*sin(det(X)) + tr(X)",
  "tr(X*A)*(det(X) + sum(X))",
])("%s", (text) => {
  const f = parse(text, scope).expr;
  const { matrix } = derive(f, [X], { steps: false }).result;
  expect(relativeError(evaluate(adjugateForm(matrix!), point).data, exactDerivative(f, [X], point).data)).toBeLessThan(
    1e-9,
  );
});
