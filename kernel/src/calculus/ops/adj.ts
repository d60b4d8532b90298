/** Adjugate, the transposed matrix of cofactors: adj(X) X = |X| I, also for singular X. */
import { cite } from "../core/cite.js";
import { adjugate } from "../core/dense.js";
import { adjugateGrid } from "../core/grid.js";
import { defineOp } from "./define.js";
import { call, LEVEL, latexCall } from "./fragment.js";
import { square } from "./shapes.js";

export const adj = defineOp({
  name: "adj",
  arity: 1,
  doc: "Adjugate of a square matrix; |X| X⁻¹ where X is invertible.",
  domain: "invertible where it is differentiated",
  cite: [cite("notes", "(10)")],
  shape: ([X]) => square("adj", X!),
  evaluate: ([X]) => adjugate(X!),
  scalars: (t, [X]) => adjugateGrid(t, X!),
  // adj X = |X| X⁻¹, so d adj X = |X| (tr(X⁻¹ dX) X⁻¹ − X⁻¹ dX X⁻¹).
  differential: (b, self, _i, dX) => {
    const X = self.args[0]!;
    const inverse = b.op("inv", [X]);
    const trace = b.op("tr", [b.mul(inverse, dX)]);
    return b.times(b.op("det", [X]), b.sub(b.times(trace, inverse), b.mul(inverse, dX, inverse)));
  },
  rule: {
    id: "adjugate",
    chip: "adjugate",
    sentence: "adj X = |X| X⁻¹ and the product rule.",
    formula: "\\operatorname{adj}(\\mathbf X)=|\\mathbf X|\\,\\mathbf X^{-1}",
    cite: cite("notes", "(10), (11)"),
  },
  text: (self, print) => call("adj", print(self.args[0]!, LEVEL.sum)),
  latex: (self, print) => latexCall("\\operatorname{adj}", print(self.args[0]!, LEVEL.sum)),
  code: {
    python: (w) => call(w.helper("adjugate"), w.arg(0)),
    julia: (w) => call(w.helper("adjugate"), w.arg(0)),
    octave: (w) => call(w.helper("adjugate"), w.arg(0)),
    typescript: (w) => call(w.helper("adjugate"), w.arg(0)),
  },
  sample: [{ args: [["n", "n"]], entries: "spd" }],
});
