/** Derivatives of determinants at singular matrices, where they exist though the inverse does not. */

import { expect, test } from "vitest";
import { dense, relativeError } from "../../../kernel/src/calculus/core/dense.js";
import { adjugateForm } from "../../../kernel/src/calculus/derive/adjugateForm.js";
import { derive } from "../../../kernel/src/calculus/derive/derive.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";
import { evaluate } from "../../../kernel/src/calculus/verify/evaluate.js";
import { differences } from "../differences.js";

/** Relative error of central differences; the entries are of order 1 to 1000. */
const DIFFERENCE = 1e-7;

const scope = declare("X: 3×3, A: 3×3, B: 3×3");
const X = scope.symbols.get("X")!;
const SINGULAR = dense(3, 3, [1, 2, 3, 2, 4, 6, 0, 1, 1]);
const REGULAR = dense(3, 3, [1, 2, 3, 2, 5, 6, 0, 1, 4]); // det 4
const point = {
  sizes: {},
  values: {
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
  const form = adjugateForm(derive(f, [X], { steps: false }).result.matrix!);
  // A factor det(X) too many shows only where it is not 0, an inverse that is left only where it is.
  for (const value of [SINGULAR, REGULAR]) {
    const at = { ...point, values: { ...point.values, X: value } };
    expect(relativeError(evaluate(form, at).data, differences(f, X, at).data, 1)).toBeLessThan(DIFFERENCE);
  }
});
