/** How two different values are related: by a transpose, by a constant factor, by a size. */
import { type Dense, relativeError, transpose } from "../core/dense.js";
import type { Expr } from "../core/expr.js";
import { topological } from "../core/expr.js";
import { isScalar } from "../core/shape.js";
import { expandDifferentials } from "../derive/linearise.js";
import { isSymbol, nameOf } from "../ops/leaves.js";
import { goodPoint } from "../verify/domain.js";
import { evaluateAll, type Point } from "../verify/evaluate.js";
import { seedsFor } from "./compare.js";
import type { Relation } from "./verdict.js";

const TOLERANCE = 1e-8;

export interface Values {
  readonly point: Point;
  readonly left: Dense;
  readonly right: Dense;
}

/** Both sides at the points of every decision. */
export function valuesAt(left: Expr, right: Expr, wrt: readonly Expr[]): Values[] {
  const moving = new Set(wrt);
  const [a, b] = [expandDifferentials(left, moving), expandDifferentials(right, moving)];
  return seedsFor(a, b).map((seed) => {
    const { point, known } = goodPoint([a, b], wrt, seed);
    const values = evaluateAll([a, b], point, known);
    return { point, left: values.get(a)!, right: values.get(b)! };
  });
}

/**
 * left = factor · right, left = right', or both.
 * @param variable a symbol that is no constant factor
 */
export function relationOf(left: Expr, right: Expr, wrt: readonly Expr[] = [], variable?: Expr): Relation | undefined {
  const all = valuesAt(left, right, wrt);
  // Where both are 0 no factor shows.
  const shown = all.filter((v) => !(isNull(v.left) && isNull(v.right)));
  const values = shown.length > 0 ? shown : all;
  const turned = values.map((v) => ({ ...v, right: transpose(v.right) }));
  if (turned.every((v) => close(v.left, v.right)) && !isScalar(left.shape)) return { kind: "transpose" };
  const names = scalarsOf(left, right).filter((name) => !variable || name !== nameOf(variable));
  const factor = factorOf(values, names);
  if (factor) return { kind: "factor", factor };
  const both = isScalar(left.shape) ? undefined : factorOf(turned, names);
  return both ? { kind: "factor", factor: both, transposed: true } : undefined;
}

const close = (a: Dense, b: Dense): boolean =>
  a.rows === b.rows && a.cols === b.cols && relativeError(a.data, b.data) < TOLERANCE;

const isNull = ({ data }: Dense): boolean => data.every((x) => x === 0);

const scalarsOf = (...roots: readonly Expr[]): string[] =>
  topological(...roots)
    .filter((e) => isSymbol(e) && isScalar(e.shape))
    .map(nameOf);

/** The factor at each point as a number, a size or its inverse, or a scalar of the problem. */
function factorOf(values: readonly Values[], scalars: readonly string[]): string | undefined {
  const ratios = values.map(ratioOf);
  if (ratios.some((r) => r === undefined)) return undefined;
  const at = (f: (v: Values) => number): boolean =>
    ratios.every((r, i) => {
      const want = f(values[i]!);
      return Math.abs(r! - want) < TOLERANCE * Math.max(1, Math.abs(want));
    });
  for (const [word, value] of CONSTANTS) if (at(() => value)) return word;
  for (const name of Object.keys(values[0]!.point.sizes)) {
    const size = (v: Values): number => v.point.sizes[name]!;
    for (const [word, value] of CONSTANTS) {
      if (at((v) => value * size(v))) return product(word, name);
      if (at((v) => value / size(v))) return `${over(word)}/${name}`;
    }
  }
  for (const name of scalars) {
    const s = (v: Values): number => v.point.values[name]!.data[0]!;
    for (const [word, value] of [...CONSTANTS, ["1", 1] as const]) {
      if (at((v) => value * s(v))) return product(word, name);
      if (at((v) => value / s(v))) return `${over(word)}/${name}`;
    }
  }
  return undefined;
}

/** 1 is among them for sizes only: a factor of 1 is no factor. */
const CONSTANTS: readonly (readonly [string, number])[] = [
  ["1", 1],
  ["-1", -1],
  ["2", 2],
  ["1/2", 0.5],
  ["-2", -2],
  ["-1/2", -0.5],
  ["3", 3],
  ["1/3", 1 / 3],
  ["4", 4],
  ["1/4", 0.25],
];

const product = (word: string, name: string): string =>
  word === "1" ? name : word === "-1" ? `-${name}` : `${word}*${name}`;
const over = (word: string): string => (word.includes("/") ? `(${word})` : word);

/** The one number c with left = c right, taken at the largest entry. */
function ratioOf({ left, right }: Values): number | undefined {
  if (left.rows !== right.rows || left.cols !== right.cols) return undefined;
  let at = 0;
  right.data.forEach((x, i) => {
    if (Math.abs(x) > Math.abs(right.data[at]!)) at = i;
  });
  const c = left.data[at]! / right.data[at]!;
  if (!Number.isFinite(c) || c === 0) return undefined;
  return relativeError(
    left.data,
    right.data.map((x) => c * x),
  ) < TOLERANCE
    ? c
    : undefined;
}
