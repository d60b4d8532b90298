/** A + B + …: equal shapes. d(A + B) = dA + dB. */

import { cite } from "../core/cite.js";
import { zip } from "../core/dense.js";
import { type Expr, topological } from "../core/expr.js";
import { zipGrid } from "../core/grid.js";
import { isScalar } from "../core/shape.js";
import { sum as codeOfSum, entrywise } from "./code/entrywise.js";
import { defineOp } from "./define.js";
import { ELEMENTWISE } from "./elementwise/names.js";
import { type Fragment, LEVEL, type Print } from "./fragment.js";
import { isNumber, numberOf } from "./leaves.js";
import { readTimes } from "./scalars.js";
import { same } from "./shapes.js";

export const add = defineOp({
  name: "add",
  arity: "many",
  doc: "Sum of equal shapes.",
  linear: "along",
  cite: [cite("notes", "§1, d is linear, unnumbered"), cite("handwritten", "operator table")],
  shape: (args) => same("sum", args),
  evaluate: (values) => values.reduce((a, b) => zip(a, b, (x, y) => x + y)),
  scalars: (t, args) => args.reduce((a, b) => zipGrid(a, b, (x, y) => t.add(x, y))),
  differential: (_b, _self, _i, dArg) => dArg,
  rule: {
    id: "linear",
    chip: "linear",
    sentence: "The differential of a sum is the sum of the differentials.",
    formula: "d(\\mathbf X+\\mathbf Y)=d\\mathbf X+d\\mathbf Y",
    cite: cite("notes", "§1, d is linear, unnumbered"),
  },
  pullback: { gradient: (_b, _s, _i, G) => G, jacobian: (_b, _s, _i, C) => C },
  entry: (_b, self, row, col) => self.args.map((expr) => ({ coefficient: 1, parts: [{ expr, row, col }], deltas: [] })),
  text: (self, print) => sum(self, print, textOnes(self)),
  latex: (self, print) => sum(self, print, (_e) => undefined),
  code: entrywise(codeOfSum),
  sample: [
    {
      args: [
        ["m", "n"],
        ["m", "n"],
      ],
    },
    {
      args: [
        ["n", 1],
        ["n", 1],
        ["n", 1],
      ],
    },
  ],
});

/** A constant matrix of ones inside a sum of elementwise terms is written as the number. */
function textOnes(self: Expr): (e: Expr) => string | undefined {
  const core = (e: Expr): Expr => (e.op === "times" ? e.args[e.args.length - 1]! : e);
  const elementwise = (e: Expr): boolean => e.op === "hadamard" || ELEMENTWISE.has(e.op);
  const clear = self.args.some((a) => elementwise(core(a)));
  return (e) => {
    if (isScalar(self.shape) || !clear) return undefined;
    return core(e).op === "ones" && e.args.slice(0, -1).every(spreads) ? "1" : undefined;
  };
}

/** Scalars that the grammar spreads over a larger shape: built from numbers, dimensions and scalar symbols only. */
const spreads = (s: Expr): boolean =>
  topological(s).every((e) => isScalar(e.shape) && (PLAIN.has(e.op) || ELEMENTWISE.has(e.op)));
const PLAIN: ReadonlySet<string> = new Set(["symbol", "number", "dimension", "add", "times", "d"]);

function sum(self: Expr, print: Print, one: (e: Expr) => string | undefined): Fragment {
  let out = "";
  self.args.forEach((term, i) => {
    const { negative } = readTimes(term);
    const minus = negative || (isNumber(term) && numberOf(term) < 0);
    const printed = one(term) !== undefined ? scalarOfOnes(term, print, minus) : print(term, LEVEL.sum);
    const body = minus ? printed.replace(/^-/, "") : printed;
    out += i === 0 ? (minus ? `-${body}` : body) : minus ? ` - ${body}` : ` + ${body}`;
  });
  return { out, level: LEVEL.sum };
}

/** s·1 inside a sum, written s. */
function scalarOfOnes(term: Expr, print: Print, minus: boolean): string {
  if (term.op === "ones") return "1";
  const factors = term.args.slice(0, -1);
  const text = factors.map((f) => print(f, LEVEL.product)).join("*");
  return minus ? text.replace(/^-/, "") : text;
}
