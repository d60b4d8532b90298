/** Functions that a TypeScript program brings along, only where it uses them. */
import type { Helpers } from "./typescriptHelper.js";
import { PROBABILITIES } from "./typescriptProbabilities.js";
import { SOLVERS } from "./typescriptSolvers.js";

const TYPES = "type Vector = number[];\ntype Matrix = number[][];";

const HELPERS: Helpers = {
  ...SOLVERS,
  ...PROBABILITIES,
  each: {
    text: `/** A function of numbers, applied entry by entry to arrays of one shape. */
function each<T extends Vector | Matrix>(f: (...entries: number[]) => number, ...arrays: T[]): T {
  return (arrays[0] as unknown[]).map((first, i) =>
    typeof first === "number"
      ? f(...(arrays as Vector[]).map((a) => a[i]!))
      : each(f, ...(arrays as Matrix[]).map((a) => a[i]!)),
  ) as T;
}`,
  },
  dot: {
    text: `function dot(u: Vector, v: Vector): number {
  return u.reduce((total, x, i) => total + x * v[i]!, 0);
}`,
  },
  matvec: {
    text: `function matvec(A: Matrix, v: Vector): Vector {
  return A.map((row) => dot(row, v));
}`,
    needs: ["dot"],
  },
  vecmat: {
    text: `/** v'A. */
function vecmat(v: Vector, A: Matrix): Vector {
  const out = new Array<number>(A[0]!.length).fill(0);
  A.forEach((row, i) => row.forEach((x, j) => (out[j]! += v[i]! * x)));
  return out;
}`,
  },
  matmul: {
    text: `function matmul(A: Matrix, B: Matrix): Matrix {
  return A.map((row) => vecmat(row, B));
}`,
    needs: ["vecmat"],
  },
  outer: {
    text: `function outer(u: Vector, v: Vector): Matrix {
  return u.map((x) => v.map((y) => x * y));
}`,
  },
  transpose: {
    text: `function transpose(A: Matrix): Matrix {
  return A[0]!.map((_, j) => A.map((row) => row[j]!));
}`,
  },
  sum: {
    text: `function sum(a: Vector | Matrix): number {
  return (a.flat() as Vector).reduce((total, x) => total + x, 0);
}`,
  },
  sumRows: {
    text: `/** The sum of the rows. */
function sumRows(A: Matrix): Vector {
  return A[0]!.map((_, j) => A.reduce((total, row) => total + row[j]!, 0));
}`,
  },
  sumColumns: {
    text: `/** The sum of every row. */
function sumColumns(A: Matrix): Vector {
  return A.map((row) => row.reduce((total, x) => total + x, 0));
}`,
  },
  trace: {
    text: `function trace(A: Matrix): number {
  return A.reduce((total, row, i) => total + row[i]!, 0);
}`,
  },
  norm: {
    text: `function norm(a: Vector | Matrix): number {
  return Math.hypot(...(a.flat() as Vector));
}`,
  },
  diag: {
    text: `/** The diagonal matrix of a vector. */
function diag(v: Vector): Matrix {
  return v.map((x, i) => v.map((_, j) => (i === j ? x : 0)));
}`,
  },
  diagonal: {
    text: `/** The diagonal of a matrix. */
function diagonal(A: Matrix): Vector {
  return A.map((row, i) => row[i]!);
}`,
  },
  kron: {
    text: `function kron(A: Matrix, B: Matrix): Matrix {
  return A.flatMap((row) => B.map((other) => row.flatMap((x) => other.map((y) => x * y))));
}`,
  },
  kronVectors: {
    text: `function kronVectors(u: Vector, v: Vector): Vector {
  return u.flatMap((x) => v.map((y) => x * y));
}`,
  },
  vec: {
    text: `/** The columns below one another. */
function vec(A: Matrix): Vector {
  return A[0]!.flatMap((_, j) => A.map((row) => row[j]!));
}`,
  },
  eye: {
    text: `function eye(n: number): Matrix {
  return Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => Number(i === j)));
}`,
  },
  filledVector: {
    text: `function filledVector(value: number, n: number): Vector {
  return new Array<number>(n).fill(value);
}`,
  },
  filledMatrix: {
    text: `function filledMatrix(value: number, m: number, n: number): Matrix {
  return Array.from({ length: m }, () => new Array<number>(n).fill(value));
}`,
  },
  scaleRows: {
    text: `/** diag(v) A. */
function scaleRows(v: Vector, A: Matrix): Matrix {
  return A.map((row, i) => row.map((x) => v[i]! * x));
}`,
  },
  scaleColumns: {
    text: `/** A diag(v). */
function scaleColumns(A: Matrix, v: Vector): Matrix {
  return A.map((row) => row.map((x, j) => x * v[j]!));
}`,
  },
  commutation: {
    text: `/** The permutation with K vec(X) = vec(X') for an m×n X. */
function commutation(m: number, n: number): Matrix {
  const K = Array.from({ length: m * n }, () => new Array<number>(m * n).fill(0));
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) K[i * n + j]![j * m + i] = 1;
  return K;
}`,
  },
  tensor: {
    text: `/** Nested arrays of the given sizes, entry by entry. */
function tensor(sizes: number[], entry: (...indices: number[]) => number): any {
  const [size, ...rest] = sizes;
  if (size === undefined) return entry();
  return Array.from({ length: size }, (_, i) => tensor(rest, (...indices) => entry(i, ...indices)));
}`,
  },
  sumOver: {
    text: `function sumOver(size: number, term: (index: number) => number): number {
  let total = 0;
  for (let i = 0; i < size; i++) total += term(i);
  return total;
}`,
  },
};

export function typescriptHelpers(names: readonly string[]): string[] {
  const found = new Set<string>();
  const take = (name: string): void => {
    HELPERS[name]!.needs?.forEach(take);
    found.add(name);
  };
  names.forEach(take);
  return [TYPES, ...[...found].map((name) => HELPERS[name]!.text)];
}
