/**
 * A scalar expression along chosen axes through a point, with its symbolic gradient along them, compiled: what plots are
 * drawn from. An axis is a scalar symbol, an entry such as "W[1,2]", or a name for a direction at the point. Everything
 * else has a number. The derivative is that of `derive`, checked like every other, never a difference.
 */

import type { Dense } from "./core/dense.js";
import { NablaError } from "./core/errors.js";
import { type Expr, topological } from "./core/expr.js";
import { isColumn, isRow, isScalar, showShape } from "./core/shape.js";
import type { Let } from "./core/step.js";
import { derive } from "./derive/derive.js";
import { withoutLets } from "./derive/lineState.js";
import { compile, type Line } from "./numeric/compile.js";
import { build as b } from "./ops/build.js";
import { isNumber, isSymbol, nameOf, numberOf } from "./ops/leaves.js";
import { text } from "./print/text.js";
import { undefinedPart } from "./undefinedPart.js";
import { type Bindings, bindPoint, denseOf } from "./verify/bindings.js";
import { evaluateAll, type Point } from "./verify/evaluate.js";

/** What a slice is cut along and where. */
export interface SliceOptions {
  /** Who asks, for messages: "surface". */
  readonly what: string;
  /** Scalar symbols, entries "W[1,2]", or names that `directions` explains. */
  readonly axes: readonly string[];
  /** Numbers for all symbols that are no axis; of a direction or an entry, the point it starts from. */
  readonly at?: Bindings;
  readonly directions?: Readonly<Record<string, Bindings>>;
}

/** A function of as many parameters as there are axes. */
export interface Slice {
  readonly axes: readonly string[];
  /** Scalar operations of one run. */
  readonly operations: number;
  /** Value, then the derivative along every axis; NaN and ±∞ where there is none. */
  readonly run: (parameters: ArrayLike<number>, out: Float64Array) => void;
  /** The value alone, which is cheaper. */
  readonly value: (parameters: ArrayLike<number>) => number;
  /** Why there is no value, in one sentence. */
  readonly why: (parameters: readonly number[]) => string | undefined;
  /** Where the axes start: the entry's own number, 0 of a direction, undefined of a scalar symbol without one. */
  readonly start: readonly (number | undefined)[];
  /** Signed quantities: where one changes its sign there may be a kink, a jump or a pole. */
  readonly breaks: (parameters: readonly number[]) => Float64Array;
}

/**
 * @throws NablaError `bad_argument` for a result that is no scalar, a missing number, or an axis that is no scalar;
 * `unknown_symbol` for an axis that the expression does not have
 * @example slice(parse("(x - 1)^2 + y^2", scope).expr, [], { what: "surface", axes: ["x", "y"] })
 */
export function slice(written: Expr, lets: readonly Let[], options: SliceOptions): Slice {
  const f = withoutLets(lets, written);
  refuseNumberless(f, options.what);
  const { moving, point, start } = axesOf(f, options);
  const parameters = options.axes.length;
  const symbol = (s: Expr): Dense | Line => {
    const rates = moving.get(s);
    const base = point.values[nameOf(s)]!;
    return rates ? { base, moves: (k) => rates[k]! } : base;
  };
  const symbols = [...moving.keys()];
  const gradients = symbols.map((s) => derive(f, [s], { steps: false }).matrices.denominator!);
  const { sizes } = point;
  const program = compile([f, ...gradients], {
    sizes,
    parameters,
    symbol,
    outputs: (r, [value, ...parts]) => [
      value!.at[0]!,
      ...options.axes.map((_, axis) =>
        r.total(
          symbols.flatMap((s, n) =>
            moving.get(s)!.flatMap((rates, k) => {
              const rate = rates.find(([p]) => p === axis)?.[1] ?? 0;
              return rate === 0 ? [] : [r.mul(r.constant(rate), parts[n]!.at[k]!)];
            }),
          ),
        ),
      ),
    ],
  });
  const plain = compile([f], { sizes, parameters, symbol });
  const only = new Float64Array(1);
  const there = (parameters: readonly number[]): Point => ({
    sizes,
    values: Object.fromEntries(
      Object.entries(point.values).map(([name, value]) => {
        const rates = moving.get(symbols.find((s) => nameOf(s) === name)!);
        const data = value.data.map((x, k) =>
          (rates?.[k] ?? []).reduce((sum, [p, rate]) => sum + rate * parameters[p]!, x),
        );
        return [name, { ...value, data }];
      }),
    ),
  });
  const candidates = breaking(f, symbols);
  return {
    axes: options.axes,
    operations: program.operations,
    run: program.run,
    value: (parameters) => {
      plain.run(parameters, only);
      return only[0]!;
    },
    start,
    why: (parameters) => undefinedPart(f, there(parameters))?.why,
    breaks: (parameters) => {
      const known = evaluateAll(candidates, there(parameters));
      return Float64Array.from(candidates.flatMap((e) => [...known.get(e)!.data]));
    },
  };
}

const namesOf = (f: Expr): string => topological(f).filter(isSymbol).map(nameOf).join(", ");

/** A plot needs one number at every point. */
export function refuseNumberless(f: Expr, what: string): void {
  if (!isScalar(f.shape))
    throw new NablaError("bad_argument", `${what}: expected a scalar expression, got ${showShape(f.shape)}`, {
      got: showShape(f.shape),
      want: "a scalar",
      hint: "norm(…)^2, sum(…), or an entry through a product with a unit vector",
    });
  const abstract = topological(f).find((e) => e.op === "apply" || e.op === "scalarfn");
  if (abstract)
    throw new NablaError("bad_argument", `${what}: ${abstract.attrs.fn} is known by name only and has no numbers`, {
      got: text(abstract),
      want: "a function with a formula, such as tanh",
    });
}

type Rates = readonly (readonly [parameter: number, rate: number])[];

interface Axes {
  /** For every symbol that moves, its rates entry by entry. */
  readonly moving: ReadonlyMap<Expr, readonly Rates[]>;
  /** The base of every symbol: entries that are an axis of their own are 0 there. */
  readonly point: Point;
  readonly start: readonly (number | undefined)[];
}

function axesOf(f: Expr, { what, axes, at = {}, directions = {} }: SliceOptions): Axes {
  const symbols = new Map(
    topological(f)
      .filter(isSymbol)
      .map((s) => [nameOf(s), s]),
  );
  const own = axes.filter((axis) => !directions[axis] && !axis.includes("["));
  for (const axis of own) {
    const s = symbols.get(axis);
    if (!s) throw unknownAxis(what, axis, f);
    if (!isScalar(s.shape))
      throw new NablaError("bad_argument", `${what}: ${axis} is ${showShape(s.shape)}, an axis is one number`, {
        got: showShape(s.shape),
        want: `an entry such as "${axis}[1${isColumn(s.shape) || isRow(s.shape) ? "" : ",1"}]", or a direction`,
      });
  }
  const missing = [...symbols.keys()].filter((name) => !Object.hasOwn(at, name) && !own.includes(name));
  if (missing.length > 0)
    throw new NablaError("bad_argument", `${what}: no value given for ${missing.join(", ")}`, {
      got: `axes ${axes.join(", ")}`,
      want: `a number for every symbol that is no axis: { at: { ${missing.map((name) => `${name}: …`).join(", ")} } }`,
    });
  const zeros = Object.fromEntries(own.map((name) => [name, 0]));
  const point = bindPoint(f, { ...at, ...zeros });
  const moving = new Map<Expr, Rates[]>();
  const move = (s: Expr, k: number, parameter: number, rate: number): void => {
    const rates = moving.get(s) ?? Array.from(point.values[nameOf(s)]!.data, (): Rates => []);
    rates[k] = [...rates[k]!, [parameter, rate]];
    moving.set(s, rates);
  };
  const start = axes.map((axis, p): number | undefined => {
    const direction = directions[axis];
    if (direction) {
      for (const [name, numbers] of Object.entries(direction)) {
        const s = symbols.get(name);
        if (!s) throw unknownAxis(what, name, f);
        sameSize(what, point.values[name]!, denseOf(s, numbers), name).data.forEach((rate, k) => {
          if (rate !== 0) move(s, k, p, rate);
        });
      }
      return 0;
    }
    if (own.includes(axis)) {
      move(symbols.get(axis)!, 0, p, 1);
      return at[axis] as number | undefined;
    }
    const { s, k } = entryAxis(what, axis, symbols, point, f);
    move(s, k, p, 1);
    const { data } = point.values[nameOf(s)]!;
    const number = data[k]!;
    data[k] = 0;
    return number;
  });
  return { moving, point, start };
}

const unknownAxis = (what: string, axis: string, f: Expr): NablaError =>
  new NablaError("unknown_symbol", `${what}: the expression has no symbol ${axis}`, { got: axis, want: namesOf(f) });

function sameSize(what: string, base: Dense, direction: Dense, name: string): Dense {
  if (base.rows === direction.rows && base.cols === direction.cols) return direction;
  const size = ({ rows, cols }: Dense): string => `${rows}×${cols}`;
  throw new NablaError(
    "shape_mismatch",
    `${what}: the direction of ${name} is ${size(direction)}, its value ${size(base)}`,
    {
      got: size(direction),
      want: size(base),
    },
  );
}

/** "W[1,2]" or "x[3]", counted from 1. */
function entryAxis(
  what: string,
  axis: string,
  symbols: ReadonlyMap<string, Expr>,
  point: Point,
  f: Expr,
): { s: Expr; k: number } {
  const [, name = "", first = "", second] = /^\s*([^[\]]+)\[\s*(\d+)\s*(?:,\s*(\d+)\s*)?\]\s*$/.exec(axis) ?? [];
  const s = symbols.get(name.trim());
  if (!s) throw unknownAxis(what, axis, f);
  const { rows, cols } = point.values[nameOf(s)]!;
  const [i, j] =
    second === undefined && cols !== 1 && rows === 1 ? [1, Number(first)] : [Number(first), Number(second ?? 1)];
  if (i < 1 || j < 1 || i > rows || j > cols || (second === undefined && rows !== 1 && cols !== 1))
    throw new NablaError("bad_argument", `${what}: ${axis} is no entry of ${nameOf(s)}, which is ${rows}×${cols}`, {
      got: axis,
      want:
        cols === 1 || rows === 1
          ? `${nameOf(s)}[1] to ${nameOf(s)}[${rows * cols}]`
          : `${nameOf(s)}[1,1] to ${nameOf(s)}[${rows},${cols}]`,
    });
  return { s, k: (i - 1) * cols + j - 1 };
}

const KINKED = new Set(["relu", "abs", "step", "sign", "norm"]);
/** More candidates than this would be slow to follow, and are not. */
const MOST_BREAKS = 400;

function breaking(f: Expr, moving: readonly Expr[]): Expr[] {
  const candidates = topological(f).flatMap((e) => {
    if (KINKED.has(e.op)) return [e.args[0]!];
    if (e.op === "pow" && isNumber(e.args[1]!) && numberOf(e.args[1]!) < 0) return [e.args[0]!];
    return e.op === "tan" ? [b.op("cos", [e.args[0]!])] : [];
  });
  const moves = (e: Expr): boolean => topological(e).some((s) => moving.includes(s));
  return [...new Set(candidates)].filter(moves).slice(0, MOST_BREAKS);
}
