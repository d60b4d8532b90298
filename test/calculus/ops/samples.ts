/** The samples of the operator records as expressions with a point: distinct sizes, nothing symmetric. */
import { type Dense, fill, identity, matmul, transpose, zip } from "../../../kernel/src/calculus/core/dense.js";
import type { Expr } from "../../../kernel/src/calculus/core/expr.js";
import { type Random, random } from "../../../kernel/src/calculus/core/random.js";
import { dim, type Shape, shape, sizeOf } from "../../../kernel/src/calculus/core/shape.js";
import { build as b } from "../../../kernel/src/calculus/ops/build.js";
import type { OpDef, Sample } from "../../../kernel/src/calculus/ops/define.js";
import { OPS } from "../../../kernel/src/calculus/ops/index.js";
import { symbol } from "../../../kernel/src/calculus/ops/leaves.js";
import type { Point } from "../../../kernel/src/calculus/verify/evaluate.js";

export const SIZES = { m: 2, n: 3, p: 4, q: 5, k: 2 };
const NAMES = ["A", "B", "C", "D"];

export interface SampleCase {
  readonly title: string;
  readonly op: OpDef;
  readonly self: Expr;
  readonly args: readonly Expr[];
  readonly point: Point & { readonly directions: Record<string, Dense> };
}

export const shapeOf = ([rows, cols]: readonly [string | number, string | number]): Shape =>
  shape(dim(rows), dim(cols));

export function sampleCase(op: OpDef, sample: Sample, seed = 7): SampleCase {
  const rng = random(seed);
  const args = sample.args.map((a, i) => symbol(NAMES[i]!, shapeOf(a)));
  const values: Record<string, Dense> = {};
  const directions: Record<string, Dense> = {};
  args.forEach((a, i) => {
    values[NAMES[i]!] = drawn(a.shape, sample, rng);
    directions[NAMES[i]!] = filled(a.shape, rng, -1, 1);
  });
  const shapes = sample.args.map(([r, c]) => (c === 1 ? String(r) : `${r}×${c}`)).join(", ");
  const attrs = sample.attrs ? ` ${JSON.stringify(sample.attrs)}` : "";
  return {
    title: `${op.name}(${shapes})${attrs}`,
    op,
    self: b.op(op.name, args, sample.attrs ?? {}),
    args,
    point: { sizes: SIZES, values, directions },
  };
}

export const CASES: readonly SampleCase[] = OPS.flatMap((op) => op.sample.map((s) => sampleCase(op, s)));

export function filled(s: Shape, rng: Random, low = -1.5, high = 1.5): Dense {
  return fill(sizeOf(s.rows, SIZES), sizeOf(s.cols, SIZES), () => rng.between(low, high));
}

/** "spd" is drawn positive definite but not symmetric, so that a missing transpose shows. */
function drawn(s: Shape, sample: Sample, rng: Random): Dense {
  if (sample.entries !== "spd") return filled(s, rng, ...(sample.entries ?? [-1.5, 1.5]));
  const B = filled(s, rng, -1, 1);
  const S = filled(s, rng, -0.5, 0.5);
  const skew = zip(S, transpose(S), (x, y) => x - y);
  return [matmul(B, transpose(B)), identity(B.rows), skew].reduce((p, q) => zip(p, q, (x, y) => x + y));
}

export const inner = (a: Dense, c: Dense): number => a.data.reduce((s, x, i) => s + x * c.data[i]!, 0);
