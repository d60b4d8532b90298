/** Trace of a square matrix. d tr(X) = tr(dX). */

import { cite } from "../core/cite.js";
import { scalarValue } from "../core/dense.js";
import { entryOf, single } from "../core/grid.js";
import { wholeCall } from "./code/define.js";
import { defineOp } from "./define.js";
import { atom, call, fenced, LEVEL } from "./fragment.js";
import { scalarOfSquare } from "./shapes.js";

export const tr = defineOp({
  name: "tr",
  arity: 1,
  doc: "Trace: the sum of the diagonal of a square matrix.",
  linear: "own line",
  cite: [cite("notes", "(9)"), cite("cookbook", "(99)")],
  shape: ([X]) => scalarOfSquare("tr", X!),
  evaluate: ([X]) => {
    let sum = 0;
    for (let i = 0; i < X!.rows; i++) sum += X!.data[i * X!.cols + i]!;
    return scalarValue(sum);
  },
  scalars: (t, [X]) => single(t.total(Array.from({ length: X!.rows }, (_, i) => entryOf(X!, i, i)))),
  differential: (b, _self, _i, dX) => b.op("tr", [dX]),
  rule: {
    id: "trace",
    chip: "trace",
    sentence: "The trace is linear: the differential goes inside.",
    formula: "d(\\operatorname{tr}(\\mathbf X))=\\operatorname{tr}(d\\mathbf X)",
    cite: cite("notes", "(9)"),
  },
  pullback: { gradient: (b, self, _i, G) => b.times(G, b.eye(self.args[0]!.shape.rows)) },
  entry: (_b, self, _row, _col, fresh) => {
    const i = fresh(self.args[0]!.shape.rows);
    return [{ coefficient: 1, parts: [{ expr: self.args[0]!, row: i, col: i }], deltas: [] }];
  },
  text: (self, print) => call("tr", print(self.args[0]!, LEVEL.sum)),
  latex: (self, print) => atom(`\\operatorname{tr}${fenced(print(self.args[0]!, LEVEL.sum))}`),
  code: wholeCall({ python: "trace", julia: "tr", octave: "trace", typescript: "trace" }),
  sample: [{ args: [["n", "n"]] }],
});
