/** Compiled programs give the numbers of the reference evaluation, with generated code and without. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Dense, dense, relativeError } from "../../../kernel/src/calculus/core/dense.js";
import type { Expr } from "../../../kernel/src/calculus/core/expr.js";
import { compile } from "../../../kernel/src/calculus/numeric/compile.js";
import { Recorder } from "../../../kernel/src/calculus/numeric/recorder.js";
import { nameOf } from "../../../kernel/src/calculus/ops/leaves.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";
import { evaluate } from "../../../kernel/src/calculus/verify/evaluate.js";
import { CASES } from "../ops/samples.js";

/** Products and powers by another route differ in the last digits. */
const LAST_DIGITS = 1e-14;

/** All entries of all symbols move, each with a parameter of its own. */
function whole(root: Expr, symbols: readonly Expr[], values: Readonly<Record<string, Dense>>, sizes = {}) {
  const first = new Map<Expr, number>();
  let parameters = 0;
  const start: number[] = [];
  for (const s of symbols) {
    first.set(s, parameters);
    const { data } = values[nameOf(s)]!;
    parameters += data.length;
    start.push(...data);
  }
  const program = compile([root], {
    sizes,
    parameters,
    symbol: (s) => {
      const { rows, cols } = values[nameOf(s)]!;
      return { base: dense(rows, cols), moves: (k) => [[first.get(s)! + k, 1]] };
    },
  });
  return { program, start };
}

describe.each(CASES.map((c) => [c.title, c] as const))("%s", (_title, { self, args, point }) => {
  test("compiled, is the value that the operator has", () => {
    const { program, start } = whole(self, args, point.values, point.sizes);
    const want = evaluate(self, point).data;
    const [run, interpreted] = [new Float64Array(want.length), new Float64Array(want.length)];
    program.run(start, run);
    program.interpret(start, interpreted);
    expect(relativeError(run, want)).toBeLessThan(LAST_DIGITS);
    expect(interpreted).toEqual(run);
  });
});

const scope = declare("W: 3×2, x: 2, b: 3, s: scalar, r: scalar, X: 40×40, y: 40");
const read = (text: string): Expr => parse(text, scope).expr;
const symbolsOf = (...names: string[]) => names.map((n) => scope.symbols.get(n)!);

describe("a program", () => {
  test("has every shared part once: (s + r)² + exp((s + r)²) is four operations", () => {
    const { program } = whole(read("(s + r)^2 + exp((s + r)^2)"), symbolsOf("s", "r"), {
      s: dense(1, 1),
      r: dense(1, 1),
    });
    expect(program.operations).toBe(4);
  });

  test("computes at once what does not move", () => {
    const values = { W: dense(3, 2, [1, 2, 3, 4, 5, 6]), x: dense(2, 1, [1, -1]), b: dense(3, 1, [1, 1, 1]) };
    const program = compile([read("s * norm(W x + b)^2")], {
      sizes: {},
      parameters: 1,
      symbol: (s) => (nameOf(s) === "s" ? { base: dense(1, 1), moves: () => [[0, 1]] } : values[nameOf(s) as "W"]),
    });
    expect(program.operations).toBe(1);
    const out = new Float64Array(1);
    program.run([2], out);
    expect(out[0]).toBe(2 * evaluate(read("norm(W x + b)^2"), { sizes: {}, values }).data[0]!);
  });

  test("keeps 0·∞ without a value: no product with 0 is left out", () => {
    const { program } = whole(read("r * log(s)"), symbolsOf("r", "s"), { s: dense(1, 1), r: dense(1, 1) });
    const out = new Float64Array(1);
    program.run([0, 0], out);
    expect(out[0]).toBeNaN();
    const r = new Recorder();
    expect(r.valueOf(r.mul(r.constant(0), r.parameter(0)))).toBeUndefined();
  });

  test("calls a large product as a whole and gives the same numbers", () => {
    const values = {
      X: dense(
        40,
        40,
        Array.from({ length: 1600 }, (_, k) => Math.sin(k)),
      ),
      y: dense(
        40,
        1,
        Array.from({ length: 40 }, (_, k) => Math.cos(k)),
      ),
    };
    const root = read("sum(tanh(X X y))");
    const { program, start } = whole(root, symbolsOf("X", "y"), values);
    expect(program.operations).toBeLessThan(500);
    const out = new Float64Array(1);
    program.run(start, out);
    expect(relativeError(out, evaluate(root, { sizes: {}, values }).data)).toBeLessThan(1e-12);
  });

  test("gives at random points what evaluate gives", () => {
    const root = read("sum(softmax(W x + b) .* relu(W x - b)) + s*norm(x)/(1 + r^2) + logsumexp(b) - tr(W*x*b')");
    const number = fc.double({ min: -3, max: 3, noNaN: true });
    const vector = (n: number) => fc.array(number, { minLength: n, maxLength: n });
    const { program } = whole(root, symbolsOf("W", "x", "b", "s", "r"), {
      W: dense(3, 2),
      x: dense(2, 1),
      b: dense(3, 1),
      s: dense(1, 1),
      r: dense(1, 1),
    });
    fc.assert(
      fc.property(vector(6), vector(2), vector(3), number, number, (W, x, b, s, r) => {
        const values = {
          W: dense(3, 2, W),
          x: dense(2, 1, x),
          b: dense(3, 1, b),
          s: dense(1, 1, [s]),
          r: dense(1, 1, [r]),
        };
        const out = new Float64Array(1);
        program.run([...W, ...x, ...b, s, r], out);
        expect(out[0]).toBeCloseTo(evaluate(root, { sizes: {}, values }).data[0]!, 11);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});
