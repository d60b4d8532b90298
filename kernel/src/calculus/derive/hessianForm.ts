/** What can be said of a Hessian from its form: symmetric in numbers, and c A'·diag(s)·A with c and s certainly ≥ 0. */
import { relativeError, transpose } from "../core/dense.js";
import type { Derivation } from "../core/derivation.js";
import type { Expr } from "../core/expr.js";
import { isColumn, isScalar } from "../core/shape.js";
import { build as b, splitScalars } from "../ops/build.js";
import { opOf } from "../ops/index.js";
import { factsOf, isNumber, numberOf } from "../ops/leaves.js";
import { STEP_TOLERANCE } from "../verify/checkStep.js";
import { goodPoint } from "../verify/domain.js";
import { evaluate } from "../verify/evaluate.js";
import { SEEDS } from "./prove.js";

export interface HessianForm {
  /** diag(weights), or absent for A'A. */
  readonly weights?: Expr;
  /** Numbers in front, certainly ≥ 0. */
  readonly scalars: readonly Expr[];
  /** A; absent for a diagonal Hessian. */
  readonly factor?: Expr;
}

/** Is this the Hessian of a scalar by one column, and equal to its transpose at two random points? */
export function isSymmetricHessian({ problem, matrices }: Derivation): boolean {
  const [x, y] = problem.wrt;
  const h = matrices.denominator;
  if (!h || !x || x !== y || problem.wrt.length !== 2 || !isColumn(x.shape) || !isScalar(problem.f.shape)) return false;
  return SEEDS.every((seed) => {
    const value = evaluate(h, goodPoint([problem.f, h], [x], seed).point);
    return value.rows === value.cols && relativeError(value.data, transpose(value).data) <= STEP_TOLERANCE;
  });
}

/** The parts of c A'·diag(s)·A, A'A or diag(s) where c and s are certainly ≥ 0, so that the matrix is semidefinite. */
export function semidefiniteForm(e: Expr): HessianForm | undefined {
  const { scalars, rest } = splitScalars(e);
  if (!rest || !scalars.every(isNonnegative)) return undefined;
  const factors = rest.op === "mul" ? rest.args : [rest];
  const half = Math.floor(factors.length / 2);
  const middle = factors.length % 2 === 1 ? factors[half]! : undefined;
  if (middle && (middle.op !== "diag" || !isColumn(middle.args[0]!.shape) || !isNonnegative(middle.args[0]!)))
    return undefined;
  const weights = middle ? { weights: middle.args[0]! } : {};
  if (half === 0) return middle ? { ...weights, scalars } : undefined;
  const factor = b.mul(...factors.slice(-half));
  return b.mul(...factors.slice(0, half)) === b.transpose(factor) ? { ...weights, scalars, factor } : undefined;
}

const NONNEGATIVE_FACTS = new Set<string>(["positive", "simplex", "unit_interval"]);

/** Every entry is ≥ 0 wherever the expression is defined; false where that is not certain. */
export function isNonnegative(e: Expr): boolean {
  if (e.op === "number") return numberOf(e) >= 0;
  if (leastOf(e) >= 0 || factsOf(e).some((fact) => NONNEGATIVE_FACTS.has(fact))) return true;
  switch (e.op) {
    case "pow":
      return isNonnegative(e.args[0]!) || (isNumber(e.args[1]!) && numberOf(e.args[1]!) % 2 === 0);
    case "hadamard":
    case "times":
      return unpaired(e.args).every(isNonnegative);
    case "add":
      return e.args.every(isNonnegative) || isOneMinus(e);
    case "sum":
    case "transpose":
      return isNonnegative(e.args[0]!);
    default:
      return false;
  }
}

/** u∘u is a square whatever u is. */
function unpaired(factors: readonly Expr[]): Expr[] {
  const odd = new Set<Expr>();
  for (const f of factors) if (!odd.delete(f)) odd.add(f);
  return [...odd];
}

/** 1 − u with u in [0, 1]. */
function isOneMinus({ args }: Expr): boolean {
  const one = args.find((a) => a.op === "ones" || isNumber(a, 1));
  const other = args.find((a) => a !== one);
  if (args.length !== 2 || !one || other?.op !== "times" || other.args.length !== 2) return false;
  const [minus, u] = other.args as [Expr, Expr];
  return isNumber(minus, -1) && isAtMostOne(u);
}

function isAtMostOne(u: Expr): boolean {
  if (mostOf(u) <= 1 || factsOf(u).includes("unit_interval")) return true;
  const base = u.op === "pow" && isNumber(u.args[1]!, 2) ? u.args[0]! : undefined;
  return base !== undefined && leastOf(base) >= -1 && mostOf(base) <= 1;
}

const leastOf = (e: Expr): number => opOf(e.op).range?.[0] ?? Number.NEGATIVE_INFINITY;
const mostOf = (e: Expr): number => opOf(e.op).range?.[1] ?? Number.POSITIVE_INFINITY;
