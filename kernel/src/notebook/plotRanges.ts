/** The ranges of a plot: `{ x: [-3, 3] }`, two numbers apart for every axis. */
import { type Bindings, type Declared, NablaError } from "../calculus/index.js";

export type Range = readonly [from: number, to: number];
export type Ranges = Readonly<Record<string, Range>>;

export interface PlotOptions {
  /** Numbers for every symbol that is no axis; of an entry or a direction, the point it starts from. */
  readonly at?: Bindings;
  /** Axes that are directions at the point: `{ u: { W: [[1, 0], [0, 0]] } }`. */
  readonly directions?: Readonly<Record<string, Bindings>>;
  /** Declarations for this call only. */
  readonly where?: Declared;
  /** Points along every axis. */
  readonly points?: number;
  readonly title?: string;
}

/** The axes with their ranges, in the order written. */
export function rangesOf(
  what: string,
  ranges: Ranges,
  count: 1 | 2,
): readonly (readonly [name: string, range: Range])[] {
  const list = Object.entries(ranges ?? {});
  if (list.length !== count)
    throw new NablaError(
      "bad_argument",
      `${what}: expected ${count === 1 ? "one axis" : "two axes"}, got ${list.length}`,
      {
        got: list.map(([name]) => name).join(", "),
        want: count === 1 ? "{ x: [-3, 3] }" : "{ w1: [-2, 2], w2: [-2, 2] }",
      },
    );
  for (const [name, range] of list) {
    const [from, to] = range;
    if (!Array.isArray(range) || range.length !== 2 || !Number.isFinite(from) || !Number.isFinite(to))
      throw new NablaError("bad_argument", `${what}: the range of ${name} must be two finite numbers`, {
        got: JSON.stringify(range),
        want: `${name}: [-2, 2]`,
      });
    if (!(to > from))
      throw new NablaError(
        "bad_argument",
        `${what}: the range of ${name} ${to === from ? "has no width" : "ends before it begins"}: [${from}, ${to}]`,
        { got: `[${from}, ${to}]`, want: "[from, to] with from < to" },
      );
  }
  return list;
}

const MOST_POINTS = 400;

export function pointsOf(what: string, points: number | undefined, otherwise: number, most = MOST_POINTS): number {
  const count = points ?? otherwise;
  if (Number.isInteger(count) && count >= 2 && count <= most) return count;
  throw new NablaError("bad_argument", `${what}: points must be a whole number from 2 to ${most}, got ${count}`, {
    got: String(count),
    want: `2 to ${most}`,
  });
}

/** `count` numbers at equal distances, both ends among them. */
export const spread = ([from, to]: Range, count: number): number[] =>
  Array.from({ length: count }, (_, i) => (i === count - 1 ? to : from + ((to - from) * i) / (count - 1)));

/** The numbers of a sentence with six digits and a true minus. */
const rounded = (sentence: string): string =>
  sentence.replace(/(?<![\w.)\]])-?\d+(?:\.\d+)?(?:e[-+]?\d+)?/g, (number) =>
    String(Number(Number(number).toPrecision(6))).replace("-", "−"),
  );

/** "212 of 1681 points have no value, hatched: log(w) needs a positive argument, and w is -2" */
export function gapNote(values: Float64Array, why: (index: number) => string | undefined): string[] {
  const first = values.findIndex((value) => !Number.isFinite(value));
  if (first < 0) return [];
  const gaps = values.filter((value) => !Number.isFinite(value));
  const infinite = gaps.filter((value) => !Number.isNaN(value)).length;
  const kinds = infinite === 0 ? "" : ` (${infinite} of them ±∞)`;
  const reason = why(first);
  return [
    `${gaps.length} of ${values.length} points ${gaps.length === 1 ? "has" : "have"} no finite value${kinds}, hatched${reason ? `: ${rounded(reason)}` : ""}.`,
  ];
}
