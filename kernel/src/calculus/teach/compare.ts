/**
 * Are two expressions equal? At generic points: sizes distinct and > 1, entries random, nothing symmetric that was
 * not declared so, inside the domain of both. Both sides are also simplified: one form is a proof, not an experiment.
 */
import { type Dense, relativeError } from "../core/dense.js";
import { NablaError } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import { sameShape } from "../core/shape.js";
import { expandDifferentials } from "../derive/linearise.js";
import { simplify } from "../simplify/rewrite.js";
import { goodPoint } from "../verify/domain.js";
import { type Evaluated, evaluateAll, type Point } from "../verify/evaluate.js";

/** The points of every decision; fixed, so that a verdict is the same every day. */
export const SEEDS: readonly number[] = [11, 12, 13];
/** Relative error up to which two exact forms are equal, and from which they are surely different. */
const EQUAL = 1e-9;
const DIFFERENT = 1e-6;

export interface Agreement {
  readonly equal: boolean;
  readonly proof: "symbolic" | "numeric";
}

/** @param wrt the symbols whose differentials may occur */
export function agree(left: Expr, right: Expr, wrt: readonly Expr[]): Agreement {
  const moving = new Set(wrt);
  const [a, b] = [expandDifferentials(left, moving), expandDifferentials(right, moving)];
  if (!sameShape(a.shape, b.shape)) return { equal: false, proof: "numeric" };
  for (const seed of SEEDS) {
    const { point, known } = goodPoint([a, b], wrt, seed);
    const error = errorAt(a, b, point, known);
    if (error >= DIFFERENT) return { equal: false, proof: "numeric" };
    if (!(error <= EQUAL))
      throw new NablaError("unsupported", "the two sides are too close to be told apart and not equal", {
        got: `relative difference ${error.toExponential(1)}`,
        want: `at most ${EQUAL}`,
      });
  }
  return { equal: true, proof: sameForm(a, b) ? "symbolic" : "numeric" };
}

function errorAt(a: Expr, b: Expr, point: Point, known: Evaluated): number {
  const values = evaluateAll([a, b], point, known);
  return relativeError(values.get(a)!.data, values.get(b)!.data, scale([a, b], values));
}

/** Terms of a sum may cancel to 0: the error is relative to the terms. */
function scale(sides: readonly Expr[], values: ReadonlyMap<Expr, Dense>): number {
  const parts = sides.flatMap((e) => (e.op === "add" ? e.args : [])).map((e) => values.get(e)!);
  return parts.reduce((m, p) => p.data.reduce((n, x) => Math.max(n, Math.abs(x)), m), 1e-12);
}

const sameForm = (a: Expr, b: Expr): boolean => a === b || simplify(a).expr === simplify(b).expr;

/** `agree` as a question: what cannot be decided (no point in the domain, too close) is no. */
export function surelyEqual(left: Expr, right: Expr, wrt: readonly Expr[]): boolean {
  try {
    return agree(left, right, wrt).equal;
  } catch (error) {
    if (error instanceof NablaError) return false;
    throw error;
  }
}
