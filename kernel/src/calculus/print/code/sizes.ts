/** Where the sizes of dimensions come from: an axis of an argument, divided by sizes that are known; else an argument. */
import type { Expr } from "../../core/expr.js";
import { type Dim, isOne } from "../../core/shape.js";

export interface SizeSource {
  readonly input: Expr;
  readonly axis: 0 | 1;
  /** The axis is this many times the dimension, and these dimensions times as well. */
  readonly coefficient: number;
  readonly others: readonly string[];
}

export function sizeSources(inputs: readonly Expr[]): ReadonlyMap<string, SizeSource> {
  const found = new Map<string, SizeSource>();
  const all = inputs.flatMap((input) =>
    ([input.shape.rows, input.shape.cols] as const).map((d, axis) => ({ d, input, axis: axis as 0 | 1 })),
  );
  const solve = (d: Dim, input: Expr, axis: 0 | 1): boolean => {
    const open = d.names.filter((n) => !found.has(n));
    if (isOne(d) || open.length !== 1) return false;
    const others = d.names.filter((n) => n !== open[0]);
    found.set(open[0]!, { input, axis, coefficient: d.coefficient, others });
    return true;
  };
  for (const { d, input, axis } of all) if (d.names.length === 1 && d.coefficient === 1) solve(d, input, axis);
  while (all.some(({ d, input, axis }) => solve(d, input, axis)));
  return found;
}
