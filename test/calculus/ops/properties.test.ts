/** Linearity, kinks and ranges as the records state them, against values. */
import { describe, expect, test } from "vitest";
import { type Dense, relativeError, zip } from "../../../kernel/src/calculus/core/dense.js";
import type { OpDef } from "../../../kernel/src/calculus/ops/define.js";
import { OPS } from "../../../kernel/src/calculus/ops/index.js";
import { nameOf } from "../../../kernel/src/calculus/ops/leaves.js";
import { evaluate } from "../../../kernel/src/calculus/verify/evaluate.js";
import { CASES, type SampleCase } from "./samples.js";

const EXACT = 1e-12;

/** f(X + dX) against f(X) + f(dX), in one argument or in all of a sum together. */
function additivityError({ op, self, args, point }: SampleCase): number {
  const at = (moved: readonly number[], by: "X" | "dX" | "both"): Dense => {
    const values = Object.fromEntries(
      args.map((a, i): [string, Dense] => {
        const [X, dX] = [point.values[nameOf(a)]!, point.directions[nameOf(a)]!];
        const step = { X, dX, both: zip(X, dX, (x, y) => x + y) };
        return [nameOf(a), moved.includes(i) ? step[by] : X];
      }),
    );
    return evaluate(self, { ...point, values });
  };
  const groups = op.name === "add" ? [args.map((_, i) => i)] : args.map((_, i) => [i]);
  return Math.max(
    ...groups.map((moved) => {
      const sum = zip(at(moved, "X"), at(moved, "dX"), (x, y) => x + y);
      return relativeError(at(moved, "both").data, sum.data, 1e-3);
    }),
  );
}

describe.each(CASES.map((c) => [c.title, c] as const))("%s", (_title, c) => {
  test("is additive in its arguments exactly when its record says linear", () => {
    const error = additivityError(c);
    if (c.op.linear) expect(error).toBeLessThan(EXACT);
    else expect(error).not.toBeLessThan(1e-6);
  });

  test("stays in the range of its record", () => {
    const [least, most] = c.op.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (const v of evaluate(c.self, c.point).data) {
      expect(v).toBeGreaterThanOrEqual(least);
      expect(v).toBeLessThanOrEqual(most);
    }
  });
});

const FUNCTIONS = OPS.filter((op) => op.elementwise && op.arity === 1 && op.name !== "apply");

/** The function of one number. */
const valueAt = (op: OpDef, x: number): number => {
  const c = CASES.find((s) => s.op === op && s.args.length === 1)!;
  const [arg] = c.args;
  const { rows, cols } = c.point.values[nameOf(arg!)]!;
  const data = new Float64Array(rows * cols).fill(x);
  return evaluate(c.self, { ...c.point, values: { [nameOf(arg!)]: { rows, cols, data } } }).data[0]!;
};

describe.each(FUNCTIONS.map((op) => [op.name, op] as const))("%s of one number", (_name, op) => {
  const H = 1e-6;
  const [left, middle, right] = [-H, 0, H].map((x) => valueAt(op, x)) as [number, number, number];

  test("has a corner or a jump at 0 exactly when its record says so", () => {
    const jumps = Math.abs(right - left) > 0.5;
    const turns = Math.abs((right - middle) / H - (middle - left) / H) > 0.5;
    const defined = [left, middle, right].every(Number.isFinite);
    expect(!defined ? undefined : jumps ? "jump" : turns ? "corner" : undefined).toBe(op.kink);
  });

  test("comes to the bounds of its range and not beyond", () => {
    const grid = [-40, -Math.PI, -1.5, ...Array.from({ length: 401 }, (_, k) => (k - 200) / 100), 40];
    const values = grid.map((x) => valueAt(op, x)).filter(Number.isFinite);
    const [least, most] = op.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    const [low, high] = [Math.min(...values), Math.max(...values)];
    expect(low).toBeGreaterThanOrEqual(least);
    expect(high).toBeLessThanOrEqual(most);
    if (Number.isFinite(least)) expect(low - least).toBeLessThan(1e-3);
    if (Number.isFinite(most)) expect(most - high).toBeLessThan(1e-3);
  });
});
