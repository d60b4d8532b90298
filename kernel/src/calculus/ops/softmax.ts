/** softmax(z) of a column, shifted by its largest entry. dp = (diag p − pp') dz. */
import { cite } from "../core/cite.js";
import { map, sumOf } from "../core/dense.js";
import { softmaxOf } from "../core/grid.js";
import { isOne } from "../core/shape.js";
import { defineOp } from "./define.js";
import { call, LEVEL } from "./fragment.js";
import { column } from "./shapes.js";

export const softmax = defineOp({
  name: "softmax",
  arity: 1,
  doc: "exp(z) divided by its sum.",
  range: [0, 1],
  cite: [cite("notes", "§2.2, unnumbered")],
  shape: ([z]) => column("softmax", z!, "softmax needs one axis: apply it to a column"),
  evaluate: ([z]) => {
    const top = Math.max(...z!.data);
    const e = map(z!, (x) => Math.exp(x - top));
    const total = sumOf(e);
    return map(e, (x) => x / total);
  },
  scalars: (t, [z]) => ({ ...z!, at: softmaxOf(t, z!.at) }),
  differential: (b, p, _i, dz) => {
    if (isOne(p.shape.rows)) return b.zeros(p.shape);
    return b.sub(b.hadamard(p, dz), b.mul(p, b.transpose(p), dz));
  },
  rule: {
    id: "softmax",
    chip: "softmax",
    sentence: "The Jacobian of softmax is diag(p) − pp'.",
    formula: "d\\mathbf p=(\\operatorname{diag}\\mathbf p-\\mathbf p\\mathbf p^\\top)\\,d\\mathbf z",
    cite: cite("notes", "§2.2, unnumbered"),
  },
  text: (self, print) => call("softmax", print(self.args[0]!, LEVEL.sum)),
  latex: (self, print) => ({ out: `\\operatorname{softmax}(${print(self.args[0]!, LEVEL.sum)})`, level: LEVEL.atom }),
  code: {
    python: (w) => {
      if (w.library === "torch") return call("torch.softmax", w.array(0), "0");
      return call(w.library === "jax" ? "jax.nn.softmax" : w.helper("softmax"), w.arg(0));
    },
    julia: (w) => call(w.helper("softmax"), w.arg(0)),
    octave: (w) => call(w.helper("softmax"), w.arg(0)),
    typescript: (w) => call(w.helper("softmax"), w.arg(0)),
  },
  sample: [{ args: [["n", 1]] }],
});
