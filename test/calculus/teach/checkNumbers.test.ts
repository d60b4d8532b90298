/** Numbers from elsewhere against the derivative: rounding by digits, and mistakes by what reproduces them. */
import { describe, expect, test } from "vitest";
import { check } from "../../../kernel/src/calculus/teach/check.js";
import { checkNumbers } from "../../../kernel/src/calculus/teach/checkNumbers.js";
import { problem } from "./problem.js";

const norm = problem("‖W x + b‖²", "W: m×n, x: n, b: m", "W");
const at = {
  W: [
    [1, 2],
    [3, 4],
    [5, 6],
  ],
  x: [1, 2],
  b: [1, -1, 0.5],
} as const;
// 2 (W x + b) x' at these numbers
const gradient = [
  [12, 24],
  [20, 40],
  [35, 70],
];
const numbers = (given: Parameters<typeof checkNumbers>[0]) => checkNumbers(given, norm, { at });

describe("right numbers", () => {
  test("entry by entry", () => {
    expect(check(gradient, norm, { at })).toMatchObject({
      kind: "numbers",
      ok: true,
      score: 1,
      layoutSeen: "denominator",
    });
  });
  test("float32 is enough, and is said", () => {
    const rounded = gradient.map((row) => row.map((x) => Math.fround(x * (1 + 1e-7))));
    expect(numbers(rounded)).toMatchObject({ ok: true });
    expect(numbers(rounded).notes[0]).toMatch(/^compared as float32, up to/);
  });
  test("digits as a tensor is printed, four behind the point", () => {
    const logistic = problem("sum(log(1 + exp(X w)))", "X: N×n, w: n", "w");
    const point = {
      X: [
        [1, 2],
        [-1, 0.5],
        [0.3, -2],
      ],
      w: [0.2, -0.4],
    };
    expect(checkNumbers([0.1638, -0.496], logistic, { at: point })).toMatchObject({ ok: true });
    expect(checkNumbers([0.1638, -0.4963], logistic, { at: point })).toMatchObject({ ok: false });
  });
  test("the transpose is the other layout", () => {
    const turned = [0, 1].map((j) => gradient.map((row) => row[j]!));
    expect(numbers(turned)).toMatchObject({ ok: false, score: 1, code: "other_layout", layoutSeen: "numerator" });
    expect(checkNumbers(turned, norm, { at, strictLayout: true }).score).toBe(0.5);
    expect(checkNumbers(turned, norm, { at, layout: "numerator" }).ok).toBe(true);
  });
  test("bindings that cannot show a mistake are said", () => {
    const quadratic = problem("x'A x", "A: n×n, x: n", "x");
    const symmetric = {
      A: [
        [2, 1],
        [1, 3],
      ],
      x: [1, -2],
    };
    const result = checkNumbers([0, -10], quadratic, { at: symmetric });
    expect(result.ok).toBe(true);
    expect(result.notes.join()).toContain("at these bindings a mistake would not show");
    const generic = checkNumbers([1, -9.5], quadratic, {
      at: {
        A: [
          [2, 1],
          [0.5, 3],
        ],
        x: [1, -2],
      },
    });
    expect(generic.notes.join()).not.toContain("would not show");
  });
});

const scaled = (k: number, rows: readonly (readonly number[])[] = gradient) => rows.map((r) => r.map((x) => k * x));
const loss = problem("1/N ‖X w - y‖²", "X: N×n, w: n, y: N", "w");
const data = {
  X: [
    [1, 2],
    [3, -1],
    [0.5, 4],
    [-1, 1.5],
  ],
  w: [0.3, -0.7],
  y: [1, 0, 2, -1],
};
const residual = data.X.map((row, i) => row[0]! * data.w[0]! + row[1]! * data.w[1]! - data.y[i]!);
const by = (keep: (i: number) => boolean, k: number) =>
  [0, 1].map((j) => k * residual.reduce((s, r, i) => s + (keep(i) ? r * data.X[i]![j]! : 0), 0));

describe("wrong numbers are explained by what makes them", () => {
  test.each([
    ["the factor 2", scaled(0.5), "factor"],
    ["backward twice", scaled(2), "factor"],
    ["the sign", scaled(-1), "sign"],
    [
      "b forgotten",
      [
        [10, 20],
        [22, 44],
        [34, 68],
      ],
      "part_left_out",
    ],
    [
      "x forgotten",
      [
        [1, 1],
        [1, 1],
        [1, 1],
      ],
      "wrong",
    ],
  ])("%s", (_name, given, code) => expect(numbers(given)).toMatchObject({ ok: false, code }));

  test("a sum for a mean, a mean for a sum, the last sample, one sample", () => {
    const said = (given: readonly number[]) => checkNumbers(given, loss, { at: data });
    expect(said(by(() => true, 2 / 4)).ok).toBe(true);
    expect(said(by(() => true, 2))).toMatchObject({ code: "sum_for_mean", relation: { kind: "factor", factor: "N" } });
    expect(said(by((i) => i === 3, 2)).message).toBe(
      "only the last of 4 samples (N) is in the gradient: are the gradients added up?",
    );
    expect(said(by((i) => i === 3, 2 / 4)).code).toBe("last_sample_only");
    expect(said(by((i) => i === 1, 2)).code).toBe("one_sample_only");
  });

  test("φ′ dropped, by the mutant of our derivation", () => {
    const network = problem("sum((y - sigmoid(W x)).^2)", "W: m×n, x: n, y: m", "W");
    const point = {
      W: [
        [0.2, -0.3],
        [0.5, 0.1],
      ],
      x: [1, 2],
      y: [1, 0],
    };
    const s = point.W.map((r) => 1 / (1 + Math.exp(-(r[0]! * 1 + r[1]! * 2))));
    const dropped = s.map((a, i) => point.x.map((x) => -2 * (point.y[i]! - a) * x));
    expect(checkNumbers(dropped, network, { at: point })).toMatchObject({ ok: false, code: "derivative_dropped" });
    const right = s.map((a, i) => point.x.map((x) => -2 * (point.y[i]! - a) * a * (1 - a) * x));
    expect(checkNumbers(right, network, { at: point }).ok).toBe(true);
  });

  test("entries that differ are named", () => {
    const result = numbers([
      [12, 24],
      [20, 41],
      [35, 70],
    ]);
    expect(result).toMatchObject({ message: "1 of 6 entries differ: [2, 2]", score: 0.2 });
    expect(result.entries).toEqual([{ at: [2, 2], got: 41, want: 40 }]);
    expect(result.hints[1]).toBe("Entry [2, 2] is 41; it should be 40.");
  });
});

describe("numbers that cannot be compared", () => {
  test("a shape that is neither layout", () => {
    expect(numbers([[1, 2]])).toMatchObject({
      code: "shape",
      message: "these numbers are 1×2; the derivative is 3×2, m×n in denominator layout",
    });
  });
  test("NaN, ragged rows, nothing", () => {
    expect(
      numbers([
        [12, Number.NaN],
        [20, 40],
        [35, 70],
      ]).message,
    ).toBe("entry [1, 2] is NaN: a gradient has numbers only");
    expect(numbers([[12, 24], [20]]).message).toBe("the rows have different lengths");
    expect(numbers([]).message).toBe("no numbers are given");
  });
  test("a singular matrix among the bindings", () => {
    const logdet = problem("ln|X|", "X: n×n", "X");
    const singular = {
      X: [
        [1, 2],
        [2, 4],
      ],
    };
    expect(() =>
      checkNumbers(
        [
          [1, 0],
          [0, 1],
        ],
        logdet,
        { at: singular },
      ),
    ).toThrow(/singular/);
    const determinant = problem("|X|", "X: n×n", "X");
    expect(
      checkNumbers(
        [
          [4, -2],
          [-2, 1],
        ],
        determinant,
        { at: singular },
      ).ok,
    ).toBe(true);
  });
  test("no bindings", () => {
    expect(() => checkNumbers(gradient, norm, {} as never)).toThrow(
      "numbers are compared at numbers: say where they were computed",
    );
  });
});
