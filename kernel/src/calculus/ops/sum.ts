/** Sum of all entries: 1'X1. */
import { cite } from "../core/cite.js";
import { scalarValue, sumOf } from "../core/dense.js";
import { single } from "../core/grid.js";
import { isColumn, isMatrix, SCALAR } from "../core/shape.js";
import { defineOp } from "./define.js";
import { call, LEVEL } from "./fragment.js";

export const sum = defineOp({
  name: "sum",
  arity: 1,
  doc: "Sum of all entries.",
  linear: "along",
  cite: [cite("notes", "§2.2, since x'(y∘z) = (x∘y)'z, with x = 1"), cite("cookbook", "(76)")],
  shape: () => SCALAR,
  evaluate: ([X]) => scalarValue(sumOf(X!)),
  scalars: (t, [X]) => single(t.total(X!.at)),
  differential: (b, _self, _i, dX) => b.op("sum", [dX]),
  rule: {
    id: "sum",
    chip: "sum",
    sentence: "The sum is linear: the differential goes inside.",
    formula: "d(\\mathbf 1^\\top\\mathbf z)=\\mathbf 1^\\top d\\mathbf z",
    cite: cite("notes", "§1, d is linear, unnumbered"),
  },
  pullback: {
    gradient: (b, self, _i, G) => b.times(G, b.ones(self.args[0]!.shape)),
    jacobian: (b, self, _i, C) => {
      const s = self.args[0]!.shape;
      return b.mul(b.ones(isColumn(s) ? s : { rows: s.cols, cols: s.rows }), C);
    },
  },
  entry: (_b, self, _row, _col, fresh) => {
    const { rows, cols } = self.args[0]!.shape;
    return [{ coefficient: 1, parts: [{ expr: self.args[0]!, row: fresh(rows), col: fresh(cols) }], deltas: [] }];
  },
  text: (self, print) => call("sum", print(self.args[0]!, LEVEL.sum)),
  latex: (self, print) => {
    const z = self.args[0]!;
    if (isColumn(z.shape))
      return {
        out: `\\mathbf 1^\\top ${z.op === "hadamard" ? `\\left[${print(z, LEVEL.sum)}\\right]` : print(z, LEVEL.power)}`,
        level: LEVEL.product,
      };
    return { out: `\\mathbf 1^\\top ${print(z, LEVEL.power)}\\mathbf 1`, level: LEVEL.product };
  },
  code: {
    python: (w) => call(`${w.np}.sum`, w.array(0)),
    julia: (w) => call("sum", w.arg(0)),
    octave: (w) => call("sum", isMatrix(w.self.args[0]!.shape) ? `sum(${w.arg(0)})` : w.arg(0)),
    typescript: (w) => call(w.helper("sum"), w.arg(0)),
  },
  sample: [{ args: [["n", 1]] }, { args: [["m", "n"]] }],
});
