/** Determinant |X|. d|X| = |X| tr(X⁻¹ dX) for invertible X; tr(adj(X) dX) always. */

import { cite } from "../core/cite.js";
import { determinant, scalarValue } from "../core/dense.js";
import { determinantGrid, single } from "../core/grid.js";
import { wholeCall } from "./code/define.js";
import { defineOp } from "./define.js";
import { atom, call, LEVEL } from "./fragment.js";
import { scalarOfSquare } from "./shapes.js";

export const det = defineOp({
  name: "det",
  arity: 1,
  doc: "Determinant of a square matrix; |X| of a matrix is the determinant.",
  domain: "invertible",
  cite: [cite("notes", "(10), (11)"), cite("cookbook", "(46), (49)")],
  shape: ([X]) => scalarOfSquare("det", X!),
  evaluate: ([X]) => scalarValue(determinant(X!)),
  scalars: (t, [X]) => single(determinantGrid(t, X!)),
  differential: (b, self, _i, dX) => b.times(self, b.op("tr", [b.mul(b.op("inv", [self.args[0]!]), dX)])),
  rule: {
    id: "determinant",
    chip: "determinant",
    sentence: "The differential of a determinant: the determinant times the trace of the inverse times dX.",
    formula: "d|\\mathbf X|=|\\mathbf X|\\operatorname{tr}(\\mathbf X^{-1}d\\mathbf X)",
    cite: cite("notes", "(11)"),
  },
  text: (self, print) => call("det", print(self.args[0]!, LEVEL.sum)),
  latex: (self, print) => atom(`|${print(self.args[0]!, LEVEL.sum)}|`),
  code: wholeCall({ python: "linalg.det", julia: "det", octave: "det", typescript: "det" }),
  sample: [{ args: [["n", "n"]], entries: "spd" }],
});
