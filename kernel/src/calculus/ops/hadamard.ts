/** Elementwise product A ∘ B: equal shapes, commutative. d(X ∘ Y) = dX ∘ Y + X ∘ dY. */

import { cite } from "../core/cite.js";
import { zip } from "../core/dense.js";
import { type Expr, node } from "../core/expr.js";
import { zipGrid } from "../core/grid.js";
import { isColumn, isMatrix, isSquare } from "../core/shape.js";
import { entrywise, products } from "./code/entrywise.js";
import { defineOp } from "./define.js";
import { type Fragment, LEVEL, type Print } from "./fragment.js";
import { isNumber, number, numberOf } from "./leaves.js";
import { same } from "./shapes.js";

const others = (self: Expr, i: number): Expr[] => self.args.filter((_, j) => j !== i);

export const hadamard = defineOp({
  name: "hadamard",
  arity: "many",
  doc: "Elementwise product of equal shapes; u ./ v is u ∘ v^(−1) entry by entry.",
  linear: "along",
  cite: [cite("notes", "(6)"), cite("handwritten", "operator table")],
  shape: (args) => same("elementwise product", args),
  evaluate: (values) => values.reduce((a, b) => zip(a, b, (x, y) => x * y)),
  scalars: (t, args) => args.reduce((a, b) => zipGrid(a, b, (x, y) => t.mul(x, y))),
  differential: (b, self, i, dArg) => b.hadamard(...self.args.slice(0, i), dArg, ...self.args.slice(i + 1)),
  rule: {
    id: "hadamard-product",
    chip: "product",
    sentence: "The product rule holds for the elementwise product.",
    formula: "d(\\mathbf X\\circ\\mathbf Y)=d\\mathbf X\\circ\\mathbf Y+\\mathbf X\\circ d\\mathbf Y",
    cite: cite("notes", "(6)"),
  },
  pullback: {
    gradient: (b, self, i, G) => b.hadamard(G, ...others(self, i)),
    jacobian: (b, self, i, C) => {
      const u = b.hadamard(...others(self, i));
      if (isColumn(self.shape)) return b.mul(b.op("diag", [u]), C);
      return b.mul(b.op("diag", [b.transpose(u)]), C);
    },
  },
  entry: (_b, self, row, col) => [{ coefficient: 1, parts: self.args.map((expr) => ({ expr, row, col })), deltas: [] }],
  text,
  latex,
  code: entrywise(products),
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

/** Negative powers are written as a division: over ./ under. */
function split(self: Expr): { over: Expr[]; under: Expr[] } {
  const below = (e: Expr): boolean => e.op === "pow" && isNumber(e.args[1]!) && numberOf(e.args[1]!) < 0;
  const positive = (e: Expr): Expr =>
    numberOf(e.args[1]!) === -1 ? e.args[0]! : node("pow", [e.args[0]!, number(-numberOf(e.args[1]!))], e.shape);
  return { over: self.args.filter((a) => !below(a)), under: self.args.filter(below).map(positive) };
}

function text(self: Expr, print: Print): Fragment {
  const { over, under } = split(self);
  const head = over.length > 0 ? over.map((a) => print(a, LEVEL.power)).join(".*") : "1 ";
  return { out: [head, ...under.map((a) => print(a, LEVEL.power))].join("./"), level: LEVEL.product };
}

function latex(self: Expr, print: Print): Fragment {
  const { over, under } = split(self);
  const join = (list: readonly Expr[]): string => list.map((a) => print(a, LEVEL.power)).join("\\circ ");
  if (under.length === 0) return { out: join(over), level: LEVEL.product };
  // A fraction of square matrices could be a product with an inverse.
  if (over.length > 0 && isMatrix(self.shape) && isSquare(self.shape))
    return { out: [join(over), ...under.map((e) => print(e, LEVEL.power))].join("\\oslash "), level: LEVEL.product };
  const differential = over.filter((e) => e.op === "d");
  const rest = over.filter((e) => e.op !== "d");
  const top = rest.length === 0 ? "\\mathbf 1" : rest.length === 1 ? print(rest[0]!, LEVEL.sum) : join(rest);
  const bottom = under.length === 1 ? print(under[0]!, LEVEL.sum) : join(under);
  return {
    out: [`\\frac{${top}}{${bottom}}`, ...differential.map((e) => print(e, LEVEL.power))].join("\\circ "),
    level: LEVEL.product,
  };
}
