/** Commutation matrix K(m,n), mn×mn: K vec(X) = vec(X') for an m×n X. */

import { cite } from "../core/cite.js";
import { type Dense, dense } from "../core/dense.js";
import type { Attrs, Expr } from "../core/expr.js";
import { constantGrid } from "../core/grid.js";
import { dim, type Shape, shape, sizeOf, timesDim } from "../core/shape.js";
import type { Writer } from "./code/define.js";
import { defineOp, type Environment } from "./define.js";
import { elementwiseRule } from "./elementwise/define.js";
import { atom, call } from "./fragment.js";

const dims = (attrs: Attrs) => [dim(attrs.m as string), dim(attrs.n as string)] as const;

function evaluate(self: Expr, env: Environment): Dense {
  const [m, n] = dims(self.attrs).map((d) => sizeOf(d, env.sizes)) as [number, number];
  const out = dense(m * n, m * n);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out.data[(i * n + j) * m * n + (j * m + i)] = 1;
  return out;
}

export const commutation = defineOp({
  name: "commutation",
  arity: 0,
  doc: "The permutation matrix with K vec(X) = vec(X').",
  cite: [cite("cookbook", "§10.2")],
  shape: (_args, attrs): Shape => {
    const [m, n] = dims(attrs);
    return shape(timesDim(m, n), timesDim(m, n));
  },
  evaluate: (_values, self, env) => evaluate(self, env),
  scalars: (t, _args, self, env) => constantGrid(t, evaluate(self, env)),
  differential: (b, self) => b.zeros(self.shape),
  rule: elementwiseRule,
  text: (self) => call("commutation", String(self.attrs.m), String(self.attrs.n)),
  latex: (self) => ({ out: `\\mathbf K_{${self.attrs.m},${self.attrs.n}}`, level: 4 }),
  code: {
    // Row i n + j of K is row j m + i of the identity.
    python: (w) => {
      const [m, n] = sizesOf(w);
      const mn = w.size(w.self.shape.rows);
      return atom(`${w.constant("eye", [mn])}.reshape(${n}, ${m}, ${mn}).swapaxes(0, 1).reshape(${mn}, ${mn})`);
    },
    julia: (w) => call(w.helper("commutation"), ...sizesOf(w)),
    octave: (w) => call(w.helper("commutation"), ...sizesOf(w)),
    typescript: (w) => call(w.helper("commutation"), ...sizesOf(w)),
  },
  sample: [],
});

const sizesOf = (w: Writer): string[] => dims(w.self.attrs).map((d) => w.size(d));
