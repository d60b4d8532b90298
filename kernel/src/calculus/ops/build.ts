/** The constructors behind `Build`: flatten, drop neutral elements, move scalars to the front, check shapes. */
import { NablaError } from "../core/errors.js";
import { type Attrs, type Expr, node, topological } from "../core/expr.js";
import { isOne, isScalar, SCALAR, type Shape, shape, showShape } from "../core/shape.js";
import type { Build } from "./define.js";
import { opOf } from "./index.js";
import { dimension, eye, isNumber, isZero, number, numberOf, ones, zeros } from "./leaves.js";
import { product, same } from "./shapes.js";

const flat = (op: string, args: readonly Expr[]): Expr[] => args.flatMap((a) => (a.op === op ? a.args : [a]));

function add(...terms: readonly Expr[]): Expr {
  const parts = flat("add", terms);
  const s = same("sum", parts, "nothing broadcasts: make the shapes equal");
  const kept = parts.filter((t) => !isZero(t));
  if (kept.length === 0) return zeros(s);
  if (kept.length === 1) return kept[0]!;
  return node("add", kept, s);
}

/** Scalars first, numbers multiplied into one, the one non-scalar last. */
function times(...factors: readonly Expr[]): Expr {
  const parts = flat("times", factors);
  const wide = parts.filter((p) => !isScalar(p.shape));
  if (wide.length > 1)
    throw new NablaError(
      "shape_mismatch",
      `scalar multiple: expected one matrix at most, got ${wide.map((w) => showShape(w.shape)).join(" and ")}`,
      {
        got: wide.map((w) => showShape(w.shape)),
        want: "scalars and one matrix",
      },
    );
  const s = wide[0]?.shape ?? SCALAR;
  const coefficient = parts.filter((p) => isNumber(p)).reduce((c, p) => c * numberOf(p), 1);
  const scalars = parts.filter((p) => isScalar(p.shape) && !isNumber(p));
  if (coefficient === 0 || parts.some(isZero)) return zeros(s);
  const body = [...scalars, ...wide];
  if (body.length === 0) return number(coefficient);
  if (coefficient === 1 && body.length === 1) return body[0]!;
  return node("times", coefficient === 1 ? body : [number(coefficient), ...body], s);
}

/** Splits the scalar factors off: e = scalars · rest; rest is undefined when e is a scalar. */
export function splitScalars(e: Expr): { scalars: readonly Expr[]; rest: Expr | undefined } {
  if (isScalar(e.shape)) return { scalars: e.op === "times" ? e.args : [e], rest: undefined };
  if (e.op !== "times") return { scalars: [], rest: e };
  return { scalars: e.args.slice(0, -1), rest: e.args[e.args.length - 1]! };
}

function mul(...factors: readonly Expr[]): Expr {
  const scalars: Expr[] = [];
  const segments: Expr[][] = [[]];
  const push = (f: Expr): void => {
    const last = segments[segments.length - 1]!;
    // Where the inner dimension is 1 the product falls apart: (A x)(y'B z) is a column times a number.
    const meets =
      last.length > 0 &&
      isOne(last[last.length - 1]!.shape.cols) &&
      (isOne(f.shape.rows) || isOne(last[0]!.shape.rows));
    if (meets) segments.push([f]);
    else last.push(f);
  };
  for (const f of factors) {
    const split = splitScalars(f);
    scalars.push(...split.scalars);
    if (split.rest) for (const part of split.rest.op === "mul" ? split.rest.args : [split.rest]) push(part);
  }
  const wide: Expr[] = [];
  for (const segment of segments) {
    if (segment.length === 0) continue;
    if (isOne(segment[0]!.shape.rows) && isOne(segment[segment.length - 1]!.shape.cols)) scalars.push(chainOf(segment));
    else wide.push(...segment);
  }
  return wide.length === 0 ? times(...scalars) : times(...scalars, chainOf(wide));
}

function chainOf(chain: readonly Expr[]): Expr {
  const s = product(chain);
  if (chain.some(isZero)) return zeros(s);
  const kept = chain.filter((f) => f.op !== "eye");
  if (kept.length === 0) return chain[0]!;
  if (kept.length === 1) return kept[0]!;
  return node("mul", kept, s);
}

function hadamard(...factors: readonly Expr[]): Expr {
  const s = same("elementwise product", factors);
  if (isScalar(s)) return times(...factors);
  const scalars: Expr[] = [];
  const parts: Expr[] = [];
  for (const f of factors) {
    const split = splitScalars(f);
    scalars.push(...split.scalars);
    parts.push(...flat("hadamard", [split.rest!]));
  }
  const kept = parts.filter((p) => p.op !== "ones");
  if (parts.some(isZero)) return zeros(s);
  const body = kept.length === 0 ? ones(s) : kept.length === 1 ? kept[0]! : node("hadamard", kept, s);
  return times(...scalars, body);
}

function pow(base: Expr, exponent: Expr | number): Expr {
  const k = typeof exponent === "number" ? number(exponent) : exponent;
  if (!isScalar(k.shape))
    throw new NablaError("shape_mismatch", `power: expected a scalar exponent, got ${showShape(k.shape)}`, {
      got: showShape(k.shape),
      want: "scalar",
    });
  if (isNumber(k, 1)) return base;
  if (isNumber(k, 0)) return ones(base.shape);
  if (base.op === "ones") return base;
  if (isNumber(base) && isNumber(k)) {
    const value = numberOf(base) ** numberOf(k);
    if (Number.isFinite(value)) return number(value);
  }
  return node("pow", [base, k], base.shape);
}

function transpose(a: Expr): Expr {
  if (isScalar(a.shape)) return a;
  if (a.op === "transpose") return a.args[0]!;
  if (a.op === "eye") return a;
  const s: Shape = shape(a.shape.cols, a.shape.rows);
  if (a.op === "ones") return ones(s);
  if (a.op === "zeros") return zeros(s);
  return node("transpose", [a], s);
}

function matpow(a: Expr, k: number): Expr {
  if (k === 1) return a;
  if (isScalar(a.shape)) return pow(a, k);
  return op("matpow", [a], { k });
}

/** a/b: b a scalar, or both of one shape (elementwise). */
function div(a: Expr, b: Expr): Expr {
  if (isScalar(b.shape))
    return isNumber(b) && numberOf(b) !== 0 && isNumber(a) ? number(numberOf(a) / numberOf(b)) : times(a, pow(b, -1));
  return hadamard(a, pow(b, -1));
}

function op(name: string, args: readonly Expr[], attrs: Attrs = {}): Expr {
  return node(name, args, opOf(name).shape(args, attrs), attrs);
}

const neg = (a: Expr): Expr => times(number(-1), a);

export const build: Build = {
  number,
  dimension,
  eye,
  ones,
  zeros,
  add,
  sub: (a, b) => add(a, neg(b)),
  neg,
  times,
  mul,
  hadamard,
  pow,
  div,
  transpose,
  matpow,
  op,
};

/** The same operator on other arguments, through the constructors. */
export function rebuild(e: Expr, args: readonly Expr[]): Expr {
  switch (e.op) {
    case "add":
      return add(...args);
    case "times":
      return times(...args);
    case "mul":
      return mul(...args);
    case "hadamard":
      return hadamard(...args);
    case "pow":
      return pow(args[0]!, args[1]!);
    case "transpose":
      return transpose(args[0]!);
    case "d":
      return args[0]!.op === "zeros" ? args[0]! : node("d", args, args[0]!.shape);
    default:
      return args.length === 0 ? e : op(e.op, args, e.attrs);
  }
}

/** Replaces parts of an expression, bottom up; shared parts are rebuilt once. */
export const substitute = (root: Expr, by: ReadonlyMap<Expr, Expr>): Expr => substituteAll([root], by)[0]!;

/** The same in several expressions at once: what they share is rebuilt once. */
export function substituteAll(roots: readonly Expr[], by: ReadonlyMap<Expr, Expr>): readonly Expr[] {
  const done = new Map<Expr, Expr>();
  for (const e of topological(...roots)) {
    const replaced = by.get(e);
    if (replaced) done.set(e, replaced);
    else {
      const args = e.args.map((a) => done.get(a)!);
      done.set(e, args.every((a, i) => a === e.args[i]) ? e : rebuild(e, args));
    }
  }
  return roots.map((root) => done.get(root)!);
}
