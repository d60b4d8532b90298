/**
 * A tape of scalars: every node keeps its value, its first and second partial derivatives by the one or two nodes it
 * is made from, and a bound of its rounding error. A value is an unevaluated sum hi + lo, so that 1 − tanh² keeps its
 * digits where tanh is almost 1. `verify/sweep.ts` runs directions and adjoints along it.
 * Sources: Griewank and Walther, Evaluating Derivatives, §3.2 and §5.1; Higham, Accuracy and Stability, §3.3 (running
 * error analysis); Dekker, "A floating-point technique for extending the available precision", 1971.
 */

/** A function of one number at a point: its value and three derivatives. */
export interface Jet {
  readonly value: number;
  /** What the value lacks, where that is known to all its digits. */
  readonly tail?: number;
  readonly first: number;
  readonly second: number;
  readonly third: number;
}

const EPS = Number.EPSILON;
/** Partial derivatives below this have lost digits to underflow. */
export const UNDERFLOW = 1e-300;
const SPLITTER = 134217729; // 2^27 + 1
/** Larger factors would overflow while they are split. */
const SPLITTABLE = 1e150;

/** a·b − fl(a·b), exactly. */
function productError(a: number, b: number, p: number): number {
  if (!(Math.abs(a) < SPLITTABLE && Math.abs(b) < SPLITTABLE)) return 0;
  const [ca, cb] = [SPLITTER * a, SPLITTER * b];
  const ah = ca - (ca - a);
  const bh = cb - (cb - b);
  const [al, bl] = [a - ah, b - bh];
  return al * bl - (p - ah * bh - al * bh - ah * bl);
}

/** How far a partial derivative may be off: its own rounding, and what comes from the value it was taken at. */
const slack = (partial: number, inherited: number): number =>
  4 * EPS * Math.abs(partial) + inherited + (partial !== 0 && Math.abs(partial) < UNDERFLOW ? UNDERFLOW : 0);

/** Nodes before the arrays grow. */
const FIRST = 128;

export class Tape {
  count = 0;
  hi = new Float64Array(FIRST);
  lo = new Float64Array(FIRST);
  error = new Float64Array(FIRST);
  /** Operands; −1 where there is none. */
  left = new Int32Array(FIRST);
  right = new Int32Array(FIRST);
  byLeft = new Float64Array(FIRST);
  byRight = new Float64Array(FIRST);
  /** Bounds of the rounding of the two partial derivatives. */
  looseLeft = new Float64Array(FIRST);
  looseRight = new Float64Array(FIRST);
  /** Second derivative of a function of one operand, mixed second derivative of a product; the third of a function. */
  second = new Float64Array(FIRST);
  third = new Float64Array(FIRST);
  private active = new Uint8Array(FIRST);
  private readonly constants = new Map<number, number>();

  constant(value: number): number {
    let id = this.constants.get(value);
    if (id === undefined) {
      id = this.push(value, 0, 0);
      this.constants.set(value, id);
    }
    return id;
  }

  /** A number that may stand for one with more digits, such as 1/3. */
  rounded(value: number): number {
    const exact = Number.isInteger(value * 1024);
    return exact ? this.constant(value) : this.push(value, 0, EPS * Math.abs(value));
  }

  /** A number whose declared facts hold only to within `error`. */
  inexact(value: number, error: number): number {
    return this.push(value, 0, error);
  }

  /** A variable: what depends on it is differentiated. */
  input(value: number): number {
    const id = this.push(value, 0, 0);
    this.active[id] = 1;
    return id;
  }

  add(a: number, b: number): number {
    return this.sum(a, b, 1);
  }

  sub(a: number, b: number): number {
    return this.sum(a, b, -1);
  }

  mul(a: number, b: number): number {
    const { hi, lo, error } = this;
    if (this.isConstant(a, 0) || this.isConstant(b, 1)) return a;
    if (this.isConstant(b, 0) || this.isConstant(a, 1)) return b;
    const [x, y] = [hi[a]!, hi[b]!];
    const p = x * y;
    const [u, v] = [x * lo[b]!, y * lo[a]!];
    const e = productError(x, y, p);
    const bound =
      Math.abs(x) * error[b]! +
      Math.abs(y) * error[a]! +
      error[a]! * error[b]! +
      2 * EPS * (Math.abs(e) + Math.abs(u) + Math.abs(v)) +
      Math.abs(lo[a]! * lo[b]!);
    const id = this.push(
      p,
      e + u + v,
      Math.abs(x) < SPLITTABLE && Math.abs(y) < SPLITTABLE ? bound : bound + EPS * Math.abs(p),
    );
    this.link(id, a, y, b, x, slack(y, error[b]!), slack(x, error[a]!));
    this.second[id] = this.active[a]! && this.active[b]! ? 1 : 0;
    return id;
  }

  /** φ(a), by the jet of φ at the value of a. */
  apply(a: number, jet: (x: number) => Jet): number {
    const { hi, lo, error } = this;
    const j = jet(hi[a]!);
    const near = Math.abs(lo[a]!) + error[a]!;
    const [moved, turned] = lo[a] === 0 ? [0, 0] : [j.first * lo[a]!, j.second * lo[a]!];
    const own = j.tail === undefined ? 2 * EPS * Math.abs(j.value) : 4 * EPS * Math.abs(j.tail);
    const inherited = near === 0 ? 0 : Math.abs(j.first) * error[a]! + Math.abs(j.second) * near * near;
    const bound = own + inherited + 4 * EPS * Math.abs(moved);
    const id = this.push(j.value, (j.tail ?? 0) + moved, bound);
    const first = j.first + turned;
    this.link(id, a, first, -1, 0, slack(first, error[a] === 0 ? 0 : Math.abs(j.second) * error[a]!), 0);
    if (this.active[id]) {
      this.second[id] = j.second;
      this.third[id] = j.third;
    }
    return id;
  }

  /** Σ over the nodes; no node is 0. */
  total(nodes: Iterable<number>): number {
    let out = this.constant(0);
    for (const id of nodes) out = this.add(out, id);
    return out;
  }

  isActive(id: number): boolean {
    return this.active[id] === 1;
  }

  /** Exactly this number, at every point. */
  private isConstant(id: number, value: number): boolean {
    return this.hi[id] === value && this.lo[id] === 0 && this.active[id] === 0 && this.error[id] === 0;
  }

  private sum(a: number, b: number, sign: 1 | -1): number {
    const { hi, lo, error } = this;
    if (this.isConstant(b, 0)) return a;
    if (sign === 1 && this.isConstant(a, 0)) return b;
    const [x, y] = [hi[a]!, sign * hi[b]!];
    const s = x + y;
    const part = s - x;
    const e = x - (s - part) + (y - part);
    const tail = e + lo[a]! + sign * lo[b]!;
    const bound = error[a]! + error[b]! + 2 * EPS * (Math.abs(e) + Math.abs(lo[a]!) + Math.abs(lo[b]!));
    const id = this.push(s, tail, bound);
    this.link(id, a, 1, b, sign, 0, 0);
    return id;
  }

  /** A node with its operands, of which only those that depend on a variable are kept. */
  private link(id: number, a: number, byA: number, b: number, byB: number, looseA: number, looseB: number): void {
    const [useA, useB] = [this.active[a] === 1, b >= 0 && this.active[b] === 1];
    if (!useA && !useB) return;
    this.active[id] = 1;
    this.left[id] = useA ? a : b;
    this.byLeft[id] = useA ? byA : byB;
    this.looseLeft[id] = useA ? looseA : looseB;
    if (useA && useB) {
      this.right[id] = b;
      this.byRight[id] = byB;
      this.looseRight[id] = looseB;
    }
  }

  private push(value: number, tail: number, error: number): number {
    if (this.count === this.hi.length) this.grow();
    const id = this.count++;
    const hi = value + tail;
    this.hi[id] = hi;
    this.lo[id] = Number.isFinite(hi) ? tail - (hi - value) : 0;
    this.error[id] = Number.isNaN(error) || !Number.isFinite(hi) ? Number.POSITIVE_INFINITY : error;
    this.left[id] = -1;
    this.right[id] = -1;
    return id;
  }

  private grow(): void {
    const size = 2 * this.hi.length;
    const wider = (old: Float64Array): Float64Array<ArrayBuffer> => {
      const made = new Float64Array(size);
      made.set(old);
      return made;
    };
    const ints = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const made = new Int32Array(size);
      made.set(old);
      return made;
    };
    this.hi = wider(this.hi);
    this.lo = wider(this.lo);
    this.error = wider(this.error);
    this.byLeft = wider(this.byLeft);
    this.byRight = wider(this.byRight);
    this.looseLeft = wider(this.looseLeft);
    this.looseRight = wider(this.looseRight);
    this.second = wider(this.second);
    this.third = wider(this.third);
    this.left = ints(this.left);
    this.right = ints(this.right);
    const active = new Uint8Array(size);
    active.set(this.active);
    this.active = active;
  }
}

const jet = (value: number, first: number, second: number, third: number, tail?: number): Jet =>
  tail === undefined ? { value, first, second, third } : { value, tail, first, second, third };

/** A number that is certainly > 0 stays so where it leaves the range: a flat function has slope 0, this one has not. */
export const positive = (x: number): number => Math.max(x, Number.MIN_VALUE);

/** Functions of one number that several operators need. */
export const JETS = {
  exp: (x: number): Jet => {
    const e = positive(Math.exp(x));
    return jet(e, e, e, e);
  },
  log: (x: number): Jet => jet(x > 0 ? Math.log(x) : Number.NaN, 1 / x, -1 / x ** 2, 2 / x ** 3),
  logAbs: (x: number): Jet => jet(Math.log(Math.abs(x)), 1 / x, -1 / x ** 2, 2 / x ** 3),
  sin: (x: number): Jet => jet(Math.sin(x), Math.cos(x), -Math.sin(x), -Math.cos(x)),
  cos: (x: number): Jet => jet(Math.cos(x), -Math.sin(x), -Math.cos(x), Math.sin(x)),
  reciprocal: (x: number): Jet => {
    const r = 1 / x;
    const p = x * r;
    return jet(r, -r * r, 2 * r ** 3, -6 * r ** 4, r * (1 - p - productError(x, r, p)));
  },
  sqrt: (x: number): Jet => {
    const s = Math.sqrt(x);
    const p = s * s;
    return jet(s, 0.5 / s, -0.25 / (x * s), 0.375 / (x * x * s), (x - p - productError(s, s, p)) / (2 * s));
  },
} as const;

/** x^k for a fixed k. */
export const powerJet =
  (k: number) =>
  (x: number): Jet =>
    jet(x ** k, k * x ** (k - 1), k * (k - 1) * x ** (k - 2), k * (k - 1) * (k - 2) * x ** (k - 3));
