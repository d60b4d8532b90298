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
import { boundedForm, compare } from "../verify/bounds.js";
import { PLAIN_TOLERANCE, type Site, STEP_TOLERANCE } from "../verify/checkStep.js";
import { evaluateIndexForm } from "../verify/einsum.js";
import { evaluateAll } from "../verify/evaluate.js";
import { Taped } from "../verify/exact.js";
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

/** The largest relative error of the map in the directions of the sites; more than rounding explains is an error. */
export function proveMap(map: Expr, result: Derivative, at: readonly Site[]): number {
  return Math.max(...at.map((site) => mapError(map, result, site)));
}

function mapError(map: Expr, { index, wrt }: Derivative, { point, known }: Site): number {
  const dX = point.directions![nameOf(wrt[wrt.length - 1]!)]!.data;
  const plain = relativeError(
    evaluateAll([map], point, known).get(map)!.data,
    along(evaluateIndexForm(index, point, known).data, dX),
    Number.MIN_VALUE,
  );
  if (plain <= PLAIN_TOLERANCE) return plain;
  const taped = new Taped(point, []);
  const { data, error, terms } = boundedForm(index, point, taped);
  const sizes = dX.map(Math.abs);
  const want = { data: along(data, dX), error: along(error, sizes) };
  const verdict = compare(want, taped.value(map), along(terms, sizes));
  if (verdict.wrong) throw failedCheck("the linear map", verdict.worst, STEP_TOLERANCE);
  return verdict.worst;
}

/** Σ over the last axes of a tensor, which are those of the variable. */
const along = (tensor: Float64Array, dX: Float64Array): Float64Array =>
  Float64Array.from({ length: tensor.length / dX.length }, (_, o) =>
    dX.reduce((sum, v, k) => sum + tensor[o * dX.length + k]! * v, 0),
  );
