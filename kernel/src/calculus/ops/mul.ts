/** Matrix product A B …: columns of the left = rows of the right; never commuted. d(XY) = (dX)Y + X dY. */

import { cite } from "../core/cite.js";
import { matmul } from "../core/dense.js";
import type { Expr } from "../core/expr.js";
import { product as productOf } from "../core/grid.js";
import type { Index } from "../core/indexForm.js";
import { isColumn, isOne, isRow, isScalar } from "../core/shape.js";
import { all, call, type Fragment, product as infixProduct, type Writer } from "./code/define.js";
import { defineOp, type EntryProduct } from "./define.js";
import { LEVEL, type Print } from "./fragment.js";
import { product } from "./shapes.js";

export const mul = defineOp({
  name: "mul",
  arity: "many",
  doc: "Matrix product, in the order written.",
  linear: "along",
  cite: [cite("notes", "(4)"), cite("carson", "§0.1")],
  shape: (args) => product(args),
  evaluate: (values) => values.reduce(matmul),
  // From the right where the last factor is the narrower end: entries, not matrices, are multiplied.
  scalars: (t, args) =>
    args[args.length - 1]!.cols < args[0]!.rows
      ? args.reduceRight((b, a) => productOf(t, a, b))
      : args.reduce((a, b) => productOf(t, a, b)),
  differential: (b, self, i, dArg) => b.mul(...self.args.slice(0, i), dArg, ...self.args.slice(i + 1)),
  rule: {
    id: "product",
    chip: "product",
    sentence: "The product rule: differentiate one factor at a time and keep the order.",
    formula: "d(\\mathbf X\\mathbf Y)=(d\\mathbf X)\\mathbf Y+\\mathbf X(d\\mathbf Y)",
    cite: cite("notes", "(4)"),
  },
  pullback: {
    gradient: (b, self, i, G) => {
      const left = self.args.slice(0, i).reverse().map(b.transpose);
      const right = self.args
        .slice(i + 1)
        .reverse()
        .map(b.transpose);
      return b.mul(...left, G, ...right);
    },
    // Only the last factor of a column may vary: (A v) pulls back by A'; a row times v pulls back as v' times the row.
    jacobian: (b, self, i, C) => {
      const left = self.args.slice(0, i).reverse().map(b.transpose);
      const right = self.args.slice(i + 1);
      if (right.length === 0) return b.mul(...left, C);
      const row = left.length === 0 && self.args[0]!.shape.rows.key === "1";
      return row ? b.mul(b.mul(...right), C) : undefined;
    },
  },
  entry: (_b, self, row, col, fresh): readonly EntryProduct[] => {
    const parts: { expr: Expr; row: Index | undefined; col: Index | undefined }[] = [];
    let left = row;
    self.args.forEach((expr, k) => {
      const right = k === self.args.length - 1 ? col : fresh(expr.shape.cols);
      parts.push({ expr, row: left, col: right });
      left = right;
    });
    return [{ coefficient: 1, parts, deltas: [] }];
  },
  text: (self, print) => ({ out: self.args.map((a) => factor(a, print)).join("*"), level: LEVEL.product }),
  latex: (self, print) => ({
    out: self.args.reduce((line, a, i) => {
      const printed = latexFactor(self, a, i, print);
      return i === 0 ? printed : `${line}${a.op === "d" && !printed.startsWith("(") ? "\\," : " "}${printed}`;
    }, ""),
    level: LEVEL.product,
  }),
  code: {
    python: (w) => (isOuter(w.self) ? call(`${w.np}.outer`, ...all(w)) : infix(w, " @ ")),
    julia: (w) => {
      const [A, B] = w.self.args as [Expr, Expr];
      if (isScalar(w.self.shape)) return call("dot", ...all(w));
      if (isOuter(w.self)) return infixProduct(`${w.arg(0, LEVEL.power)} * ${w.arg(1, LEVEL.atom)}'`);
      // A row has one axis: x'A is A'x.
      if (isRow(w.self.shape)) return infixProduct(`${w.print(B, LEVEL.atom)}' * ${w.print(A, LEVEL.power)}`);
      return infix(w, " * ");
    },
    octave: (w) => infix(w, " * "),
    typescript: (w) => {
      const [A, B] = w.self.args as [Expr, Expr];
      if (isScalar(w.self.shape)) return call(w.helper("dot"), ...all(w));
      if (isOuter(w.self)) return call(w.helper("outer"), ...all(w));
      if (isRow(w.self.shape)) return call(w.helper("vecmat"), ...all(w));
      if (!isColumn(w.self.shape)) return call(w.helper("matmul"), ...all(w));
      return A.op === "transpose"
        ? call(w.helper("vecmat"), w.print(B), w.print(A.args[0]!))
        : call(w.helper("matvec"), ...all(w));
    },
  },
  sample: [
    {
      args: [
        ["m", "n"],
        ["n", "p"],
      ],
    },
    {
      args: [
        ["m", "n"],
        ["n", 1],
      ],
    },
    {
      args: [
        ["p", "m"],
        ["m", "n"],
        ["n", "q"],
      ],
    },
    {
      args: [
        [1, "n"],
        ["n", "m"],
      ],
    },
    {
      args: [
        ["n", 1],
        [1, "m"],
      ],
    },
  ],
});

const factor = (e: Expr, print: Print): string => print(e, LEVEL.power);

/** d of a symbol is fenced unless it ends the product, as the notes print it: X(dY) but (dX)Y. */
function latexFactor(self: Expr, e: Expr, i: number, print: Print): string {
  const last = i === self.args.length - 1;
  if (e.op === "d" && !last && e.args[0]!.op === "symbol") return `(${print(e, LEVEL.sum)})`;
  if (e.op === "hadamard") return `\\left[${print(e, LEVEL.sum)}\\right]`;
  return print(e, LEVEL.power);
}

/** Programs multiply two at a time; the order is chosen before they are written. */
const infix = (w: Writer, sign: string): Fragment =>
  infixProduct(w.self.args.map((a) => w.print(a, LEVEL.power)).join(sign));
const isOuter = (e: Expr): boolean => isOne(e.args[0]!.shape.cols) && !isScalar(e.shape);
