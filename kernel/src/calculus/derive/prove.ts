/**
 * No result leaves the engine unproved: its index form against central differences, its matrix and Kronecker forms
 * against the index form, at two seeded random points. A failure is an error and never an answer.
 */
import { type Dense, relativeError, vecOf } from "../core/dense.js";
import type { Derivative, Proof } from "../core/derivation.js";
import { NablaError } from "../core/errors.js";
import { type Expr, topological } from "../core/expr.js";
import { axes, sizeOf } from "../core/shape.js";
import { nameOf } from "../ops/leaves.js";
import { cancellation } from "../verify/checkStep.js";
import { goodPoint, wellConditioned } from "../verify/domain.js";
import { evaluateIndexForm, type Tensor } from "../verify/einsum.js";
import { evaluateAll, type Point } from "../verify/evaluate.js";
import {
  columnsOf,
  DECISIVE,
  type Differences,
  differenceError,
  differences,
  differenceTensor,
  doubt,
  magnitude,
  STEPS,
  sampledEntries,
} from "../verify/finiteDifference.js";
import { derivative } from "./closed.js";

/** Relative tolerance of a comparison with central differences, and between two exact forms. */
export const DIFFERENCE_TOLERANCE = 2e-6;
export const EXACT_TOLERANCE = 1e-9;
export const SEEDS: readonly number[] = [1, 2];
const SEED_STRIDE = 100;
const REDRAWS = 3;

export function prove(result: Derivative, bindings: readonly Point[] = []): Proof {
  const [x, y] = result.wrt as [Expr, Expr | undefined];
  // The second derivative is judged by differences of the first, which is proved before.
  const inner = y ? prove(derivative(result.of, [x], { facts: false })) : undefined;
  let exact = inner?.maxRelError ?? 0;
  let difference = inner?.differenceError ?? 0;
  const roots = partsOf(result);
  const places = [
    ...bindings.filter((p) => wellConditioned(roots, p, result.wrt)).map((point) => at(result, point)),
    ...SEEDS.map((seed) => decisivePlace(result, roots, seed)),
  ];
  for (const { point, slopes } of places) {
    const tensor = evaluateIndexForm(result.index, point);
    const size = sizeAt(result.wrt[result.wrt.length - 1]!, point);
    difference = Math.max(difference, differenceError(columnsOf(tensor.data, size, sampledEntries(size)), slopes));
    for (const [form, data] of formsOf(result, tensor)) {
      if (largestNode(form, point) > LARGEST_NODE) continue;
      const known = evaluateAll([form], point);
      exact = Math.max(exact, relativeError(known.get(form)!.data, data, cancellation([form], known)));
    }
  }
  if (!(difference <= DIFFERENCE_TOLERANCE) || !(exact <= EXACT_TOLERANCE))
    throw new NablaError(
      "unsupported",
      "the result failed its numeric check and is not shown; please report this expression",
      {
        got: `relative error ${Math.max(difference, exact).toExponential(1)}`,
        want: `at most ${DIFFERENCE_TOLERANCE}`,
      },
    );
  return { points: places.length, maxRelError: exact, differenceError: difference };
}

/** The expression and what its derivative is made of: all of it must be defined at a point. */
export const partsOf = (result: Derivative): Expr[] => [
  result.of,
  ...(result.matrix ? [result.matrix] : result.index.terms.flatMap((t) => t.factors.map((f) => f.expr))),
];

interface Place {
  readonly point: Point;
  readonly slopes: Differences;
}

const at = (result: Derivative, point: Point, step = STEPS[0]!): Place => ({
  point,
  slopes: reference(result, point, step),
});

/**
 * A saturated function has a derivative below the rounding of its values, a fast one turns within a step: other steps
 * and other points are tried, then the best of them is taken.
 */
function decisivePlace(result: Derivative, roots: readonly Expr[], seed: number): Place {
  let best: Place | undefined;
  for (let n = 0; n <= REDRAWS; n++) {
    const { point } = goodPoint(roots, result.wrt, seed + n * SEED_STRIDE);
    for (const step of STEPS) {
      const place = at(result, point, step);
      if (result.index.terms.length === 0 || doubt(place.slopes) <= DECISIVE) return place;
      if (!best || doubt(place.slopes) < doubt(best.slopes)) best = place;
    }
  }
  return best!;
}

/** Central differences of the expression, or of its proved first derivative. */
function reference(result: Derivative, point: Point, step: number): Differences {
  const [x, y] = result.wrt as [Expr, Expr | undefined];
  if (!y) return differences(result.of, x, point, step, sampledEntries(sizeAt(x, point)));
  // Facts hold at the point and not beside it, where the differences are taken.
  const { index } = derivative(result.of, [x], { facts: false });
  const gradient = (p: Point): Dense => {
    const t = evaluateIndexForm(index, p);
    return { rows: t.data.length, cols: 1, data: t.data };
  };
  const terms = index.terms.flatMap((t) => t.factors.map((f) => f.expr));
  const shape = evaluateIndexForm(index, point).shape;
  return differenceTensor(gradient, shape, y, point, {
    step,
    magnitude: magnitude(terms, point),
    entries: sampledEntries(sizeAt(y, point)),
  });
}

/** A factor such as diag(vec(X)) may be far larger than the tensor itself; the random points are small. */
const LARGEST_NODE = 4_000_000;
const largestNode = (form: Expr, { sizes }: Point): number =>
  topological(form).reduce((most, e) => Math.max(most, sizeOf(e.shape.rows, sizes) * sizeOf(e.shape.cols, sizes)), 0);

/** How many entries a variable has at a point. */
const sizeAt = (x: Expr, point: Point): number => point.values[nameOf(x)]!.data.length;

/** The matrix and Kronecker forms with the numbers that they must have. */
function formsOf(result: Derivative, tensor: Tensor): [Expr, Float64Array][] {
  const forms: [Expr, Float64Array][] = [];
  if (result.matrix) forms.push([result.matrix, tensor.data]);
  if (result.kronecker) forms.push([result.kronecker, unfolded(result, tensor)]);
  return forms;
}

/** ∂vec(F)/∂vec(X)' of a tensor, column-major in both. */
function unfolded(result: Derivative, tensor: Tensor): Float64Array {
  const last = result.wrt[result.wrt.length - 1]!;
  const wrtAxes = axes(last.shape).length;
  const outShape = tensor.shape.slice(0, tensor.shape.length - wrtAxes);
  const wrtShape = tensor.shape.slice(tensor.shape.length - wrtAxes);
  const size = (s: readonly number[]): number => s.reduce((p, n) => p * n, 1);
  const columnMajor = (s: readonly number[]): number[] =>
    s.length < 2
      ? Array.from({ length: size(s) }, (_, k) => k)
      : Array.from(vecOf({ rows: s[0]!, cols: s[1]!, data: Float64Array.from({ length: size(s) }, (_, k) => k) }).data);
  const [rows, cols] = [columnMajor(outShape), columnMajor(wrtShape)];
  return Float64Array.from(
    { length: rows.length * cols.length },
    (_, k) => tensor.data[rows[Math.floor(k / cols.length)]! * cols.length + cols[k % cols.length]!]!,
  );
}
