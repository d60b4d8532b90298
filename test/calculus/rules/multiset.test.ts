import { expect, test } from "vitest";
import { sharedBy, without } from "../../../kernel/src/calculus/rules/multiset.js";
import { simplify } from "../../../kernel/src/calculus/simplify/rewrite.js";
import { evaluate } from "../../../kernel/src/calculus/verify/evaluate.js";
import { randomPoint } from "../../../kernel/src/calculus/verify/point.js";
import { read, variable } from "../random/check.js";

const [s, t] = [variable("s"), variable("t")];

test("one factor is taken away once", () => expect(without([s, s, t], [s])).toEqual([s, t]));

test("what two products share counts every occurrence", () => expect(sharedBy([s, s, t], [s, t, t])).toEqual([s, t]));

test.each([
  "exp(s)*exp(s)*A*x + exp(s)*A*y",
  "exp(s)*exp(s)*x + exp(s)*y",
  "exp(s)*exp(s)*kron(A, C) + exp(s)*kron(A, M)",
  "(exp(s)/(1 + exp(s))/(1 + exp(s)))*x",
])("%s has one value before and after", (source) => {
  const e = read(source);
  const point = randomPoint([e], { seed: 5 });
  const [before, after] = [e, simplify(e).expr].map((form) => evaluate(form, point).data);
  after!.forEach((value, i) => {
    expect(value / before![i]!).toBeCloseTo(1, 10);
  });
});
