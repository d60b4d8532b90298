/** Two computations of the same numbers, each with bounds of its rounding: equal, different, or not to be decided. */
import type { IndexForm, Term } from "../core/indexForm.js";
import { evaluateIndexForm, type Tensor } from "./einsum.js";
import type { Evaluated, Point } from "./evaluate.js";
import type { Bounded, Taped } from "./exact.js";

const EPS = Number.EPSILON;
/** Bounds are of first order: this many times is allowed. */
const MARGIN = 16;
/** Relative to the sum of the absolute terms of an entry; whatever is larger would be seen in double precision. */
const FLOOR = 1e-12;
/** Beside an entry of which this much is rounding, nothing is said. */
const DECISIVE = 1e-4;
/** An entry within this many bounds of 0 is 0. */
const ZERO = 1e3;
/** What cancelled to such a 0 was larger than its bound by about this. */
const ZERO_SCALE = 1e10;
/** Numbers this small have lost digits to underflow: what is 0 here may be anything below the range. */
const UNDERFLOW = 1e-280;

export interface Verdict {
  /** Largest error beside the terms of its entry. */
  readonly worst: number;
  /** An entry differs by more than both bounds. */
  readonly wrong: boolean;
  /** Entries that are not 0, and those of them that rounding leaves open. */
  readonly entries: number;
  readonly open: number;
}

/** Bounded numbers, and the sum of the absolute values of the terms of each. */
export interface Bounds extends Bounded {
  readonly terms: Float64Array;
}

/** `terms`: the sum of the absolute values of the terms of each entry. */
export function compare(truth: Bounded, answer: Bounded, terms: ArrayLike<number>): Verdict {
  let [worst, wrong, entries, open] = [0, truth.data.length !== answer.data.length, 0, 0];
  for (let i = 0; i < truth.data.length; i++) {
    const [t, s] = [truth.data[i]!, answer.data[i]!];
    const bound = truth.error[i]! + answer.error[i]!;
    const size = Math.max(Math.abs(t), Math.abs(s), terms[i]!);
    const gap = Math.abs(t - s);
    const known = Math.abs(t) > ZERO * truth.error[i]!;
    if (bound > 0 || size > 0) entries++;
    if (!(bound < Number.POSITIVE_INFINITY) || !Number.isFinite(gap) || !Number.isFinite(size)) {
      open++;
      continue;
    }
    if (size < UNDERFLOW && bound < UNDERFLOW && (bound > 0 || gap > 0)) {
      open++;
      continue;
    }
    const scale = known ? Math.abs(t) : Math.max(size, ZERO_SCALE * truth.error[i]!);
    if (bound > DECISIVE * scale) open++;
    if (gap > MARGIN * bound + FLOOR * size) wrong = true;
    if (gap > 0) worst = Math.max(worst, Math.max(0, gap - bound) / size);
  }
  return { worst, wrong, entries, open };
}

/** An index form in numbers, with bounds and with the sum of the absolute values of the terms of each entry. */
export function boundedForm(form: IndexForm, point: Point, at: Taped): Tensor & Bounds {
  const factors = [...new Set(form.terms.flatMap((t) => t.factors.map((f) => f.expr)))];
  const [values, sizes, raised]: [Evaluated, Evaluated, Evaluated] = [new Map(), new Map(), new Map()];
  let tight = true;
  for (const e of factors) {
    const { rows, cols, data, error } = at.value(e);
    values.set(e, { rows, cols, data });
    sizes.set(e, { rows, cols, data: data.map(Math.abs) });
    raised.set(e, { rows, cols, data: data.map((x, i) => Math.abs(x) + error[i]!) });
    tight &&= data.every((x, i) => error[i]! <= TIGHT * Math.abs(x));
  }
  const { shape, data } = evaluateIndexForm(form, point, values);
  const positive = { free: form.free, terms: form.terms.map(absolute) };
  const terms = evaluateIndexForm(positive, point, sizes).data;
  const rounding = ROUNDINGS * EPS;
  const most = form.terms.reduce((n, t) => Math.max(n, t.factors.length), 1);
  const upper = tight ? undefined : evaluateIndexForm(positive, point, raised).data;
  const error = terms.map((m, i) => rounding * m + (upper ? Math.max(0, upper[i]! - m) : most * TIGHT * m));
  return { shape, data, error, terms };
}

/** Roundings on the way to one entry of an index form, about. */
const ROUNDINGS = 64;
/** Factors as exact as this need no second evaluation. */
const TIGHT = 1e-14;

const absolute = (t: Term): Term => ({ ...t, coefficient: Math.abs(t.coefficient) });
