/** Slices: values and symbolic gradients along axes are those of the engine at the same point; every refusal by its message. */
import { describe, expect, test } from "vitest";
import {
  type Bindings,
  declare,
  derivativeAt,
  derive,
  evaluateAt,
  gradientCurve,
  parseProgram,
  type SliceOptions,
  slice,
} from "../../../kernel/src/calculus/index.js";

const scope = declare("W: m×n, x: n, b: m, w1: scalar, w2: scalar, σ: elementwise, R: 2×2");
const sliced = (text: string, options: Omit<SliceOptions, "what">) => {
  const { result, lets } = parseProgram(text, scope);
  return slice(
    result,
    lets.map((l) => ({ symbol: l.symbol, value: l.expr })),
    { what: "surface", ...options },
  );
};
const at = (text: string, options: Omit<SliceOptions, "what">, parameters: number[]): number[] => {
  const made = sliced(text, options);
  const out = new Float64Array(1 + parameters.length);
  made.run(parameters, out);
  return [...out];
};
const value = (text: string, bindings: Bindings): number =>
  evaluateAt(parseProgram(text, scope).result, [], bindings).data[0]!;
const gradient = (text: string, wrt: string, bindings: Bindings): number[] => {
  const derivation = derive(parseProgram(text, scope).result, [scope.symbols.get(wrt)!]);
  return [...derivativeAt(derivation, bindings).data];
};

const LOSS = "sum(tanh(W x + b).^2) + w1^2*w2";
const POINT = {
  W: [
    [1, -2],
    [0.5, 3],
    [-1, 0.25],
  ],
  x: [0.5, -1],
  b: [0.1, 0.2, 0.3],
  w1: 0.7,
  w2: -1.5,
};

describe("along its axes a slice has the engine's value and gradient", () => {
  test("scalar symbols", () => {
    const { w1: _, w2: __, ...rest } = POINT;
    const [f, d1, d2] = at(LOSS, { axes: ["w1", "w2"], at: rest }, [0.7, -1.5]);
    expect(f).toBe(value(LOSS, POINT));
    expect(sliced(LOSS, { axes: ["w1", "w2"], at: rest }).value([0.7, -1.5])).toBe(f);
    expect([d1, d2]).toEqual([...gradient(LOSS, "w1", POINT), ...gradient(LOSS, "w2", POINT)]);
  });

  test("entries, whose own numbers are where they start", () => {
    const made = sliced(LOSS, { axes: ["W[3,1]", "b[2]"], at: POINT });
    expect(made.start).toEqual([-1, 0.2]);
    const moved = {
      ...POINT,
      W: [
        [1, -2],
        [0.5, 3],
        [4, 0.25],
      ],
      b: [0.1, -7, 0.3],
    };
    const [f, d1, d2] = at(LOSS, { axes: ["W[3,1]", "b[2]"], at: POINT }, [4, -7]);
    expect(f).toBe(value(LOSS, moved));
    expect([d1, d2]).toEqual([gradient(LOSS, "W", moved)[4], gradient(LOSS, "b", moved)[1]]);
  });

  test("directions: the derivative along one is the inner product of the gradient with it", () => {
    const directions = {
      u: {
        W: [
          [1, 0],
          [0, 2],
          [0, 0],
        ],
        b: [0, 0, 1],
      },
      v: { x: [1, 1] },
    };
    const [f, du, dv] = at(LOSS, { axes: ["u", "v"], at: POINT, directions }, [0.5, -0.25]);
    const moved = {
      ...POINT,
      W: [
        [1.5, -2],
        [0.5, 4],
        [-1, 0.25],
      ],
      b: [0.1, 0.2, 0.8],
      x: [0.25, -1.25],
    };
    expect(f).toBeCloseTo(value(LOSS, moved), 14);
    const [W, b, x] = [gradient(LOSS, "W", moved), gradient(LOSS, "b", moved), gradient(LOSS, "x", moved)];
    expect(du).toBeCloseTo(W[0]! + 2 * W[3]! + b[2]!, 14);
    expect(dv).toBeCloseTo(x[0]! + x[1]!, 14);
  });

  test("why there is no value is said in the engine's words", () => {
    const made = sliced("log(w1) + w2", { axes: ["w1", "w2"] });
    expect(made.why([-2, 0])).toBe("log(w1) needs a positive argument, and w1 is -2");
    expect(made.why([2, 0])).toBeUndefined();
  });

  test("where something changes its sign there may be a kink or a pole", () => {
    const made = sliced("relu(w1 - 1) + 1/w1", { axes: ["w1"] });
    expect([...made.breaks([3])].sort()).toEqual([2, 3]);
  });
});

describe("refusals", () => {
  const refused = (text: string, options: Omit<SliceOptions, "what">): string => {
    try {
      sliced(text, options);
    } catch (error) {
      const { code, message, want } = error as { code: string; message: string; want?: string };
      return `${code}: ${message}; want ${want}`;
    }
    return "nothing";
  };
  test.each([
    ["w1^2 + x'*x", { axes: ["w1", "w2"] }, "unknown_symbol: surface: the expression has no symbol w2; want w1, x"],
    [
      "sum(W*x + b)*w1*w2",
      { axes: ["w1", "w2"], at: { x: [1] } },
      "bad_argument: surface: no value given for W, b; want a number for every symbol that is no axis: { at: { W: …, b: … } }",
    ],
    [
      "W*x*w1*w2",
      { axes: ["w1", "w2"] },
      "bad_argument: surface: expected a scalar expression, got m×1; want a scalar",
    ],
    [
      "w1*sum(W)",
      { axes: ["w1", "W"] },
      'bad_argument: surface: W is m×n, an axis is one number; want an entry such as "W[1,1]", or a direction',
    ],
    [
      "sum(W)",
      { axes: ["W[1,2]", "W[4,1]"], at: { W: [[1, 2]] } },
      "bad_argument: surface: W[4,1] is no entry of W, which is 1×2; want W[1] to W[2]",
    ],
    [
      "sum(W)",
      { axes: ["u"], at: { W: [[1, 2]] }, directions: { u: { W: [[1], [2]] } } },
      "shape_mismatch: surface: the direction of W is 2×1, its value 1×2; want 1×2",
    ],
    [
      "sum(σ(x))*w1",
      { axes: ["w1"] },
      "bad_argument: surface: sigma is known by name only and has no numbers; want a function with a formula, such as tanh",
    ],
  ] as [string, Omit<SliceOptions, "what">, string][])("%s", (text, options, message) =>
    expect(refused(text, options)).toBe(message),
  );
});

describe("the curve of a gradient check", () => {
  const { result } = parseProgram("sum(tanh(W x + b).^2)", scope);
  const W = scope.symbols.get("W")!;
  const curve = gradientCurve(result, [], W, POINT);
  const slope = (errors: readonly number[], from: number, to: number): number =>
    Math.log10(errors[to]! / errors[from]!) / Math.log10(curve.steps[to]! / curve.steps[from]!);

  test("is drawn against the symbolic gradient", () =>
    expect(curve.gradient).toEqual(gradient("sum(tanh(W x + b).^2)", "W", POINT)));
  test("falls as h² and h down to rounding, and rises as 1/h below", () => {
    const at = (h: number): number => curve.steps.findIndex((s) => Math.abs(s / h - 1) < 1e-9);
    expect(slope(curve.central, at(1e-3), at(1e-2))).toBeCloseTo(2, 1);
    expect(slope(curve.forward, at(1e-4), at(1e-2))).toBeCloseTo(1, 1);
    expect(slope(curve.central, at(1e-13), at(1e-8))).toBeLessThan(-0.6);
    expect(Math.min(...curve.central)).toBeLessThan(1e-9);
    expect(Math.min(...curve.forward)).toBeLessThan(1e-6);
  });
  test("refuses a gradient of 0, against which nothing is relative", () => {
    expect(() => gradientCurve(result, [], W, { ...POINT, x: [0, 0] })).toThrow(
      "gradientCheck: the gradient by W is 0 at this point",
    );
  });
});
