/**
 * The derivative as a linear map dX ↦ dF, written with the differential of the last variable: −X⁻¹ dX X⁻¹. For orders up
 * to two it is put together from the matrix: tr(G'dX), J dx. Proved against the index form in a random direction.
 */
import { relativeError } from "../core/dense.js";
import type { Derivative } from "../core/derivation.js";
import { failedCheck } from "../core/errors.js";
import { type Expr, treeSize } from "../core/expr.js";
import { isColumn, isMatrix, isRow, isScalar } from "../core/shape.js";
import { build as b } from "../ops/build.js";
import { d, nameOf } from "../ops/leaves.js";
import { simplify } from "../simplify/rewrite.js";
import { cancellation, type Site, STEP_TOLERANCE } from "../verify/checkStep.js";
import { evaluateIndexForm } from "../verify/einsum.js";
import { evaluateAll } from "../verify/evaluate.js";
import { derivative } from "./closed.js";
import { linearise } from "./linearise.js";

/** Longer than this is nothing to read. */
const LONGEST = 4000;

/** dF for one variable; for a second derivative the differential of the first one, whose shape it has. */
export function linearMap(result: Derivative): Expr | undefined {
  const x = result.wrt[result.wrt.length - 1]!;
  const map = result.matrix ? fromMatrix(result, result.matrix, x) : fromDifferential(result, x);
  return map && treeSize(map) <= LONGEST ? map : undefined;
}

function fromMatrix({ of: f, wrt, arrangement }: Derivative, M: Expr, x: Expr): Expr {
  const tidy = (e: Expr): Expr => simplify(e).expr;
  const dx = d(x);
  const turns = arrangement === "hessian" && isRow(wrt[0]!.shape);
  if (isScalar(x.shape)) return tidy(b.times(dx, turns ? b.transpose(M) : M));
  if (arrangement === "jacobian") {
    const column = b.mul(M, isRow(x.shape) ? b.transpose(dx) : dx);
    return tidy(isRow(f.shape) ? b.transpose(column) : column);
  }
  if (arrangement === "hessian") {
    const moved = b.mul(M, isRow(x.shape) ? b.transpose(dx) : dx);
    return tidy(turns ? b.transpose(moved) : moved);
  }
  if (isMatrix(x.shape)) return tidy(b.op("tr", [b.mul(b.transpose(M), dx)]));
  return tidy(isColumn(x.shape) ? b.mul(b.transpose(M), dx) : b.mul(dx, b.transpose(M)));
}

/** Facts about the variables are used on the last differential only; dX itself has none. */
function fromDifferential({ of: f, wrt }: Derivative, x: Expr): Expr | undefined {
  const inner = wrt.length === 1 ? f : derivative(f, [wrt[0]!], { facts: false }).matrix;
  if (!inner) return undefined;
  const frozen = new Set(wrt.map(nameOf));
  return simplify(linearise(simplify(inner, { frozen }).expr, new Set([x]))).expr;
}

/** The largest relative error of the map in the directions of the sites; more than allowed is an error. */
export function proveMap(map: Expr, result: Derivative, at: readonly Site[]): number {
  const x = result.wrt[result.wrt.length - 1]!;
  let worst = 0;
  for (const { point, known } of at) {
    const { data } = evaluateIndexForm(result.index, point, known);
    const dX = point.directions![nameOf(x)]!.data;
    const want = Float64Array.from({ length: data.length / dX.length }, (_, o) =>
      dX.reduce((sum, v, k) => sum + data[o * dX.length + k]! * v, 0),
    );
    const got = evaluateAll([map], point, known).get(map)!;
    worst = Math.max(worst, relativeError(got.data, want, cancellation([map], known)));
  }
  if (!(worst <= STEP_TOLERANCE)) throw failedCheck("the linear map", worst, STEP_TOLERANCE);
  return worst;
}
