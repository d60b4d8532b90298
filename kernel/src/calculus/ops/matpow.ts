/** Integer power A^k of a square matrix; k < 0 needs an invertible A. */

import { cite } from "../core/cite.js";
import { type Dense, identity, inverse, matmul } from "../core/dense.js";
import { NablaError } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import { matrixPower } from "../core/grid.js";
import { power } from "./code/define.js";
import { type Build, defineOp } from "./define.js";
import { call, type Fragment, LEVEL, superscript } from "./fragment.js";
import { square } from "./shapes.js";

/** The derivative of A^k has |k| terms: more cannot be worked with. */
const LARGEST_POWER = 10_000;

export const matpow = defineOp({
  name: "matpow",
  arity: 1,
  doc: "Integer power of a square matrix.",
  domain: "invertible where the exponent is negative",
  cite: [cite("cookbook", "(90), (91)"), cite("notes", "(4)")],
  shape: ([A], attrs) => {
    if (!Number.isInteger(attrs.k))
      throw new NablaError("bad_argument", `A^k: expected a whole number k, got ${String(attrs.k)}`, {
        want: "a whole number",
        got: String(attrs.k),
      });
    if (Math.abs(attrs.k as number) > LARGEST_POWER)
      throw new NablaError("unsupported", `A^k: the exponent is too large, got ${String(attrs.k)}`, {
        want: `k from -${LARGEST_POWER} to ${LARGEST_POWER}`,
        got: String(attrs.k),
      });
    return square("A^k", A!);
  },
  evaluate: ([A], self) => {
    const k = self.attrs.k as number;
    const base = k < 0 ? inverse(A!) : A!;
    if (!base)
      throw new NablaError("bad_argument", "A^k with k < 0: the matrix is singular at this point", {
        want: "an invertible matrix",
      });
    return squared(base, Math.abs(k));
  },
  scalars: (t, [A], self) => matrixPower(t, A!, self.attrs.k as number),
  differential: (b, self, _i, dA) => {
    const A = self.args[0]!;
    const k = self.attrs.k as number;
    const to = (p: number): Expr => powerOf(b, A, p);
    if (k < 0) {
      const inside = Array.from({ length: -k }, (_, r) => b.mul(to(-k - 1 - r), dA, to(r)));
      return b.neg(b.mul(self, b.add(...inside), self));
    }
    return b.add(...Array.from({ length: k }, (_, r) => b.mul(to(r), dA, to(k - 1 - r))));
  },
  rule: {
    id: "matrix-power",
    chip: "power",
    sentence: "The product rule on A·A·…·A: dA takes each place once.",
    formula: "d(\\mathbf A^k)=\\sum_r\\mathbf A^r(d\\mathbf A)\\mathbf A^{k-1-r}",
    cite: cite("notes", "(4)"),
  },
  text: (self, print): Fragment => ({
    out: `${print(self.args[0]!, LEVEL.atom)}^${exponent(self)}`,
    level: LEVEL.power,
  }),
  latex: (self, print): Fragment => ({
    out: superscript(print(self.args[0]!, LEVEL.atom), String(self.attrs.k)),
    level: LEVEL.power,
  }),
  code: {
    python: (w) => call(`${w.np}.linalg.matrix_power`, w.arg(0), String(w.self.attrs.k)),
    julia: (w) => power(`${w.arg(0, LEVEL.atom)}^${exponent(w.self)}`),
    octave: (w) => power(`${w.arg(0, LEVEL.atom)}^${exponent(w.self)}`),
    typescript: (w) => call(w.helper("matrixPower"), w.arg(0), String(w.self.attrs.k)),
  },
  sample: [
    { args: [["n", "n"]], attrs: { k: 2 } },
    { args: [["n", "n"]], attrs: { k: 3 } },
    { args: [["n", "n"]], attrs: { k: -2 }, entries: "spd" },
  ],
});

/** A^k in at most 2 log₂ k products. */
function squared(A: Dense, k: number): Dense {
  if (k < 2) return k === 0 ? identity(A.rows) : A;
  const half = squared(A, Math.floor(k / 2));
  const even = matmul(half, half);
  return k % 2 === 0 ? even : matmul(even, A);
}

const exponent = (self: Expr): string => ((self.attrs.k as number) < 0 ? `(${self.attrs.k})` : String(self.attrs.k));

const powerOf = (b: Build, A: Expr, p: number): Expr => (p === 0 ? b.eye(A.shape.rows) : b.matpow(A, p));
