/**
 * Numbers that a reader can follow at which the two sides differ: 2×2 and small integers where that will do, other
 * sizes and decimals where it will not. Of many that differ clearly the shortest is taken.
 */
import { type Dense, relativeError } from "../../core/dense.js";
import { NablaError } from "../../core/errors.js";
import { type Expr, topological } from "../../core/expr.js";
import { type Random, random } from "../../core/random.js";
import { dim, isOne, type Sizes, sizeOf } from "../../core/shape.js";
import { expandDifferentials } from "../../derive/linearise.js";
import { opOf } from "../../ops/index.js";
import { isSymbol, nameOf } from "../../ops/leaves.js";
import { evaluateAll, type Point } from "../../verify/evaluate.js";
import { showNumbers, toNumbers } from "../numbers.js";
import type { Counterexample } from "../verdict.js";
import { POOLS, smallDirection, smallValue } from "./smallValues.js";
import { STAND_INS, withStandIns } from "./standIns.js";

const TRIES = 160;
/** The sides must differ by this part of the larger one, so that rounding cannot be the reason. */
const CLEAR = 0.05;

export function counterexample(
  left: Expr,
  right: Expr,
  wrt: readonly Expr[],
  symbols: readonly Expr[],
): Counterexample | undefined {
  const moving = new Set(wrt);
  for (const standIn of STAND_INS) {
    const { exprs, functions } = withStandIns([left, right], standIn);
    const sides = exprs.map((e) => expandDifferentials(e, moving)) as [Expr, Expr];
    for (const sizes of sizesToTry([...sides, ...symbols])) {
      const found = search(sides, wrt, symbols, sizes);
      if (found) return { ...found, functions };
    }
    if (Object.keys(functions).length === 0) break;
  }
  return undefined;
}

function* sizesToTry(roots: readonly Expr[]): Generator<Sizes> {
  const names = new Set<string>();
  for (const e of topological(...roots)) {
    for (const d of [e.shape.rows, e.shape.cols]) for (const n of d.names) names.add(n);
    if (e.op === "dimension") for (const n of dim(e.attrs.dim as string).names) names.add(n);
  }
  const all = [...names].sort();
  const sized = (size: (i: number) => number): Sizes =>
    Object.assign(Object.create(null), Object.fromEntries(all.map((n, i) => [n, size(i)])));
  yield sized(() => 2);
  if (all.length === 0) return;
  yield sized(() => 3);
  yield sized((i) => 2 + i);
}

function search(
  [left, right]: readonly [Expr, Expr],
  wrt: readonly Expr[],
  symbols: readonly Expr[],
  sizes: Sizes,
): Omit<Counterexample, "functions"> | undefined {
  let best: { cost: number; found: Omit<Counterexample, "functions"> } | undefined;
  for (const [level, pool] of POOLS.entries()) {
    const rng = random(97 + level);
    for (let n = 0; n < TRIES; n++) {
      const point = smallPoint(symbols, wrt, sizes, pool, rng);
      const sides = evaluated(left, right, point);
      if (!sides) continue;
      const found = { bindings: bindingsOf(point), left: toNumbers(sides[0]), right: toNumbers(sides[1]) };
      const cost = costOf(found);
      if (!best || cost < best.cost) best = { cost, found };
    }
    if (best) return best.found;
  }
  return undefined;
}

function smallPoint(
  symbols: readonly Expr[],
  wrt: readonly Expr[],
  sizes: Sizes,
  pool: readonly number[],
  rng: Random,
): Point {
  const values: Record<string, Dense> = Object.create(null);
  const directions: Record<string, Dense> = Object.create(null);
  const size = (s: Expr): [number, number] => [
    isOne(s.shape.rows) ? 1 : sizeOf(s.shape.rows, sizes),
    isOne(s.shape.cols) ? 1 : sizeOf(s.shape.cols, sizes),
  ];
  for (const s of symbols.filter(isSymbol)) values[nameOf(s)] = smallValue(s, size(s), pool, rng);
  for (const s of wrt) directions[nameOf(s)] = smallDirection(size(s), rng);
  return { sizes, values, directions };
}

/** Both sides, if they are defined, away from kinks, and clearly different. */
function evaluated(left: Expr, right: Expr, point: Point): readonly [Dense, Dense] | undefined {
  try {
    const known = evaluateAll([left, right], point);
    for (const [e, value] of known) {
      if (!value.data.every(Number.isFinite)) return undefined;
      if (opOf(e.op).kink && known.get(e.args[0]!)!.data.some((x) => Math.abs(x) < 1e-3)) return undefined;
    }
    const [a, b] = [known.get(left)!, known.get(right)!];
    return relativeError(a.data, b.data) > CLEAR ? [a, b] : undefined;
  } catch (error) {
    if (error instanceof NablaError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function bindingsOf(point: Point): Counterexample["bindings"] {
  const out: Record<string, ReturnType<typeof toNumbers>> = {};
  for (const [name, value] of Object.entries(point.values)) out[name] = toNumbers(value);
  for (const [name, value] of Object.entries(point.directions ?? {})) out[`d${name}`] = toNumbers(value);
  return out;
}

/** Length of what is read; zero matrices and long decimals are dear. */
function costOf({ bindings, left, right }: Omit<Counterexample, "functions">): number {
  const decimals = (text: string): number => (text.match(/\d+\.\d+/g) ?? []).reduce((n, x) => n + 2 * x.length, 0);
  const written = Object.values(bindings).map(showNumbers);
  const texts = [...written, showNumbers(left), showNumbers(right)];
  const zero = written.filter((t) => !/[1-9]/.test(t)).length;
  return texts.reduce((n, t) => n + t.length + decimals(t), 0) + 12 * zero + 4 * negatives(texts);
}

const negatives = (texts: readonly string[]): number => texts.join("").split("-").length - 1;

/** "A = [[1, 2], [0, 1]], dA = …: the left side is 3, the right side 4". */
export function inWords({ bindings, functions, left, right }: Counterexample): string {
  const given = [
    ...Object.entries(bindings).map(([name, value]) => `${name} = ${showNumbers(value)}`),
    ...Object.entries(functions).map(([name, body]) => `${name}(z) = ${body}`),
  ];
  const at = given.length > 0 ? `at ${given.join(", ")} ` : "";
  return `${at}the left side is ${showNumbers(left)}, the right side ${showNumbers(right)}`;
}
