/**
 * Operators as scalars: entry by entry for those whose entries are sums, products and functions of entries, in the order
 * in which `evaluate` of the operator adds. Every other operator, and one with more scalar operations than there is
 * room for, is called as a whole. What depends on no parameter is evaluated once, here.
 */
import { type Dense, dense } from "../core/dense.js";
import type { Expr } from "../core/expr.js";
import { isOne, sizeOf } from "../core/shape.js";
import type { Environment } from "../ops/define.js";
import { opOf } from "../ops/index.js";
import type { Moving, Unary } from "./program.js";
import type { Recorder } from "./recorder.js";

/** Matrices of nodes, row-major. */
export interface Cells {
  readonly rows: number;
  readonly cols: number;
  readonly at: readonly number[];
  /** The call whose result this is, all of it. */
  readonly of?: number;
}

/** A value is known now, or moves with the parameters. */
export type Value = { readonly fixed: Dense } | { readonly cells: Cells };

type Lowering = (r: Recorder, args: readonly Cells[]) => readonly number[];

const entry = ({ at, cols }: Cells, i: number, j: number): number => at[i * cols + j]!;
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** f over the entries of all arguments, from the left. */
const folded = (args: readonly Cells[], f: (x: number, y: number) => number): number[] =>
  args[0]!.at.map((_, k) => args.map(({ at }) => at[k]!).reduce(f));

const largest = (r: Recorder, { at }: Cells): number => at.reduce((a, b) => r.max(a, b));
const shifted = (r: Recorder, z: Cells, top: number): number[] => z.at.map((x) => r.apply(Math.exp, r.sub(x, top)));

/** Row by column; a 0 on the left is passed over, as `matmul` does. */
function product(r: Recorder, a: Cells, b: Cells): Cells {
  const cells = range(a.rows).flatMap((i) =>
    range(b.cols).map((j) =>
      r.total(
        range(a.cols).flatMap((k) => (r.valueOf(entry(a, i, k)) === 0 ? [] : [r.mul(entry(a, i, k), entry(b, k, j))])),
      ),
    ),
  );
  return { rows: a.rows, cols: b.cols, at: cells };
}

/** ‖x‖ divided by its largest entry first: x² may overflow where ‖x‖ does not. */
function euclidean(r: Recorder, x: Cells): number {
  if (x.at.length === 1) return r.apply(Math.abs, x.at[0]!);
  const top = r.apply(
    scale,
    x.at.map((a) => r.apply(Math.abs, a)).reduce((a, b) => r.max(a, b)),
  );
  const squares = x.at.map((a) => {
    const part = r.div(a, top);
    return r.mul(part, part);
  });
  return r.mul(top, r.apply(Math.sqrt, r.total(squares)));
}

/** What to divide by: 1 for a vector of zeros. */
const scale = (largest: number): number => (largest === 0 ? 1 : largest);

const LOWERED: Readonly<Record<string, Lowering | undefined>> = {
  add: (r, args) => folded(args, (x, y) => r.add(x, y)),
  hadamard: (r, args) => folded(args, (x, y) => r.mul(x, y)),
  // By place and not by value: in s·s both factors are one object.
  times: (r, args) => {
    const found = args.findIndex(({ at }) => at.length > 1);
    const wide = found < 0 ? args.length - 1 : found;
    const scale = args.reduce((p, { at }, k) => (k === wide ? p : r.mul(p, at[0]!)), r.constant(1));
    return args[wide]!.at.map((x) => r.mul(scale, x));
  },
  mul: (r, args) => args.reduce((a, b) => product(r, a, b)).at,
  pow: (r, [z, k]) => z!.at.map((x) => powered(r, x, k!.at[0]!)),
  transpose: (_r, [a]) => range(a!.cols).flatMap((j) => range(a!.rows).map((i) => entry(a!, i, j))),
  vec: (_r, [a]) => range(a!.cols).flatMap((j) => range(a!.rows).map((i) => entry(a!, i, j))),
  tr: (r, [a]) => [r.total(range(a!.rows).map((i) => entry(a!, i, i)))],
  sum: (r, [a]) => [r.total(a!.at)],
  norm: (r, [a]) => [euclidean(r, a!)],
  diag: (r, [a]) => {
    const n = Math.max(a!.rows, a!.cols);
    return a!.at.length === n
      ? range(n * n).map((k) => (k % (n + 1) === 0 ? a!.at[k / (n + 1)]! : r.constant(0)))
      : range(n).map((i) => entry(a!, i, i));
  },
  softmax: (r, [z]) => {
    const parts = shifted(r, z!, largest(r, z!));
    const total = r.total(parts);
    return parts.map((x) => r.div(x, total));
  },
  logsumexp: (r, [z]) => {
    const top = largest(r, z!);
    return [r.add(top, r.apply(Math.log, r.total(shifted(r, z!, top))))];
  },
};

/** x·x and 1/x are exact where `**` rounds once more or costs a call; the results agree to the last digit or two. */
function powered(r: Recorder, x: number, k: number): number {
  const exponent = r.valueOf(k);
  if (exponent === 2) return r.mul(x, x);
  if (exponent === -1) return r.div(r.constant(1), x);
  if (exponent === 0.5) return r.apply(Math.sqrt, x);
  return r.power(x, k);
}

/** One object for each function and each value at a kink: equal nodes are found by it. */
const withKink = new Map<string, Unary>();

/** The function of one number that is applied to every entry. */
function entryFunction(op: string, kink: number): Unary | undefined {
  const value = opOf(op).entryValue;
  if (!value || value.length < 2) return value as Unary | undefined;
  const key = `${op} ${kink}`;
  const made = withKink.get(key) ?? ((x: number): number => value(x, kink));
  withKink.set(key, made);
  return made;
}

/** Scalar operations of a program that are written out; V8 does not optimise much longer functions. */
const STRAIGHT = 3000;

export function lower(r: Recorder, e: Expr, args: readonly Value[], env: Environment): Value {
  const values = args.map((a) => ("fixed" in a ? a.fixed : undefined));
  if (values.every((v) => v !== undefined)) return { fixed: opOf(e.op).evaluate(values as Dense[], e, env) };
  const [rows, cols] = [e.shape.rows, e.shape.cols].map((d) => (isOne(d) ? 1 : sizeOf(d, env.sizes))) as [
    number,
    number,
  ];
  const f = entryFunction(e.op, env.kink);
  const definition: Lowering | undefined = f ? (_r, [z]) => z!.at.map((x) => r.apply(f, x)) : LOWERED[e.op];
  if (!definition || r.size + work(args) > STRAIGHT) return { cells: called(r, e, args, { env, rows, cols }) };
  const at = definition(
    r,
    args.map((a) => cellsOf(r, a)),
  );
  return { cells: { rows, cols, at } };
}

/** Scalar operations that an operator needs at most: those of a product for every operator of several arguments. */
function work(args: readonly Value[]): number {
  const sizes = args.map((a) => ("fixed" in a ? a.fixed : a.cells));
  return sizes.reduce((sum, { rows, cols }, k) => sum + 2 * rows * cols * (sizes[k + 1]?.cols ?? 1), 0);
}

export const cellsOf = (r: Recorder, value: Value): Cells =>
  "cells" in value
    ? value.cells
    : { rows: value.fixed.rows, cols: value.fixed.cols, at: Array.from(value.fixed.data, (x) => r.constant(x)) };

/** The operator as it stands: what moves is written into the same arrays in every run, results of calls are passed on. */
function called(r: Recorder, e: Expr, args: readonly Value[], { env, rows, cols }: Room): Cells {
  const { evaluate } = opOf(e.op);
  const moving: Moving[] = [];
  const given = args.map((a) => {
    if ("fixed" in a) return a.fixed;
    const { cells } = a;
    if (cells.of !== undefined) return { of: cells.of };
    const numbers = dense(cells.rows, cells.cols);
    cells.at.forEach((node, at) => {
      const value = r.valueOf(node);
      if (value === undefined) moving.push({ into: numbers.data, at, node });
      else numbers.data[at] = value;
    });
    return numbers;
  });
  const { of, at } = r.call({ evaluate: (values) => evaluate(values, e, env), args: given, moving }, rows * cols);
  return { rows, cols, at, of };
}

interface Room {
  readonly env: Environment;
  readonly rows: number;
  readonly cols: number;
}
