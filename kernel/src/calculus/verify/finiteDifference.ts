/**
 * Central differences in one direction, which know no rule and no definition but the value. Two step widths are taken
 * with a Richardson step each: how far they differ says whether anything is decided.
 */
import { type Dense, largestEntry, map, zip } from "../core/dense.js";
import { failedCheck } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import { nameOf } from "../ops/leaves.js";
import { evaluate, evaluateAll, type Point } from "./evaluate.js";

/** Step of a central difference without the Richardson step, relative to the size of the entry. */
export const STEP = 1e-5;
/** Steps along a direction with entries up to 1; a mixed second difference loses more digits and takes wider ones. */
const STEPS = [2e-3, 5e-4] as const;
const SECOND_STEPS = [2e-2, 8e-3] as const;
/** A fast wave has the same mean slope at both widths: before a result is refused, steps so much narrower are taken. */
const NARROWER = 1e-3;
/** Above this the two steps decide nothing. */
const DECISIVE = 1e-4;
/** Relative error at which a decided difference refuses a result. */
export const DIFFERENCE_TOLERANCE = 1e-2;
/** The two slopes may agree by chance; their difference is taken this many times. */
const MARGIN = 20;

const ROUNDINGS = 4 * Number.EPSILON;

/** The largest number on the way: its rounding shows in a difference of values. */
const largestPart = (f: Expr, point: Point): number =>
  [...evaluateAll([f], point).values()].reduce((most, value) => Math.max(most, largestEntry(value)), 0);

/** Numbers, and how far they can be trusted. */
export interface Slopes {
  readonly value: Dense;
  readonly noise: number;
  /** The two widths differ by more than rounding: the function turns within a step. */
  readonly apart: boolean;
}

/** The derivative of F in the direction stored in the point. */
export const directionalDifference = (f: Expr, wrt: readonly Expr[], point: Point): Slopes =>
  singleDifference(f, wrt, point, 1);

function singleDifference(f: Expr, wrt: readonly Expr[], point: Point, scale: number): Slopes {
  const steps = [STEPS[0] * scale, STEPS[1] * scale] as const;
  const rounding = (ROUNDINGS * largestPart(f, point)) / steps[1];
  return slopes(steps, rounding, (h) =>
    scaled(zip(moved(f, wrt, point, [h]), moved(f, wrt, point, [-h]), minus), 1 / (2 * h)),
  );
}

/** ∂²F along the directions of two variables, which may be one. */
function mixedDifference(f: Expr, [x, y]: readonly [Expr, Expr], point: Point, scale: number): Slopes {
  const at = (s: number, t: number): Dense => moved(f, [x, y], point, [s, t]);
  const steps = [SECOND_STEPS[0] * scale, SECOND_STEPS[1] * scale] as const;
  const rounding = (ROUNDINGS * largestPart(f, point)) / steps[1] ** 2;
  return slopes(steps, rounding, (h) =>
    scaled(zip(zip(at(h, h), at(h, -h), minus), zip(at(-h, h), at(-h, -h), minus), minus), 1 / (4 * h * h)),
  );
}

/** One Richardson step at two widths. */
function slopes(steps: readonly [number, number], rounding: number, slope: (h: number) => Dense): Slopes {
  const [wide, narrow] = steps.map((h) => zip(slope(h / 2), slope(h), (half, full) => (4 * half - full) / 3)) as [
    Dense,
    Dense,
  ];
  const spread = largestEntry(zip(wide, narrow, minus));
  return {
    value: narrow,
    noise: spread + rounding,
    apart: spread > rounding && spread > DECISIVE * largestEntry(narrow),
  };
}

/**
 * The error of a derivative's tensor (axes of the output first) against differences along the directions of the point,
 * as far as it is larger than their noise; undefined where they decide nothing.
 */
export function directionError(tensor: Float64Array, f: Expr, wrt: readonly Expr[], point: Point): number | undefined {
  const [x, y] = wrt as [Expr, Expr | undefined];
  const taken = (scale: number): Slopes =>
    y ? mixedDifference(f, [x, y], point, scale) : singleDifference(f, [x], point, scale);
  const { value, noise, apart } = taken(1);
  const exact = [...wrt].reverse().reduce((t, s) => alongLast(t, point.directions![nameOf(s)]!.data), tensor);
  const scale = Math.max(largestEntry(value), largestEntry({ data: exact }));
  if (scale === 0) return 0;
  if (apart || !(noise <= DECISIVE * scale)) return undefined;
  const error = Math.max(0, largestEntry({ data: exact.map((e, i) => e - value.data[i]!) }) - MARGIN * noise) / scale;
  if (error <= DIFFERENCE_TOLERANCE) return error;
  const near = taken(NARROWER);
  if (near.apart || largestEntry(zip(near.value, value, minus)) > MARGIN * (near.noise + noise)) return undefined;
  throw failedCheck("the result", error, DIFFERENCE_TOLERANCE);
}

function alongLast(tensor: Float64Array, direction: Float64Array): Float64Array {
  const n = direction.length;
  return Float64Array.from({ length: tensor.length / n }, (_, i) =>
    direction.reduce((s, d, k) => s + d * tensor[i * n + k]!, 0),
  );
}

/** F where the k-th variable has gone t_k along its direction. */
function moved(f: Expr, wrt: readonly Expr[], point: Point, t: readonly number[]): Dense {
  const values: Record<string, Dense> = Object.assign(Object.create(null), point.values);
  for (const [k, s] of wrt.entries()) {
    const name = nameOf(s);
    const dX = point.directions?.[name];
    if (dX) values[name] = zip(values[name]!, dX, (x, dx) => x + t[k]! * dx);
  }
  return evaluate(f, { ...point, values });
}

const minus = (a: number, b: number): number => a - b;
const scaled = (a: Dense, by: number): Dense => map(a, (x) => x * by);
