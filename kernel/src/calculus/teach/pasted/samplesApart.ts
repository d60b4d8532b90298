/** The gradient of a part of the data: one sample of a batch, the mistake of a loop that overwrites its gradient. */
import { type Dense, dense } from "../../core/dense.js";
import { NablaError } from "../../core/errors.js";
import { type Expr, topological } from "../../core/expr.js";
import { isSymbol, nameOf } from "../../ops/leaves.js";
import { evaluate, type Point } from "../../verify/evaluate.js";
import type { Target } from "../answer/target.js";

export interface Part {
  /** The dimension that counts the samples, and which one is left. */
  readonly dim: string;
  readonly sample: number;
  readonly size: number;
  readonly value: Dense;
}

/** For every dimension of the data that the variable does not have: its last sample alone, then each other. */
export function* partsOfData({ here, of, by }: Target, point: Point): Generator<Part> {
  const own = new Set([...by.shape.rows.names, ...by.shape.cols.names]);
  const data = topological(of).filter((e) => isSymbol(e) && e !== by);
  const dims = new Set(data.flatMap((e) => [...e.shape.rows.names, ...e.shape.cols.names]));
  for (const dim of dims) {
    const size = point.sizes[dim];
    if (own.has(dim) || size === undefined || size < 2) continue;
    for (const sample of [size - 1, ...Array.from({ length: size - 1 }, (_, i) => i)]) {
      const value = valueAt(here, only(point, data, dim, sample));
      if (value) yield { dim, sample, size, value };
    }
  }
}

function only(point: Point, data: readonly Expr[], name: string, sample: number): Point {
  const values: Record<string, Dense> = Object.assign(Object.create(null), point.values);
  for (const s of data) {
    const [rows, cols] = [s.shape.rows.key === name, s.shape.cols.key === name];
    if (!rows && !cols) continue;
    const { rows: n, cols: p, data: entries } = values[nameOf(s)]!;
    const keptRows = rows ? [sample] : Array.from({ length: n }, (_, i) => i);
    const keptCols = cols ? [sample] : Array.from({ length: p }, (_, j) => j);
    values[nameOf(s)] = dense(
      keptRows.length,
      keptCols.length,
      keptRows.flatMap((i) => keptCols.map((j) => entries[i * p + j]!)),
    );
  }
  return { ...point, sizes: { ...point.sizes, [name]: 1 }, values };
}

function valueAt(e: Expr, point: Point): Dense | undefined {
  try {
    const value = evaluate(e, point);
    return value.data.every(Number.isFinite) ? value : undefined;
  } catch (error) {
    if (error instanceof NablaError || error instanceof RangeError) return undefined;
    throw error;
  }
}
