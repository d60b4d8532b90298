/** Inverse of a square matrix. d(X⁻¹) = −X⁻¹ (dX) X⁻¹. Domain: X invertible; a singular X is an error. */

import { cite } from "../core/cite.js";
import { inverse } from "../core/dense.js";
import { NablaError } from "../core/errors.js";
import { inverseGrid } from "../core/grid.js";
import { wholeCall } from "./code/define.js";
import { defineOp } from "./define.js";
import { call, LEVEL } from "./fragment.js";
import { square } from "./shapes.js";

export const inv = defineOp({
  name: "inv",
  arity: 1,
  doc: "Inverse of a square matrix.",
  domain: "invertible",
  cite: [cite("notes", "(8)"), cite("cookbook", "(59), (60)")],
  shape: ([X]) => square("inv", X!),
  evaluate: ([X]) => {
    const out = inverse(X!);
    if (!out)
      throw new NablaError("bad_argument", "inv: the matrix is singular at this point", {
        want: "an invertible matrix",
      });
    return out;
  },
  scalars: (t, [X]) => inverseGrid(t, X!),
  differential: (b, self, _i, dX) => b.neg(b.mul(self, dX, self)),
  rule: {
    id: "inverse",
    chip: "inverse",
    sentence: "The differential of an inverse: minus the inverse, on both sides of dX.",
    formula: "d(\\mathbf X^{-1})=-\\mathbf X^{-1}(d\\mathbf X)\\mathbf X^{-1}",
    cite: cite("notes", "(8)"),
  },
  text: (self, print) => call("inv", print(self.args[0]!, LEVEL.sum)),
  latex: (self, print) => ({ out: `${print(self.args[0]!, LEVEL.atom)}^{-1}`, level: LEVEL.power }),
  code: wholeCall({ python: "linalg.inv", julia: "inv", octave: "inv", typescript: "inv" }),
  sample: [{ args: [["n", "n"]], entries: "spd" }],
});
