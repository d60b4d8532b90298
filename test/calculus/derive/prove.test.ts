/** The forms of an answer are proved one by one: a single wrong one among right ones is refused. */
import { describe, expect, test } from "vitest";
import type { Derivative } from "../../../kernel/src/calculus/core/derivation.js";
import { derivative } from "../../../kernel/src/calculus/derive/closed.js";
import { partsOf, prove, SEEDS } from "../../../kernel/src/calculus/derive/prove.js";
import { structured } from "../../../kernel/src/calculus/derive/structure.js";
import { proveStructured } from "../../../kernel/src/calculus/derive/structureProof.js";
import { build as b } from "../../../kernel/src/calculus/ops/build.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";
import { sites } from "../../../kernel/src/calculus/verify/checkStep.js";

/** Far above rounding, far below what is seen in a plot. */
const OFF = 1 + 1e-6;
const EXACT = 1e-12;

const derived = (source: string, declared: string, ...wrt: string[]): Derivative => {
  const scope = declare(declared);
  return derivative(
    parse(source, scope).expr,
    wrt.map((name) => scope.symbols.get(name)!),
  );
};
const off = (e: Derivative["matrix"]) => e && b.times(b.number(OFF), e);
const offIndex = ({ index }: Derivative): Derivative["index"] => ({
  ...index,
  terms: index.terms.map((t) => ({ ...t, coefficient: OFF * t.coefficient })),
});

describe.each([
  ["x'*A*x", "A: n×n, x: n", ["x"]],
  ["X'*X", "X: m×n", ["X"]],
  ["inv(X)", "X: n×n", ["X"]],
  ["sum(exp(A*x))", "A: m×n, x: n", ["x", "x"]],
  ["tr(X'*A*X)", "A: m×m, X: m×n", ["X", "X"]],
] as const)("%s (%s) by %s", (source, declared, wrt) => {
  const whole = derived(source, declared, ...wrt);

  test("is proved as it stands", () => expect(prove(whole).maxRelError).toBeLessThan(EXACT));

  test("is refused with another index form, matrix or form of vec's", () => {
    const wrong = [{ ...whole, index: offIndex(whole) }];
    if (whole.matrix) wrong.push({ ...whole, matrix: off(whole.matrix) });
    if (whole.kronecker) wrong.push({ ...whole, kronecker: off(whole.kronecker) });
    expect(wrong.length).toBeGreaterThan(1);
    for (const answer of wrong) expect(() => prove(answer)).toThrow("the result failed its numeric check");
  });
});

describe("a square of an orthogonal matrix that is I but for the rounding of its entries", () => {
  const result = derived("((Q^-1)'^2).*inv(A')", "Q: n×n orthogonal, A: n×n", "A");

  test("is decided by the entries that rounding does not reach", () =>
    expect(prove(result).maxRelError).toBeLessThan(EXACT));

  test("does not hide a wrong result", () => {
    const wrong = { ...result, index: offIndex(result), matrix: off(result.matrix), kronecker: off(result.kronecker) };
    expect(() => prove(wrong)).toThrow("the result failed its numeric check");
  });
});

describe.each(["symmetric-entries", "projected"] as const)("%s", (structure) => {
  const independent = derived("a'*inv(X)*b", "a: n, b: n, X: n×n spd", "X");
  const result = structured(independent, structure);
  const at = sites([...partsOf(independent), ...partsOf(result)], result.wrt, SEEDS);

  test("is proved as it stands", () => expect(proveStructured(result, independent, at)).toBeLessThan(EXACT));

  test("is refused with another matrix or index form", () => {
    for (const wrong of [
      { ...result, matrix: off(result.matrix) },
      { ...result, index: offIndex(result) },
    ])
      expect(() => proveStructured(wrong, independent, at)).toThrow(
        "the structured derivative failed its numeric check",
      );
  });

  test("is refused where the derivative by independent entries is wrong in the same way", () => {
    const both = [result, independent].map((d) => ({ ...d, index: offIndex(d), matrix: off(d.matrix) }));
    expect(() => proveStructured(both[0]!, both[1]!, at)).toThrow("the structured derivative failed its numeric check");
  });
});
