/**
 * Are two expressions equal? At generic points: sizes distinct and > 1, entries random, nothing symmetric that was
 * not declared so, inside the domain of both. Both sides are also simplified: one form is a proof, not an experiment.
 */
import { largestEntry, relativeError } from "../core/dense.js";
import { NablaError } from "../core/errors.js";
import { type Expr, topological } from "../core/expr.js";
import { sameShape } from "../core/shape.js";
import { expandDifferentials } from "../derive/linearise.js";
import { simplify } from "../simplify/rewrite.js";
import { goodPoint } from "../verify/domain.js";
import { type Evaluated, evaluateAll, type Point } from "../verify/evaluate.js";

/** The points of every decision; fixed, so that a verdict is the same every day. */
export const SEEDS: readonly number[] = [11, 12, 13];
/** More of them for functions with kinks: relu is 0 or the identity on a whole side, and few points may lie on one. */
const MORE_SEEDS: readonly number[] = [11, 12, 13, 14, 15, 16, 17, 18, 19];
const KINKED = new Set(["relu", "step", "sign", "abs", "max", "min", "maximum", "minimum"]);

export const seedsFor = (...roots: readonly Expr[]): readonly number[] =>
  topological(...roots).some((e) => KINKED.has(e.op)) ? MORE_SEEDS : SEEDS;

/** Relative error up to which two exact forms are equal, and from which they are surely different. */
const EQUAL = 1e-9;
const DIFFERENT = 1e-6;
/** Below this a point decides nothing; others are tried, at most so many. */
const INFORMATIVE = 1e-9;
const MOST_POINTS = 30;
/** Rounding of what is 0 exactly. */
const FLOOR = 1e-12;

export interface Agreement {
  readonly equal: boolean;
  readonly proof: "symbolic" | "numeric";
}

/** @param wrt the symbols whose differentials may occur */
export function agree(left: Expr, right: Expr, wrt: readonly Expr[]): Agreement {
  const moving = new Set(wrt);
  const [a, b] = [expandDifferentials(left, moving), expandDifferentials(right, moving)];
  if (!sameShape(a.shape, b.shape)) return { equal: false, proof: "numeric" };
  if (a === b) return { equal: true, proof: "symbolic" };
  const seeds = seedsFor(a, b);
  let decided = 0;
  let zero = true;
  for (let i = 0; i < MOST_POINTS && decided < seeds.length; i++) {
    const { point, known } = goodPoint([a, b], wrt, seeds[i] ?? seeds[0]! + i);
    const { error, size, oneIsZero } = errorAt(a, b, point, known);
    zero &&= oneIsZero && error <= EQUAL;
    // Where all is next to 0, as behind a saturated tanh, any two answers agree.
    if (size < INFORMATIVE) continue;
    decided++;
    if (error >= DIFFERENT) return { equal: false, proof: "numeric" };
    if (!(error <= EQUAL))
      throw undecided("the two sides are too close to be told apart and not equal", `${error.toExponential(1)}`);
  }
  const form = sameForm(a, b);
  if (decided === 0 && !zero && !form)
    throw undecided("both sides are next to 0 wherever they are defined: numbers cannot tell them apart", "0");
  return { equal: true, proof: form ? "symbolic" : "numeric" };
}

const undecided = (message: string, got: string): NablaError =>
  new NablaError("unsupported", message, { got: `relative difference ${got}`, want: `at most ${EQUAL}` });

interface Gap {
  readonly error: number;
  /** Largest entry of the sides and of their terms. */
  readonly size: number;
  readonly oneIsZero: boolean;
}

function errorAt(a: Expr, b: Expr, point: Point, known: Evaluated): Gap {
  const values = evaluateAll([a, b], point, known);
  const [x, y] = [values.get(a)!, values.get(b)!];
  // Terms of a sum may cancel to 0: the error is relative to the terms.
  const terms = [a, b].flatMap((e) => (e.op === "add" ? e.args : [])).map((e) => largestEntry(values.get(e)!));
  const [left, right] = [largestEntry(x), largestEntry(y)];
  return {
    error: relativeError(x.data, y.data, Math.max(FLOOR, ...terms)),
    size: Math.max(left, right, ...terms),
    oneIsZero: left === 0 || right === 0,
  };
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
