/** Why an expression has no finite value at a point: the part of it that has none though its arguments have one. */
import type { Dense } from "./core/dense.js";
import { NablaError } from "./core/errors.js";
import { type Expr, topological } from "./core/expr.js";
import { isScalar } from "./core/shape.js";
import { text } from "./print/text.js";
import { type Evaluated, evaluateAll, type Point } from "./verify/evaluate.js";

/** One sentence, and what would be right instead. */
export interface Undefined {
  readonly why: string;
  readonly want: string;
}

/** Longer parts are not repeated in a sentence. */
const LONG = 60;

/** Undefined where every part that matters has a finite value. */
export function undefinedPart(root: Expr, point: Point): Undefined | undefined {
  const known: Evaluated = new Map();
  for (const e of topological(root)) {
    try {
      evaluateAll([e], point, known);
    } catch (error) {
      if (error instanceof NablaError && error.code === "bad_argument") return refused(e, error);
      throw error;
    }
  }
  if (hasNumbers(known.get(root)!)) return undefined;
  let part = root;
  for (;;) {
    const next: Expr | undefined = part.args.find((a) => !hasNumbers(known.get(a)!));
    if (!next) return reason(part, known);
    part = next;
  }
}

const hasNumbers = (value: Dense): boolean => value.data.every(Number.isFinite);

const words = (e: Expr, otherwise: string): string => {
  const whole = text(e);
  return whole.length > LONG ? otherwise : whole;
};

/** An operator that has no value there says so itself; which matrix it is, is known here. */
function refused(e: Expr, error: NablaError): Undefined {
  const X = e.args[0];
  if (X && (e.op === "inv" || e.op === "logdet" || e.op === "matpow")) return singularArgument(e);
  return { why: error.message, want: error.want ?? "a point inside the domain" };
}

/** Of X⁻¹, X⁻ᵏ or ln|X|. */
export const singularArgument = (e: Expr): Undefined => ({
  why: `${words(e, e.op)} needs an invertible matrix, and ${words(e.args[0]!, "its argument")} is singular at this point`,
  want: "an invertible matrix",
});

function reason(e: Expr, known: Evaluated): Undefined {
  const whole = words(e, `a part (${e.op})`);
  const needs = (z: Expr, what: string, bad: (x: number) => boolean): Undefined => ({
    why: `${whole} needs ${what}, and ${offender(z, known.get(z)!, bad)}`,
    want: what,
  });
  const z = e.args[0];
  switch (e.op) {
    case "log":
      return needs(z!, "a positive argument", (x) => !(x > 0));
    case "asin":
    case "acos":
      return needs(z!, "an argument between -1 and 1", (x) => !(Math.abs(x) <= 1));
    case "pow": {
      const exponent = known.get(e.args[1]!)!.data[0]!;
      const base = known.get(z!)!.data;
      if (exponent < 0 && base.some((x) => x === 0))
        return {
          why: `${whole} divides by zero: ${offender(z!, known.get(z!)!, (x) => x === 0)}`,
          want: `${words(z!, "the argument")} not 0`,
        };
      if (!Number.isInteger(exponent) && base.some((x) => x < 0))
        return needs(z!, "an argument that is not negative", (x) => x < 0);
    }
  }
  return known.get(e)!.data.some(Number.isNaN)
    ? { why: `${whole} has no value at this point`, want: "a point inside the domain" }
    : { why: `${whole} is too large at this point`, want: "a value below 1.8e308" };
}

/** "s is -1", "entry 2 of x is 0". */
function offender(z: Expr, value: Dense, bad: (x: number) => boolean): string {
  const at = value.data.findIndex(bad);
  const name = words(z, "its argument");
  if (isScalar(z.shape)) return `${name} is ${value.data[at]}`;
  const vector = value.rows === 1 || value.cols === 1;
  const place = vector ? `${at + 1}` : `${Math.floor(at / value.cols) + 1},${(at % value.cols) + 1}`;
  return `entry ${place} of ${name} is ${value.data[at]}`;
}
