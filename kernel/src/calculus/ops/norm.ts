/** Euclidean norm of a vector, Frobenius norm of a matrix. d‖x‖ = x'dx/‖x‖; not differentiable at 0. */

import { cite } from "../core/cite.js";
import { scalarValue } from "../core/dense.js";
import { single } from "../core/grid.js";
import { isMatrix, isRow, SCALAR } from "../core/shape.js";
import { JETS } from "../core/tape.js";
import { wholeCall } from "./code/define.js";
import { defineOp } from "./define.js";
import { atom, call, LEVEL } from "./fragment.js";

/** √Σx², scaled by the largest entry: neither overflows nor depends on the number of entries. */
function euclidean(data: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < data.length; i++) {
    const size = Math.abs(data[i]!);
    if (Number.isNaN(size)) return size;
    if (size > largest) largest = size;
  }
  if (largest === 0 || largest === Infinity) return largest;
  let total = 0;
  for (let i = 0; i < data.length; i++) total += (data[i]! / largest) ** 2;
  return largest * Math.sqrt(total);
}

export const norm = defineOp({
  name: "norm",
  arity: 1,
  doc: "Euclidean norm of a vector, Frobenius norm of a matrix.",
  range: [0, Number.POSITIVE_INFINITY],
  domain: "not 0",
  cite: [cite("notes", "§2 (used)"), cite("cookbook", "(129)–(132)")],
  shape: () => SCALAR,
  evaluate: ([X]) => scalarValue(euclidean(X!.data)),
  scalars: (t, [X]) => single(t.apply(t.total(X!.at.map((x) => t.mul(x, x))), JETS.sqrt)),
  differential: (b, self, _i, dX) => {
    const X = self.args[0]!;
    const inner = isMatrix(X.shape)
      ? b.op("tr", [b.mul(b.transpose(X), dX)])
      : isRow(X.shape)
        ? b.mul(dX, b.transpose(X))
        : b.mul(b.transpose(X), dX);
    return b.times(b.pow(self, -1), inner);
  },
  rule: {
    id: "norm",
    chip: "norm",
    sentence: "The differential of a norm: the direction x/‖x‖ times dx.",
    formula: "d\\|\\mathbf x\\|=\\mathbf x^\\top d\\mathbf x/\\|\\mathbf x\\|",
    cite: cite("cookbook", "(129)"),
  },
  text: (self, print) => {
    const X = self.args[0]!;
    return isMatrix(X.shape) ? call("norm", print(X, LEVEL.sum), '"fro"') : call("norm", print(X, LEVEL.sum));
  },
  latex: (self, print) => {
    const X = self.args[0]!;
    return atom(`\\|${print(X, LEVEL.sum)}\\|${isMatrix(X.shape) ? "_F" : ""}`);
  },
  code: wholeCall(
    { python: "linalg.norm", julia: "norm", octave: "norm", typescript: "norm" },
    { octave: (w) => call("norm", w.arg(0), '"fro"') },
  ),
  sample: [{ args: [["n", 1]] }, { args: [["m", "n"]] }],
});
