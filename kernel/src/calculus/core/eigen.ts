/**
 * Eigenvalues of a symmetric matrix by Jacobi's rotations: cyclic sweeps until nothing is left beside the diagonal.
 * Source: Golub and Van Loan, Matrix Computations, §8.5. Cost: about ten sweeps of n³.
 */
import type { Dense } from "./dense.js";

const MOST_SWEEPS = 60;

/** From the smallest to the largest. */
export function symmetricEigenvalues({ rows: n, data }: Dense): number[] {
  const a = Float64Array.from(data);
  const at = (i: number, j: number): number => a[i * n + j]!;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let beside = 0;
    let whole = 0;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        whole += at(i, j) ** 2;
        if (i !== j) beside += at(i, j) ** 2;
      }
    if (beside <= (Number.EPSILON * Number.EPSILON * whole) / 16) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, n, p, q);
  }
  return Array.from({ length: n }, (_, i) => at(i, i)).sort((x, y) => x - y);
}

/** The rotation that makes the entry (p, q) 0. */
function rotate(a: Float64Array, n: number, p: number, q: number): void {
  const beside = a[p * n + q]!;
  if (beside === 0) return;
  const tau = (a[q * n + q]! - a[p * n + p]!) / (2 * beside);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.hypot(1, tau));
  const c = 1 / Math.hypot(1, t);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const [x, y] = [a[k * n + p]!, a[k * n + q]!];
    a[k * n + p] = c * x - s * y;
    a[k * n + q] = s * x + c * y;
  }
  for (let k = 0; k < n; k++) {
    const [x, y] = [a[p * n + k]!, a[q * n + k]!];
    a[p * n + k] = c * x - s * y;
    a[q * n + k] = s * x + c * y;
  }
}
