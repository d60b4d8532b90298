/** Wrong numbers that one factor or one sample of the data explains. */
import { type Dense, transpose } from "../../core/dense.js";
import type { Point } from "../../verify/evaluate.js";
import { SCORE } from "../answer/diagnose.js";
import type { Target } from "../answer/target.js";
import { symbolsIn } from "../symbols.js";
import type { NumbersResult, Relation } from "../verdict.js";
import { partsOfData } from "./samplesApart.js";

/** Are two arrays equal up to the rounding of what was pasted? */
export type Close = (a: Dense, b: Dense) => boolean;

interface Case {
  readonly target: Target;
  readonly point: Point;
  readonly here: Dense;
}

const FACTORS: readonly (readonly [string, number, string])[] = [
  ["-1", -1, "the sign is wrong"],
  ["2", 2, "twice the derivative: a factor 2 too many, or backward() twice without clearing the gradient"],
  ["1/2", 0.5, "the factor 2 is missing"],
  ["-2", -2, "−2 times the derivative"],
  ["-1/2", -0.5, "−½ times the derivative"],
  ["3", 3, "3 times the derivative: were three passes added up?"],
  ["1/3", 1 / 3, "a third of the derivative"],
  ["4", 4, "4 times the derivative"],
  ["1/4", 0.25, "a quarter of the derivative"],
];

/** One factor between all entries, transposed or not: a number, or a size of the data (sum for mean). */
export function factorOf(
  got: Dense,
  close: Close,
  { here, target, point }: Case,
): { code: string; message: string; relation: Relation; mistakes: readonly string[] } | undefined {
  const names = new Set(symbolsIn(target.of).flatMap((s) => [...s.shape.rows.names, ...s.shape.cols.names]));
  const sizes = [...names].flatMap((name) => {
    const size = point.sizes[name]!;
    return size < 2
      ? []
      : [
          [name, size, `a factor ${name} = ${size} too many: a sum where a mean is meant`] as const,
          [`1/${name}`, 1 / size, `the factor ${name} = ${size} is missing: a mean where a sum is meant`] as const,
        ];
  });
  // Data comes first: a batch of two makes 2 the size and not the square.
  const data = new Set([...target.by.shape.rows.names, ...target.by.shape.cols.names]);
  const own = sizes.filter(([name]) => !data.has(name.replace("1/", "")));
  for (const transposed of target.there ? [false, true] : [false]) {
    const value = transposed ? transpose(here) : here;
    for (const [factor, k, says] of [...own, ...FACTORS]) {
      if (!close(got, { ...value, data: value.data.map((x) => k * x) })) continue;
      const code = factor === "-1" ? "sign" : /[A-Za-z]/.test(factor) ? "sum_for_mean" : "factor";
      return {
        code,
        message: `right up to a factor: ${says}${transposed ? "; and it is the transpose" : ""}`,
        relation: { kind: "factor", factor, ...(transposed ? { transposed: true } : {}) },
        mistakes: [code],
      };
    }
  }
  return undefined;
}

/** Only one sample of a batch arrives in the gradient. */
export function oneSample(
  got: Dense,
  close: Close,
  { target, point }: Case,
): Pick<NumbersResult, "code" | "message" | "score" | "mistakes"> | undefined {
  for (const { dim, sample, size, value } of partsOfData(target, point)) {
    for (const [k, also] of [
      [1, ""],
      [1 / size, `, divided by ${dim}`],
    ] as const) {
      if (!close(got, { ...value, data: value.data.map((x) => k * x) })) continue;
      const last = sample === size - 1;
      return {
        code: last ? "last_sample_only" : "one_sample_only",
        message: `only ${last ? "the last" : `number ${sample + 1}`} of ${size} samples (${dim}) is in the gradient${also}: are the gradients added up?`,
        score: SCORE.mistake,
        mistakes: [last ? "last_sample_only" : "one_sample_only"],
      };
    }
  }
  return undefined;
}
