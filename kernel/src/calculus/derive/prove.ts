/**
 * No result leaves the engine unproved. At two seeded random points its index form is compared entry by entry with
 * reverse-mode AD over the definitions of the operators, forward over reverse for a second derivative, and its matrix
 * and Kronecker forms with the index form; Hessians must be symmetric. A central difference in one direction is taken
 * beside it. A failure is an error, and so is a result that double precision cannot decide about.
 */
import { unfoldedPlaces } from "../core/dense.js";
import type { Derivative, Proof } from "../core/derivation.js";
import { failedCheck, NablaError } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import { axes } from "../core/shape.js";
import { type Bounds, boundedForm, compare, type Verdict } from "../verify/bounds.js";
import { type Site, sites } from "../verify/checkStep.js";
import { singularInverses } from "../verify/continuation.js";
import { goodPoint } from "../verify/domain.js";
import type { Point } from "../verify/evaluate.js";
import { courseOf, probes, rowOf, secondRowOf, Taped, tapeSize, type Weights } from "../verify/exact.js";
import { directionError } from "../verify/finiteDifference.js";
import { derivative } from "./closed.js";

/** Relative to the terms of an entry; what rounding explains is taken off before. */
export const EXACT_TOLERANCE = 1e-9;
export const SEEDS: readonly number[] = [1, 2];
const SEED_STRIDE = 100;
/** A saturated function may need a point with the smallest sizes. */
const REDRAWS = 12;
/** Nodes that the sweeps of one point visit, about; beyond it entries are sampled. */
const SWEEP_BUDGET = 400_000;
/** Bindings may be large, and a factor such as diag(vec(X)) far larger than the tensor; the random points are small. */
const LARGEST_TAPE = 2_000_000;
const FEWEST_SWEEPS = 6;

/** `at`: the first random points, when the caller has them. */
export function prove(
  result: Derivative,
  bindings: readonly Point[] = [],
  at: readonly Site[] = sites(partsOf(result), result.wrt, SEEDS),
): Proof {
  const { of: f, wrt } = result;
  // A Hessian page shows the gradient as well.
  const inner = wrt[1] ? prove(derivative(f, [wrt[0]!], { facts: false })) : undefined;
  const roots = partsOf(result);
  const given = bindings
    .filter((point) => tapeSize(roots, point) <= LARGEST_TAPE)
    .map((point) => judgeGiven(result, point))
    .filter((j) => j !== undefined)
    .filter((j) => j.decided);
  const random = at.map((site) => decided(result, site));
  const judged = [...given, ...random];
  const errors = random.map(({ point, data }) => directionError(data, f, wrt, point)).filter((e) => e !== undefined);
  const differences = [...errors, inner?.differenceError].filter((e) => e !== undefined);
  return {
    points: judged.length,
    maxRelError: Math.max(inner?.maxRelError ?? 0, ...judged.map((j) => j.worst)),
    ...(differences.length > 0 ? { differenceError: Math.max(...differences) } : {}),
  };
}

/** The expression and what its derivative is made of: all of it must be defined at a point. */
export const partsOf = (result: Derivative): Expr[] => [
  result.of,
  ...(result.matrix ? [result.matrix] : result.index.terms.flatMap((t) => t.factors.map((f) => f.expr))),
];

interface Judged {
  readonly point: Point;
  /** The tensor of the answer. */
  readonly data: Float64Array;
  readonly worst: number;
  readonly decided: boolean;
}

/** A caller's point may be outside the domain of a form, or on its edge, as that of det(X)*inv(X)': there is nothing to judge there. */
function judgeGiven(result: Derivative, point: Point): Judged | undefined {
  try {
    const factors = result.index.terms.flatMap((t) => t.factors.map((f) => f.expr));
    if (singularInverses([...partsOf(result), ...factors], point).length > 0) return undefined;
    return judge(result, point);
  } catch (error) {
    if (error instanceof NablaError && error.code === "bad_argument") return undefined;
    throw error;
  }
}

/** Points are drawn until rounding leaves nothing open, or little beside what is decided. */
function decided(result: Derivative, { seed, point }: Site): Judged {
  const roots = partsOf(result);
  for (let n = 0; n <= REDRAWS; n++) {
    const judged = judge(result, n === 0 ? point : goodPoint(roots, result.wrt, seed + n * SEED_STRIDE).point);
    if (judged.decided) return judged;
  }
  throw new NablaError(
    "unsupported",
    "the result could not be checked and is not shown: at every random point rounding is larger than the derivative",
    {
      want: "an expression whose derivative can be seen in double precision",
      hint: "smaller numbers, or a factor that makes the derivative larger",
      check: "undecided",
    },
  );
}

/**
 * One point. AD judges the matrix form, which keeps digits that a sum of products has lost, or where there is none the
 * index form; the other forms are judged by each other, a Hessian by its transpose.
 */
function judge(result: Derivative, point: Point): Judged {
  const { of: f, wrt, index, matrix, kronecker } = result;
  const [x, y] = wrt as [Expr, Expr | undefined];
  const at = new Taped(point, wrt);
  at.grid(f);
  const steps = at.tape.count;
  const indexed = boundedForm(index, point, at);
  const fits = (form: Expr | undefined): form is Expr => form !== undefined && tapeSize([form], point) <= LARGEST_TAPE;
  const answer: Bounds = fits(matrix) ? { ...at.value(matrix), terms: indexed.terms } : indexed;
  const byAd = y ? secondVerdicts(at, steps, { f, x, y, answer }) : firstVerdicts(at, steps, { f, x, answer });
  const between = [
    compare(answer, indexed, indexed.terms),
    ...(fits(kronecker) ? [forms(kronecker, unfolded(result, indexed), at)] : []),
    ...(y === x && axes(f.shape).length === 0
      ? [compare(transposed(answer, at.grid(x).at.length), answer, answer.terms)]
      : []),
  ];
  let [worst, open, entries] = [0, 0, 0];
  for (const v of [...byAd, ...between]) {
    worst = Math.max(worst, v.worst);
    if (v.wrong || v.worst > EXACT_TOLERANCE) throw failedCheck("the result", v.worst, EXACT_TOLERANCE);
  }
  for (const v of byAd) {
    open += v.open;
    entries += v.entries;
  }
  return { point, data: answer.data, worst, decided: open === 0 || 2 * open < entries };
}

const forms = (form: Expr, want: Bounds, at: Taped): Verdict => compare(want, at.value(form), want.terms);

interface Problem {
  readonly f: Expr;
  readonly x: Expr;
  readonly answer: Bounds;
}

function firstVerdicts(at: Taped, steps: number, { f, x, answer }: Problem): Verdict[] {
  const [outputs, n] = [at.grid(f).at.length, at.grid(x).at.length];
  return probes(outputs, sweeps(steps), 1).map((weights) => {
    const { data, error, terms } = contracted(answer, weights, n);
    return compare(rowOf(at, f, x, weights), { data, error }, terms);
  });
}

/** Forward over reverse: a sweep for an output and a direction of y. */
function secondVerdicts(at: Taped, steps: number, { f, x, y, answer }: Problem & { readonly y: Expr }): Verdict[] {
  const [outputs, n, m] = [f, x, y].map((e) => at.grid(e).at.length) as [number, number, number];
  const most = sweeps(steps);
  const rows = probes(outputs, Math.max(1, Math.floor(most / m)), 2);
  const directions = probes(m, Math.floor(most / rows.length), 3);
  return directions.flatMap((along) => {
    const course = courseOf(at, y, along);
    return rows.map((weights) => {
      const row = contracted(answer, weights, n * m);
      const { data, error, terms } = alongLast(row, along, n, m);
      return compare(secondRowOf(at, f, x, weights, course), { data, error }, terms);
    });
  });
}

const sweeps = (steps: number): number => Math.max(FEWEST_SWEEPS, Math.floor(SWEEP_BUDGET / Math.max(1, steps)));

/** Σ over the first axis of a tensor with `width` numbers behind it. */
function contracted(from: Bounds, weights: Weights, width: number): Bounds {
  if (weights.length === 1 && weights[0]![1] === 1) {
    const start = weights[0]![0] * width;
    const part = (list: Float64Array): Float64Array => list.subarray(start, start + width);
    return { data: part(from.data), error: part(from.error), terms: part(from.terms) };
  }
  return collect(from, width, (k, into) => {
    for (const [i, w] of weights) into(i * width + k, w);
  });
}

/** Σ over the last axis of an n×m tensor. */
const alongLast = (from: Bounds, weights: Weights, n: number, m: number): Bounds =>
  collect(from, n, (k, into) => {
    for (const [j, w] of weights) into(k * m + j, w);
  });

function collect(
  from: Bounds,
  size: number,
  visit: (k: number, into: (at: number, w: number) => void) => void,
): Bounds {
  const [data, error, terms] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  for (let k = 0; k < size; k++)
    visit(k, (at, w) => {
      data[k]! += w * from.data[at]!;
      error[k]! += Math.abs(w) * (from.error[at]! + Number.EPSILON * from.terms[at]!);
      terms[k]! += Math.abs(w) * from.terms[at]!;
    });
  return { data, error, terms };
}

const reordered = (from: Bounds, order: (k: number) => number): Bounds => {
  const turn = (list: Float64Array): Float64Array => list.map((_, k) => list[order(k)]!);
  return { data: turn(from.data), error: turn(from.error), terms: turn(from.terms) };
};

const transposed = (from: Bounds, n: number): Bounds => reordered(from, (k) => (k % n) * n + Math.floor(k / n));

/** ∂vec(F)/∂vec(X)' of a tensor, column-major in both. */
function unfolded(result: Derivative, answer: Bounds & { readonly shape: readonly number[] }): Bounds {
  return reordered(answer, unfoldedPlaces(answer.shape, axes(result.wrt[result.wrt.length - 1]!.shape).length));
}
