/** A displayed line holds when both its sides agree at random points; the differentials in it are directions. */
import { type Dense, relativeError } from "../core/dense.js";
import { failedCheck } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import { compare } from "./bounds.js";
import { goodPoint, isGoodFor } from "./domain.js";
import { type Evaluated, evaluateAll, type Point } from "./evaluate.js";
import { Taped } from "./exact.js";

/** Relative tolerance between two exact forms of one line. */
export const STEP_TOLERANCE = 1e-9;

export interface Site {
  readonly seed: number;
  /** The variables, which have directions at the point. */
  readonly wrt: readonly Expr[];
  readonly point: Point;
  readonly known: Evaluated;
}

/** The points at which the lines of one derivation are checked. */
export function sites(roots: readonly Expr[], wrt: readonly Expr[], seeds: readonly number[]): readonly Site[] {
  return seeds.map((seed) => ({ seed, wrt, ...goodPoint(roots, wrt, seed) }));
}

/** The same points for more expressions of the same symbols; another is drawn where one of them is not defined. */
export function widened(at: readonly Site[], roots: readonly Expr[], wrt: readonly Expr[]): readonly Site[] {
  return at.map((site) =>
    isGoodFor(roots, wrt, site) ? site : { seed: site.seed, wrt, ...goodPoint(roots, wrt, site.seed) },
  );
}

/** What doubles alone decide: entries within this part of the largest one. */
export const PLAIN_TOLERANCE = 1e-13;
/** Points beyond its own at which a site is looked at where rounding or overflow leaves a line open. */
const REDRAWS = 12;
const SEED_STRIDE = 100;

/**
 * The largest relative error between the entries of two expressions without open differentials; a column may stand
 * for a row. Doubles decide where they agree; where not, numbers with bounds of their rounding do, since terms may
 * cancel to 0; where these leave it open, as ∞·0 does, another point. `arrange` turns the first for a layout.
 */
export function errorBetween(
  a: Expr,
  b: Expr,
  at: readonly Site[],
  arrange: (value: Dense) => Dense = (value) => value,
): number {
  return at.reduce((worst, site) => Math.max(worst, errorNear(a, b, site, arrange)), 0);
}

function errorNear(a: Expr, b: Expr, site: Site, arrange: (value: Dense) => Dense): number {
  for (let n = 0; n <= REDRAWS; n++) {
    const { point, known } = n === 0 ? site : goodPoint([a, b], site.wrt, site.seed + n * SEED_STRIDE);
    const values = evaluateAll([a, b], point, known);
    const plain = relativeError(arrange(values.get(a)!).data, values.get(b)!.data, Number.MIN_VALUE);
    if (plain <= PLAIN_TOLERANCE) return plain;
    const bounded = boundedError(a, b, point, arrange);
    if (bounded !== undefined) return bounded;
  }
  return Number.POSITIVE_INFINITY;
}

/** What rounding does not explain; undefined where it leaves too much open. */
function boundedError(a: Expr, b: Expr, point: Point, arrange: (value: Dense) => Dense): number | undefined {
  const at = new Taped(point, []);
  const [value, right] = [at.value(a), at.value(b)];
  const left = { data: arrange(value).data, error: arrange({ ...value, data: value.error }).data };
  const { wrong, worst, open, entries } = compare(left, right, right.data.map(Math.abs));
  if (wrong) return Number.POSITIVE_INFINITY;
  return worst <= STEP_TOLERANCE && 2 * open <= entries ? worst : undefined;
}

/** The largest relative difference between the sides of a line; more than allowed is an error. */
export function checkEqual(
  rule: string,
  before: Expr,
  after: Expr,
  at: readonly Site[],
): { seed: number; maxRelError: number } {
  const worst = errorBetween(before, after, at);
  if (!(worst <= STEP_TOLERANCE)) throw failedCheck(`a step (${rule})`, worst, STEP_TOLERANCE);
  return { seed: at[0]!.seed, maxRelError: worst };
}
