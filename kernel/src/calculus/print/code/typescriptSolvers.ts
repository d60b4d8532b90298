/** LU with pivots, and what is computed from it: solve, inverse, determinants, the adjugate; powers of a matrix. */
import type { Helpers } from "./typescriptHelper.js";

export const SOLVERS: Helpers = {
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
};
