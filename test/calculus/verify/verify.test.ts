/** The judges themselves: the tape and differences that know their rounding, points inside domains, sums over indices. */
import { describe, expect, test } from "vitest";
import { fill } from "../../../kernel/src/calculus/core/dense.js";
import { newIndex } from "../../../kernel/src/calculus/core/indexForm.js";
import { dim } from "../../../kernel/src/calculus/core/shape.js";
import { derive } from "../../../kernel/src/calculus/derive/derive.js";
import { build as b } from "../../../kernel/src/calculus/ops/build.js";
import { compare } from "../../../kernel/src/calculus/verify/bounds.js";
import { checkEqual, sites } from "../../../kernel/src/calculus/verify/checkStep.js";
import { goodPoint } from "../../../kernel/src/calculus/verify/domain.js";
import { evaluateIndexForm } from "../../../kernel/src/calculus/verify/einsum.js";
import { evaluate } from "../../../kernel/src/calculus/verify/evaluate.js";
import { exactDerivative, Taped } from "../../../kernel/src/calculus/verify/exact.js";
import { directionError } from "../../../kernel/src/calculus/verify/finiteDifference.js";
import { read, variable } from "../random/check.js";

/** The derivative of a text by x with one number of its form changed. */
const judged = (f: string, answer: string) => {
  const x = variable("x");
  const { point } = goodPoint([read(f)], [x], 5);
  const { data, error } = new Taped(point, []).value(read(answer));
  return { point, data, verdict: compare(exactDerivative(read(f), [x], point), { data, error }, data.map(Math.abs)) };
};

describe("a derivative on the tape beside an answer", () => {
  test("agrees to rounding where the answer is right", () => {
    const { verdict } = judged("norm(x)^3", "3*norm(x)*x");
    expect(verdict).toMatchObject({ wrong: false, open: 0 });
    expect(verdict.worst).toBeLessThan(1e-14);
  });

  test("finds an entry that is wrong by 10⁻¹¹", () =>
    expect(judged("norm(x)^3", "3.00000000003*norm(x)*x").verdict.wrong).toBe(true));

  test("finds a term lost beside one that is ten million times larger", () => {
    expect(judged("1e7*sum(x) + sum(tanh(x))", "10000001 - tanh(x).^2").verdict).toMatchObject({
      wrong: false,
      open: 0,
    });
    expect(judged("1e7*sum(x) + sum(tanh(x))", "1e7*ones(n)").verdict.wrong).toBe(true);
  });

  test("decides where tanh and the sigmoid are saturated, though their values are 1", () => {
    const f = "tanh(50 + norm(x)^2)";
    const slope = `(1 - ${f}^2)`;
    expect(judged(f, `2*${slope}*x`).verdict).toMatchObject({ wrong: false, open: 0 });
    expect(judged(f, `3*${slope}*x`).verdict.wrong).toBe(true);
    expect(
      judged("sigmoid(90 + norm(x)^2)", "2*sigmoid(90 + norm(x)^2)*sigmoid(-90 - norm(x)^2)*x").verdict,
    ).toMatchObject({ wrong: false, open: 0 });
  });

  test("says what it cannot decide: a slope below the range of the numbers, and one that rounding covers", () => {
    expect(judged("tanh(1000 + norm(x)^2)", "0*x").verdict).toMatchObject({ wrong: false, open: 3, entries: 3 });
    const covered = judged("norm(x)^2*1e-20", "2e-20*x + (log(exp(x)) - x)").verdict;
    expect(covered).toMatchObject({ wrong: false, open: 3 });
  });

  test("a result that cannot be decided is an error that says so", () =>
    expect(() => derive(read("tanh(1000 + norm(x)^2)"), [variable("x")])).toThrow(
      "the result could not be checked and is not shown: at every random point rounding is larger than the derivative",
    ));

  test("bounds hold: a sum that cancels is off by no more than it says", () => {
    const { data, error } = new Taped(goodPoint([variable("x")], [], 5).point, []).value(read("(1e10*x + x) - 1e10*x"));
    const x = goodPoint([variable("x")], [], 5).point.values.x!.data;
    for (const [k, v] of data.entries()) expect(Math.abs(v - x[k]!)).toBeLessThanOrEqual(error[k]!);
    expect(Math.max(...error)).toBeLessThan(1e-15);
  });
});

describe("central differences in one direction", () => {
  const x = variable("x");

  test("decide about a smooth function, and refuse a derivative that is wrong", () => {
    const { point, data } = judged("norm(x)^3", "3*norm(x)*x");
    expect(directionError(data, read("norm(x)^3"), [x], point)).toBeLessThan(1e-9);
    expect(() =>
      directionError(
        data.map((v) => 1.1 * v),
        read("norm(x)^3"),
        [x],
        point,
      ),
    ).toThrow("the result failed its numeric check and is not shown; please report this expression");
  });

  test("are not counted where they cannot decide", () => {
    const { point, data } = judged("tanh(50 + norm(x)^2)", "x");
    expect(
      directionError(
        data.map((v) => 1e-40 * v),
        read("tanh(50 + norm(x)^2)"),
        [x],
        point,
      ),
    ).toBeUndefined();
    expect(directionError(data, read("sin(1e9*norm(x)^2)"), [x], point)).toBeUndefined();
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

  test("a small term beside a large one, and numbers that are small all over, are seen", () => {
    for (const [line, wrong] of [
      ["10000000000*A + S", "10000000000*A + 2*S"],
      ["0.0000000000000000000000001*A", "0.0000000000000000000000007*A'"],
    ] as const) {
      expect(checkEqual("sum", read(line), read(line), at).maxRelError).toBe(0);
      expect(() => checkEqual("sum", read(line), read(wrong), at)).toThrow("a step (sum) failed its numeric check");
    }
  });

  test("large terms that cancel hide nothing, and no more than their rounding is allowed", () => {
    const line = read("1000000*A*S*inv(S) - 1000000*A + 0.001*A");
    expect(checkEqual("sum", line, read("0.001*A"), at).maxRelError).toBeLessThan(1e-9);
    expect(() => checkEqual("sum", line, read("0.00101*A"), at)).toThrow("a step (sum) failed its numeric check");
  });
});
