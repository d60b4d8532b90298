/** A displayed line holds when both its sides agree at random points; the differentials in it are directions. */
import { relativeError } from "../core/dense.js";
import { failedCheck } from "../core/errors.js";
import { type Expr, topological } from "../core/expr.js";
import { goodPoint, isGoodFor } from "./domain.js";
import { type Evaluated, evaluateAll, type Point } from "./evaluate.js";

/** Relative tolerance between two exact forms of one line. */
export const STEP_TOLERANCE = 1e-9;

export interface Site {
  readonly seed: number;
  readonly point: Point;
  readonly known: Evaluated;
}

/** The points at which the lines of one derivation are checked. */
export function sites(roots: readonly Expr[], wrt: readonly Expr[], seeds: readonly number[]): readonly Site[] {
  return seeds.map((seed) => ({ seed, ...goodPoint(roots, wrt, seed) }));
}

/** The same points for more expressions of the same symbols; another is drawn where one of them is not defined. */
export function widened(at: readonly Site[], roots: readonly Expr[], wrt: readonly Expr[]): readonly Site[] {
  return at.map((site) =>
    isGoodFor(roots, wrt, site) ? site : { seed: site.seed, ...goodPoint(roots, wrt, site.seed) },
  );
}

/** Rounding of what cancels on the way, beside the largest value on the way. */
const ROUNDING = 1e-3;

/** Terms may cancel to 0: the error is relative to the terms of a sum, and to a part of the largest value on the way. */
export function cancellation(roots: readonly Expr[], known: Evaluated): number {
  const most = (e: Expr): number => known.get(e)!.data.reduce((m, x) => Math.max(m, Math.abs(x)), 0);
  let floor = 1e-12;
  for (const e of topological(...roots)) if (known.has(e)) floor = Math.max(floor, ROUNDING * most(e));
  for (const root of roots) if (root.op === "add") for (const term of root.args) floor = Math.max(floor, most(term));
  return floor;
}

/** The largest relative difference between two expressions without open differentials; more than allowed is an error. */
export function checkEqual(
  rule: string,
  before: Expr,
  after: Expr,
  at: readonly Site[],
): { seed: number; maxRelError: number } {
  let worst = 0;
  for (const site of at) {
    const values = evaluateAll([before, after], site.point, site.known);
    const floor = cancellation([before, after], values);
    worst = Math.max(worst, relativeError(values.get(before)!.data, values.get(after)!.data, floor));
  }
  if (!(worst <= STEP_TOLERANCE)) throw failedCheck(`a step (${rule})`, worst, STEP_TOLERANCE);
  return { seed: at[0]!.seed, maxRelError: worst };
}
