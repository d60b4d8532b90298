/** Dense float64 matrices, row-major. A scalar is 1×1, a vector n×1. */

export interface Dense {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}

export const dense = (rows: number, cols: number, data?: ArrayLike<number>): Dense => ({
  rows,
  cols,
  data: data ? Float64Array.from(data) : new Float64Array(rows * cols),
});

export const scalarValue = (value: number): Dense => dense(1, 1, [value]);

export function fill(rows: number, cols: number, at: (i: number, j: number) => number): Dense {
  const out = dense(rows, cols);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) out.data[i * cols + j] = at(i, j);
  return out;
}

export const map = (a: Dense, f: (x: number) => number): Dense => ({ rows: a.rows, cols: a.cols, data: a.data.map(f) });

export function zip(a: Dense, b: Dense, f: (x: number, y: number) => number): Dense {
  if (a.rows !== b.rows || a.cols !== b.cols)
    throw new RangeError(`elementwise operands have sizes ${a.rows}×${a.cols} and ${b.rows}×${b.cols}`);
  return { rows: a.rows, cols: a.cols, data: a.data.map((x, i) => f(x, b.data[i]!)) };
}

export function matmul(a: Dense, b: Dense): Dense {
  if (a.cols !== b.rows) throw new RangeError(`matrix product of ${a.rows}×${a.cols} and ${b.rows}×${b.cols}`);
  const out = dense(a.rows, b.cols);
  for (let i = 0; i < a.rows; i++)
    for (let k = 0; k < a.cols; k++) {
      const x = a.data[i * a.cols + k]!;
      if (x === 0) continue;
      for (let j = 0; j < b.cols; j++) out.data[i * b.cols + j]! += x * b.data[k * b.cols + j]!;
    }
  return out;
}

export const transpose = (a: Dense): Dense => fill(a.cols, a.rows, (i, j) => a.data[j * a.cols + i]!);
export const identity = (n: number): Dense => fill(n, n, (i, j) => (i === j ? 1 : 0));
export const sumOf = (a: Dense): number => a.data.reduce((s, x) => s + x, 0);

/** Column-major stacking. */
export const vecOf = (a: Dense): Dense => dense(a.rows * a.cols, 1, transpose(a).data);

export const kronOf = (a: Dense, b: Dense): Dense =>
  fill(
    a.rows * b.rows,
    a.cols * b.cols,
    (i, j) =>
      a.data[Math.floor(i / b.rows) * a.cols + Math.floor(j / b.cols)]! * b.data[(i % b.rows) * b.cols + (j % b.cols)]!,
  );

export interface Lu {
  readonly n: number;
  readonly lu: Float64Array;
  readonly order: readonly number[];
  readonly sign: number;
  readonly logAbsDet: number;
}

/** LU factors with partial pivoting; a singular matrix has `sign` 0 and `logAbsDet` −∞. */
export function luFactor(a: Dense): Lu {
  const n = a.rows;
  const lu = Float64Array.from(a.data);
  const order = Array.from({ length: n }, (_, i) => i);
  let sign = 1;
  let logAbsDet = 0;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(lu[i * n + k]!) > Math.abs(lu[pivot * n + k]!)) pivot = i;
    if (lu[pivot * n + k] === 0) return { n, lu, order, sign: 0, logAbsDet: Number.NEGATIVE_INFINITY };
    if (pivot !== k) {
      for (let j = 0; j < n; j++) [lu[k * n + j], lu[pivot * n + j]] = [lu[pivot * n + j]!, lu[k * n + j]!];
      [order[k], order[pivot]] = [order[pivot]!, order[k]!];
      sign = -sign;
    }
    const diagonal = lu[k * n + k]!;
    if (diagonal < 0) sign = -sign;
    logAbsDet += Math.log(Math.abs(diagonal));
    for (let i = k + 1; i < n; i++) {
      const factor = lu[i * n + k]! / diagonal;
      lu[i * n + k] = factor;
      for (let j = k + 1; j < n; j++) lu[i * n + j]! -= factor * lu[k * n + j]!;
    }
  }
  return { n, lu, order, sign, logAbsDet };
}

export const determinant = (a: Dense): number => {
  const f = luFactor(a);
  if (f.sign === 0) return 0;
  let product = f.sign;
  for (let i = 0; i < f.n; i++) product *= Math.abs(f.lu[i * f.n + i]!);
  return product;
};

/** A⁻¹, or undefined when A is singular to working precision. */
export function inverse(a: Dense): Dense | undefined {
  const { n, lu, order, sign } = luFactor(a);
  if (sign === 0) return undefined;
  const out = dense(n, n);
  for (let c = 0; c < n; c++) {
    const x = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      let s = order[i] === c ? 1 : 0;
      for (let j = 0; j < i; j++) s -= lu[i * n + j]! * x[j]!;
      x[i] = s;
    }
    for (let i = n - 1; i >= 0; i--) {
      let s = x[i]!;
      for (let j = i + 1; j < n; j++) s -= lu[i * n + j]! * x[j]!;
      x[i] = s / lu[i * n + i]!;
    }
    for (let i = 0; i < n; i++) out.data[i * n + c] = x[i]!;
  }
  return out.data.every(Number.isFinite) ? out : undefined;
}

/** Above this size cofactors one by one cost too much, and |A| A⁻¹ is taken where A is invertible. */
const COFACTORS = 8;

/** The matrix of cofactors, transposed: adj(A) A = det(A) I also for singular A. */
export function adjugate(a: Dense): Dense {
  const n = a.rows;
  const inverted = n > COFACTORS ? inverse(a) : undefined;
  if (inverted) {
    const d = determinant(a);
    return map(inverted, (x) => d * x);
  }
  const minor = (row: number, col: number): Dense =>
    fill(n - 1, n - 1, (i, j) => a.data[(i < row ? i : i + 1) * n + (j < col ? j : j + 1)]!);
  if (n === 1) return scalarValue(1);
  return fill(n, n, (i, j) => ((i + j) % 2 ? -1 : 1) * determinant(minor(j, i)));
}

/** The largest magnitude among the entries; 0 where there are none. */
export const largestEntry = ({ data }: Pick<Dense, "data">): number =>
  data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/**
 * Where the entries of ∂vec(F)/∂vec(X)', column-major in both, stand in a row-major tensor of F's axes, then the last
 * `inner` of X.
 */
export function unfoldedPlaces(shape: readonly number[], inner: number): (k: number) => number {
  const order = (s: readonly number[]): ArrayLike<number> => {
    const places = Float64Array.from({ length: s.reduce((p, n) => p * n, 1) }, (_, i) => i);
    return s.length < 2 ? places : vecOf({ rows: s[0]!, cols: s[1]!, data: places }).data;
  };
  const [rows, cols] = [order(shape.slice(0, shape.length - inner)), order(shape.slice(shape.length - inner))];
  return (k) => rows[Math.floor(k / cols.length)]! * cols.length + cols[k % cols.length]!;
}

/** Largest |aᵢ − bᵢ| divided by the largest magnitude seen, or by `floor` where that is larger. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>, floor = 1e-12): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let scale = floor;
  let worst = 0;
  for (let i = 0; i < a.length; i++) {
    scale = Math.max(scale, Math.abs(a[i]!), Math.abs(b[i]!));
    const gap = Math.abs(a[i]! - b[i]!);
    if (!(gap <= worst)) worst = gap;
  }
  return Number.isNaN(worst) ? Number.POSITIVE_INFINITY : worst / scale;
}
