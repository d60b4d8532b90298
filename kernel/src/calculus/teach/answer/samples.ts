/** The numbers of a question at the points of every decision: the answer, and what mutants of our derivation give. */
import { type Dense, dense, relativeError, transpose } from "../../core/dense.js";
import { NablaError } from "../../core/errors.js";
import { type Expr, topological } from "../../core/expr.js";
import { isScalar } from "../../core/shape.js";
import { nameOf } from "../../ops/leaves.js";
import { goodPoint } from "../../verify/domain.js";
import { type Evaluated, evaluateAll, type Point } from "../../verify/evaluate.js";
import { seedsFor } from "../compare.js";
import type { Mutant } from "../mutations/define.js";
import type { Target } from "./target.js";

const TOLERANCE = 1e-8;

export interface Sample {
  readonly point: Point;
  readonly known: Evaluated;
  readonly answer: Dense;
  readonly here: Dense;
  /** What counts as equal where the answer is numbers of a few digits. */
  readonly close?: (a: Dense, b: Dense) => boolean;
}

export function samplesOf(answer: Expr, { here, of, by }: Target): Sample[] {
  return seedsFor(here, answer, of).map((seed) => {
    const { point, known } = goodPoint([of, here, answer, by], [], seed);
    const values = evaluateAll([here, answer], point, known);
    return { point, known, answer: values.get(answer)!, here: values.get(here)! };
  });
}

export const same = (a: Dense, b: Dense): boolean =>
  a.rows === b.rows && a.cols === b.cols && relativeError(a.data, b.data) < TOLERANCE;

/** What is done to a mutant's value besides: a common factor, a transpose. */
export interface Besides {
  readonly factor: 1 | 2 | 0.5 | -1;
  readonly transposed: boolean;
}

const FACTORS = [1, 2, 0.5, -1] as const;

/** How the answer comes from a mutant, the simplest way first; undefined where it does not. */
export function besides(mutant: Mutant, samples: readonly Sample[], target: Target): Besides | undefined {
  const turns = target.there ? [false, true] : [false];
  let left: readonly Besides[] = turns.flatMap((transposed) => FACTORS.map((factor) => ({ factor, transposed })));
  let differs = false;
  for (const sample of samples) {
    const equal = sample.close ?? same;
    const value = mutantValue(mutant, sample, target);
    if (!value) return undefined;
    differs ||= !equal(value, sample.here) && !equal(transpose(value), sample.here);
    left = left.filter(({ factor, transposed }) => {
      const v = transposed ? transpose(value) : value;
      return equal({ ...v, data: v.data.map((x) => factor * x) }, sample.answer);
    });
    if (left.length === 0) return undefined;
  }
  // A mutant that can nowhere be told from the right answer says nothing.
  return differs ? left[0] : undefined;
}

/** The mutant's value in the layout in force. */
export function mutantValue({ form }: Mutant, sample: Sample, target: Target): Dense | undefined {
  try {
    const [value, layout] =
      form.kind === "answer"
        ? [evaluateAll([form.expr], sample.point, new Map(sample.known)).get(form.expr)!, form.layout]
        : [gathered(form.dF, sample, target), isScalar(target.of.shape) ? "denominator" : "numerator"];
    if (!value.data.every(Number.isFinite)) return undefined;
    return target.there && layout !== target.layout ? transpose(value) : value;
  } catch (error) {
    if (error instanceof NablaError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The derivative from its differential, one direction for every entry of the variable: a gradient or a Jacobian. */
function gathered(dF: Expr, { point, known }: Sample, { of, by, vectorised }: Target): Dense {
  const X = point.values[nameOf(by)]!;
  const steady = new Map([...known].filter(([e]) => !e.args.some((a) => a.op === "d") && e.op !== "d"));
  const differential = new Set(topological(dF).filter((e) => e.op === "d"));
  const columns = Array.from({ length: X.data.length }, (_, k) => {
    const direction = dense(X.rows, X.cols);
    direction.data[vectorised ? rowMajor(k, X) : k] = 1;
    const at = { ...point, directions: { [nameOf(by)]: direction } };
    return evaluateAll([dF], at, fresh(steady, dF, differential)).get(dF)!;
  });
  const first = columns[0]!;
  if (isScalar(of.shape))
    return dense(
      X.rows,
      X.cols,
      columns.map((c) => c.data[0]!),
    );
  if (isScalar(by.shape) && !vectorised) return first;
  const outputs = first.data.length;
  const at = (i: number, c: Dense): number => c.data[vectorised ? rowMajor(i, c) : i]!;
  return dense(
    outputs,
    columns.length,
    Array.from({ length: outputs * columns.length }, (_, n) =>
      at(Math.floor(n / columns.length), columns[n % columns.length]!),
    ),
  );
}

/** Entry k in column-major order, as an index into row-major data. */
const rowMajor = (k: number, { rows, cols }: Dense): number => (k % rows) * cols + Math.floor(k / rows);

/** Values that do not depend on the direction are kept. */
function fresh(steady: Evaluated, root: Expr, differential: ReadonlySet<Expr>): Evaluated {
  const moving = new Set<Expr>(differential);
  const kept: Evaluated = new Map();
  for (const e of topological(root)) {
    if (e.args.some((a) => moving.has(a))) moving.add(e);
    const value = steady.get(e);
    if (!moving.has(e) && value) kept.set(e, value);
  }
  return kept;
}
