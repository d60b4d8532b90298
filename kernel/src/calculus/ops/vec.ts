/** vec(X): the columns of X stacked into one column (column-major). */
import { cite } from "../core/cite.js";
import { vecOf } from "../core/dense.js";
import { transposeGrid } from "../core/grid.js";
import { isMatrix, ONE, shape, timesDim } from "../core/shape.js";
import { defineOp } from "./define.js";
import { atom, call, LEVEL } from "./fragment.js";
import { splitIndex } from "./kron.js";

export const vec = defineOp({
  name: "vec",
  arity: 1,
  doc: "The columns of a matrix stacked into one column.",
  linear: "along",
  cite: [cite("cookbook", "§10.2"), cite("handwritten", "block and vec arrangements")],
  shape: ([X]) => shape(timesDim(X!.shape.rows, X!.shape.cols), ONE),
  evaluate: ([X]) => vecOf(X!),
  scalars: (_t, [X]) => ({ rows: X!.at.length, cols: 1, at: transposeGrid(X!).at }),
  differential: (b, _self, _i, dX) => b.op("vec", [dX]),
  rule: {
    id: "vec",
    chip: "vec",
    sentence: "vec only rearranges entries: the differential goes inside.",
    formula: "d\\operatorname{vec}\\mathbf X=\\operatorname{vec}d\\mathbf X",
    cite: cite("cookbook", "§10.2"),
  },
  entry: (b, self, row, _col, fresh) => {
    const X = self.args[0]!;
    const { outer, inner, parts } = splitIndex(b, row, X.shape.cols, X.shape.rows, fresh);
    return [{ coefficient: 1, parts: [{ expr: X, row: inner, col: outer }, ...parts], deltas: [] }];
  },
  text: (self, print) => call("vec", print(self.args[0]!, LEVEL.sum)),
  latex: (self, print) => ({ out: `\\operatorname{vec}(${print(self.args[0]!, LEVEL.sum)})`, level: LEVEL.atom }),
  code: {
    python: (w) =>
      isMatrix(w.self.args[0]!.shape) ? atom(`${w.arg(0, LEVEL.atom)}.T.reshape(-1)`) : w.fragment(w.self.args[0]!),
    julia: (w) => call("vec", w.arg(0)),
    octave: (w) => call("reshape", w.arg(0), "[]", "1"),
    typescript: (w) =>
      isMatrix(w.self.args[0]!.shape) ? call(w.helper("vec"), w.arg(0)) : w.fragment(w.self.args[0]!),
  },
  sample: [{ args: [["m", "n"]] }],
});
