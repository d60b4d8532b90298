/** Commutation matrix K(m,n), mn×mn: K vec(X) = vec(X') for an m×n X. */
import { cite } from "../core/cite.js";
import { type Dense, dense } from "../core/dense.js";
import type { Attrs } from "../core/expr.js";
import { dim, type Shape, shape, sizeOf, timesDim } from "../core/shape.js";
import { defineOp } from "./define.js";
import { elementwiseRule } from "./elementwise/define.js";
import { call } from "./fragment.js";

const dims = (attrs: Attrs) => [dim(attrs.m as string), dim(attrs.n as string)] as const;

export const commutation = defineOp({
  name: "commutation",
  arity: 0,
  doc: "The permutation matrix with K vec(X) = vec(X').",
  cite: [cite("cookbook", "§10.2")],
  shape: (_args, attrs): Shape => {
    const [m, n] = dims(attrs);
    return shape(timesDim(m, n), timesDim(m, n));
  },
  evaluate: (_values, self, env): Dense => {
    const [m, n] = dims(self.attrs).map((d) => sizeOf(d, env.sizes)) as [number, number];
    const out = dense(m * n, m * n);
    for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out.data[(i * n + j) * m * n + (j * m + i)] = 1;
    return out;
  },
  differential: (b, self) => b.zeros(self.shape),
  rule: elementwiseRule,
  text: (self) => call("commutation", String(self.attrs.m), String(self.attrs.n)),
  latex: (self) => ({ out: `\\mathbf K_{${self.attrs.m},${self.attrs.n}}`, level: 4 }),
  sample: [],
});
