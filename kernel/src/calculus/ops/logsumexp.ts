/** ln Σ exp(z), shifted by the largest entry. d = softmax(z)' dz. */
import { cite } from "../core/cite.js";
import { scalarValue } from "../core/dense.js";
import { exponentials, single } from "../core/grid.js";
import { SCALAR } from "../core/shape.js";
import { JETS } from "../core/tape.js";
import { defineOp } from "./define.js";
import { call, LEVEL } from "./fragment.js";
import { column } from "./shapes.js";

export const logsumexp = defineOp({
  name: "logsumexp",
  arity: 1,
  doc: "Logarithm of the sum of exponentials of a column.",
  cite: [cite("notes", "§2.2, unnumbered")],
  shape: ([z]) => {
    column("logsumexp", z!, "logsumexp needs one axis: apply it to a column");
    return SCALAR;
  },
  evaluate: ([z]) => {
    const top = Math.max(...z!.data);
    return scalarValue(top + Math.log(z!.data.reduce((s, x) => s + Math.exp(x - top), 0)));
  },
  scalars: (t, [z]) => {
    const { top, sum } = exponentials(t, z!.at);
    return single(t.add(top, t.apply(sum, JETS.log)));
  },
  differential: (b, self, _i, dz) => b.mul(b.transpose(b.op("softmax", [self.args[0]!])), dz),
  rule: {
    id: "logsumexp",
    chip: "logsumexp",
    sentence: "The gradient of logsumexp is softmax.",
    formula: "d\\operatorname{lse}(\\mathbf z)=\\operatorname{softmax}(\\mathbf z)^\\top d\\mathbf z",
    cite: cite("notes", "(1), (2)"),
  },
  text: (self, print) => call("logsumexp", print(self.args[0]!, LEVEL.sum)),
  latex: (self, print) => ({ out: `\\operatorname{logsumexp}(${print(self.args[0]!, LEVEL.sum)})`, level: LEVEL.atom }),
  code: {
    python: (w) => {
      if (w.library === "torch") return call("torch.logsumexp", `${w.array(0)}.reshape(-1)`, "0");
      return call(w.library === "jax" ? "jax.nn.logsumexp" : w.helper("logsumexp"), w.arg(0));
    },
    julia: (w) => call(w.helper("logsumexp"), w.arg(0)),
    octave: (w) => call(w.helper("logsumexp"), w.arg(0)),
    typescript: (w) => call(w.helper("logsumexp"), w.arg(0)),
  },
  sample: [{ args: [["n", 1]] }],
});
