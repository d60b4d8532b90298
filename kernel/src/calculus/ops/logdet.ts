/** ln|det X|, from an LU so that it cannot overflow. d = tr(X⁻¹ dX). */
import { cite } from "../core/cite.js";
import { luFactor, scalarValue } from "../core/dense.js";
import { NablaError } from "../core/errors.js";
import { logDeterminant, single } from "../core/grid.js";
import { defineOp } from "./define.js";
import { atom, call, LEVEL } from "./fragment.js";
import { scalarOfSquare } from "./shapes.js";

export const logdet = defineOp({
  name: "logdet",
  arity: 1,
  doc: "Natural logarithm of the absolute value of the determinant.",
  domain: "invertible",
  cite: [
    cite("notes", "§2, from eq. (11)", {
      layout: "numerator",
      erratum: "prints X⁻ᵀ; its own eq. (3) gives X⁻¹ in numerator layout",
    }),
    cite("cookbook", "(43), (57)", { layout: "denominator" }),
  ],
  shape: ([X]) => scalarOfSquare("logdet", X!),
  evaluate: ([X]) => {
    const { logAbsDet } = luFactor(X!);
    if (logAbsDet === Number.NEGATIVE_INFINITY)
      throw new NablaError("bad_argument", "logdet: the matrix is singular at this point", {
        want: "an invertible matrix",
      });
    return scalarValue(logAbsDet);
  },
  scalars: (t, [X]) => single(logDeterminant(t, X!)),
  differential: (b, self, _i, dX) => b.op("tr", [b.mul(b.op("inv", [self.args[0]!]), dX)]),
  rule: {
    id: "logdet",
    chip: "log determinant",
    sentence: "The differential of ln|X| is the trace of the inverse times dX.",
    formula: "d\\ln|\\mathbf X|=\\operatorname{tr}(\\mathbf X^{-1}d\\mathbf X)",
    cite: cite("notes", "§2, from eq. (11)"),
  },
  text: (self, print) => call("logdet", print(self.args[0]!, LEVEL.sum)),
  latex: (self, print) => atom(`\\ln|${print(self.args[0]!, LEVEL.sum)}|`),
  code: {
    python: (w) => atom(`${w.np}.linalg.slogdet(${w.arg(0)})[1]`),
    julia: (w) => atom(`logabsdet(${w.arg(0)})[1]`),
    octave: (w) => call(w.helper("logabsdet"), w.arg(0)),
    typescript: (w) => call(w.helper("logabsdet"), w.arg(0)),
  },
  sample: [{ args: [["n", "n"]], entries: "spd" }],
});
