/** Kronecker product: block (i, j) is A_ij B. d(X ⊗ Y) = dX ⊗ Y + X ⊗ dY. */

import { cite } from "../core/cite.js";
import { kronOf } from "../core/dense.js";
import type { Expr } from "../core/expr.js";
import { entryOf, grid } from "../core/grid.js";
import type { Index } from "../core/indexForm.js";
import { type Dim, isMatrix, isOne, isRow, ONE, shape, timesDim } from "../core/shape.js";
import { all, type Writer } from "./code/define.js";
import { type Build, defineOp, type EntryProduct } from "./define.js";
import { call, LEVEL } from "./fragment.js";

type Part = EntryProduct["parts"][number];

export const kron = defineOp({
  name: "kron",
  arity: 2,
  doc: "Kronecker product of two matrices.",
  linear: "along",
  cite: [cite("notes", "(5)"), cite("cookbook", "§10.2")],
  shape: ([A, B]) => shape(timesDim(A!.shape.rows, B!.shape.rows), timesDim(A!.shape.cols, B!.shape.cols)),
  evaluate: ([A, B]) => kronOf(A!, B!),
  scalars: (t, [A, B]) => {
    const [p, q] = [B!.rows, B!.cols];
    return grid(A!.rows * p, A!.cols * q, (i, j) =>
      t.mul(entryOf(A!, Math.floor(i / p), Math.floor(j / q)), entryOf(B!, i % p, j % q)),
    );
  },
  differential: (b, self, i, dArg) =>
    i === 0 ? b.op("kron", [dArg, self.args[1]!]) : b.op("kron", [self.args[0]!, dArg]),
  rule: {
    id: "kronecker-product",
    chip: "product",
    sentence: "The product rule holds for the Kronecker product.",
    formula: "d(\\mathbf X\\otimes\\mathbf Y)=d\\mathbf X\\otimes\\mathbf Y+\\mathbf X\\otimes d\\mathbf Y",
    cite: cite("notes", "(5)"),
  },
  entry: (b, self, row, col, fresh) => {
    const [A, B] = self.args as [Expr, Expr];
    const rows = splitIndex(b, row, A.shape.rows, B.shape.rows, fresh);
    const cols = splitIndex(b, col, A.shape.cols, B.shape.cols, fresh);
    return [
      {
        coefficient: 1,
        parts: [
          { expr: A, row: rows.outer, col: cols.outer },
          { expr: B, row: rows.inner, col: cols.inner },
          ...rows.parts,
          ...cols.parts,
        ],
        deltas: [],
      },
    ];
  },
  text: (self, print) => call("kron", ...self.args.map((a) => print(a, LEVEL.sum))),
  latex: (self, print) => ({
    out: self.args.map((a) => print(a, LEVEL.power)).join("\\otimes "),
    level: LEVEL.product,
  }),
  code: {
    python: (w) => call(`${w.np}.kron`, ...lifted(w, (v, row) => (row ? `${v}[None, :]` : `${v}[:, None]`))),
    julia: (w) => call("kron", ...lifted(w, (v, row) => (row ? `reshape(${v}, 1, :)` : `reshape(${v}, :, 1)`))),
    octave: (w) => call("kron", ...all(w)),
    typescript: (w) =>
      isMatrix(w.self.shape)
        ? call(w.helper("kron"), ...lifted(w, (v, row) => (row ? `[${v}]` : `${v}.map((x) => [x])`)))
        : call(w.helper("kronVectors"), ...all(w)),
  },
  sample: [
    {
      args: [
        ["m", "n"],
        ["p", "q"],
      ],
    },
    {
      args: [
        ["m", 1],
        ["n", 1],
      ],
    },
  ],
});

/** Vectors with both axes where the product has both. */
function lifted(w: Writer, lift: (vector: string, row: boolean) => string): string[] {
  const flat = !isMatrix(w.self.shape);
  return w.self.args.map((a, i) => (flat || isMatrix(a.shape) ? w.arg(i) : lift(w.arg(i, LEVEL.atom), isRow(a.shape))));
}

/**
 * An index over a product of dimensions as an outer and an inner index: p = outer·inner size + inner. The two
 * matrices (of zeros and ones) that pick the parts are kron(eye, ones) and kron(ones, eye).
 */
export function splitIndex(
  b: Build,
  index: Index | undefined,
  outerDim: Dim,
  innerDim: Dim,
  fresh: (dim: Dim) => Index | undefined,
): { outer: Index | undefined; inner: Index | undefined; parts: Part[] } {
  if (isOne(outerDim)) return { outer: undefined, inner: index, parts: [] };
  if (isOne(innerDim)) return { outer: index, inner: undefined, parts: [] };
  const outer = fresh(outerDim);
  const inner = fresh(innerDim);
  const pickOuter = b.op("kron", [b.eye(outerDim), b.ones(shape(innerDim, ONE))]);
  const pickInner = b.op("kron", [b.ones(shape(outerDim, ONE)), b.eye(innerDim)]);
  return {
    outer,
    inner,
    parts: [
      { expr: pickOuter, row: index, col: outer },
      { expr: pickInner, row: index, col: inner },
    ],
  };
}
