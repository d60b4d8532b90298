/**
 * The reference evaluation of an expression: every other way of computing is tested against this one.
 * d(e) is evaluated as the derivative of e in the direction given for the variables.
 */

import { spend } from "../core/budget.js";
import type { Dense } from "../core/dense.js";
import { NablaError } from "../core/errors.js";
import { type Expr, topological } from "../core/expr.js";
import type { Sizes } from "../core/shape.js";
import { isOne, sizeOf } from "../core/shape.js";
import { opOf } from "../ops/index.js";
import { nameOf } from "../ops/leaves.js";

/** A point: numbers for symbols (by name) and for dimensions. */
export interface Point {
  readonly sizes: Sizes;
  readonly values: Readonly<Record<string, Dense>>;
  /** Directions dX of the variables; a symbol without one is constant. */
  readonly directions?: Readonly<Record<string, Dense>>;
  /** σ′(0) of a kinked function. */
  readonly kink?: number;
}

export type Evaluated = Map<Expr, Dense>;

/** Values of all nodes below the root; pass `known` to go on from an earlier evaluation at the same point. */
export function evaluateAll(roots: readonly Expr[], point: Point, known: Evaluated = new Map()): Evaluated {
  for (const e of topological(...roots)) {
    if (known.has(e)) continue;
    known.set(e, evaluateNode(e, point, known));
  }
  return known;
}

export const evaluate = (root: Expr, point: Point): Dense => evaluateAll([root], point).get(root)!;

/** A value larger than this is not computed: 2,000 × 2,000. */
export const LARGEST_VALUE = 4_000_000;
/** Entries that count as one unit of work. */
const ENTRIES_PER_UNIT = 64;

/** An array that is about to be made: too many entries are an error, and all are counted as work. */
export function checkEntries(what: string, ...lengths: readonly number[]): void {
  const entries = lengths.reduce((p, n) => p * n, 1);
  spend(entries / ENTRIES_PER_UNIT);
  if (entries <= LARGEST_VALUE) return;
  throw new NablaError("unsupported", `${what}: a value of ${lengths.join("×")} has too many entries to be computed`, {
    got: `${entries} entries`,
    want: `at most ${LARGEST_VALUE} entries`,
    hint: "smaller dimensions, or fewer factors",
  });
}

function evaluateNode(e: Expr, point: Point, known: Evaluated): Dense {
  if (e.op === "d") return directionOf(e, point);
  if (e.op === "symbol") return symbolValue(e, point);
  checkEntries(e.op, sizeOf(e.shape.rows, point.sizes), sizeOf(e.shape.cols, point.sizes));
  const env = { sizes: point.sizes, kink: point.kink ?? 0 };
  return opOf(e.op).evaluate(
    e.args.map((a) => known.get(a)!),
    e,
    env,
  );
}

/** dX of a variable is its direction; other differentials are expanded before they are evaluated. */
function directionOf(e: Expr, point: Point): Dense {
  const direction = e.args[0]!.op === "symbol" ? point.directions?.[nameOf(e.args[0]!)] : undefined;
  if (!direction)
    throw new NablaError("bad_argument", "a differential has a value only for a variable with a direction");
  return direction;
}

function symbolValue(e: Expr, point: Point): Dense {
  const name = nameOf(e);
  const value = Object.hasOwn(point.values, name) ? point.values[name] : undefined;
  if (!value) throw new NablaError("bad_argument", `no value given for ${name}`, { want: `a value for ${name}` });
  const rows = isOne(e.shape.rows) ? 1 : sizeOf(e.shape.rows, point.sizes);
  const cols = isOne(e.shape.cols) ? 1 : sizeOf(e.shape.cols, point.sizes);
  if (value.rows !== rows || value.cols !== cols)
    throw new NablaError(
      "bad_argument",
      `the value of ${name} is ${value.rows}×${value.cols}, its shape asks for ${rows}×${cols}`,
      {
        got: `${value.rows}×${value.cols}`,
        want: `${rows}×${cols}`,
      },
    );
  return value;
}
