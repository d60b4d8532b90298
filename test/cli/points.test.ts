import { describe, expect, test } from "vitest";
import { type Answer, answer, type Failure } from "../../kernel/src/calculus/index.js";

const at = (expr: string, vars: Record<string, string[]>, bindings: Record<string, unknown>): Answer | Failure =>
  answer({ expr, vars, wrt: [Object.keys(vars)[0]!], bindings }, () => 0);

const tensor = (result: Answer | Failure): readonly number[] => (result as Answer).tensor!.data;
const error = (result: Answer | Failure): Failure["error"] => (result as Failure).error;

describe("the caller's own point", () => {
  test("at its kink ReLU has the agreed slope 0", () => {
    expect(tensor(at("sum(relu(x))", { x: ["n"] }, { x: [0, 1] }))).toEqual([0, 1]);
  });

  test("|x| at 0 is not differentiable, and says where", () => {
    expect(error(at("sum(abs(x))", { x: ["n"] }, { x: [0, 1] }))).toMatchObject({
      code: "not_differentiable",
      message: "abs(x) is not differentiable where its argument is 0",
    });
  });

  test("a point outside the domain is refused although the formula has numbers there", () => {
    expect(error(at("sum(log(x))", { x: ["n"] }, { x: [-1, 1] })).code).toBe("bad_argument");
  });

  test("ln|X| is read as the logarithm of the absolute value where |X| is negative", () => {
    expect(
      tensor(
        at(
          "ln|X|",
          { X: ["n", "n"] },
          {
            X: [
              [0, 1],
              [1, 0],
            ],
          },
        ),
      ),
    ).toEqual([0, 1, 1, 0]);
  });
});

describe("large sizes", () => {
  test("a gradient by a 10×784 matrix and by 10,000 entries is proved on a sample of them", () => {
    const wide = answer({ expr: "norm(W*x)^2", vars: { W: [10, 784], x: [784] }, wrt: ["W"] }, () => 0);
    expect(wide).toMatchObject({ ok: true, matrix: "2*W*x*x'" });
    const long = answer({ expr: "x'*y", vars: { x: [10000], y: [10000] }, wrt: ["x"] }, () => 0);
    expect(long).toMatchObject({ ok: true, matrix: "y" });
  });
});

describe("variables without influence or with one row", () => {
  test("a row variable has its Jacobian", () => {
    const request = { expr: "r*A'", vars: { r: [1, "n"], A: ["m", "n"] }, wrt: ["r"], layout: "numerator" as const };
    expect(answer(request, () => 0)).toMatchObject({ ok: true, matrix: "A" });
  });

  test("an absent variable gives zero in every style", () => {
    for (const style of ["differential", "index", "chain"] as const) {
      const request = { expr: "s", vars: { s: [], x: ["n"] }, wrt: ["x"], style };
      expect(answer(request, () => 0)).toMatchObject({ ok: true, matrix: "0*x" });
    }
    expect(answer({ expr: "s", vars: { s: [], A: ["m", "n"] }, wrt: ["A", "A"] }, () => 0)).toMatchObject({
      ok: true,
      index: { terms: [] },
    });
  });
});
