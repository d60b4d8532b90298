/** a .* b ./ c …: equal shapes, scalars anywhere; above ./ alone a scalar must be plain, since it spreads. */
import type { Expr } from "../core/expr.js";
import { isScalar, showShape } from "../core/shape.js";
import { build } from "../ops/build.js";
import { isNumber } from "../ops/leaves.js";
import { same } from "../ops/shapes.js";
import {
  type ChainStep,
  elementwiseProduct,
  type Part,
  partOf,
  reciprocal,
  tidy,
  turnedHint,
  wideOf,
} from "./parts.js";
import { failure, placed, placeOf, type Reading } from "./reading.js";
import { isPlainScalar } from "./sums.js";
import type { Tree } from "./syntax.js";

export function elementwiseRun(r: Reading, left: Part | Tree, steps: readonly ChainStep[]): Expr {
  const first = partOf(r, left);
  const parts: Part[] = [first];
  let wide = wideOf(parts);
  for (const { op, tree } of steps) {
    const part = partOf(r, tree);
    const divisor = op === "./";
    if (divisor && isNumber(part.value, 0))
      throw failure(r, tree, "bad_argument", "division by zero", { got: "0", want: "a number that is not 0" });
    if (divisor && !wide && !isScalar(part.value.shape)) checkPlain(r, parts, part);
    if (wide && !isScalar(part.value.shape)) checkSame(r, first, wide, part, divisor);
    parts.push(divisor ? { ...part, value: reciprocal(part.value) } : part);
    wide ??= wideOf([part]);
  }
  const values = parts.map((p) => p.value);
  const scalars = values.filter((v) => isScalar(v.shape));
  if (!wide) return tidy(build.times(...scalars));
  return tidy(build.times(...scalars, elementwiseProduct(values.filter((v) => !isScalar(v.shape)))));
}

function checkSame(r: Reading, first: Part, wide: Part, part: Part, divisor: boolean): void {
  const name = divisor ? "elementwise division" : "elementwise product";
  const hint = turnedHint(wide.value.shape, part.value.shape);
  placed(r, placeOf(r, first.from, part.to), () => same(name, [wide.value, part.value], hint));
}

function checkPlain(r: Reading, parts: readonly Part[], by: Part): void {
  const bad = parts.find((p) => !isPlainScalar(p.value));
  if (!bad) return;
  const shapes = [showShape(bad.value.shape), showShape(by.value.shape)];
  throw failure(
    r,
    placeOf(r, bad.from, by.to),
    "shape_mismatch",
    `elementwise division: expected equal shapes, got ${shapes[0]} and ${shapes[1]}`,
    {
      got: shapes,
      want: "equal shapes",
      hint: "a 1×1 product does not spread over a larger shape: multiply it by ones(n)",
    },
  );
}
