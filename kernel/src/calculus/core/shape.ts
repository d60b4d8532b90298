/**
 * Shapes with symbolic dimensions. A dimension is a monomial: a positive integer times a sorted list of
 * names, so that n·m and m·n are one dimension. Every value is a matrix: a scalar is 1×1, a vector n×1.
 */

export interface Dim {
  readonly coefficient: number;
  readonly names: readonly string[];
  /** Canonical text, "2*m*n"; equal dimensions have equal keys. */
  readonly key: string;
}

export interface Shape {
  readonly rows: Dim;
  readonly cols: Dim;
}

export function monomial(coefficient: number, names: readonly string[]): Dim {
  const sorted = [...names].sort();
  const parts = coefficient === 1 && sorted.length > 0 ? sorted : [String(coefficient), ...sorted];
  return Object.freeze({ coefficient, names: Object.freeze(sorted), key: parts.join("*") });
}

/** A dimension from a name or a positive integer; "m*n" is a product. */
export function dim(value: string | number): Dim {
  if (typeof value === "number") return monomial(value, []);
  let coefficient = 1;
  const names: string[] = [];
  for (const part of value.split(/[*·]/)) {
    const text = part.trim();
    if (/^\d+$/.test(text)) coefficient *= Number(text);
    else names.push(text);
  }
  return monomial(coefficient, names);
}

export const ONE = dim(1);
export const SCALAR: Shape = Object.freeze({ rows: ONE, cols: ONE });

export const shape = (rows: Dim, cols: Dim): Shape => Object.freeze({ rows, cols });
export const timesDim = (a: Dim, b: Dim): Dim => monomial(a.coefficient * b.coefficient, [...a.names, ...b.names]);

export const sameDim = (a: Dim, b: Dim): boolean => a.key === b.key;
export const isOne = (d: Dim): boolean => d.key === "1";
export const sameShape = (a: Shape, b: Shape): boolean => sameDim(a.rows, b.rows) && sameDim(a.cols, b.cols);
export const isScalar = (s: Shape): boolean => isOne(s.rows) && isOne(s.cols);
export const isColumn = (s: Shape): boolean => isOne(s.cols) && !isOne(s.rows);
export const isRow = (s: Shape): boolean => isOne(s.rows) && !isOne(s.cols);
export const isSquare = (s: Shape): boolean => sameDim(s.rows, s.cols);
export const isMatrix = (s: Shape): boolean => !isOne(s.rows) && !isOne(s.cols);
export const transposed = (s: Shape): Shape => shape(s.cols, s.rows);

/** The axes that carry an index: those that are not 1 by type. */
export const axes = (s: Shape): Dim[] => [s.rows, s.cols].filter((d) => !isOne(d));

/** "m×n", as people write it; "scalar" for 1×1. */
export const showShape = (s: Shape): string => (isScalar(s) ? "scalar" : `${showDim(s.rows)}×${showDim(s.cols)}`);
export const showDim = (d: Dim): string => d.key.replaceAll("*", "·");
export const shapeKey = (s: Shape): string => `${s.rows.key},${s.cols.key}`;

export type Sizes = Readonly<Record<string, number>>;

/** The number of a dimension under given sizes; a missing size is a programming error of the caller. */
export function sizeOf(d: Dim, sizes: Sizes): number {
  let size = d.coefficient;
  for (const name of d.names) {
    const value = sizes[name];
    if (value === undefined) throw new RangeError(`no size given for the dimension ${name}`);
    size *= value;
  }
  return size;
}
