/** Every row of the notes that can be checked by numbers, through the contract of the command line. */
import { describe, expect, test } from "vitest";
import { type Dense, relativeError } from "../../kernel/src/calculus/core/dense.js";
import { linearise } from "../../kernel/src/calculus/derive/linearise.js";
import { parse } from "../../kernel/src/calculus/text/parse.js";
import { evaluate, type Point } from "../../kernel/src/calculus/verify/evaluate.js";
import { answered, numberOf, pointsOf, type Row, requestOf, rowsOf, scopeOf, tensorAt } from "./rows.js";

const SEEDS = [11, 12, 13];
const EXACT = 1e-9;
const titled = (mode: string): (readonly [string, Row])[] => rowsOf(mode).map((row) => [row.id, row]);

const agrees = (a: Dense | undefined, b: Dense): boolean =>
  a !== undefined && a.rows === b.rows && a.cols === b.cols && relativeError(a.data, b.data, 1e-6) < EXACT;

test("there are 126 derivatives, 21 differentials, 14 tensors and 4 arrangements", () => {
  const count = (mode: string): number => rowsOf(mode).length;
  expect(["deriv", "diff", "einsum", "vecjac", "kronblock", "blocklong"].map(count)).toEqual([126, 21, 14, 2, 1, 1]);
});

describe("derivatives, in the layout of the row", () => {
  test.each(titled("deriv"))("%s", (_id, row) => {
    const scope = scopeOf(row);
    const { matrix } = answered(requestOf(row));
    for (const point of pointsOf(scope, [row.expr, row.expected], SEEDS, [row.wrt])) {
      const made = evaluate(parse(matrix!, scope).expr, point);
      for (const want of [row.expected, ...(row.alt ?? [])])
        expect(agrees(numberOf(want, scope, point), made), want).toBe(true);
    }
  });
});

describe("what the notes print by mistake is another value or no value", () => {
  const slips = [...rowsOf("deriv"), ...rowsOf("diff")].filter((row) => row.expected_printed);
  test.each(slips.map((row) => [row.id, row.expected_printed!, row] as const))("%s: %s", (_id, printed, row) => {
    const scope = scopeOf(row);
    const by = row.dvars ? [...row.dvars] : [row.wrt];
    for (const point of pointsOf(scope, [row.expr], SEEDS, by)) {
      const want = evaluate(parse(row.expected, scope).expr, point);
      expect(agrees(numberOf(printed, scope, point), want)).toBe(false);
    }
  });
});

describe("differentials", () => {
  test.each(titled("diff"))("%s", (_id, row) => {
    const scope = scopeOf(row);
    const wrt = new Set(row.dvars!.map((name) => scope.symbols.get(name)!));
    const dF = linearise(parse(row.expr, scope).expr, wrt);
    for (const point of pointsOf(scope, [row.expr], SEEDS, [...row.dvars!]))
      expect(agrees(evaluate(parse(row.expected, scope).expr, point), evaluate(dF, point))).toBe(true);
  });
});

describe("tensors of order three and four", () => {
  test.each([...titled("einsum"), ...titled("blocklong")])("%s", (_id, row) => {
    const scope = scopeOf(row);
    for (const point of pointsOf(scope, [row.expr], SEEDS, [row.wrt])) {
      const { order, index } = answered(requestOf(row));
      expect(index.free.length).toBe(order);
      expect(relativeError(tensorAt(row, point).data, written(row, point))).toBeLessThan(EXACT);
    }
  });
});

describe("arrangements of a matrix by a matrix", () => {
  test.each(titled("vecjac"))("%s: ∂vec F/∂vec(X)'", (_id, row) => {
    const scope = scopeOf(row);
    const { vec } = answered(requestOf(row));
    for (const point of pointsOf(scope, [row.expr], SEEDS, [row.wrt]))
      expect(agrees(evaluate(parse(vec!, scope).expr, point), evaluate(parse(row.expected, scope).expr, point))).toBe(
        true,
      );
  });

  test.each(titled("kronblock"))("%s: the block (k, l) is ∂F/∂X_kl", (_id, row) => {
    const scope = scopeOf(row);
    for (const point of pointsOf(scope, [row.expr], SEEDS, [row.wrt])) {
      const { shape, data } = tensorAt(row, point);
      const [p, q, m, n] = shape as [number, number, number, number];
      const want = evaluate(parse(row.expected, scope).expr, point);
      const long = Float64Array.from({ length: data.length }, (_, at) => {
        const [r, c] = [Math.floor(at / (n * q)), at % (n * q)];
        const [k, i, l, j] = [Math.floor(r / p), r % p, Math.floor(c / q), c % q];
        return data[((i * q + j) * m + k) * n + l]!;
      });
      expect(relativeError(long, want.data)).toBeLessThan(EXACT);
    }
  });
});

/** The row's sum over named indices, output axes first. */
function written(row: Row, point: Point): Float64Array {
  const scope = scopeOf(row);
  const [ins, out] = row.einsum!.split("->") as [string, string];
  const subscripts = ins.split(",");
  const values = row.einsum_args!.map((t) => evaluate(parse(t.replace("vecof(x)", "x"), scope).expr, point));
  const sizes = new Map<string, number>();
  subscripts.forEach((s, k) =>
    [...s].forEach((c, axis) => sizes.set(c, axis === 0 ? values[k]!.rows : values[k]!.cols)),
  );
  // Rows "var,out" put the variable first; the tensor of an answer has the output first.
  const wrtAxes = row.vars[row.wrt]!.length;
  const axes = row.order === "var,out" ? [...out.slice(wrtAxes), ...out.slice(0, wrtAxes)] : [...out];
  const summed = [...sizes.keys()].filter((c) => !axes.includes(c));
  const at: Record<string, number> = {};
  const product = (): number =>
    subscripts.reduce(
      (p, s, k) =>
        p * values[k]!.data[at[s[0]!]! * (s.length > 1 ? values[k]!.cols : 1) + (s.length > 1 ? at[s[1]!]! : 0)]!,
      1,
    );
  const total = (letters: readonly string[]): number => {
    const [c, ...rest] = letters;
    if (c === undefined) return product();
    let sum = 0;
    for (at[c] = 0; at[c]! < sizes.get(c)!; at[c]!++) sum += total(rest);
    return sum;
  };
  const result: number[] = [];
  const visit = (letters: readonly string[]): void => {
    const [c, ...rest] = letters;
    if (c === undefined) result.push(total(summed));
    else for (at[c] = 0; at[c]! < sizes.get(c)!; at[c]!++) visit(rest);
  };
  visit(axes);
  return Float64Array.from(result);
}
