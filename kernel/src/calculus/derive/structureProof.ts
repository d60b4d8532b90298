/**
 * A structured derivative is proved on the free entries themselves: along E_kl + E_lk (k < l) and E_kk, by forward
 * AD of the expression for one variable, from the proved derivative by independent entries for two. The
 * projected gradient G is proved by ⟨G, S⟩ = the directional derivative for these directions S, a basis.
 */
import { type Dense, dense, relativeError, unfoldedPlaces } from "../core/dense.js";
import type { Derivative } from "../core/derivation.js";
import { failedCheck } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import { axes } from "../core/shape.js";
import { nameOf } from "../ops/leaves.js";
import { boundedForm, compare } from "../verify/bounds.js";
import type { Site } from "../verify/checkStep.js";
import { evaluateIndexForm } from "../verify/einsum.js";
import { evaluateAll, type Point } from "../verify/evaluate.js";
import { exactDirection, Taped } from "../verify/exact.js";
import { EXACT_TOLERANCE } from "./prove.js";
import { type Free, freeEntries } from "./structure.js";

/** The largest relative error of all forms of a structured derivative; more than allowed is an error. */
export function proveStructured(result: Derivative, independent: Derivative, at: readonly Site[]): number {
  let exact = 0;
  for (const { point, known } of at) {
    const tensor = evaluateIndexForm(result.index, point);
    const fromIndependent = spread(independent, result, point);
    exact = Math.max(exact, relativeError(tensor.data, fromIndependent, 1e-9));
    if (result.wrt.length === 1) exact = Math.max(exact, alongEntries(result, tensor.data, point));
    const place = unfoldedPlaces(tensor.shape, axes(result.wrt[result.wrt.length - 1]!.shape).length);
    const forms = [result.matrix, result.kronecker].filter((e) => e !== undefined);
    for (const form of forms) {
      const value = evaluateAll([form], point, known).get(form)!;
      const arranged = (list: Float64Array): Float64Array =>
        form === result.matrix ? list : list.map((_, k) => list[place(k)]!);
      const plain = relativeError(value.data, arranged(tensor.data));
      exact = Math.max(exact, plain <= EXACT_TOLERANCE ? plain : boundedError(form, result, point, arranged));
    }
  }
  if (!(exact <= EXACT_TOLERANCE)) throw failedCheck("the structured derivative", exact, EXACT_TOLERANCE);
  return exact;
}

/** What rounding does not explain of the difference between a form and the index form. */
function boundedError(
  form: Expr,
  { index }: Derivative,
  point: Point,
  arranged: (list: Float64Array) => Float64Array,
): number {
  const taped = new Taped(point, []);
  const { data, error, terms } = boundedForm(index, point, taped);
  const want = { data: arranged(data), error: arranged(error) };
  const { wrong, worst } = compare(want, taped.value(form), arranged(terms));
  return wrong ? Number.POSITIVE_INFINITY : worst;
}

/** T_kl of the independent tensor as it must be under the structure. */
function entryOf(kind: Free, T: (k: number, l: number) => number, k: number, l: number): number {
  switch (kind) {
    case "independent":
      return T(k, l);
    case "diagonal":
      return k === l ? T(k, k) : 0;
    case "projected":
      return (T(k, l) + T(l, k)) / 2;
    case "symmetric-entries":
      return k === l ? T(k, k) : T(k, l) + T(l, k);
  }
}

/** The tensor by independent entries, put together for the free ones; row-major, pair by pair. */
function spread(independent: Derivative, result: Derivative, point: Point): Float64Array {
  const { shape, data } = evaluateIndexForm(independent.index, point);
  let values = data;
  let axis = axes(result.of.shape).length;
  for (const x of result.wrt) {
    const count = axes(x.shape).length;
    if (count === 2) values = onPair(values, shape, axis, freeEntries(x, result.structure!));
    axis += count;
  }
  return values;
}

function onPair(data: Float64Array, shape: readonly number[], axis: number, kind: Free): Float64Array {
  const [rows, cols] = [shape[axis]!, shape[axis + 1]!];
  const inner = shape.slice(axis + 2).reduce((p, n) => p * n, 1);
  return data.map((_, at) => {
    const rest = at % inner;
    const l = Math.floor(at / inner) % cols;
    const k = Math.floor(at / (inner * cols)) % rows;
    const outer = at - rest - (k * cols + l) * inner;
    return entryOf(kind, (p, q) => data[outer + (p * cols + q) * inner + rest]!, k, l);
  });
}

/** Derivatives along the free directions of the one variable, beside the same from the tensor. */
function alongEntries(result: Derivative, data: Float64Array, point: Point): number {
  const x = result.wrt[0]!;
  const kind = freeEntries(x, result.structure!);
  const n = point.values[nameOf(x)]!.rows;
  const outputs = data.length / (n * n);
  let worst = 0;
  for (let k = 0; k < n; k++)
    for (let l = k; l < n; l++) {
      if (kind === "diagonal" && k !== l) continue;
      const slope = exactDirection(result.of, [x], { ...point, directions: { [nameOf(x)]: unit(n, k, l) } });
      // ⟨G, E_kl + E_lk⟩ counts both entries of a projected gradient; the others hold the slope itself.
      const twice = kind === "projected" && k !== l ? 2 : 1;
      const got = Float64Array.from({ length: outputs }, (_, o) => twice * data[o * n * n + k * n + l]!);
      worst = Math.max(worst, relativeError(got, slope.data, Math.max(...slope.error) / Number.EPSILON));
    }
  return worst;
}

function unit(n: number, k: number, l: number): Dense {
  const E = dense(n, n);
  E.data[k * n + l] = 1;
  E.data[l * n + k] = 1;
  return E;
}
