/** Functions that a TypeScript program brings along, only where it uses them; `needs` are those that they use. */
interface Helper {
  readonly text: string;
  readonly needs?: readonly string[];
}

const TYPES = "type Vector = number[];\ntype Matrix = number[][];";

const HELPERS: Readonly<Record<string, Helper>> = {
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
  factor: {
    text: `/** LU with partial pivoting: the factors in one matrix, the order of the rows, the sign of their permutation. */
function factor(A: Matrix): { lu: Matrix; order: Vector; sign: number } {
  const lu = A.map((row) => [...row]);
  const order = lu.map((_, i) => i);
  let sign = 1;
  for (let k = 0; k < lu.length; k++) {
    let pivot = k;
    for (let i = k + 1; i < lu.length; i++) if (Math.abs(lu[i]![k]!) > Math.abs(lu[pivot]![k]!)) pivot = i;
    if (lu[pivot]![k] === 0) return { lu, order, sign: 0 };
    if (pivot !== k) {
      [lu[k], lu[pivot]] = [lu[pivot]!, lu[k]!];
      [order[k], order[pivot]] = [order[pivot]!, order[k]!];
      sign = -sign;
    }
    for (let i = k + 1; i < lu.length; i++) {
      const ratio = (lu[i]![k]! /= lu[k]![k]!);
      for (let j = k + 1; j < lu.length; j++) lu[i]![j]! -= ratio * lu[k]![j]!;
    }
  }
  return { lu, order, sign };
}`,
  },
  solve: {
    text: `/** The solution of A X = B; B is a vector or a matrix. */
function solve<T extends Vector | Matrix>(A: Matrix, B: T): T {
  const { lu, order, sign } = factor(A);
  if (sign === 0) throw new RangeError("solve: the matrix is singular");
  const column = (b: Vector): Vector => {
    const x: Vector = [];
    for (let i = 0; i < lu.length; i++) {
      x[i] = b[order[i]!]!;
      for (let j = 0; j < i; j++) x[i]! -= lu[i]![j]! * x[j]!;
    }
    for (let i = lu.length - 1; i >= 0; i--) {
      for (let j = i + 1; j < lu.length; j++) x[i]! -= lu[i]![j]! * x[j]!;
      x[i]! /= lu[i]![i]!;
    }
    return x;
  };
  if (typeof B[0] === "number") return column(B as Vector) as T;
  return transpose(transpose(B as Matrix).map(column)) as T;
}`,
    needs: ["factor", "transpose"],
  },
  inv: {
    text: `function inv(A: Matrix): Matrix {
  return solve(A, eye(A.length));
}`,
    needs: ["solve", "eye"],
  },
  det: {
    text: `function det(A: Matrix): number {
  const { lu, sign } = factor(A);
  return sign === 0 ? 0 : lu.reduce((product, row, i) => product * row[i]!, sign);
}`,
    needs: ["factor"],
  },
  logabsdet: {
    text: `/** log|det A|, which cannot overflow. */
function logabsdet(A: Matrix): number {
  const { lu, sign } = factor(A);
  return sign === 0 ? -Infinity : lu.reduce((total, row, i) => total + Math.log(Math.abs(row[i]!)), 0);
}`,
    needs: ["factor"],
  },
  adjugate: {
    text: `/** The transposed matrix of cofactors, also of a singular A. */
function adjugate(A: Matrix): Matrix {
  const minor = (i: number, j: number): Matrix =>
    A.filter((_, k) => k !== i).map((row) => row.filter((_, l) => l !== j));
  return A.map((row, i) => row.map((_, j) => ((i + j) % 2 === 0 ? 1 : -1) * det(minor(j, i))));
}`,
    needs: ["det"],
  },
  matrixPower: {
    text: `function matrixPower(A: Matrix, k: number): Matrix {
  let out = eye(A.length);
  for (let i = 0; i < Math.abs(k); i++) out = matmul(out, A);
  return k < 0 ? inv(out) : out;
}`,
    needs: ["eye", "matmul", "inv"],
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
  sigmoid: {
    text: `/** 1 / (1 + exp(−z)) without overflow. */
function sigmoid(z: number): number {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}`,
  },
  softplus: {
    text: `/** log(1 + exp(z)) without overflow. */
function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}`,
  },
  logsumexp: {
    text: `/** log(Σ exp(z)) without overflow. */
function logsumexp(z: Vector | Matrix): number {
  const entries = z.flat() as Vector;
  const top = Math.max(...entries);
  return top + Math.log(entries.reduce((total, x) => total + Math.exp(x - top), 0));
}`,
  },
  logSoftmax: {
    text: `function logSoftmax(z: Vector): Vector {
  const total = logsumexp(z);
  return z.map((x) => x - total);
}`,
    needs: ["logsumexp"],
  },
  softmax: {
    text: `function softmax(z: Vector): Vector {
  return logSoftmax(z).map(Math.exp);
}`,
    needs: ["logSoftmax"],
  },
  softmaxRows: {
    text: `function softmaxRows(Z: Matrix): Matrix {
  return Z.map(softmax);
}`,
    needs: ["softmax"],
  },
  softmaxColumns: {
    text: `function softmaxColumns(Z: Matrix): Matrix {
  return transpose(transpose(Z).map(softmax));
}`,
    needs: ["softmax", "transpose"],
  },
  logSoftmaxRows: {
    text: `function logSoftmaxRows(Z: Matrix): Matrix {
  return Z.map(logSoftmax);
}`,
    needs: ["logSoftmax"],
  },
  logSoftmaxColumns: {
    text: `function logSoftmaxColumns(Z: Matrix): Matrix {
  return transpose(transpose(Z).map(logSoftmax));
}`,
    needs: ["logSoftmax", "transpose"],
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
