/** Transpose. d(X') = (dX)'. */

import { cite } from "../core/cite.js";
import { transpose as transposeOf } from "../core/dense.js";
import { transposeGrid } from "../core/grid.js";
import { isMatrix, transposed } from "../core/shape.js";
import type { Writer } from "./code/define.js";
import { defineOp } from "./define.js";
import { atom, call, type Fragment, LEVEL } from "./fragment.js";

/** A vector with one axis is its own transpose. */
const turned =
  (matrix: (w: Writer) => Fragment) =>
  (w: Writer): Fragment =>
    isMatrix(w.self.shape) ? matrix(w) : w.fragment(w.self.args[0]!);

export const transpose = defineOp({
  name: "transpose",
  arity: 1,
  doc: "Transpose.",
  linear: "own line",
  cite: [cite("notes", "(7)")],
  shape: ([a]) => transposed(a!.shape),
  evaluate: ([a]) => transposeOf(a!),
  scalars: (_t, [a]) => transposeGrid(a!),
  differential: (b, _self, _i, dA) => b.transpose(dA),
  rule: {
    id: "transpose",
    chip: "transpose",
    sentence: "The differential of a transpose is the transpose of the differential.",
    formula: "d(\\mathbf X^\\top)=(d\\mathbf X)^\\top",
    cite: cite("notes", "(7)"),
  },
  pullback: { gradient: (b, _s, _i, G) => b.transpose(G), jacobian: (_b, _s, _i, C) => C },
  entry: (_b, self, row, col) => [{ coefficient: 1, parts: [{ expr: self.args[0]!, row: col, col: row }], deltas: [] }],
  text: (self, print) => ({ out: `${print(self.args[0]!, LEVEL.atom)}'`, level: LEVEL.atom }),
  latex: (self, print) => {
    const inner = self.args[0]!;
    if (inner.op === "inv") return { out: `${print(inner.args[0]!, LEVEL.atom)}^{-\\top}`, level: LEVEL.power };
    if (inner.op === "d") return { out: `(${print(inner, LEVEL.sum)})^\\top`, level: LEVEL.power };
    const base = inner.op === "hadamard" ? `\\left[${print(inner, LEVEL.sum)}\\right]` : print(inner, LEVEL.atom);
    return { out: `${base}^\\top`, level: LEVEL.power };
  },
  code: {
    python: turned((w) => atom(`${w.arg(0, LEVEL.atom)}.T`)),
    julia: turned((w) => atom(`${w.arg(0, LEVEL.atom)}'`)),
    octave: (w) => atom(`${w.arg(0, LEVEL.atom)}'`),
    typescript: turned((w) => call(w.helper("transpose"), w.arg(0))),
  },
  sample: [{ args: [["m", "n"]] }, { args: [["n", 1]] }],
});
