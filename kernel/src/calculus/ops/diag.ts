/** diag of a column: the diagonal matrix; diag of a square matrix: its diagonal as a column. */

import { cite } from "../core/cite.js";
import { fill } from "../core/dense.js";
import { entryOf, grid } from "../core/grid.js";
import type { Index } from "../core/indexForm.js";
import { isColumn, isMatrix, isOne, isRow, ONE, shape } from "../core/shape.js";
import { defineOp } from "./define.js";
import { call, fenced, LEVEL } from "./fragment.js";
import { square } from "./shapes.js";

export const diag = defineOp({
  name: "diag",
  arity: 1,
  doc: "Diagonal matrix of a column, or the diagonal of a square matrix as a column.",
  linear: "along",
  cite: [cite("handwritten", "operator table"), cite("homework", "ReLU row")],
  shape: ([a]) => {
    if (isColumn(a!.shape)) return shape(a!.shape.rows, a!.shape.rows);
    if (isRow(a!.shape)) return shape(a!.shape.cols, a!.shape.cols);
    const s = square("diag", a!);
    return shape(s.rows, ONE);
  },
  evaluate: ([a]) => {
    const n = Math.max(a!.rows, a!.cols);
    const vector = a!.rows === 1 || a!.cols === 1;
    return vector ? fill(n, n, (i, j) => (i === j ? a!.data[i]! : 0)) : fill(n, 1, (i) => a!.data[i * n + i]!);
  },
  scalars: (t, [a]) => {
    const n = Math.max(a!.rows, a!.cols);
    const vector = a!.rows === 1 || a!.cols === 1;
    return vector ? grid(n, n, (i, j) => (i === j ? a!.at[i]! : t.constant(0))) : grid(n, 1, (i) => entryOf(a!, i, i));
  },
  differential: (b, _self, _i, da) => b.op("diag", [da]),
  rule: {
    id: "diag",
    chip: "diag",
    sentence: "diag only places entries: the differential goes inside.",
    formula: "d\\operatorname{diag}(\\mathbf v)=\\operatorname{diag}(d\\mathbf v)",
    cite: cite("handwritten", "operator table"),
  },
  pullback: {
    gradient: (b, self, _i, G) => (isRow(self.args[0]!.shape) ? b.transpose(b.op("diag", [G])) : b.op("diag", [G])),
  },
  entry: (_b, self, row, col) => {
    const a = self.args[0]!;
    if (isOne(self.shape.cols)) return [{ coefficient: 1, parts: [{ expr: a, row, col: row }], deltas: [] }];
    const [i, j] = [row as Index, col as Index];
    const part = isColumn(a.shape) ? { expr: a, row: i, col: undefined } : { expr: a, row: undefined, col: i };
    return [{ coefficient: 1, parts: [part], deltas: [[i, j]] }];
  },
  text: (self, print) => call("diag", print(self.args[0]!, LEVEL.sum)),
  latex: (self, print) => ({
    out: `\\operatorname{diag}${fenced(print(self.args[0]!, LEVEL.sum))}`,
    level: LEVEL.atom,
  }),
  code: {
    python: (w) => call(`${w.np}.diag`, w.arg(0)),
    julia: (w) => (isMatrix(w.self.args[0]!.shape) ? call("diag", w.arg(0)) : call("diagm", w.arg(0))),
    octave: (w) => call("diag", w.arg(0)),
    typescript: (w) => call(w.helper(isMatrix(w.self.args[0]!.shape) ? "diagonal" : "diag"), w.arg(0)),
  },
  sample: [{ args: [["n", 1]] }, { args: [[1, "n"]] }, { args: [["n", "n"]] }],
});
