/** What every operator of the list promises; a listed operator is tested here without new test code. */
import katex from "katex";
import { describe, expect, test } from "vitest";
import { code } from "../../../kernel/src/calculus/code.js";
import { type Dense, matmul, relativeError, transpose } from "../../../kernel/src/calculus/core/dense.js";
import { NablaError } from "../../../kernel/src/calculus/core/errors.js";
import type { Expr } from "../../../kernel/src/calculus/core/expr.js";
import { random } from "../../../kernel/src/calculus/core/random.js";
import { dim, isMatrix, isOne, shape, sizeOf } from "../../../kernel/src/calculus/core/shape.js";
import { axesOf, expandEntry, listAxes, normalise } from "../../../kernel/src/calculus/derive/indexed.js";
import { linearise } from "../../../kernel/src/calculus/derive/linearise.js";
import { build as b, substitute } from "../../../kernel/src/calculus/ops/build.js";
import { ELEMENTWISE } from "../../../kernel/src/calculus/ops/elementwise/names.js";
import { OPS } from "../../../kernel/src/calculus/ops/index.js";
import { d, nameOf, symbol } from "../../../kernel/src/calculus/ops/leaves.js";
import { latex } from "../../../kernel/src/calculus/print/latex.js";
import { text } from "../../../kernel/src/calculus/print/text.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";
import { evaluateIndexForm } from "../../../kernel/src/calculus/verify/einsum.js";
import { evaluate, type Point } from "../../../kernel/src/calculus/verify/evaluate.js";
import { courseOf, exactDerivative, secondRowOf, Taped } from "../../../kernel/src/calculus/verify/exact.js";
import { directionalDifference } from "../../../kernel/src/calculus/verify/finiteDifference.js";
import { difference, type Nested, nested, standInOf } from "../code/programs.js";
import { load, standIn } from "../code/runTypescript.js";
import { differences } from "../differences.js";
import { CASES, filled, inner, type SampleCase, shapeOf } from "./samples.js";

/** Relative error of central differences with one Richardson step. */
const DIFFERENCE = 1e-7;
const EXACT = 1e-12;

const close = (got: ArrayLike<number>, want: ArrayLike<number>, tolerance: number): void =>
  expect(relativeError(got, want, 1e-3)).toBeLessThan(tolerance);

/** A point at which only argument i moves. */
const along = ({ point }: SampleCase, arg: Expr): Point => ({
  ...point,
  directions: { [nameOf(arg)]: point.directions[nameOf(arg)]! },
});

const differentialOf = ({ op, self, args }: SampleCase, i: number): Expr => op.differential(b, self, i, d(args[i]!));

describe("every operator", () => {
  test("has a name of its own, a sentence, a source and a rule with a formula", () => {
    expect(new Set(OPS.map((o) => o.name)).size).toBe(OPS.length);
    for (const op of OPS) {
      expect(op.doc, op.name).toMatch(/\.$|’$|\w$/);
      expect(op.cite.length, op.name).toBeGreaterThan(0);
      for (const c of op.cite) expect(c.at, op.name).not.toBe("");
      expect(op.rule.formula, op.name).not.toBe("");
      if (op.domain !== undefined) expect(op.domain, op.name).not.toBe("");
    }
  });

  test("is in the list of elementwise names exactly when its record says so", () => {
    expect(
      OPS.filter((o) => o.elementwise)
        .map((o) => o.name)
        .sort(),
    ).toEqual([...ELEMENTWISE].sort());
  });

  test("has a sample, unless it takes no argument", () => {
    expect(OPS.filter((o) => o.sample.length === 0).map((o) => o.name)).toEqual(["commutation"]);
  });

  test("has a formula that KaTeX renders", () => {
    for (const op of OPS) expect(() => katex.renderToString(op.rule.formula, { throwOnError: true })).not.toThrow();
  });
});

describe.each(CASES.map((c) => [c.title, c] as const))("%s", (_title, c) => {
  const { op, self, args, point } = c;
  const value = evaluate(self, point);

  test("has a value of the shape that its rule says", () => {
    expect([value.rows, value.cols]).toEqual([
      sizeOf(self.shape.rows, point.sizes),
      sizeOf(self.shape.cols, point.sizes),
    ]);
    expect(value.data.every(Number.isFinite)).toBe(true);
  });

  test("has a differential in every argument that equals central differences", () => {
    args.forEach((arg, i) => {
      const at = along(c, arg);
      close(evaluate(differentialOf(c, i), at).data, directionalDifference(self, [arg], at).value.data, DIFFERENCE);
    });
  });

  test("has a second differential that equals differences of the first", () => {
    if (op.name === "scalarfn" && (self.attrs.order !== 0 || isMatrix(args[0]!.shape))) return;
    args.forEach((arg, i) => {
      const direction = symbol(`d${nameOf(arg)}`, arg.shape);
      const first = substitute(differentialOf(c, i), new Map([[d(arg), direction]]));
      const at: Point = {
        ...along(c, arg),
        values: { ...point.values, [nameOf(direction)]: point.directions[nameOf(arg)]! },
      };
      const second = linearise(first, new Set([arg]));
      close(evaluate(second, at).data, directionalDifference(first, [arg], at).value.data, DIFFERENCE);
    });
  });

  test("has a definition on scalars with its value, within the bound that it states", () => {
    const { data, error } = new Taped(point, args).value(self);
    for (const [k, v] of data.entries())
      expect(Math.abs(v - value.data[k]!)).toBeLessThanOrEqual(error[k]! + 1e-13 * Math.max(1, Math.abs(v)));
  });

  test("is differentiated on the tape as by central differences, in every argument", () => {
    for (const arg of args)
      close(exactDerivative(self, [arg], point).data, differences(self, arg, point).data, DIFFERENCE);
  });

  test("is differentiated twice on the tape as by central differences of the first, in every pair of arguments", () => {
    for (const x of args)
      for (const y of args) {
        const H = 1e-4; // central difference of an exact derivative
        const Y = point.values[nameOf(y)]!;
        const dY = point.directions[nameOf(y)]!;
        const beside = (h: number): Float64Array => {
          const moved = { ...Y, data: Y.data.map((v, k) => v + h * dY.data[k]!) };
          return exactDerivative(self, [x], { ...point, values: { ...point.values, [nameOf(y)]: moved } }).data;
        };
        const [left, right] = [beside(-H), beside(H)];
        const at = new Taped(point, args);
        const { at: outputs } = at.grid(self);
        const course = courseOf(at, y, [...dY.data.entries()]);
        const exact = outputs.flatMap((_, i) => [...secondRowOf(at, self, x, [[i, 1]], course).data]);
        close(
          exact,
          right.map((v, k) => (v - left[k]!) / (2 * H)),
          1e-5,
        );
      }
  });

  test("pulls a gradient back as the transpose of its differential: ⟨G, dF⟩ = ⟨pullback G, dX⟩", () => {
    if (!op.pullback) return;
    const G = symbol("G", self.shape);
    const rng = random(11);
    args.forEach((arg, i) => {
      const at: Point = { ...along(c, arg), values: { ...point.values, G: filled(self.shape, rng) } };
      const dF = directionalDifference(self, [arg], at).value;
      const back = evaluate(op.pullback!.gradient(b, self, i, G), at);
      expect([back.rows, back.cols]).toEqual([at.values[nameOf(arg)]!.rows, at.values[nameOf(arg)]!.cols]);
      close([inner(at.values.G!, dF)], [inner(back, at.directions![nameOf(arg)]!)], DIFFERENCE);
    });
  });

  test("pulls the columns of a matrix of cotangents back as J'C", () => {
    args.forEach((arg, i) => {
      if (!op.pullback?.jacobian || isMatrix(self.shape) || isMatrix(arg.shape)) return;
      const length = isOne(self.shape.cols) ? self.shape.rows : self.shape.cols;
      const C = symbol("K", shape(length, dim("k")));
      const at: Point = { ...point, values: { ...point.values, K: filled(C.shape, random(13)) } };
      const back = op.pullback.jacobian(b, self, i, C);
      if (!back) return;
      const { data } = differences(self, arg, at);
      const J: Dense = { rows: value.data.length, cols: data.length / value.data.length, data };
      close(evaluate(back, at).data, matmul(transpose(J), at.values.K!).data, DIFFERENCE);
    });
  });

  test("equals its index form entry by entry", () => {
    if (!op.entry) return;
    const free = axesOf(self);
    const terms = normalise(
      expandEntry(self, free, (e) => e === self),
      listAxes(free),
    );
    close(evaluateIndexForm({ free: listAxes(free), terms }, point).data, value.data, EXACT);
  });

  test("is printed as text that is read back as the same node", () => {
    const scope = declare(Object.fromEntries(args.map((a) => [nameOf(a), a])), {
      functions: { sigma: "elementwise", L: { scalarOf: args[0]!.shape.cols.key === "1" ? ["n"] : ["m", "n"] } },
    });
    expect(parse(text(self), scope).expr).toBe(self);
  });

  test("runs as TypeScript and returns its value", () => {
    const handedOver = "fn" in self.attrs ? [standIn(standInOf(self))] : [];
    const f = load(code({ f: self }, "typescript")).f!;
    const got = f(...args.map((a) => nested(a, point.values[nameOf(a)]!)), ...handedOver);
    expect(difference(got as Nested, nested(self, value))).toBeLessThan(EXACT);
  });

  test("is printed as LaTeX that KaTeX renders, in both layouts", () => {
    for (const layout of ["denominator", "numerator"] as const)
      expect(() =>
        katex.renderToString(latex(self, { layout }), { throwOnError: true, strict: "error" }),
      ).not.toThrow();
  });
});

describe("wrong shapes", () => {
  const codes = new Set(["non_square", "shape_mismatch", "ambiguous", "unsupported"]);

  test.each(CASES.map((c) => [c.title, c] as const))(
    "%s: another shape in one place is refused or has a shape",
    (_title, c) => {
      c.args.forEach((arg, i) => {
        for (const other of [shapeOf(["g", "h"]), shape(arg.shape.rows, dim("h")), shape(dim("g"), arg.shape.cols)]) {
          const args = c.args.map((a, j) => (j === i ? symbol(nameOf(a), other) : a));
          try {
            expect(b.op(c.op.name, args, c.self.attrs).shape.rows.key).not.toBe("");
          } catch (error) {
            expect(error).toBeInstanceOf(NablaError);
            expect(codes).toContain((error as NablaError).code);
            expect((error as NablaError).want).toBeTruthy();
          }
        }
      });
    },
  );

  const scope = declare("X: 2×3, Y: 3×2, x: 3, y: 2, s: scalar");
  test.each([
    ["inv(X)", "non_square", "inv: expected a square matrix n×n, got 2×3"],
    ["det(X)", "non_square", "det: expected a square matrix n×n, got 2×3"],
    ["logdet(X)", "non_square", "logdet: expected a square matrix n×n, got 2×3"],
    ["tr(X)", "non_square", "tr: expected a square matrix n×n, got 2×3"],
    ["adj(X)", "non_square", "adj: expected a square matrix n×n, got 2×3"],
    ["X^2", "non_square", "A^k: expected a square matrix n×n, got 2×3"],
    ["X + Y", "shape_mismatch", "sum: expected equal shapes, got 2×3 and 3×2"],
    ["X .* Y", "shape_mismatch", "elementwise product: expected equal shapes, got 2×3 and 3×2"],
    [
      "X*X",
      "shape_mismatch",
      "matrix product: expected the columns of the left to equal the rows of the right, got 2×3 and 2×3",
    ],
    ["s^x", "shape_mismatch", "power: expected a scalar exponent, got 3×1"],
    ["softmax(X)", "ambiguous", "softmax of a matrix (2×3): along which axis?"],
    ["diag(X)", "non_square", "diag: expected a square matrix n×n, got 2×3"],
  ])("%s is %s: %s", (source, code, message) => {
    expect(() => parse(source, scope)).toThrow(expect.objectContaining({ code, message }));
  });

  test.each(
    OPS.filter(
      (o) => o.arity === 1 && /^[a-z]+$/.test(o.name) && !["transpose", "matpow", "apply", "scalarfn"].includes(o.name),
    ).map((o) => o.name),
  )("%s with a missing or a superfluous argument is bad_argument and names the function", (name) => {
    for (const args of ["", "x, x, x"])
      expect(() => parse(`${name}(${args})`, scope)).toThrow(
        expect.objectContaining({ code: "bad_argument", message: expect.stringContaining(name) }),
      );
  });
});

test("K(m, n) vec X = vec X'", () => {
  const X = symbol("X", shape(dim("m"), dim("n")));
  const K = b.op("commutation", [], { m: "m", n: "n" });
  const point: Point = { sizes: { m: 2, n: 3 }, values: { X: filled(X.shape, random(3)) } };
  close(evaluate(b.mul(K, b.op("vec", [X])), point).data, evaluate(b.op("vec", [b.transpose(X)]), point).data, EXACT);
  expect(parse(text(K), declare("X: m×n")).expr).toBe(K);
});
