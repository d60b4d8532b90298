/** Elementwise power z .^ k with a scalar exponent; of a scalar, the ordinary power. */

import { cite } from "../core/cite.js";
import { map } from "../core/dense.js";
import type { Expr } from "../core/expr.js";
import { mapGrid, power } from "../core/grid.js";
import { isScalar } from "../core/shape.js";
import { JETS } from "../core/tape.js";
import { entrywise, powers } from "./code/entrywise.js";
import { defineOp } from "./define.js";
import { decimal, type Fragment, LEVEL, latexNumber, type Print, superscript } from "./fragment.js";
import { isNumber, numberOf } from "./leaves.js";

export const pow = defineOp({
  name: "pow",
  arity: 2,
  elementwise: true,
  doc: "Power of every entry; the exponent is a scalar.",
  domain: "bases positive where the exponent is not a whole number, not 0 where it is negative",
  cite: [cite("handwritten", "forward AD table"), cite("notes", "(1)")],
  shape: ([z]) => z!.shape,
  evaluate: ([z, k]) => map(z!, (x) => x ** k!.data[0]!),
  // z^k = e^(k ln z) where the exponent moves.
  scalars: (t, [z, k]) => {
    const exponent = k!.at[0]!;
    if (!t.isActive(exponent)) return mapGrid(z!, (x) => power(t, x, t.hi[exponent]!));
    return mapGrid(z!, (x) => t.apply(t.mul(exponent, t.apply(x, JETS.log)), JETS.exp));
  },
  differential: (b, self, i, dArg) => {
    const [z, k] = self.args as [Expr, Expr];
    if (i === 0) return b.hadamard(b.times(k, b.pow(z, b.add(k, b.number(-1)))), dArg);
    return b.times(dArg, b.hadamard(self, b.op("log", [z])));
  },
  rule: {
    id: "power",
    chip: "power",
    sentence: "The power rule, entry by entry.",
    formula: "d(u^k)=k\\,u^{k-1}\\,du",
    cite: cite("handwritten", "forward AD table"),
  },
  text: (self, print) => text(self, print),
  latex: (self, print) => latex(self, print),
  code: entrywise(powers),
  sample: [
    {
      args: [
        ["n", 1],
        [1, 1],
      ],
      entries: [0.5, 2],
    },
    {
      args: [
        ["m", "n"],
        [1, 1],
      ],
      entries: [0.5, 2],
    },
    {
      args: [
        [1, 1],
        [1, 1],
      ],
      entries: [0.5, 2],
    },
  ],
});

function text(self: Expr, print: Print): Fragment {
  const [z, k] = self.args as [Expr, Expr];
  const scalar = isScalar(self.shape);
  if (isNumber(k, 0.5)) return { out: `sqrt(${print(z, LEVEL.sum)})`, level: LEVEL.atom };
  if (isNumber(k, -1)) return { out: `${scalar ? "1/" : "1 ./"}${print(z, LEVEL.power)}`, level: LEVEL.product };
  const base = print(z, LEVEL.atom);
  const exponent = isNumber(k)
    ? numberOf(k) < 0
      ? `(${decimal(numberOf(k))})`
      : decimal(numberOf(k))
    : print(k, LEVEL.atom);
  return { out: `${base}${scalar ? "^" : ".^"}${exponent}`, level: LEVEL.power };
}

function latex(self: Expr, print: Print): Fragment {
  const [z, k] = self.args as [Expr, Expr];
  if (isNumber(k, 0.5)) return { out: `\\sqrt{${print(z, LEVEL.sum)}}`, level: LEVEL.atom };
  if (isNumber(k, -1) && z.op !== "det") {
    const top = isScalar(self.shape) ? "1" : "\\mathbf 1";
    return { out: `\\frac{${top}}{${print(z, LEVEL.sum)}}`, level: LEVEL.product };
  }
  const exponent = isNumber(k) ? latexNumber(numberOf(k)) : print(k, LEVEL.sum);
  const circle = isScalar(self.shape) ? "" : "\\circ ";
  return { out: superscript(print(z, LEVEL.atom), `${circle}${exponent}`), level: LEVEL.power };
}
