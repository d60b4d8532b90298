/** A displayed line holds when both its sides agree at random points; the differentials in it are directions. */
import { type Dense, relativeError } from "../core/dense.js";
import { NablaError } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import { goodPoint } from "./domain.js";
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

/** Terms of a sum may cancel to 0: the error is relative to the terms. */
const largest = (parts: readonly Dense[]): number => Math.max(1e-12, ...parts.flatMap((p) => Array.from(p.data, Math.abs)));

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
    const parts = [before, after].flatMap((e) => (e.op === "add" ? e.args : [])).map((e) => evaluateAll([e], site.point, site.known).get(e)!);
    worst = Math.max(worst, relativeError(values.get(before)!.data, values.get(after)!.data, largest(parts)));
  }
  if (!(worst <= STEP_TOLERANCE))
    throw new NablaError(
      "unsupported",
      `a step (${rule}) failed its numeric check and is not shown; please report this expression`,
      {
        got: `relative error ${worst.toExponential(1)}`,
        want: `at most ${STEP_TOLERANCE}`,
      },
    );
  return { seed: at[0]!.seed, maxRelError: worst };
}
