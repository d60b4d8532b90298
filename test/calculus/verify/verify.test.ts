/** The judges themselves: differences that know their noise, points inside domains, sums over indices. */
import { describe, expect, test } from "vitest";
import { fill } from "../../../kernel/src/calculus/core/dense.js";
import { newIndex } from "../../../kernel/src/calculus/core/indexForm.js";
import { dim } from "../../../kernel/src/calculus/core/shape.js";
import { build as b } from "../../../kernel/src/calculus/ops/build.js";
import { checkEqual, sites } from "../../../kernel/src/calculus/verify/checkStep.js";
import { goodPoint } from "../../../kernel/src/calculus/verify/domain.js";
import { evaluateIndexForm } from "../../../kernel/src/calculus/verify/einsum.js";
import { evaluate } from "../../../kernel/src/calculus/verify/evaluate.js";
import { DECISIVE, differenceError, differences, doubt } from "../../../kernel/src/calculus/verify/finiteDifference.js";
import { read, variable } from "../random/check.js";

describe("central differences", () => {
  const x = variable("x");
  const { point } = goodPoint([read("norm(x)^3")], [x], 5);
  const exact = evaluate(read("3*norm(x)*x"), point).data;

  test("decide about a smooth function", () => {
    const slopes = differences(read("norm(x)^3"), x, point);
    expect(doubt(slopes)).toBeLessThan(DECISIVE);
    expect(differenceError(exact, slopes)).toBeLessThan(1e-9);
  });

  test("find an entry that is wrong by a hundred-thousandth", () => {
    const wrong = Float64Array.from(exact, (v, i) => (i === 0 ? v * (1 + 1e-5) : v));
    expect(differenceError(wrong, differences(read("norm(x)^3"), x, point))).toBeGreaterThan(1e-6);
  });

  test("say that they cannot decide where tanh is saturated", () => {
    const slopes = differences(read("tanh(50 + norm(x)^2)"), x, point);
    expect(doubt(slopes)).toBeGreaterThan(DECISIVE);
    expect(
      differenceError(
        exact.map(() => 0),
        slopes,
      ),
    ).toBe(0);
  });
});

describe("points", () => {
  test("have distinct sizes above 1 and respect every declared fact", () => {
    const roots = ["P", "S", "Q", "D", "g", "b", "h", "W", "X"].map(variable);
    for (let seed = 1; seed <= 20; seed++) {
      const { point } = goodPoint(roots, [], seed);
      const sizes = Object.values(point.sizes);
      expect(new Set(sizes).size).toBe(sizes.length);
      expect(Math.min(...sizes)).toBeGreaterThan(1);
      const number = (source: string): number => evaluate(read(source), point).data[0]!;
      expect(number('norm(S - S\', "fro") + norm(P - P\', "fro")')).toBe(0);
      expect(number('norm(Q\'*Q - eye(n), "fro")')).toBeLessThan(1e-12);
      expect(number('norm(D - diag(diag(D)), "fro")')).toBe(0);
      expect(number("sum(g)")).toBeCloseTo(1, 12);
      expect(number("norm(b.^2 - ones(n))")).toBe(0);
      expect(Math.min(...point.values.h!.data)).toBeGreaterThan(0);
    }
  });

  test("lie inside a domain that asks for n ≥ m or a feasible point", () => {
    for (const source of ["logdet(X*X')", "sum(log(x - A*y))", "sqrt(1 - norm(x)^2)"])
      expect(evaluate(read(source), goodPoint([read(source)], [], 3).point).data.every(Number.isFinite)).toBe(true);
  });

  test("that do not exist are an error that names the domain", () =>
    expect(() => goodPoint([read("inv(A - A)")], [], 1)).toThrow(
      "no point inside the domain was found (inv: invertible)",
    ));
});

describe("sums over indices", () => {
  const [i, j, k] = [newIndex(dim("m")), newIndex(dim("n")), newIndex(dim("n"))];
  const [X, A] = [variable("X"), variable("A")];
  const { point } = goodPoint([X, A], [], 4);
  const at = (name: string, r: number, c: number): number =>
    point.values[name]!.data[r * point.values[name]!.cols + c]!;
  const n = point.sizes.n!;

  test("Σ_k X_ij A_jk, an index that occurs three times", () => {
    const factors = [
      { expr: X, row: i, col: j },
      { expr: A, row: j, col: k },
    ];
    const form = { free: [i, j], terms: [{ coefficient: 2, factors, deltas: [], summed: [k] }] };
    const row = (r: number): number => Array.from({ length: n }, (_, c) => at("A", r, c)).reduce((s, v) => s + v, 0);
    const want = fill(point.sizes.m!, n, (r, c) => 2 * at("X", r, c) * row(c));
    for (const [flat, v] of evaluateIndexForm(form, point).data.entries()) expect(v).toBeCloseTo(want.data[flat]!, 12);
  });

  test("δ_jk A_jj is a diagonal, and a sum over its index the trace", () => {
    const diagonal = { coefficient: 1, factors: [{ expr: A, row: j, col: j }], deltas: [[j, k] as const], summed: [] };
    const tensor = evaluateIndexForm({ free: [j, k], terms: [diagonal] }, point);
    expect([...tensor.data]).toEqual(
      Array.from({ length: n * n }, (_, f) => (f % (n + 1) === 0 ? at("A", f % n, f % n) : 0)),
    );
    const trace = { coefficient: 1, factors: [{ expr: A, row: j, col: j }], deltas: [], summed: [j] };
    const { data } = evaluateIndexForm({ free: [], terms: [trace] }, point);
    expect(data[0]).toBeCloseTo(evaluate(b.op("tr", [A]), point).data[0]!, 12);
  });
});

describe("a step", () => {
  const at = sites([read("A*S")], [], [1, 2]);

  test("that holds has its error; one that does not is refused with the rule's name", () => {
    const check = checkEqual("transpose/product", read("(A*A*S)'"), read("S'*A'*A'"), at);
    expect(check.maxRelError).toBeLessThan(1e-14);
    expect(() => checkEqual("transpose/product", read("(A*A)'"), read("A*A"), at)).toThrow(
      "a step (transpose/product) failed its numeric check and is not shown; please report this expression",
    );
  });
});
